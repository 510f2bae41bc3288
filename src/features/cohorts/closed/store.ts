import type { Db } from '../../../db/schema.ts';
import type { Closed } from '../../../scheduler/days-off.ts';

/** All closed days of a group, in the place of those it had. */
export const saveClosed = async (db: Db, cohortId: string, closed: readonly Closed[]): Promise<void> =>
  void (await db
    .updateTable('cohorts')
    .set({ closed_days: JSON.stringify(closed) })
    .where('id', '=', cohortId)
    .execute());
