import { localDate } from '../../../scheduler/calendar.ts';
import { sayFullDate } from '../../../slack/text.ts';
import type { Reported } from '../../findings.ts';
import type { CheckInDeps } from '../deps.ts';
import { type Results, readRound } from '../results/results.ts';
import { type CheckIn, findCheckIn, listRounds, listRoundsIn } from '../store.ts';

/** A round of a group that has closed, as its results show it: of one with names, without them. */
export type Closed = { checkin: CheckIn; results: Results; on: string };

/** Those that people were asked within these dates, the oldest first. */
export async function listClosed(deps: CheckInDeps, { cohortId, from, until }: Reported): Promise<Closed[]> {
  const { db, timeZone } = deps;
  const closed: Closed[] = [];
  for (const round of (await listRoundsIn(db, cohortId)).toReversed()) {
    const day = localDate(round.dueAt, timeZone);
    const checkin = await findCheckIn(db, round.checkinId);
    if (!checkin || round.status !== 'closed' || day < from || day > until) continue;
    const rounds = await listRounds(db, checkin.id);
    const results = await readRound(deps, { checkin, round, rounds }, { order: '', withNames: false });
    closed.push({ checkin, results, on: dayOf(results.askedAt, timeZone) });
  }
  return closed;
}

/** "4 March 2026" */
export const dayOf = (at: Date, zone: string): string => sayFullDate(localDate(at, zone));

/** Of each check-in the last round, which says how it compares with those before it. */
export const latestOf = (closed: readonly Closed[]): Closed[] => [
  ...new Map(closed.map((one) => [one.checkin.id, one])).values(),
];

export const quoted = (text: string): string => `“${text}”`;
