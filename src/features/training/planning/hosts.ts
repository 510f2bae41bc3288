import { hasConsent } from '../../../community/consents.ts';
import { findPersonBySlackId, isOurs } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';

/**
 * Whoever plans or changes a session, and whoever runs it already, may be chosen; of others those who have agreed to the
 * community agreement. All others get one and the same answer: who has not answered and who said no is nobody else's business.
 * @param running ids of those who run it already.
 * @returns the ids of those who may; of the others where they stand in `slackIds`, from 0.
 */
export async function findHosts(
  db: Db,
  actor: Actor,
  slackIds: readonly string[],
  running: readonly string[],
): Promise<{ hosts: string[]; others: number[] }> {
  const hosts: string[] = [];
  const others: number[] = [];
  for (const [index, slackId] of slackIds.entries()) {
    const person = await findPersonBySlackId(db, slackId);
    const mayHost =
      person !== undefined &&
      isOurs(person) &&
      (person.id === actor.person.id ||
        running.includes(person.id) ||
        (await hasConsent(db, person.id, 'agreement')));
    if (mayHost) hosts.push(person.id);
    else others.push(index);
  }
  return { hosts, others };
}
