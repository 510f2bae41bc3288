import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { asModal } from '../../../slack/answer.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import { aroundOf } from '../sessions/around.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { findSeen } from '../sessions/read.ts';
import { mayRun } from '../sessions/rights.ts';
import { hasBegun, type Session } from '../sessions/session.ts';
import { findSession, listBookings } from '../sessions/store.ts';
import { notThere } from '../sessions/views.ts';
import { isOver, leadView, notAllowed, sayKept } from './views.ts';

/** A session for those who run it. @param note what has just been done. */
export async function showLead(deps: SessionDeps, actor: Actor, id: string, note?: Mrkdwn): Promise<View> {
  const seen = await findSeen(deps, actor, id);
  if (!seen) return asModal(notThere);
  if (!seen.runs) return asModal(notAllowed);
  const bookings = await listBookings(deps.db, id);
  const today = localDate(deps.clock.now(), deps.timeZone);
  return leadView(seen, await aroundOf(deps, actor), {
    kept: sayKept(seen.session, bookings, deps.professions, today),
    note,
    hasEver: bookings.length > 0,
    isHost: seen.hosts.some((host) => host.id === actor.person.id),
  });
}

/** What is there, for whoever runs it and as long as it can be changed; or what is said in its place. */
export async function findOwn(
  { db, clock }: SessionDeps,
  actor: Actor,
  id: string,
): Promise<{ kind: 'own'; session: Session } | { kind: 'view'; view: View }> {
  const session = await findSession(db, id);
  if (!session) return { kind: 'view', view: asModal(notThere) };
  if (!(await mayRun(db, actor, session))) return { kind: 'view', view: asModal(notAllowed) };
  if (session.isCancelled || hasBegun(session, clock.now())) return { kind: 'view', view: asModal(isOver) };
  return { kind: 'own', session };
}
