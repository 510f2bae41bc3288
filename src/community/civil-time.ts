import type { Db } from '../db/schema.ts';
import { nextAllowed } from '../scheduler/calendar.ts';
import type { Person } from './people.ts';
import { getPreferences } from './preferences.ts';

/**
 * The earliest instant from `at` on when somebody may be written to unasked: outside their quiet hours, on a working
 * day, not while they are away.
 * @param programmeZone IANA, for people whose own zone is not known.
 */
export async function nextCivilMoment(
  db: Db,
  person: Pick<Person, 'id' | 'timeZone'>,
  at: Date,
  programmeZone: string,
): Promise<Date> {
  const { quietFrom, quietUntil, awayUntil } = await getPreferences(db, person.id);
  return nextAllowed(at, { zone: person.timeZone, programmeZone, quietFrom, quietUntil, awayUntil });
}
