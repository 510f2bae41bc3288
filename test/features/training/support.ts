import type { Db } from '../../../src/db/schema.ts';
import type { Session } from '../../../src/features/training/sessions/session.ts';
import { insertSession } from '../../../src/features/training/sessions/store.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { newId } from '../../../src/lib/random.ts';

/** Tuesday 17 March 2026 from 14:00 to 16:00, in a place, for everybody. */
export const sessionOf = (createdBy: string, change: Partial<Session> = {}): Session => ({
  id: newId(systemClock),
  seriesId: 'own',
  outline: { label: 'Case discussions', shape: [], notes: [] },
  cohortId: undefined,
  title: 'Case discussion',
  startsAt: new Date('2026-03-17T14:00:00Z'),
  minutes: 120,
  place: 'Family hub, room 2',
  link: undefined,
  places: undefined,
  mix: [],
  mixUntil: undefined,
  asksAccess: false,
  sequence: 0,
  isCancelled: false,
  told: undefined,
  tellAt: undefined,
  reminded: 0,
  createdBy,
  changedAt: new Date('2026-03-03T10:00:00Z'),
  ...change,
});

export async function givenSession(
  db: Db,
  createdBy: string,
  change: Partial<Session> = {},
): Promise<Session> {
  const session = sessionOf(createdBy, change);
  await insertSession(db, session);
  return session;
}
