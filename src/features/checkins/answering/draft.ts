import { z } from 'zod';
import type { Allowed, Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving, maskIdentifiers, merge } from '../../../safeguarding/identifiers.ts';
import type { Definition } from '../content.ts';
import { findWholeNames } from '../members-named.ts';
import { type AnswerValue, answerValue, isOfReport, isWords } from '../question-kinds.ts';

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

/** Where somebody goes on with what they began: the first screen that has an answer, so that no empty one opens. */
export const screenToGoOn = (definition: Definition, { answers }: Draft): number =>
  Math.max(
    0,
    screensOf(definition).findIndex((screen) =>
      screen.some((index) => answers[definition.questions[index]?.id ?? ''] !== undefined),
    ),
  );

/** Whether no question is answered. What may be done with words is none. */
export const saysNothing = ({ questions }: Definition, { answers }: Pick<Draft, 'answers'>): boolean =>
  questions.every((question) => isOfReport(question) || answers[question.id] === undefined);

/** What somebody wrote in their own words, by the question's place. */
const written = ({ questions }: Definition, { answers }: Draft) =>
  questions.flatMap((question, index) => {
    const text = answers[question.id];
    return isWords(question) && typeof text === 'string' ? [{ question, index, text }] : [];
  });

/** What somebody wrote, without what they ticked. */
export const wordsOf = (definition: Definition, draft: Draft): string[] =>
  written(definition, draft).map(({ text }) => text);

/** What the check goes by. `names`: of people, where nobody's belongs into the answers. */
export type Look = { allowed: Allowed | undefined; names: readonly string[] };

/** A check that fails sees nothing. */
function look(text: string, { allowed, names }: Look): Finding[] {
  const outcome = checkBeforeSaving(text, allowed ? { allowed } : {});
  const seen = outcome.kind === 'found' ? outcome.findings : [];
  return merge([...seen, ...findWholeNames(text, names)]);
}

/** What the check saw in somebody's words, over all screens. */
export const findInDraft = (definition: Definition, draft: Draft, by: Look): Finding[] =>
  written(definition, draft).flatMap(({ text }) => look(text, by));

/** What looked like identifying detail in the answer to one question. */
export type SeenIn = { question: string; findings: Finding[] };

/** What would be masked, and where. */
export const seenIn = (definition: Definition, draft: Draft, by: Look): SeenIn[] =>
  written(definition, draft).flatMap(({ question, text }) => {
    const findings = look(text, by);
    return findings.length > 0 ? [{ question: question.text, findings }] : [];
  });

/** @returns the draft with what was seen replaced, of which kinds, and the first screen on which something changed. */
export function maskDraft(
  definition: Definition,
  draft: Draft,
  by: Look,
): { draft: Draft; screen: number; kinds: Finding[] } {
  const answers = { ...draft.answers };
  const kinds: Finding[] = [];
  let first: number | undefined;
  for (const { question, index, text } of written(definition, draft)) {
    const findings = look(text, by);
    if (findings.length === 0) continue;
    kinds.push(...findings);
    answers[question.id] = maskIdentifiers(text, findings, question.maxChars);
    first ??= screensOf(definition).findIndex((screen) => screen.includes(index));
  }
  return { draft: { ...draft, answers }, screen: Math.max(0, first ?? 0), kinds };
}
