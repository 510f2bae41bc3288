import { type Cohort, findCohort, listCohortsOf } from '../../../community/cohorts.ts';
import type { Actor } from '../../../community/permissions.ts';
import { may } from '../../../community/permissions.ts';
import { daysOffIn } from '../../../scheduler/days-off.ts';
import { isOpen, mayChange, mayWithdraw, readsResults } from '../answering/may-answer.ts';
import { findAnswers, keeperOf, listBegun } from '../answering/store.ts';
import { isAmbiguous, withGroup } from '../asking/named.ts';
import { occasionOf } from '../asking/round.ts';
import { findParticipation, listRoundsOf, listStopped } from '../asking/store.ts';
import { askedAt, comingIn, nextAskedAt } from '../coming.ts';
import type { CheckInDeps } from '../deps.ts';
import { isWords, sayAnswer } from '../question-kinds.ts';
import { listOwnQuotes, type OwnQuotes } from '../quoting/mine.ts';
import { type Startable, startableOf } from '../starting/start.ts';
import { type CheckIn, findCheckIn, findRound, listRunning, type Round } from '../store.ts';

export type Mine = {
  /** They said no to the community agreement: no check-in asks them. */
  hasDeclined: boolean;
  /** Open for this person now; those they skipped, or whose check-in they stopped, can still be answered. */
  open: {
    round: Round;
    cohortName: string;
    isSkipped: boolean;
    isStopped: boolean;
    /** They have entered something, and not sent it. */
    isBegun: boolean;
  }[];
  /** `isStopped`: the person asked not to get it any more. `isReader`: they are not asked, since they can read its results. */
  coming: {
    checkin: CheckIn;
    next: Date | undefined;
    cohortName: string;
    isStopped: boolean;
    isReader: boolean;
  }[];
  answered: {
    round: Round;
    asked: Date;
    occasion: string | undefined;
    canChange: boolean;
    canSee: boolean;
  }[];
  /** Words of theirs that may be quoted, or are asked for. */
  quotes: OwnQuotes;
  /** What they can start whenever there is something to say. */
  startable: Startable[];
};

/** What is open for somebody, what closes first on top. @param cohorts the running groups they are in. */
export async function openOf(
  { db, clock }: CheckInDeps,
  actor: Actor,
  cohorts: readonly Cohort[],
): Promise<Mine['open']> {
  if (actor.hasDeclined) return [];
  const now = clock.now();
  const names = new Map(cohorts.map(({ id, name }) => [id, name]));
  const rounds = await listRoundsOf(db, actor.person.id, ['asked', 'skipped', 'withdrawn'], { isOpen: true });
  const stopped = await listStopped(db, actor.person.id);
  const begun = await listBegun(db, actor.person.id);
  return rounds
    .flatMap(({ round, cohortId, status }) => {
      const cohortName = names.get(cohortId ?? '');
      return isOpen(round, now) && cohortName !== undefined && !readsResults(actor, round, { cohortId })
        ? [
            {
              round,
              cohortName,
              isSkipped: status === 'skipped',
              isStopped: stopped.has(round.checkinId),
              isBegun: begun.has(round.id),
            },
          ]
        : [];
    })
    .toSorted((a, b) => (a.round.closesAt?.getTime() ?? 0) - (b.round.closesAt?.getTime() ?? 0));
}

export async function readMine(deps: CheckInDeps, actor: Actor): Promise<Mine> {
  const { db, clock } = deps;
  const personId = actor.person.id;
  const now = clock.now();
  const cohorts = await listCohortsOf(db, personId);
  const names = new Map(cohorts.map((cohort) => [cohort.id, cohort.name]));
  // Also of a group they have left, or that has ended.
  const nameOf = async (id: string | undefined) =>
    names.get(id ?? '') ?? (id === undefined ? undefined : (await findCohort(db, id))?.name);
  const stopped = await listStopped(db, personId);
  const running = await listRunning(db, [...names.keys()]);
  const all = await listRoundsOf(db, personId, ['asked', 'answered', 'skipped', 'withdrawn']);
  const answered = await Promise.all(
    all
      .filter(({ status }) => status === 'answered')
      .map(async (one) => {
        const { checkinId, dueAt } = one.round;
        const checkin = await findCheckIn(db, checkinId);
        return {
          round: isAmbiguous(all, one) ? withGroup(one.round, (await nameOf(one.cohortId)) ?? '') : one.round,
          asked: checkin ? askedAt(checkin, dueAt, deps.daysOff) : dueAt,
          occasion: occasionOf(checkin?.recurrence, dueAt, deps.daysOff),
        };
      }),
  );
  const { hasDeclined = false } = actor;
  const theirs = hasDeclined ? [] : running;
  return {
    hasDeclined,
    open: await openOf(deps, actor, cohorts),
    coming: theirs
      .filter((checkin) => checkin.nextAt !== undefined && checkin.status === 'running')
      .map((planned) => {
        const cohort = cohorts.find(({ id }) => id === planned.cohortId);
        return { checkin: comingIn(planned, cohort, deps.daysOff), cohort };
      })
      .map(({ checkin, cohort }) => ({
        checkin,
        next: nextAskedAt(checkin, cohort ? daysOffIn(deps.daysOff, cohort) : deps.daysOff),
        cohortName: names.get(checkin.cohortId ?? '') ?? '',
        isStopped: stopped.has(checkin.id),
        isReader: readsResults(actor, checkin, checkin),
      })),
    quotes: await listOwnQuotes(deps, actor),
    startable: await startableOf(deps, actor, theirs, cohorts),
    answered: answered.map(({ round, asked, occasion }) => ({
      round,
      asked,
      occasion,
      canChange: mayChange(round, now),
      canSee: round.definition.mode !== 'group',
    })),
  };
}

export type MyAnswers =
  | {
      kind: 'mine';
      round: Round;
      answers: { question: string; text: string; isWords: boolean }[];
      canChange: boolean;
      canWithdraw: boolean;
      /** Of this round. */
      quotes: OwnQuotes;
    }
  | { kind: 'nothing-there' };

/** What somebody answered themselves, where the mode can tell. */
export async function readMyAnswers(deps: CheckInDeps, actor: Actor, roundId: string): Promise<MyAnswers> {
  const { db, vault, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.read', { ownerId: personId })) return { kind: 'nothing-there' };
  const round = await findRound(db, roundId);
  const participation = round && (await findParticipation(db, round.id, personId));
  if (!round || participation?.status !== 'answered') return { kind: 'nothing-there' };
  const keeper = await keeperOf(db, deps, round.definition, personId);
  if (!keeper) return { kind: 'nothing-there' };
  const answers = await findAnswers(db, vault, round, keeper);
  const now = clock.now();
  return {
    kind: 'mine',
    round,
    answers: round.definition.questions.flatMap((question) => {
      const given = answers[question.id];
      return given === undefined
        ? []
        : [{ question: question.text, text: sayAnswer(question, given), isWords: isWords(question) }];
    }),
    canChange: mayChange(round, now),
    canWithdraw: mayWithdraw(round, now),
    quotes: await listOwnQuotes(deps, actor, round.id),
  };
}
