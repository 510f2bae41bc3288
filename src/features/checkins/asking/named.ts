import { findCohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import { findCheckIn, type Round } from '../store.ts';
import { listRoundsOf } from './store.ts';

type Theirs = { round: Round; cohortId: string | undefined };

/** Whether somebody gets another check-in of that name, in another group. */
export const isAmbiguous = (all: readonly Theirs[], { round, cohortId }: Theirs): boolean =>
  all.some((other) => other.cohortId !== cohortId && other.round.definition.label === round.definition.label);

export const withGroup = (round: Round, cohortName: string): Round => ({
  ...round,
  definition: { ...round.definition, label: `${round.definition.label}, ${cohortName}` },
});

/** A round as it is called towards one person: with its group, where they get another of the same name. */
export async function namedFor(db: Db, round: Round, personId: string): Promise<Round> {
  const cohortId = (await findCheckIn(db, round.checkinId))?.cohortId;
  if (cohortId === undefined) return round;
  const all = await listRoundsOf(db, personId, ['asked', 'answered', 'skipped', 'withdrawn']);
  if (!isAmbiguous(all, { round, cohortId })) return round;
  const cohort = await findCohort(db, cohortId);
  return cohort ? withGroup(round, cohort.name) : round;
}
