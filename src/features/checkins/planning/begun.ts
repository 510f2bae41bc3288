import { z } from 'zod';
import '../tables.ts';
import { forPerson } from '../../../db/reseal.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import { ownKind } from '../question-kinds.ts';
import type { Plan } from './plan.ts';

const typed = z.string().optional();
const begunWords = z.object({ label: typed, purpose: typed, intro: typed });
const begunQuestion = z.object({
  kind: ownKind.optional(),
  measure: typed,
  typed: z.object({ text: z.string() }).catchall(typed),
});
const begun = z.object({
  words: begunWords.optional(),
  /** By the question's id; of a new one by none. */
  questions: z.record(z.string(), begunQuestion).default({}),
});
export type BegunQuestion = z.output<typeof begunQuestion>;
/** What stood in the forms of a plan when they were closed. Nobody has looked it through, so it is in no plan yet. */
export type Begun = z.output<typeof begun>;

type Whose = { vault: Vault; personId: string };
const place = (planId: string) => `plan-begun:${planId}`;

/** Where it lies, in what is planned so far. */
export const sealedBegun = forPerson({
  table: 'checkin_plans',
  column: 'plan',
  inside: 'begun',
  by: ['id'],
  place: ({ id }) => place(id),
});

export const begunIn = ({ vault, personId }: Whose, plan: Plan): Begun =>
  (plan.begun && openJson(vault, { person: personId }, plan.begun, place(plan.id), begun)) || {
    questions: {},
  };

export function withBegun({ vault, personId }: Whose, plan: Plan, now: Begun): Plan {
  const { begun: _begun, ...rest } = plan;
  const isEmpty = now.words === undefined && Object.keys(now.questions).length === 0;
  return isEmpty
    ? rest
    : { ...rest, begun: vault.sealFor({ person: personId }, JSON.stringify(now), place(plan.id)) };
}

/** @param question by its id; a new one by none. @param as undefined: nothing is begun of it any more. */
export function withBegunQuestion(
  whose: Whose,
  plan: Plan,
  question: string | undefined,
  as: BegunQuestion | undefined,
): Plan {
  const before = begunIn(whose, plan);
  const { [question ?? '']: _one, ...others } = before.questions;
  return withBegun(whose, plan, {
    ...before,
    questions: { ...others, ...(as && { [question ?? '']: as }) },
  });
}
