import { listCohortsOf } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { actorOf, isFacilitator } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { JourneyStep } from '../content.ts';

/** Those of a version's steps that are meant for this person, by their groups and roles. */
export async function stepsFor(
  db: Db,
  steps: readonly JourneyStep[],
  person: Person,
): Promise<JourneyStep[]> {
  const cohorts = await listCohortsOf(db, person.id);
  const actor = await actorOf(db, person);
  const audiences = new Set([
    'everyone',
    ...(isFacilitator(actor) ? [] : ['members']),
    ...cohorts.flatMap(({ ageGroup }) => (ageGroup === undefined ? [] : [`cohort:${ageGroup}`])),
    ...actor.roles.map(({ role }) => `role:${role}`),
  ]);
  return steps.filter((step) => audiences.has(step.audience));
}
