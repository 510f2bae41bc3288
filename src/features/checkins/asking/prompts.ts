import { findCohort, isCohortMember } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import { findPerson } from '../../../community/people.ts';
import { loadActor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { describeError, slackCode } from '../../../lib/log.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { failureOf } from '../../../outbox/outcome.ts';
import { findQueuedUntil, isUnderWay, listSent } from '../../../outbox/sent.ts';
import { removeMessage } from '../../../outbox/unsay.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { Deed, Job } from '../../feature.ts';
import { isOpen, readsResults } from '../answering/may-answer.ts';
import type { CheckInDeps } from '../deps.ts';
import {
  type CheckIn,
  findCheckIn,
  findRound,
  listOpen,
  listOpenRoundsIn,
  listRoundsEndedSince,
  type Round,
} from '../store.ts';
import { hasBeenAsked, keys, keysOf, takeBack } from './messages.ts';
import { namedFor } from './named.ts';
import { occasionOf } from './round.ts';
import {
  findParticipation,
  listEarlier,
  listOnPaper,
  listParticipants,
  listRoundsOf,
  listStopped,
  type Participation,
} from './store.ts';
import {
  answersDeleted,
  onPaperLine,
  overLine,
  promptMessage,
  putOffAnswer,
  skippedAnswer,
  stoppedAnswer,
  thankYou,
} from './views.ts';

/** Whose messages about which round are looked at again. */
type Entry = {
  roundId: string;
  /** Left out: of everybody who was asked and has not answered. */
  personId?: string | undefined;
  /** They may be asked after all: what took a prompt's place makes room for it again. */
  asksAgain?: boolean;
};

const keyOf = ({ roundId, personId = '' }: Entry): string => `${roundId} ${personId}`;

export type Prompts = {
  /** Something has changed for somebody, or for a round. Returns at once. */
  changed(entry: Entry): void;
  /** What people do elsewhere that closes prompts, or opens them again. */
  hears(personId: string, deed: Deed): Promise<void>;
  /** Rounds that have ended since it last ran, and what Slack did not take. */
  job: Job;
  settled(): Promise<void>;
};

/** Slack's code for what is deleted already. */
const messageGone = 'message_not_found';

/** After a start: how far back rounds that have ended are looked at, should the program have stopped just then. A long weekend. */
const lookBack = days(4);

/**
 * Keeps what was sent about check-ins true: a prompt that was answered, skipped, put off or stopped says so, and one whose
 * round is over, or is not theirs any more, is one quiet line. What a newer one repeats goes. What should stand is worked out from the database, so
 * saying it twice does no harm. Slack's refusal of one message is none of the others'; where it asks to wait, the rest
 * goes with a later beat.
 */
export function createPrompts(deps: CheckInDeps): Prompts {
  const { db, clock, log } = deps;
  const waiting = new Map<string, Entry>();
  /** After a start: whoever was asked lately, should the program have stopped before it said what they did. Others go first. */
  const again: Entry[] = [];
  let running: Promise<void> | undefined;
  let lookedAt: Date | undefined;

  function changed(entry: Entry): void {
    waiting.set(keyOf(entry), entry);
    running ??= work();
  }

  async function work(): Promise<void> {
    await new Promise(setImmediate);
    const underWay: Entry[] = [];
    for (let entry = takeNext(); entry; entry = takeNext())
      try {
        const outcome = await bringUpToDate(entry);
        if (outcome === 'done') continue;
        underWay.push(entry);
        if (outcome === 'not-now') break;
      } catch (error) {
        log.warn(describeError(error), 'A check-in prompt stays as it was');
      }
    for (const entry of underWay) waiting.set(keyOf(entry), entry);
    running = undefined;
  }

  function takeNext(): Entry | undefined {
    const [first] = waiting.values();
    if (!first) return again.shift();
    waiting.delete(keyOf(first));
    return first;
  }

  /** 'under-way': nobody knows yet whether one of the messages has come. 'not-now': Slack could not be asked. */
  async function bringUpToDate({
    roundId,
    personId,
    asksAgain = false,
  }: Entry): Promise<'done' | 'under-way' | 'not-now'> {
    const round = await findRound(db, roundId);
    if (!round) return 'done';
    if (personId === undefined) {
      // Whoever has answered was thanked in its place.
      for (const { personId: asked, status } of await listParticipants(db, roundId))
        if (status !== 'answered')
          waiting.set(keyOf({ roundId, personId: asked }), { roundId, personId: asked });
      return 'done';
    }
    const participation = await findParticipation(db, roundId, personId);
    if (!participation) return 'done';
    const line = await standing(deps, round, personId, participation);
    if (!line && !asksAgain) return 'done';
    const named = await namedFor(db, round, personId);
    const stands = line ? line(named) : await prompt(deps, round, personId);
    if (!stands) return 'done';
    const { laterCount } = participation;
    const keysOfThese = keysOf({ roundId, personId, laterCount });
    const sent = newestLast(await listSent(db, keysOfThese));
    // Said once, where they look: in the newest of them. The older ones would only be in the way.
    for (const older of sent.slice(0, -1)) if (!(await remove(older))) return 'not-now';
    const newest = sent.at(-1);
    if (newest)
      try {
        await deps.client.chat.update({
          channel: newest.channel,
          ts: newest.ts,
          text: stands.text,
          blocks: stands.blocks,
        });
      } catch (error) {
        if (failureOf(error).kind !== 'refused') return 'not-now';
        // What somebody deleted need not be changed.
        if (slackCode(error) !== messageGone)
          log.warn(describeError(error), 'A check-in prompt could not be updated');
      }
    if (participation.status !== 'answered' && !isOpen(round, clock.now())) {
      const outcome = await removeOverBefore(round, personId);
      if (outcome === 'not-now') return outcome;
    }
    return (await isUnderWay(db, keysOfThese)) ? 'under-way' : 'done';
  }

  /** Of several rounds in a row that nobody answered one line is enough: the last one's. */
  async function removeOverBefore(round: Round, personId: string): Promise<'done' | 'not-now'> {
    const [before] = await listEarlier(db, round, personId);
    if (before === undefined || before.status === 'answered') return 'done';
    const { laterCount = 0 } = (await findParticipation(db, before.roundId, personId)) ?? {};
    for (const one of await listSent(db, keysOf({ ...before, personId, laterCount })))
      if (!(await remove(one))) return 'not-now';
    return 'done';
  }

  /** @returns false when Slack could not be asked. What is deleted already, by us or by somebody else, need not be. */
  async function remove({ channel, ts }: { channel: string; ts: string }): Promise<boolean> {
    const failure = await removeMessage(deps.client, { channel, ts });
    if (failure && failure.kind !== 'refused') return false;
    if (failure && failure.reason !== messageGone)
      log.warn({ reason: failure.reason }, 'A check-in prompt could not be removed');
    return true;
  }

  /** Whoever was asked of what is open, or has ended since. Who has nothing to be told costs no call to Slack. */
  async function lookAgainSince(since: Date): Promise<void> {
    for (const { id: roundId } of [...(await listOpen(db)), ...(await listRoundsEndedSince(db, since))])
      for (const { personId } of await listParticipants(db, roundId)) again.push({ roundId, personId });
  }

  /** Whoever can read the results is not asked, and not reminded. */
  async function takeBackFromReader(round: Round, personId: string): Promise<void> {
    const checkin = await findCheckIn(db, round.checkinId);
    const participation = await findParticipation(db, round.id, personId);
    if (!checkin || !participation || !readsResults(await loadActor(db, personId), round, checkin)) return;
    const { laterCount } = participation;
    await takeBack(db, { roundId: round.id, personId, laterCount }, 'reader');
  }

  async function openRoundsOf(personId: string): Promise<{ round: Round; cohortId: string | undefined }[]> {
    const rounds = await listRoundsOf(db, personId, ['asked', 'skipped', 'withdrawn']);
    return rounds.filter(({ round }) => isOpen(round, clock.now()));
  }

  return {
    changed,
    async hears(personId, deed) {
      switch (deed.kind) {
        case 'joined-cohort':
        case 'left-cohort':
          for (const { round, cohortId } of await openRoundsOf(personId))
            if (cohortId === deed.cohortId)
              changed({ roundId: round.id, personId, asksAgain: deed.kind === 'joined-cohort' });
          return;
        case 'roles-changed':
          for (const { round, cohortId } of await openRoundsOf(personId)) {
            if (round.definition.mode !== 'group') continue;
            if (deed.cohortId !== undefined && deed.cohortId !== cohortId) continue;
            await takeBackFromReader(round, personId);
            changed({ roundId: round.id, personId, asksAgain: true });
          }
          return;
        case 'agreed':
        case 'declined':
        case 'left-programme':
          for (const { round } of await openRoundsOf(personId))
            changed({ roundId: round.id, personId, asksAgain: deed.kind === 'agreed' });
          return;
        case 'archived-cohort':
        case 'restored-cohort':
          for (const round of await listOpenRoundsIn(db, deed.cohortId))
            for (const { personId: asked, status } of await listParticipants(db, round.id))
              if (status !== 'answered')
                changed({
                  roundId: round.id,
                  personId: asked,
                  asksAgain: deed.kind === 'restored-cohort' && status === 'asked',
                });
      }
    },
    job: {
      name: 'checkins.prompts',
      async run(now) {
        const since = lookedAt;
        lookedAt = now;
        if (since === undefined) await lookAgainSince(later(now, -lookBack));
        else for (const { id } of await listRoundsEndedSince(db, since)) changed({ roundId: id });
        if (waiting.size + again.length > 0) running ??= work();
        await running;
      },
    },
    async settled() {
      while (running) await running;
    },
  };
}

/** Slack numbers the messages of a conversation in their order. */
const newestLast = <One extends { ts: string }>(sent: readonly One[]): One[] =>
  sent.toSorted((one, other) => Number(one.ts) - Number(other.ts));

/** What should stand where somebody was asked, of the round as it is called towards them. */
type Line = (named: Round) => Pick<Message, 'text' | 'blocks'>;

/** @returns undefined while it may ask on. */
async function standing(
  { db, clock, daysOff, timeZone }: CheckInDeps,
  round: Round,
  personId: string,
  participation: Participation,
): Promise<Line | undefined> {
  const checkin = await findCheckIn(db, round.checkinId);
  if (!checkin) return undefined;
  const occasion = occasionOf(checkin.recurrence, round.dueAt, daysOff);
  if (participation.status === 'answered') return (named) => thankYou(named, occasion);
  const why = isOpen(round, clock.now())
    ? await whyNotTheirs(db, round, checkin, personId)
    : round.status === 'cancelled'
      ? 'cancelled'
      : 'closed';
  if (why) return (named) => overLine(named, why, occasion);
  if ((await listStopped(db, personId)).has(checkin.id)) return stoppedAnswer;
  if ((await listOnPaper(db, round.id)).has(personId)) return onPaperLine;
  if (participation.status === 'skipped') return skippedAnswer;
  if (participation.status === 'withdrawn') return answersDeleted;
  const until = await findQueuedUntil(db, keys.later(round.id, personId, participation.laterCount));
  const zone = usableZone((await findPerson(db, personId))?.timeZone, timeZone);
  return until && ((named) => putOffAnswer(named, until, { zone, now: clock.now() }));
}

async function whyNotTheirs(
  db: Db,
  round: Round,
  { cohortId }: CheckIn,
  personId: string,
): Promise<'archived' | 'left' | 'declined' | 'reader' | undefined> {
  if (await hasConsent(db, personId, 'declined')) return 'declined';
  if (cohortId === undefined) return undefined;
  if ((await findCohort(db, cohortId))?.isArchived !== false) return 'archived';
  if (!(await isCohortMember(db, cohortId, personId))) return 'left';
  return readsResults(await loadActor(db, personId), round, { cohortId }) ? 'reader' : undefined;
}

async function prompt(
  { db, daysOff, timeZone }: CheckInDeps,
  round: Round,
  personId: string,
): Promise<Message | undefined> {
  const checkin = await findCheckIn(db, round.checkinId);
  const cohort = checkin?.cohortId === undefined ? undefined : await findCohort(db, checkin.cohortId);
  const occasion = occasionOf(checkin?.recurrence, round.dueAt, daysOff);
  const isKnown = await hasBeenAsked(db, round, personId);
  const asksFirst = checkin?.asksFirst;
  return cohort && promptMessage({ ...round, occasion, isKnown, asksFirst }, cohort.name, timeZone);
}
