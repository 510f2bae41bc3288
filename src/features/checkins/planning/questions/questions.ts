import type { Clock } from '../../../../lib/clock.ts';
import { clip } from '../../../../slack/text.ts';
import { hasSameChoices, type Question, roundQuestion } from '../../question-kinds.ts';
import type { OwnKind } from '../carried.ts';
import { type Basis, isOwn, mostOwn, newQuestionId, questionsOf } from '../definition.ts';
import type { Plan } from '../plan.ts';

export const ownKindOf = (question: Question): OwnKind =>
  question.type === 'text' ? (question.maxChars > lineLength ? 'paragraph' : 'line') : question.type;

const lineLength = 120;
const paragraphLength = 1500;

/** Where each step of a scale goes from and to. */
export const ranges = ['1-3', '1-4', '1-5', '1-7', '1-10', '0-10'] as const;
export const rangeOf = (question: Question): (typeof ranges)[number] =>
  (question.type === 'scale' && ranges.find((one) => one === `${question.min}-${question.max}`)) || '1-5';

export type Measures = NonNullable<Question['construct']>;

/** How one question reads, as it was typed. Options one a line. */
export type Typed = {
  text: string;
  help?: string | undefined;
  range?: string | undefined;
  low?: string | undefined;
  high?: string | undefined;
  options?: string | undefined;
};

/** How a question reads as it stands. */
export const typedOf = (question: Question): Typed => ({
  text: question.text,
  help: question.help,
  ...(question.type === 'scale' && { range: rangeOf(question), low: question.low, high: question.high }),
  ...((question.type === 'single_choice' || question.type === 'multi_choice') && {
    options: question.options.join('\n'),
  }),
});

const mostOptions = 20;
const longestOption = 75;

type Taken = { kind: 'taken'; question: Question } | { kind: 'problems'; problems: Record<string, string> };

/** A question of its own, from what was typed; or what is wrong, by field. */
export function takeOwn(id: string, kind: OwnKind, typed: Typed, construct: Measures | undefined): Taken {
  const wrong = (problems: Record<string, string>): Taken => ({ kind: 'problems', problems });
  const asked = {
    id,
    text: typed.text,
    ...(typed.help && { help: typed.help }),
    ...(construct && { construct }),
  };
  const taken = (question: unknown): Taken => ({ kind: 'taken', question: roundQuestion.parse(question) });
  switch (kind) {
    case 'line':
      return taken({ ...asked, type: 'text', maxChars: lineLength });
    case 'paragraph':
      return taken({ ...asked, type: 'text', maxChars: paragraphLength });
    case 'yes_no':
    case 'date':
      return taken({ ...asked, type: kind });
    case 'scale': {
      const { low = '', high = '' } = typed;
      if (isSame(low, high))
        return wrong({ high: 'Both ends read the same. Please say what the other end means.' });
      const [min, max] = (ranges.find((one) => one === typed.range) ?? '1-5').split('-').map(Number);
      return taken({ ...asked, type: 'scale', min, max, low, high });
    }
    case 'single_choice':
    case 'multi_choice': {
      const options = linesOf(typed.options ?? '');
      const problem = problemWithOptions(options);
      return problem ? wrong({ options: problem }) : taken({ ...asked, type: kind, options });
    }
  }
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*[-*•]\s+/, '').trim())
    .filter((line) => line !== '');

const isSame = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

function problemWithOptions(options: readonly string[]): string | undefined {
  if (options.length < 2) return 'Please give at least two options, each on a line of its own.';
  if (options.length > mostOptions)
    return `Please give at most ${mostOptions} options; there are ${options.length}.`;
  const long = options.find((one) => Array.from(one).length > longestOption);
  if (long) return `Please shorten “${clip(long, 30)}” to ${longestOption} characters.`;
  const twice = options.find((one, index) => options.findIndex((other) => isSame(one, other)) !== index);
  return twice ? `“${twice}” is there twice. Please make each option different.` : undefined;
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
    questions: questions.map((one) => (one === before ? ({ ...question, id } as Question) : one)),
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
