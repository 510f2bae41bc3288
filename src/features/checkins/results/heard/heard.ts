import { audit } from '../../../../community/audit.ts';
import { type Cohort, findCohort, isCohortMember } from '../../../../community/cohorts.ts';
import { type Actor, may } from '../../../../community/permissions.ts';
import { defaultPreferences } from '../../../../community/preferences.ts';
import type { Db } from '../../../../db/schema.ts';
import { enqueue, requeueFailed, sealMessage } from '../../../../outbox/outbox.ts';
import { findDelivery } from '../../../../outbox/sent.ts';
import { nextAllowed } from '../../../../scheduler/calendar.ts';
import { isOff } from '../../../../scheduler/days-off.ts';
import { lookAtRoom, type Room } from '../../../../slack/room.ts';
import { listParticipants } from '../../asking/store.ts';
import type { CheckInDeps } from '../../deps.ts';
import { facilitatorsSeeChange } from '../../facilitators.ts';
import { type Results, readResults } from '../results.ts';
import { type Summed, sayForMembers } from '../say.ts';
import { type Heard, heardMessage, type Writing } from './message.ts';
import { findHeard, type Kept, recordPosted, writeHeard } from './store.ts';

export const mostNumbers = 3;
/** In code points, each of the two. */
export const longestPart = 1000;

export const heardKey = (roundId: string, to: string): string => `checkin-heard:${roundId}:${to}`;

export type Found = { kind: 'found'; results: Results; cohort: Cohort; summed: Summed[] };

/** A round of a group that is over and of which there is something to give back, to whoever runs the group. */
export async function findGivable(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<Found | { kind: 'not-allowed' }> {
  const results = await readResults(deps, actor, roundId, '');
  if (!('questions' in results) || !canGiveBack(results)) return { kind: 'not-allowed' };
  const { cohortId } = results.checkin;
  const cohort = cohortId === undefined ? undefined : await findCohort(deps.db, cohortId);
  if (!cohort || cohort.isArchived || !may(actor, 'checkins.schedule', { cohortId: cohort.id }))
    return { kind: 'not-allowed' };
  const summed = results.questions.filter((one) => one.kind === 'summed');
  return {
    kind: 'found',
    results,
    cohort,
    summed: summed.filter(({ past }) => past.at(-1)?.isForMembers),
  };
}

export const canGiveBack = ({ kind, round, checkin }: Results): boolean =>
  kind === 'shown' && round.status === 'closed' && checkin.cohortId !== undefined;

export type Prepared =
  | { kind: 'preview'; found: Found; kept: Kept; room: Room | undefined }
  /** It went out already. */
  | { kind: 'posted'; found: Found; kept: Kept }
  | { kind: 'no-channel' }
  | { kind: 'no-room'; room: Exclude<Room, { kind: 'open' | 'not-said' }>; channelId: string }
  | { kind: 'not-allowed' };

/** Keeps what somebody wrote, with the sentences that go along, to be looked at before it is posted. */
export async function prepareHeard(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  written: Writing,
): Promise<Prepared> {
  const { db, client } = deps;
  const found = await findGivable(deps, actor, roundId);
  if (found.kind === 'not-allowed') return found;
  const { channelId } = found.cohort;
  const isChannel = written.to === 'channel';
  // Asked of Slack before anything is written: nothing waits for it in a transaction.
  const there = isChannel && channelId ? await lookAtRoom(client, channelId, actor.person) : undefined;
  await keepHeard(deps, actor, found, written);
  const now = await findHeard(db, deps, roundId);
  if (!now) return { kind: 'not-allowed' };
  if (now.postedAt) return { kind: 'posted', found, kept: now };
  if (isChannel && !channelId) return { kind: 'no-channel' };
  if (there && channelId && there.kind !== 'open' && there.kind !== 'not-said')
    return { kind: 'no-room', room: there, channelId };
  return { kind: 'preview', found, kept: now, room: there };
}

async function keepHeard(
  deps: CheckInDeps,
  actor: Actor,
  { results, cohort: { channelId }, summed }: Found,
  written: Writing,
): Promise<void> {
  const { id } = results.round;
  const heard: Heard = {
    ...written,
    lines: linesOf(summed, written.numbers),
    by: actor.person.displayName,
    ...(written.to === 'channel' && channelId && { channelId }),
  };
  await writeHeard(deps.db, deps, id, heard, actor.person.id);
  deps.homeChanged(actor.person.id);
}

/** What a colleague has kept since somebody opened the form, where theirs would be written over unseen. */
export async function keptMeanwhile(
  { db, vault }: Pick<CheckInDeps, 'db' | 'vault'>,
  actor: Actor,
  roundId: string,
  { from, heard, willDo }: Pick<Writing, 'heard' | 'willDo'> & { from: string },
): Promise<Pick<Heard, 'heard' | 'willDo' | 'by'> | undefined> {
  const kept = await findHeard(db, { vault }, roundId);
  if (!kept || kept.postedAt || kept.mark === from) return undefined;
  const isSame = kept.heard.heard === heard && kept.heard.willDo === willDo;
  return isSame || kept.heard.by === actor.person.displayName ? undefined : kept.heard;
}

/**
 * The form was closed: what stood in it is there when it is opened again. What a colleague has kept meanwhile stays in front.
 * @param from what was kept when it was drawn.
 */
export async function keepBegunHeard(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  typed: Partial<Writing>,
  from: string,
): Promise<void> {
  const found = await findGivable(deps, actor, roundId);
  const kept = await findHeard(deps.db, deps, roundId);
  if (found.kind === 'not-allowed' || kept?.postedAt) return;
  const before: Writing = kept?.heard ?? { heard: '', willDo: '', numbers: [], to: 'people' };
  const { heard = '', willDo = '', numbers = before.numbers, to = before.to } = typed;
  const both = (theirs: string, mine: string): string => {
    if ((kept?.mark ?? '') === from || theirs.trim() === '') return mine;
    const joined = theirs.includes(mine) ? theirs : `${theirs}\n\n${mine}`;
    return Array.from(joined).length > longestPart ? theirs : joined;
  };
  const after = { heard: both(before.heard, heard), willDo: both(before.willDo, willDo), numbers, to };
  const isEmpty = after.heard === '' && after.willDo === '';
  if (!isEmpty && (after.heard !== before.heard || after.willDo !== before.willDo))
    await keepHeard(deps, actor, found, after);
}

const linesOf = (summed: readonly Summed[], wanted: readonly string[]): Heard['lines'] =>
  summed
    .filter(({ question }) => wanted.includes(question.id))
    .slice(0, mostNumbers)
    .map((one) => ({ question: one.question.text, said: sayForMembers(one) }));

export type PostOutcome =
  | { kind: 'posted' | 'posted-before'; found: Found; kept: Kept }
  /** Something else stands in it now than what was looked at. */
  | { kind: 'changed'; prepared: Prepared }
  | { kind: 'not-allowed' };

/**
 * Posts what was previewed, once: a second click, or a second person, finds it posted. It goes by the outbox at a civil
 * hour; of what Slack leaves unclear in a channel nothing is repeated.
 * @param mark of what was looked at.
 */
export async function postHeard(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  mark: string,
): Promise<PostOutcome> {
  const { db, clock, vault, reach, timeZone } = deps;
  const found = await findGivable(deps, actor, roundId);
  if (found.kind === 'not-allowed') return found;
  const { cohort, results } = found;
  const before = await findHeard(db, deps, roundId);
  if (!before) return { kind: 'not-allowed' };
  if (before.postedAt) return { kind: 'posted-before', found, kept: before };
  const { heard } = before;
  // Who reads the results may have changed since, and with it what may be said.
  const isAsSeen =
    before.mark === mark &&
    JSON.stringify(linesOf(found.summed, heard.numbers)) === JSON.stringify(heard.lines) &&
    (heard.to === 'people' || heard.channelId === cohort.channelId);
  if (!isAsSeen) return { kind: 'changed', prepared: await prepareHeard(deps, actor, roundId, heard) };
  const now = clock.now();
  const isFirst = await db.transaction().execute(async (trx) => {
    if (!(await recordPosted(trx, roundId, now))) return false;
    const send = async (to: { personId: string } | { channelId: string }, at: Date) => {
      const idempotencyKey = heardKey(roundId, 'personId' in to ? to.personId : 'channel');
      const message = heardMessage(heard, results, timeZone);
      await enqueue(trx, clock, {
        idempotencyKey,
        kind: 'checkins.heard',
        to,
        message: sealMessage(vault, { to, idempotencyKey }, message),
        sendAfter: at,
        topic: `cohort:${cohort.id}`,
      });
    };
    if (heard.channelId !== undefined) {
      await send({ channelId: heard.channelId }, civilTime(deps, now));
    } else
      for (const { personId } of await listParticipants(trx, roundId))
        if ((await isCohortMember(trx, cohort.id, personId)) && (await reach.mayBeAsked(trx, personId)))
          await send({ personId }, await reach.nextAllowed(trx, personId, now));
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'checkins.give-back',
      subject: roundId,
      detail: { to: heard.to },
    });
    return true;
  });
  const after = (await findHeard(db, deps, roundId)) ?? before;
  if (isFirst) await facilitatorsSeeChange(deps, cohort.id);
  return { kind: isFirst ? 'posted' : 'posted-before', found, kept: after };
}

