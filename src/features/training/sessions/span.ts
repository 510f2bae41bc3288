import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { listSessions } from './store.ts';

/** A session, and the local date on which it begins. */
type Dated = { id: string; on: string };

/** The first and the last session of a group's training; a follow-up session comes after it. Undefined: it has none. */
export async function sessionsSpan(
  db: Db,
  cohortId: string,
  zone: string,
): Promise<{ first: Dated; last: Dated } | undefined> {
  const sessions = (await listSessions(db, { cohortIds: [cohortId] })).filter(
    ({ isCancelled, seriesId }) => !isCancelled && seriesId !== 'follow-up',
  );
  const [first, last] = [sessions[0], sessions.at(-1)];
  if (!first || !last) return undefined;
  const dated = ({ id, startsAt }: typeof first): Dated => ({ id, on: localDate(startsAt, zone) });
  return { first: dated(first), last: dated(last) };
}
