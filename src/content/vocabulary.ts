import { z } from 'zod';
import { aroundPhrases } from './around-phrases.ts';
import { askedAs, reportAskedAs } from './asked-as.ts';
import { unknownId } from './nearest.ts';
import type { ContentFolder, Path } from './read.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');
const label = z.string().min(1, 'write a label');
const synonyms = z.array(z.string().min(1)).default([]);

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  /** Names that tell that something is local. */
  places: z.array(z.string().min(1)).default([]),
  groups: z.array(z.strictObject({ id, label })).min(1),
  topics: z
    .array(
      z.strictObject({
        id,
        label,
        group: id,
        description: z.string(),
        synonyms,
        /** Those of the synonyms that people also use for other things: "class", "stress". Alone they are no question. */
        generic: synonyms,
        /** Single words in which people speak of it, one after the other: what was seen, where, by whom, with what. */
        words: z.string().default(''),
        asked_as: askedAs,
      }),
    )
    .min(1),
  age_groups: z.array(z.strictObject({ id, label, synonyms })).min(1),
  audiences: z.array(z.strictObject({ id, label })).min(1),
  abbreviations: z.array(z.strictObject({ abbr: z.string(), means: z.string() })),
  ambiguous: z.array(
    z.strictObject({
      form: z.string(),
      could_mean: z.array(z.string()).min(1),
      topics: z.array(id).optional(),
    }),
  ),
});

/** data/topics.yaml: the words that everything else refers to. */
export type Vocabulary = z.output<typeof schema>;

export function readVocabulary(folder: ContentFolder): Vocabulary | undefined {
  const file = folder.read('topics.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  for (const key of ['groups', 'topics', 'age_groups', 'audiences'] as const)
    reportDuplicates(value[key], [key], problem);
  const groups = new Set(value.groups.map((group) => group.id));
  const topics = new Set(value.topics.map((topic) => topic.id));
  value.topics.forEach(({ group, synonyms: known, generic }, index) => {
    if (!groups.has(group)) problem(['topics', index, 'group'], unknownId(group, 'group', groups));
    reportUnknown(generic, new Set(known), 'synonym', ['topics', index, 'generic'], problem);
  });
  const known = { ages: value.age_groups, readers: value.audiences };
  const around = aroundPhrases(value, []);
  reportAskedAs({ list: value.topics, what: 'topic', path: ['topics'] }, known, problem, { around });
  value.ambiguous.forEach((form, index) => {
    for (const topic of form.topics ?? [])
      if (!topics.has(topic)) problem(['ambiguous', index, 'topics'], unknownId(topic, 'topic', topics));
  });
  return value;
}

/** Names every id that comes twice in a list. */
export function reportDuplicates(
  items: readonly { id: string }[],
  path: Path,
  problem: (path: Path, message: string) => void,
): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (seen.has(item.id))
      problem([...path, index, 'id'], `"${item.id}" is used twice. Give each its own id.`);
    seen.add(item.id);
  });
}

/**
 * Reports each of `used` that is not among `known`, naming what is missing. Nothing known at all means that the file it
 * comes from could not be read: that is reported once, there, and not again for every reference.
 */
export function reportUnknown(
  used: readonly string[],
  known: ReadonlySet<string>,
  what: string,
  path: Path,
  problem: (path: Path, message: string) => void,
): void {
  if (known.size === 0) return;
  used.forEach((one, index) => {
    if (!known.has(one)) problem([...path, index], unknownId(one, what, known));
  });
}
