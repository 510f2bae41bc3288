import { fewestPeople } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { listBooked, listSessions } from './store.ts';

/** Sessions that began in a time, and how many had a place at those where five or more had. @param until not included. */
export async function sessionsIn(
  db: Db,
  span: { from: Date; until: Date },
): Promise<{ held: number; places: number }> {
  const held = (await listSessions(db, span)).filter(({ isCancelled }) => !isCancelled);
  let places = 0;
  for (const { id } of held) {
    const booked = (await listBooked(db, id)).length;
    if (booked >= fewestPeople) places += booked;
  }
  return { held: held.length, places };
}
