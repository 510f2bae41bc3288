import { findCohort } from '../../../community/cohorts.ts';
import { detailOf, type Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { isCrowdedOut } from '../../../outbox/sent.ts';
import { copyShared, packBox } from '../answering/store.ts';
import { warnOfUnfinished } from '../answering/unfinished.ts';
import type { CheckInDeps } from '../deps.ts';
import { tellFacilitators } from '../facilitators.ts';
import { listReaders } from '../readers.ts';
import { freeze } from '../results/freeze.ts';
import { findFrozen } from '../results/store.ts';
import {
  type CheckIn,
  changeStatus,
  closeRound,
  findRound,
  isStartedByMembers,
  listRounds,
  type Round,
} from '../store.ts';
import { keys, takeBack } from './messages.ts';
import { occasionOf } from './round.ts';
import { countParticipation, listParticipants } from './store.ts';
import { closedNote, tooSmallNote } from './views.ts';

/**
 * Closes a round, inside the caller's transaction: what waited for it is taken back, and its facilitators get a note with
 * the counts. Closing twice does nothing the second time.
 */
export async function closeAndTell(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  checkin: CheckIn,
  now: Date,
): Promise<boolean> {
  if (!(await endRound(db, deps, round, checkin, now, 'closed'))) return false;
  // People go on starting it for themselves, and each quarter has a round.
  if (checkin.cohortId === undefined) return true;
  if (checkin.nextAt === undefined && !isStartedByMembers(checkin))
    await changeStatus(db, checkin.id, ['running', 'paused'], { status: 'finished' });
  const readers = await listReaders(db, checkin.cohortId);
  const tally = await countParticipation(db, round.id, readers, checkin.cohortId);
  const name = (await findCohort(db, checkin.cohortId))?.name ?? '';
  // Where so few can answer that nothing will ever be shown, saying so each time would only nag.
  const isTooSmall =
    !isStartedByMembers(checkin) &&
    round.definition.mode !== 'named' &&
    tally.silent !== undefined &&
    tally.answered - tally.readers + tally.silent < round.definition.smallest;
  const shows = isTooSmall || (await isShown(db, deps, round, tally));
  // That somebody has started one is theirs to know.
  if (!shows && isStartedByMembers(checkin)) return true;
  // That nothing of it can be shown is said once, until a round can be shown again.
  if (!shows && (await showedNothingBefore(db, deps, round, checkin, readers))) return true;
  await tellFacilitators(db, deps, checkin, now, {
    key: (personId) => (isTooSmall ? keys.tooSmall(checkin.id, personId) : keys.closed(round.id, personId)),
    kind: 'checkins.closed',
    message: isTooSmall
      ? tooSmallNote(round, name)
      : closedNote((await findRound(db, round.id)) ?? round, name, {
          occasion: occasionOf(checkin.recurrence, round.dueAt, deps.daysOff),
          tally,
          isShown: shows,
          comesAgain: checkin.nextAt !== undefined,
        }),
  });
  return true;
}

/** Of the round before it. */
async function showedNothingBefore(
  db: Db,
  deps: CheckInDeps,
  { id, checkinId, dueAt }: Round,
  { cohortId }: Pick<CheckIn, 'cohortId'>,
  readers: ReadonlySet<string>,
): Promise<boolean> {
  const before = (await listRounds(db, checkinId)).find(
    (one) => one.id !== id && one.status === 'closed' && one.dueAt < dueAt,
  );
  if (!before) return false;
  const tally = await countParticipation(db, before.id, readers, cohortId);
  return !(await isShown(db, deps, before, tally));
}

/** Whether anything of what was answered may be shown, as the results will have it. */
async function isShown(db: Db, { vault }: CheckInDeps, round: Round, { readers }: Tally): Promise<boolean> {
  const { mode, smallest } = round.definition;
  const frozen = mode === 'named' ? undefined : await findFrozen(db, vault, round.id);
  if (!frozen) return true;
  // Of the others those who can read them are in no summary.
  const among = mode === 'group' ? readers : 0;
  return detailOf({ answered: frozen.counted, readers: among }, smallest) !== 'nothing';
}

/** @returns false when it was over already. */
export async function endRound(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  { cohortId }: Pick<CheckIn, 'cohortId'>,
  now: Date,
  status: 'closed' | 'cancelled',
): Promise<boolean> {
  const everybody = await listParticipants(db, round.id);
  const prompts = everybody.map(({ personId }) => keys.prompt(round.id, personId));
  const wasCrowded = await isCrowdedOut(db, prompts);
  if (!(await closeRound(db, round.id, now, { status, wasCrowded }))) return false;
  for (const asked of everybody) await takeBack(db, { roundId: round.id, ...asked }, status);
  await warnOfUnfinished(db, deps, round, now);
  const { mode } = round.definition;
  const readers = await listReaders(db, cohortId);
  const notCopied = mode === 'private' ? await copyShared(db, deps, round, readers) : [];
  await packBox(db, deps, round);
  await freeze(db, deps, round, cohortId, notCopied);
  return true;
}
