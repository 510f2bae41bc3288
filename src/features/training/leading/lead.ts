import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { asModal } from '../../../slack/answer.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import { aroundOf } from '../sessions/around.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { findSeen } from '../sessions/read.ts';
import { listBookings } from '../sessions/store.ts';
import { notThere } from '../sessions/views.ts';
import { leadView, notAllowed, sayKept } from './views.ts';

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
