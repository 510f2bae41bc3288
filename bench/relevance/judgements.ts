import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { z } from 'zod';
import { type Grade, grades } from './measure.ts';

/** What questions are, beside their answers: a search may do one kind well and another badly. */
export const kinds = {
  needs: 'Needs in everyday words',
  abbreviations: 'Abbreviations',
  typos: 'Slips of the finger',
  facets: 'Facets said in words',
  titles: 'Titles and publishers',
} as const;
export type Kind = keyof typeof kinds;
export const kindIds = Object.keys(kinds) as Kind[];

const ids = z.array(z.string()).min(1).optional();
const asked = z.strictObject({ ask: z.string().min(1), '3': ids, '2': ids, '1': ids });
const questions = z.array(asked);
const schema = z.strictObject({
  expected: z.array(z.string()).default([]),
  needs: questions.default([]),
  abbreviations: questions.default([]),
  typos: questions.default([]),
  facets: questions.default([]),
  titles: questions.default([]),
  off_topic: z.array(z.string()),
});

export type Judged = { kind: Kind; ask: string; grades: ReadonlyMap<string, Grade> };

export type Judgements = {
  onTopic: readonly Judged[];
  offTopic: readonly string[];
  /** Ids that the catalogue is going to have. */
  expected: ReadonlySet<string>;
};

/** A second set, which nothing is tuned on. */
export const heldOut = 'test/search/fresh.yaml';

/** The head of the file says how it was judged. */
export function readJudgements(file = 'test/search/judgements.yaml'): Judgements {
  const { expected, off_topic: offTopic, ...onTopic } = schema.parse(load(readFileSync(file, 'utf8')));
  return {
    onTopic: kindIds.flatMap((kind) =>
      onTopic[kind].map((question) => ({ kind, ask: question.ask, grades: gradesOf(question) })),
    ),
    offTopic,
    expected: new Set(expected),
  };
}

/** Looked at while the search is worked on, or only measured: by chance, and the same at each run. */
export const isTunedOn = (ask: string): boolean =>
  (createHash('sha256').update(ask).digest()[0] ?? 0) % 2 === 0;

function gradesOf(question: z.output<typeof asked>): Map<string, Grade> {
  const found = new Map<string, Grade>();
  for (const grade of grades)
    for (const id of question[grade] ?? []) {
      if (found.has(id)) throw new Error(`"${question.ask}" grades ${id} twice.`);
      found.set(id, grade);
    }
  return found;
}
