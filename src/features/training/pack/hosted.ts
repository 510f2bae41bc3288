import { isOurs } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import type { Session } from '../sessions/session.ts';
import { findSession, listHosts } from '../sessions/store.ts';

/**
 * A session that somebody hosts, asked anew each time: whoever is a host no more sees nothing from then on. Running the group
 * it is for, or all groups, is not enough.
 */
export async function findHosted(
  { db }: Pick<SessionDeps, 'db'>,
  actor: Actor,
  sessionId: string,
): Promise<Session | undefined> {
  if (!isOurs(actor.person) || actor.hasDeclined === true) return undefined;
  const hosts = await listHosts(db, sessionId);
  return hosts.some(({ id }) => id === actor.person.id) ? findSession(db, sessionId) : undefined;
}
