import { findCohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import type { CheckInDeps } from '../deps.ts';
import { tellFacilitators } from '../facilitators.ts';
import type { CountedFromSession } from '../sessions.ts';
import { type CheckIn, changeStatus } from '../store.ts';
import { keys } from './messages.ts';
import { lostNote } from './views.ts';

/** Why a check-in cannot come by the session it hangs on, and what that is called, where it is still there. */
export type Lost = {
  why: 'cancelled' | 'too-soon';
  counted: CountedFromSession;
  title: string | undefined;
};

/** It is never sent by itself: it waits, and whoever runs the group is told what they can do. @returns false if it did already. */
export async function waitForChoice(
  db: Db,
  deps: CheckInDeps,
  checkin: CheckIn,
  lost: Lost,
  now: Date,
): Promise<boolean> {
  if (!(await changeStatus(db, checkin.id, ['running'], { status: 'paused' }))) return false;
  await tellLost(db, deps, checkin, lost, now);
  return true;
}

/** @param openUntil of one that people are asked already: it stays as they were told. */
export async function tellLost(
  db: Db,
  deps: CheckInDeps,
  checkin: CheckIn,
  { why, counted, title }: Lost,
  now: Date,
  openUntil?: Date,
): Promise<void> {
  const cohort = checkin.cohortId === undefined ? undefined : await findCohort(db, checkin.cohortId);
  if (!cohort) return;
  await tellFacilitators(db, deps, checkin, now, {
    key: (personId) => keys.lost(checkin.id, counted.session, personId),
    kind: 'checkins.lost',
    message: lostNote(checkin, {
      why,
      session: title,
      cohortName: cohort.name,
      openUntil,
      zone: deps.timeZone,
    }),
  });
}
