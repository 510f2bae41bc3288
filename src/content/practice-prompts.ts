import { z } from 'zod';
import type { ContentFolder } from './read.ts';
import { reportDuplicates, reportUnknown, type Vocabulary } from './vocabulary.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');
const text = z.string().min(1);

const schema = z.strictObject({
  version: z.number().int(),
  language: text,
  rules: z.strictObject({
    fictional: text,
    how_to_use: text,
    posting_reminder: text,
    content_notes: text,
    frequency: text,
  }),
  kinds: z.array(z.strictObject({ id, label: text })).min(1),
  prompts: z
    .array(
      z.strictObject({
        id,
        age_group: id,
        kind: id,
        title: text.max(150),
        text: text.max(1000),
        questions: z.array(text).min(1).max(5),
        topics: z.array(id).min(1),
        /** Shown first, with the prompt behind a button. */
        content_note: text.max(300).optional(),
        resources: z.array(id).default([]),
      }),
    )
    .min(1),
});

/** data/practice-prompts.yaml: a prompt or a fictional case a week. */
export type PracticePrompts = z.output<typeof schema>;

/** @param resources ids of resources.yaml; undefined when that file could not be read, then they are not checked. */
export function readPracticePrompts(
  folder: ContentFolder,
  vocabulary: Vocabulary,
  resources: ReadonlySet<string> | undefined,
): PracticePrompts | undefined {
  const file = folder.read('practice-prompts.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.kinds, ['kinds'], problem);
  reportDuplicates(value.prompts, ['prompts'], problem);
  const kinds = new Set(value.kinds.map((kind) => kind.id));
  const topics = new Set(vocabulary.topics.map((topic) => topic.id));
  const ages = new Set(vocabulary.age_groups.map((age) => age.id));
  value.prompts.forEach((prompt, index) => {
    const at = ['prompts', index];
    const one = (used: string, known: ReadonlySet<string>, what: string, field: string) =>
      reportUnknown([used], known, what, [], (_, message) => problem([...at, field], message));
    one(prompt.age_group, ages, 'age group', 'age_group');
    one(prompt.kind, kinds, 'kind', 'kind');
    reportUnknown(prompt.topics, topics, 'topic', [...at, 'topics'], problem);
    if (resources) reportUnknown(prompt.resources, resources, 'resource', [...at, 'resources'], problem);
  });
  return value;
}
