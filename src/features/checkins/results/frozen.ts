import { z } from 'zod';
import { thirds } from '../../../community/suppress.ts';

export const count = z.union([z.number(), z.literal(['most', 'few'])]);
export const sum = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('third'), third: z.enum(thirds) }),
  z.object({ kind: z.literal('most'), values: z.array(z.number()) }),
  z.object({ kind: z.literal('average'), value: z.number() }),
  z.object({ kind: z.literal('counts'), counts: z.array(count) }),
]);
/** What many answered, as it is shown. */
export type Sum = z.output<typeof sum>;

const shown = z.discriminatedUnion('kind', [
  ...sum.options,
  /** What people wrote, which is mixed anew whenever it is looked at. */
  z.object({ kind: z.literal('words') }),
]);
export type FrozenShown = z.output<typeof shown>;

const frozenQuestion = z.object({
  /** How many answered this one. */
  people: z.number(),
  /** What may be said of a few, and besides from twelve on. */
  rough: shown.optional(),
  fine: shown.optional(),
  /** Why nothing may: people are in another group as well, whose result of the same question is shown. */
  beside: z.object({ group: z.string(), dueAt: z.coerce.date() }).optional(),
  /** Or: those who answered both before and after are shown, and beside them it would tell of few. */
  isMatchedOnly: z.literal(true).optional(),
});
export type FrozenQuestion = z.output<typeof frozenQuestion>;

const frozenPaper = z.object({
  /** How many answered on paper. */
  people: z.number(),
  /** Whose those can be. */
  maybe: z.array(z.string()),
  /** What may be said of them, by the question's id. */
  questions: z.record(z.string(), shown),
  /** The questions to which some of them wrote, which lies among the others' words. */
  words: z.array(z.string()),
});
export type FrozenPaper = z.output<typeof frozenPaper>;

export const frozenResult = z.object({
  answered: z.number(),
  /** How many of the group had not; left out of what older versions froze. */
  silent: z.number().optional(),
  /** How many are in what follows. */
  counted: z.number(),
  /** Who answered and is not, since they can read it. */
  notCounted: z.array(z.string()),
  /** By the question's id. */
  questions: z.record(z.string(), frozenQuestion),
  /** Answers on paper, which are in nothing of the above. */
  paper: frozenPaper.optional(),
});
export type Frozen = z.output<typeof frozenResult>;
