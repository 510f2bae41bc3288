import { type Actor, isFacilitator } from '../../../community/permissions.ts';
import type { TrainingDeps } from '../deps.ts';
import type { Session } from '../sessions/session.ts';
import { findSession, listHosts } from '../sessions/store.ts';

/** A session that somebody hosts, asked anew each time: whoever is a host no more sees nothing from then on. */
export async function findHosted(
  { db }: Pick<TrainingDeps, 'db'>,
  actor: Actor,
  sessionId: string,
): Promise<Session | undefined> {
  if (!isFacilitator(actor)) return undefined;
  const hosts = await listHosts(db, sessionId);
  return hosts.some(({ id }) => id === actor.person.id) ? findSession(db, sessionId) : undefined;
}
