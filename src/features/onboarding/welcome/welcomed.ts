import { listHumansFor } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { actorOf, isFacilitator } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { JourneyContent } from '../content.ts';
import { type Welcomed, welcomeMessage } from './views.ts';

/** The outbox's keys of a welcome: the first, the same after Slack did not take it, and once more as they asked. */
export const welcomeKeys = (journeyId: string) => ({
  first: `onboarding:${journeyId}:welcome`,
  retried: `onboarding:${journeyId}:welcome:again`,
  asked: `onboarding:${journeyId}:welcome-again`,
});

/** The outbox's key of the request to agree to a new version. */
export const agreementKey = (journeyId: string, version: string): string =>
  `onboarding:${journeyId}:agreement:${version}`;

/** As what they are welcomed, now. */
export async function welcomedAs(db: Db, person: Person): Promise<Welcomed> {
  return {
    runsGroups: isFacilitator(await actorOf(db, person)),
    humans: await listHumansFor(db, person.id),
  };
}

export async function welcomeFor(db: Db, content: JourneyContent, person: Person): Promise<Message> {
  const { humans, runsGroups } = await welcomedAs(db, person);
  return welcomeMessage(content, person, humans, { runsGroups });
}
