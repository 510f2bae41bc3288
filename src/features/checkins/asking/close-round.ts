import { findCohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import { copyShared, packBox } from '../answering/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { tellFacilitators } from '../facilitators.ts';
import { listReaders } from '../readers.ts';
import { freeze } from '../results/freeze.ts';
import { type CheckIn, changeStatus, closeRound, isStartedByMembers, type Round } from '../store.ts';
import { keys, takeBack } from './messages.ts';
import { countParticipation, listAsked } from './store.ts';
import { closedNote } from './views.ts';

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
  const readers = new Set((await listReaders(db, checkin.cohortId)).map(({ id }) => id));
  const tally = await countParticipation(db, round.id, readers, checkin.cohortId);
  const name = (await findCohort(db, checkin.cohortId))?.name ?? '';
  await tellFacilitators(db, deps, checkin, now, {
    key: (personId) => keys.closed(round.id, personId),
    kind: 'checkins.closed',
    message: closedNote(round, name, tally),
  });
  return true;
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
  if (!(await closeRound(db, round.id, now, status))) return false;
  for (const asked of await listAsked(db, round.id))
    await takeBack(db, { roundId: round.id, ...asked }, status);
  const { mode } = round.definition;
  if (mode === 'named') return true;
  const readers = new Set((await listReaders(db, cohortId)).map(({ id }) => id));
  const notCopied = mode === 'private' ? await copyShared(db, deps, round, readers) : [];
  await packBox(db, deps, round);
  await freeze(db, deps, round, cohortId, notCopied);
  return true;
}
