import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { AskedInGroup, Reported } from '../../findings.ts';
import { listParticipants } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { listReaders } from '../readers.ts';
import { findCheckIn, isStartedByMembers, listIdsIn, listRounds } from '../store.ts';

/** What a group is asked at a time, without what was called off before it went out. */
export async function listAskedIn(db: Db, cohortId: string, zone: string): Promise<AskedInGroup[]> {
  const asked: AskedInGroup[] = [];
  for (const id of await listIdsIn(db, cohortId)) {
    const checkin = await findCheckIn(db, id);
    if (!checkin || isStartedByMembers(checkin)) continue;
    const { templateId, definition, status, nextAt } = checkin;
    const [last] = (await listRounds(db, id)).filter((round) => round.status !== 'cancelled');
    const base = { id, templateId, title: definition.label };
    if (last)
      asked.push({
        ...base,
        state: last.status === 'open' ? 'open' : 'closed',
        on: localDate(last.dueAt, zone),
        until: last.closesAt && localDate(last.closesAt, zone),
      });
    else if (status === 'running' || status === 'paused')
      asked.push({ ...base, state: 'planned', on: nextAt && localDate(nextAt, zone), until: undefined });
  }
  return asked;
}

/** Rounds of a group that are over, with who answered and cannot read the results: they know of themselves. */
export async function listOver(
  { timeZone }: Pick<CheckInDeps, 'timeZone'>,
  db: Db,
  { cohortId, from, until }: Reported,
): Promise<{ id: string; title: string; endedAt: Date; people: string[] }[]> {
  const readers = await listReaders(db, cohortId);
  const over: { id: string; title: string; dueAt: Date; endedAt: Date; people: string[] }[] = [];
  for (const checkinId of await listIdsIn(db, cohortId)) {
    const title = (await findCheckIn(db, checkinId))?.definition.label;
    for (const { id, status, dueAt, closesAt: endedAt, definition } of await listRounds(db, checkinId)) {
      const on = localDate(dueAt, timeZone);
      if (status !== 'closed' || endedAt === undefined || on < from || on > until) continue;
      const answered = (await listParticipants(db, id)).filter((one) => one.status === 'answered');
      const people = answered.map(({ personId }) => personId).filter((personId) => !readers.has(personId));
      over.push({ id, title: title ?? definition.label, dueAt, endedAt, people });
    }
  }
  return over.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
}