/** For a channel, whose readers have many zones: by the programme's own clock. */
function civilTime({ timeZone: zone, daysOff }: CheckInDeps, now: Date): Date {
  const { quietFrom, quietUntil } = defaultPreferences;
  const off = (date: string) => isOff(daysOff, date);
  return nextAllowed(now, { zone, programmeZone: zone, quietFrom, quietUntil, isOff: off });
}

/** What became of what was posted to a channel: nobody but a person can look there. */
export type Arrival = 'on-its-way' | 'there' | 'unclear' | 'refused';

export async function findArrival(db: Db, roundId: string): Promise<Arrival | undefined> {
  const delivery = await findDelivery(db, heardKey(roundId, 'channel'));
  if (!delivery) return undefined;
  const { status, reason } = delivery;
  if (status === 'sent') return 'there';
  if (status === 'queued' || status === 'sending') return 'on-its-way';
  return status === 'unclear' || reason === 'unclear' ? 'unclear' : 'refused';
}

/** After somebody has looked in the channel: posts once more what failed there. */
export async function postAgain(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<{ kind: 'again' | 'not-now' | 'not-allowed' }> {
  const found = await findGivable(deps, actor, roundId);
  if (found.kind === 'not-allowed') return found;
  const delivery = await findDelivery(deps.db, heardKey(roundId, 'channel'));
  if (!delivery || !(await requeueFailed(deps.db, delivery.id, civilTime(deps, deps.clock.now()))))
    return { kind: 'not-now' };
  await audit(deps.db, deps.clock, {
    actor: actor.person.id,
    action: 'checkins.give-back-again',
    subject: roundId,
  });
  return { kind: 'again' };
}
