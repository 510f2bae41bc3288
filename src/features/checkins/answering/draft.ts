import { z } from 'zod';
import {
  type Allowed,
  checkBeforeSaving,
  type Finding,
  maskIdentifiers,
} from '../../../safeguarding/identifiers.ts';
import type { Definition, Question } from '../content.ts';
import type { FormState } from '../form-state.ts';
import { blocks, questionBlock } from '../ids.ts';

/** A scale's value or an option's place; several places; or words. */
export const answerValue = z.union([z.number(), z.array(z.number()), z.string()]);
export type AnswerValue = z.output<typeof answerValue>;

/** By question id. A question without an entry was left out. */
export type Answers = Record<string, AnswerValue>;

export const draftSchema = z.object({
  answers: z.record(z.string(), answerValue),
  /** Private mode: count my choices in the group summary. */
  share: z.boolean(),
});
export type Draft = z.output<typeof draftSchema>;

export const emptyDraft: Draft = { answers: {}, share: false };

/** At most five inputs on a screen (voice: "before it becomes two steps"). */
const inputsOnScreen = 5;

/**
 * The questions of each screen, as places in `definition.questions`. In private mode the last screen also asks whether
 * to be counted, so it has room for that.
 */
export function screensOf({ questions, mode }: Pick<Definition, 'questions' | 'mode'>): number[][] {
  const screens: number[][] = [];
  for (let from = 0; from < questions.length; from += inputsOnScreen)
    screens.push(questions.slice(from, from + inputsOnScreen).map((_, index) => from + index));
  if (mode === 'private' && screens.at(-1)?.length === inputsOnScreen) screens.push([]);
  return screens;
}

/**
 * Takes over what one screen says into the draft; other screens' answers stay.
 * @returns with `errors` by block id where something cannot be taken.
 */
export function takeScreen(
  definition: Definition,
  screen: number,
  state: FormState,
  before: Draft,
): { draft: Draft; errors: Record<string, string> } {
  const answers = { ...before.answers };
  const errors: Record<string, string> = {};
  const screens = screensOf(definition);
  for (const index of screens[screen] ?? []) {
    const question = definition.questions[index];
    if (!question) continue;
    const block = questionBlock(index);
    const read = readAnswer(question, state, block);
    if (read.kind === 'wrong') errors[block] = read.message;
    if (read.kind === 'given') answers[question.id] = read.value;
    else if (read.kind === 'none') delete answers[question.id];
  }
  const isLast = screen === screens.length - 1;
  const share =
    definition.mode === 'private' && isLast ? state.choices(blocks.share).includes('yes') : before.share;
  return { draft: { answers, share }, errors };
}

type Read = { kind: 'none' } | { kind: 'given'; value: AnswerValue } | { kind: 'wrong'; message: string };

/** The value of the option "Leave this one out": a radio button cannot be taken back in Slack. */
export const leaveOut = 'none';

function readAnswer(question: Question, state: FormState, block: string): Read {
  switch (question.type) {
    case 'scale': {
      const value = wholeNumber(state.choice(block));
      return value !== undefined && value >= question.min && value <= question.max
        ? { kind: 'given', value }
        : { kind: 'none' };
    }
    case 'single_choice': {
      const value = wholeNumber(state.choice(block));
      return value !== undefined && value < question.options.length
        ? { kind: 'given', value }
        : { kind: 'none' };
    }
    case 'multi_choice': {
      const value = state
        .choices(block)
        .map(wholeNumber)
        .filter((one) => one !== undefined)
        .filter((one) => one < question.options.length);
      if (value.length === 0) return { kind: 'none' };
      if (question.maxChoices !== undefined && value.length > question.maxChoices)
        return {
          kind: 'wrong',
          message: `Please choose at most ${question.maxChoices}; you have ${value.length}.`,
        };
      return { kind: 'given', value: [...new Set(value)].toSorted((a, b) => a - b) };
    }
    case 'text': {
      const value = (state.text(block) ?? '').trim();
      if (value === '') return { kind: 'none' };
      const length = Array.from(value).length;
      return length <= question.maxChars
        ? { kind: 'given', value }
        : {
            kind: 'wrong',
            message: `Please keep this to ${question.maxChars} characters; it has ${length}.`,
          };
    }
  }
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;

/** What the check saw in somebody's words, over all screens; a check that fails sees nothing. */
export function findInDraft(definition: Definition, draft: Draft, allowed: Allowed | undefined): Finding[] {
  return definition.questions.flatMap((question) => {
    const text = draft.answers[question.id];
    if (question.type !== 'text' || typeof text !== 'string') return [];
    const outcome = checkBeforeSaving(text, allowed ? { allowed } : {});
    return outcome.kind === 'found' ? outcome.findings : [];
  });
}

/** @returns the draft with what was seen replaced, and the first screen on which something changed. */
export function maskDraft(
  definition: Definition,
  draft: Draft,
  allowed: Allowed | undefined,
): { draft: Draft; screen: number } {
  const answers = { ...draft.answers };
  let first: number | undefined;
  definition.questions.forEach((question, index) => {
    const text = answers[question.id];
    if (question.type !== 'text' || typeof text !== 'string') return;
    const outcome = checkBeforeSaving(text, allowed ? { allowed } : {});
    if (outcome.kind !== 'found') return;
    answers[question.id] = maskIdentifiers(text, outcome.findings, question.maxChars);
    first ??= screensOf(definition).findIndex((screen) => screen.includes(index));
  });
  return { draft: { ...draft, answers }, screen: Math.max(0, first ?? 0) };
}

/** What somebody wrote, without what they ticked. */
export const wordsOf = ({ answers }: Draft): string[] =>
  Object.values(answers).filter((value) => typeof value === 'string');

/** What somebody answered, in words. */
export function sayAnswer(question: Question, value: AnswerValue): string {
  switch (question.type) {
    case 'scale':
      return typeof value === 'number' ? sayScale(question, value) : '';
    case 'single_choice':
      return typeof value === 'number' ? (question.options[value] ?? '') : '';
    case 'multi_choice':
      return Array.isArray(value) ? value.flatMap((one) => question.options[one] ?? []).join('; ') : '';
    case 'text':
      return typeof value === 'string' ? value : '';
  }
}

/** "1 (Not at all)", "3", "5 (A great deal)". */
export function sayScale(question: Question & { type: 'scale' }, value: number): string {
  if (value === question.min) return `${value} (${question.low})`;
  return value === question.max ? `${value} (${question.high})` : String(value);
}
