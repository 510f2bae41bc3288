import type { Clock } from '../../../../lib/clock.ts';
import {
  getOwn,
  hasSameChoices,
  type OwnKind,
  ownKindOf,
  type Question,
  roundQuestion,
} from '../../question-kinds.ts';
import { type Basis, isOwn, mostOwn, newQuestionId, questionsOf } from '../definition.ts';
import type { Plan } from '../plan.ts';
import type { Typed } from './own-kinds.ts';

export type Measures = NonNullable<Question['construct']>;

/** How a question reads as it stands. */
export const typedOf = (question: Question): Typed => ({
  ...getOwn(ownKindOf(question)).own.typed?.(question),
  text: question.text,
  help: question.help,
});

type Taken = { kind: 'taken'; question: Question } | { kind: 'problems'; problems: Record<string, string> };

/** A question of its own, from what was typed; or what is wrong, by field. */
export function takeOwn(id: string, kind: OwnKind, typed: Typed, construct: Measures | undefined): Taken {
  const { type, own } = getOwn(kind);
  const taken = own.take?.(typed);
  if (taken?.kind === 'problems') return taken;
  const { text, help } = typed;
  const words = { id, text, ...(help && { help }), ...(construct && { construct }) };
  return { kind: 'taken', question: roundQuestion.parse({ ...words, type, ...taken?.parts }) };
}

/** Whether people can answer the same: where that changes, earlier answers cannot stand beside new ones. */
const isAnsweredAlike = (one: Question, other: Question): boolean =>
  one.type === other.type && hasSameChoices(one, other);

/** The plan with one question put in the place of the one of that id, or added. */
export function withQuestion(clock: Clock, basis: Basis, plan: Plan, question: Question): Plan {
  const questions = questionsOf(basis, plan);
  const before = questions.find(({ id }) => id === question.id);
  if (!before) return { ...plan, questions: [...questions, question] };
  const isOther = isOwn(before) && !isAnsweredAlike(before, question);
  const id = isOther ? newQuestionId(clock) : before.id;
  return {
    ...plan,
    questions: questions.map((one) => (one === before ? { ...question, id } : one)),
  };
}

export const mayAdd = (basis: Basis, plan: Plan): boolean => ownOf(basis, plan).length < mostOwn;
const ownOf = (basis: Basis, plan: Plan): Question[] => questionsOf(basis, plan).filter(isOwn);

/** One place up or down among those that are asked. */
export function moveQuestion(basis: Basis, plan: Plan, id: string, by: -1 | 1): Plan {
  const isAsked = (question: Question) => !plan.leftOut.includes(question.id);
  const questions = [...questionsOf(basis, plan)];
  const from = questions.findIndex((one) => one.id === id);
  let to = from + by;
  while (questions[to] && !isAsked(questions[to] as Question)) to += by;
  const [moved, other] = [questions[from], questions[to]];
  if (!moved || !other) return plan;
  questions[from] = other;
  questions[to] = moved;
  return { ...plan, questions };
}

/** Kept aside, to be asked again. */
export function leaveOut(basis: Basis, plan: Plan, id: string): Plan {
  const question = questionsOf(basis, plan).find((one) => one.id === id);
  if (!question || plan.leftOut.includes(id)) return plan;
  return { ...plan, leftOut: [...plan.leftOut, id] };
}

export const askAgain = (plan: Plan, id: string): Plan => ({
  ...plan,
  leftOut: plan.leftOut.filter((one) => one !== id),
});
