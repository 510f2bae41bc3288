import { type Actor, type CohortIds, cohortsFor, listWithRoles, may } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';

/** A group by its id. Undefined: the whole programme, for check-ins that people start for themselves. */
export type Place = string | undefined;

/** Whether somebody may open the results of check-ins in a place. */
export const mayRead = (actor: Actor, place: Place): boolean =>
  place === undefined ? may(actor, 'programme.results') : may(actor, 'checkins.results', { cohortId: place });

/** Running groups, and perhaps the whole programme. */
export type Places = { cohorts: CohortIds; programme: boolean };

/** Where somebody sees how check-ins go: the groups for which they plan them, and the whole programme if they lead it. */
export const placesOf = (actor: Actor): Places => ({
  cohorts: cohortsFor(actor, 'checkins.schedule'),
  programme: mayRead(actor, undefined),
});

/**
 * The ids of those whom `may` lets open the results of a group's check-ins now. What they answered themselves they know, so
 * they do not count towards the number from which something is shown.
 */
export const listReaders = async (db: Db, place: Place): Promise<ReadonlySet<string>> =>
  (await listReadersOf(db, [place])).get(place) ?? new Set();

/** The same of several groups. */
export async function listReadersOf(
  db: Db,
  places: readonly Place[],
): Promise<Map<Place, ReadonlySet<string>>> {
  const actors = await listWithRoles(db);
  return new Map(
    places.map((place) => [
      place,
      new Set(actors.filter((actor) => mayRead(actor, place)).map(({ person }) => person.id)),
    ]),
  );
}
