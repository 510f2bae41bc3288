import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import type { ContentFolder } from '../../content/read.ts';
import { reportDuplicates } from '../../content/vocabulary.ts';

const words = z.string().min(1, 'write something here');
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'use small letters, digits and hyphens only');
const key = z.string().regex(/^[a-z][a-z0-9_]{0,49}$/, 'use small letters, digits and underscores only');
const url = z.url({ protocol: /^https?$/, error: 'use a full address, beginning with https://' });

const step = z.strictObject({
  key,
  label: words.max(100, 'keep it below 100 characters'),
  prompt: words.max(1500, 'keep it below 1,500 characters'),
  help: words.max(1500, 'keep it below 1,500 characters').optional(),
  optional: z.boolean(),
});

const framework = z.strictObject({
  id,
  // What fits an option of a Slack menu.
  label: words.max(75, 'keep it to 75 characters'),
  minutes: z.number().int().min(1).max(120),
  best_for: words,
  origin: words,
  steps: z.array(step).min(1, 'give at least one step'),
  /** For steps that are ticked instead of written: the step's key → at most ten choices, Slack's limit for checkboxes. */
  choices: z.record(key, z.array(words.max(75, 'keep it to 75 characters')).min(1).max(10)).optional(),
  source_url: url,
  further_url: url.optional(),
  cautions: z.array(words),
});

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  default_framework: id,
  shown_with_every_framework: z.strictObject({ before: words, after: words }),
  legal_note: z.strictObject({ text: words, source_urls: z.array(url) }),
  // One menu holds at most a hundred.
  frameworks: z.array(framework).min(1).max(100),
});

/** data/reflection-frameworks.yaml: the ways to reflect. */
export type Frameworks = z.output<typeof schema>;
export type Framework = Frameworks['frameworks'][number];

/** @returns undefined when the file does not fit; the folder then says why. */
export function readFrameworks(folder: ContentFolder): Frameworks | undefined {
  const file = folder.read('reflection-frameworks.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.frameworks, ['frameworks'], problem);
  if (!value.frameworks.some((one) => one.id === value.default_framework))
    problem(
      ['default_framework'],
      `there is no framework "${value.default_framework}". Use the id of one of the frameworks.`,
    );
  value.frameworks.forEach(({ steps, choices = {} }, index) => {
    const path = ['frameworks', index];
    reportDuplicates(
      steps.map((one) => ({ id: one.key })),
      [...path, 'steps'],
      problem,
    );
    const known = new Set(steps.map((one) => one.key));
    for (const ticked of Object.keys(choices))
      if (!known.has(ticked))
        problem([...path, 'choices', ticked], `there is no step "${ticked}" here. Use the key of a step.`);
    if (steps.every((one) => one.key in choices))
      problem([...path, 'steps'], 'at least one step must be written, not ticked.');
  });
  return value;
}

export const defaultFramework = (frameworks: Frameworks): Framework => {
  const found =
    frameworks.frameworks.find(({ id: one }) => one === frameworks.default_framework) ??
    frameworks.frameworks[0];
  if (!found) throw new RangeError('There is no way to reflect.');
  return found;
};

/** The framework with this id, or the default where it was taken out of the file since. */
export const frameworkOf = (frameworks: Frameworks, wanted: string): Framework =>
  frameworks.frameworks.find(({ id: one }) => one === wanted) ?? defaultFramework(frameworks);

/** "gibbs", "nmc", "rolfe", "two minute": the first framework whose id, label or origin holds all the words. */
export function findFramework(frameworks: Frameworks, asked: string): Framework | undefined {
  const tokens = asked.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (tokens.length === 0) return undefined;
  const ownOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const has = (text: string) => tokens.every((token) => ownOf(text).some((one) => one.startsWith(token)));
  // "gibs", "rolf" begin a name; "drisoll" and "johns modl" are a slip away from one.
  const isNearly = (text: string) =>
    tokens.every((token) =>
      ownOf(text).some(
        (one) =>
          one.startsWith(token) || (token.length >= 4 && distance(one, token) <= (token.length >= 7 ? 2 : 1)),
      ),
    );
  return (
    frameworks.frameworks.find((one) => one.id === asked.trim().toLowerCase()) ??
    frameworks.frameworks.find((one) => has(`${one.id} ${one.label}`)) ??
    frameworks.frameworks.find((one) => has(one.origin)) ??
    frameworks.frameworks.find((one) =>
      isNearly(`${one.id} ${one.label} ${one.origin.match(/\p{Lu}\p{L}+/gu)?.join(' ')}`),
    )
  );
}
