import { findCohort } from '../../../community/cohorts.ts';
import { listPeople } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Tally } from '../../../community/suppress.ts';
import { type KeptAnswer, listAnswers } from '../answering/store.ts';
import { countParticipation, countShared } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { isWords, type Question, type Summary, sayAnswer, summarise } from '../question-kinds.ts';
import { type CheckIn, findCheckIn, findRound, listRounds, type Round } from '../store.ts';

/** One question's part of the results. */
export type QuestionResult = { question: Question } & (
  | { kind: 'named'; answers: { name: string; text: string; isWords: boolean }[] }
  | { kind: 'too-few' }
  | Summary
);

export type Results = {
  round: Round;
  checkin: CheckIn;
  cohortName: string;
  tally: Tally;
  unreadable: number;
  /** Other rounds of the same check-in, newest first. */
  rounds: { id: string; dueAt: Date }[];
} & (
  | { kind: 'shown'; questions: QuestionResult[] }
  /** A summary is made at closing, so that nobody can tell the latest answer from the difference between two looks. */
  | { kind: 'not-closed' }
  | { kind: 'too-few' }
);

/**
 * What those who run the group may see of a round.
 * @param id a round's, or a check-in's: then its latest round.
 */
export async function readResults(
  deps: CheckInDeps,
  actor: Actor,
  id: string,
): Promise<Results | { kind: 'not-allowed' } | { kind: 'none-yet'; checkin: CheckIn }> {
  const { db, vault, templates } = deps;
  const asRound = await findRound(db, id);
  const checkin = await findCheckIn(db, asRound?.checkinId ?? id);
  if (!checkin?.cohortId || !may(actor, 'checkins.results', { cohortId: checkin.cohortId }))
    return { kind: 'not-allowed' };
  const rounds = await listRounds(db, checkin.id);
  const round = asRound ?? rounds[0];
  if (!round) return { kind: 'none-yet', checkin };

  const { mode, questions } = round.definition;
  const cohortName = (await findCohort(db, checkin.cohortId))?.name ?? '';
  const tally = await countParticipation(db, round.id);
  const base = {
    round,
    checkin,
    cohortName,
    tally,
    unreadable: 0,
    rounds: rounds.map((one) => ({ id: one.id, dueAt: one.dueAt })),
  };
  if (mode === 'named') {
    const { answers, unreadable } = await listAnswers(db, vault, round.id);
    const names = await namesOf(deps, answers);
    const named = questions.map((question) => namedResult(question, answers, names));
    return { ...base, unreadable, kind: 'shown', questions: named };
  }
  if (round.status === 'open') return { ...base, kind: 'not-closed' };
  if (tally.answered < templates.smallestGroup) return { ...base, kind: 'too-few' };
  const isPrivate = mode === 'private';
  const people = isPrivate ? await countShared(db, round.id) : tally.answered;
  if (people < templates.smallestGroup) return { ...base, kind: 'too-few' };
  const kept = await listAnswers(db, vault, round.id);
  // In private mode only the copies without a name, made at closing, are the group's.
  const counted = isPrivate ? kept.answers.filter((one) => one.personId === undefined) : kept.answers;
  // Words are never part of what a private check-in shares.
  const asked = isPrivate ? questions.filter((question) => !isWords(question)) : questions;
  return {
    ...base,
    unreadable: kept.unreadable,
    kind: 'shown',
    questions: asked.map((question) =>
      groupResult(question, counted, { people, smallest: templates.smallestGroup }),
    ),
  };
}

async function namesOf(deps: CheckInDeps, answers: KeptAnswer[]): Promise<Map<string, string>> {
  const ids = [...new Set(answers.flatMap(({ personId }) => personId ?? []))];
  return new Map((await listPeople(deps.db, ids)).map((person) => [person.id, person.displayName]));
}

function namedResult(
  question: Question,
  answers: readonly KeptAnswer[],
  names: ReadonlyMap<string, string>,
): QuestionResult {
  const given = answers
    .filter((one) => one.questionId === question.id)
    .map((one) => ({
      name: names.get(one.personId ?? '') || 'Someone whose name is not known',
      text: sayAnswer(question, one.value),
      isWords: isWords(question),
    }));
  return { question, kind: 'named', answers: given.toSorted((a, b) => a.name.localeCompare(b.name)) };
}

/** @param among of everybody who answered the round. */
function groupResult(
  question: Question,
  answers: readonly KeptAnswer[],
  among: { people: number; smallest: number },
): QuestionResult {
  const given = answers.filter((one) => one.questionId === question.id);
  if (given.length < among.smallest) return { question, kind: 'too-few' };
  return { question, ...summarise(question, given, among) };
}
