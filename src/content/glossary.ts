import { z } from 'zod';
import type { ContentFolder } from './read.ts';
import { reportDuplicates, reportUnknown, type Vocabulary } from './vocabulary.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');
const text = z.string().min(1);

const schema = z.strictObject({
  version: z.number().int(),
  language: text,
  terms: z
    .array(
      z.strictObject({
        id,
        term: text.max(150),
        also_known_as: z.array(text).default([]),
        definition: text.max(1000),
        language_note: text.max(1000).optional(),
        /** Ways of saying it, besides the names, that the note is about. */
        look_for: z.array(text).default([]),
        topics: z.array(id).min(1),
        source: z.httpUrl('give the whole web address, starting with https://'),
        source_fit: z.enum(['direct', 'general']),
      }),
    )
    .min(1),
});

/** data/glossary.yaml: plain definitions, with suggestions on wording. */
export type Glossary = { terms: GlossaryTerm[] };
export type GlossaryTerm = z.output<typeof schema>['terms'][number];

export function readGlossary(folder: ContentFolder, vocabulary: Vocabulary): Glossary | undefined {
  const file = folder.read('glossary.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.terms, ['terms'], problem);
  const topics = new Set(vocabulary.topics.map((topic) => topic.id));
  const named = new Map<string, string>();
  value.terms.forEach((term, index) => {
    if (term.look_for.length > 0 && term.language_note === undefined)
      problem(['terms', index, 'look_for'], 'There is no language note that could be shown for these words.');
    reportUnknown(term.topics, topics, 'topic', ['terms', index, 'topics'], problem);
    const key = term.term.toLowerCase();
    if (named.has(key))
      problem(['terms', index, 'term'], `"${term.term}" is explained twice. Join the two entries.`);
    named.set(key, term.id);
  });
  return value;
}
