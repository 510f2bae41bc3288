import { type Field, type Form, form, ticked, type WindowKind } from '../../../slack/form.ts';
import type { Window } from '../../../slack/routes.ts';
import { clip } from '../../../slack/text.ts';
import type { Definition } from '../content.ts';
import { type AnswerValue, fieldOf, isWords, type Question, withoutLimits } from '../question-kinds.ts';
import { type Draft, screensOf } from './draft.ts';

/** The inputs of one screen, by the questions' places in the round. */
export type ScreenFields = {
  [question: `question-${number}`]: Field<AnswerValue | undefined>;
  share: Field<boolean>;
};

export const isLastScreen = (definition: Definition, screen: number): boolean =>
  screen >= screensOf(definition).length - 1;

/** Whether a screen asks at its end to be counted in the group summary. */
export const asksToShare = (definition: Definition, screen: number): boolean =>
  definition.mode === 'private' && isLastScreen(definition, screen);

/** One screen of a round's questions. @param how `notifyOnClose`: Slack tells when somebody closes it. */
export function screenForm<Carried>(
  window: WindowKind<Carried>,
  definition: Definition,
  screen: number,
  how: { notifyOnClose?: boolean } = {},
): Form<ScreenFields, Carried> {
  const screens = screensOf(definition);
  const questions = (screens[screen] ?? []).flatMap((index) => {
    const question = definition.questions[index];
    return question ? [[`question-${index}`, fieldOf(question)]] : [];
  });
  return form(window, {
    title: screens.length > 1 ? `Check-in, ${screen + 1} of ${screens.length}` : 'Check-in',
    submit: isLastScreen(definition, screen) ? 'Send answers' : 'Next',
    // What stands in it is kept, and is there again.
    close: how.notifyOnClose ? 'Keep for later' : 'Close',
    ...how,
    fields: {
      ...Object.fromEntries(questions),
      share: ticked('Group summary', {
        yes: 'Count what I chose in the group summary',
        means: 'Without my name. What I wrote in my own words stays with me.',
      }),
    },
  });
}

/** The questions as a draft takes them: whatever stands in a field is kept, though it could not be sent like that. */
export const asTyped = <Of extends Pick<Definition, 'questions'>>(definition: Of): Of => ({
  ...definition,
  questions: definition.questions.map(withoutLimits),
});

/** Where what was begun is longer than its question takes, its field has room for it, and sending says what is wrong. */
export const withRoomFor = <Of extends Pick<Definition, 'questions'>>(definition: Of, draft: Draft): Of => ({
  ...definition,
  questions: definition.questions.map((question) =>
    isTooLong(question, draft.answers[question.id]) ? { ...question, maxChars: longestField } : question,
  ),
});

/** As much as a field of Slack's takes, in characters. */
export const longestField = 3000;

const isTooLong = (
  question: Question,
  value: AnswerValue | undefined,
): question is Question & { type: 'text' } =>
  isWords(question) && typeof value === 'string' && Array.from(value).length > question.maxChars;

const sayTooLong = (most: number): string =>
  `Please keep this to ${most} characters. All of it stands above.`;

/** A field that was drawn with as much of a longer text as it takes, and was left so, stands for the whole. */
const wholeOf = (before: AnswerValue | undefined, typed: AnswerValue | undefined): AnswerValue | undefined =>
  typeof before === 'string' && before !== typed && clip(before, longestField) === typed ? before : typed;

/**
 * Takes over what one screen says into the draft; other screens' answers stay.
 * @returns with `errors` by field where something cannot be taken: the draft keeps what was there before.
 */
export function takeScreen(
  definition: Definition,
  screen: number,
  { read }: Pick<Window, 'read'>,
  before: Draft,
): { draft: Draft; errors: Record<string, string> } {
  const seen = read(screenForm({ id: '' }, definition, screen));
  const errors: Record<string, string> = {};
  if (seen.kind === 'problems') Object.assign(errors, seen.problems);
  const answers = { ...before.answers };
  for (const index of screensOf(definition)[screen] ?? []) {
    const question = definition.questions[index];
    const name = `question-${index}` as const;
    if (!question || errors[name] !== undefined) continue;
    const value = wholeOf(before.answers[question.id], seen.partly[name]);
    if (isTooLong(question, value)) errors[name] = sayTooLong(question.maxChars);
    else if (value === undefined) delete answers[question.id];
    else answers[question.id] = value;
  }
  const share = asksToShare(definition, screen) ? seen.partly.share === true : before.share;
  return { draft: { answers, share }, errors };
}
