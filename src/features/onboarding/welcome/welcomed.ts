import { listHumansFor } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { actorOf, isFacilitator } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { JourneyContent } from '../content.ts';
import { type Welcomed, welcomeMessage } from './views.ts';

/** The first, and once more for whoever asked to be reminded. */
export const welcomeKinds = ['onboarding.welcome', 'onboarding.welcome-again'] as const;

/** As what they are welcomed, now. */
export async function welcomedAs(db: Db, person: Person): Promise<Welcomed> {
  return {
    runsGroups: isFacilitator(await actorOf(db, person)),
    humans: await listHumansFor(db, person.id),
  };
}

export async function welcomeFor(
  db: Db,
  content: JourneyContent,
  person: Person,
  { beginsAnew = false } = {},
): Promise<Message> {
  const { humans, runsGroups } = await welcomedAs(db, person);
  return welcomeMessage(content, person, humans, { runsGroups, beginsAnew });
}
