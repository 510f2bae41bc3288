import { findCohort } from '../../../community/cohorts.ts';
import { findPerson } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import { describeError } from '../../../lib/log.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { failureOf } from '../../../outbox/outcome.ts';
import { isTakenBack, listKnownKeys, listSent } from '../../../outbox/sent.ts';
import { removeMessage } from '../../../outbox/unsay.ts';
import { atLocalTime, firstOpenDay, localDate, usableZone } from '../../../scheduler/calendar.ts';
import { daysOffIn, isOff } from '../../../scheduler/days-off.ts';
import { keys } from '../asking/messages.ts';
import { plusDays } from '../asking/round.ts';
import { unfinishedGoneNote, unfinishedNote } from '../asking/views.ts';
import type { CheckInDeps } from '../deps.ts';
import { findCheckIn, findRound, type Round } from '../store.ts';
import { deleteDraft, findDraft, listDrafts, listDraftsOver } from './store.ts';

type Keeping = Pick<CheckInDeps, 'retention' | 'daysOff' | 'timeZone'>;

/**
 * The day, as its author would say it, at whose beginning what they began goes: they have the working days after that of
 * the note in full.
 */
async function goesOn(
  db: Db,
  { retention, daysOff, timeZone }: Keeping,
  { checkinId }: Pick<Round, 'checkinId'>,
  personId: string,
  toldAt: Date,
): Promise<{ date: string; at: Date }> {
  const zone = usableZone((await findPerson(db, personId))?.timeZone, timeZone);
  const cohortId = (await findCheckIn(db, checkinId))?.cohortId;
  const cohort = cohortId === undefined ? undefined : await findCohort(db, cohortId);
  const off = cohort ? daysOffIn(daysOff, cohort) : daysOff;
  let last = localDate(toldAt, zone);
  for (let left = retention['unfinished-answers'].days; left > 0; left -= 1)
    last = firstOpenDay(plusDays(last, 1), (date) => isOff(off, date));
  const date = plusDays(last, 1);
  return { date, at: atLocalTime(date, '00:00', zone) };
}

/** When a round is over, whoever began answers and did not send them hears once that they go, and how to keep them. */
export async function warnOfUnfinished(
  db: Db,
  deps: Keeping & Pick<CheckInDeps, 'clock' | 'vault' | 'reach'>,
  round: Round,
  now: Date,
): Promise<void> {
  const { clock, vault, reach } = deps;
  for (const personId of await listDrafts(db, round.id)) {
    const draft = await findDraft(db, vault, round.id, personId);
    if (!draft || Object.keys(draft.answers).length === 0) continue;
    const sendAfter = await reach.nextAllowed(db, personId, now);
    const { date } = await goesOn(db, deps, round, personId, sendAfter);
    await enqueue(db, clock, {
      idempotencyKey: keys.unfinished(round.id, personId),
      kind: 'checkins.unfinished',
      to: { personId },
      message: unfinishedNote(round, date),
      sendAfter,
    });
  }
}

/** What the note says is there is not any more: the note goes as well, where Slack can be asked. */
async function takeNoteAway(
  { db, client }: Pick<CheckInDeps, 'db' | 'client'>,
  roundId: string,
  personId: string,
): Promise<void> {
  const [note] = await listSent(db, [keys.unfinished(roundId, personId)]);
  if (note) await removeMessage(client, { channel: note.channel, ts: note.ts });
}

/** What somebody began is not there any more, whether or not Slack lets the note about it go. */
export async function putAway(
  deps: Pick<CheckInDeps, 'db' | 'client'>,
  roundId: string,
  personId: string,
): Promise<void> {
  await deleteDraft(deps.db, roundId, personId);
  await takeNoteAway(deps, roundId, personId);
}

/** Whether somebody was told of what they began there: by now it is in their journal, or deleted as the note said. */
export const wasTold = async (db: Db, roundId: string, personId: string): Promise<boolean> =>
  (await listSent(db, [keys.unfinished(roundId, personId)])).length > 0;

/** Whoever comes back later finds that it is gone, and when: a note that vanished with it would tell them nothing. */
async function sayGone(
  { db, client, log }: Pick<CheckInDeps, 'db' | 'client' | 'log'>,
  { id, date }: { id: string; date: string },
  note: { channel: string; ts: string },
): Promise<void> {
  const round = await findRound(db, id);
  if (!round) return;
  try {
    await client.chat.update({ channel: note.channel, ts: note.ts, ...unfinishedGoneNote(round, date) });
  } catch (error) {
    // The words are gone all the same, and the button of the old note says so.
    if (failureOf(error).kind !== 'refused')
      log.warn(describeError(error), 'A note about what somebody began stays as it was');
  }
}

/**
 * Job: what nobody goes on with goes, as long after its author was warned as the note says. Where the note has not come
 * through, the words stay; those of whom no note is owed (nothing stands in them, or its author cannot be written to) go
 * as long after the closing.
 */
export async function forgetUnfinished(
  deps: Keeping & Pick<CheckInDeps, 'db' | 'client' | 'log'>,
  now: Date,
): Promise<void> {
  const { db } = deps;
  for (const { round, personId, overAt } of await listDraftsOver(db)) {
    const key = keys.unfinished(round.id, personId);
    const [warned] = await listSent(db, [key]);
    const isOwed = (await listKnownKeys(db, [key])).has(key) && !(await isTakenBack(db, key));
    if (!warned && isOwed) continue;
    const { at, date } = await goesOn(db, deps, round, personId, warned?.sentAt ?? overAt);
    if (at > now) continue;
    await deleteDraft(db, round.id, personId);
    if (warned) await sayGone(deps, { id: round.id, date }, warned);
  }
}
