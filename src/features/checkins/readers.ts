import type { Person } from '../../community/people.ts';
import { listWithRoles, may } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';

/**
 * Whom `may` lets open the results of a group's check-ins now. What they answered themselves they know, so they do not
 * count towards the number from which something is shown.
 */
export const listReaders = async (db: Db, cohortId: string): Promise<Person[]> =>
  (await listReadersOf(db, [cohortId])).get(cohortId) ?? [];

/** The same of several groups. */
export async function listReadersOf(db: Db, cohortIds: readonly string[]): Promise<Map<string, Person[]>> {
  const actors = await listWithRoles(db);
  return new Map(
    cohortIds.map((cohortId) => [
      cohortId,
      actors.filter((actor) => may(actor, 'checkins.results', { cohortId })).map(({ person }) => person),
    ]),
  );
}
