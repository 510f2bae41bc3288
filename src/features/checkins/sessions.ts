import type { Db } from '../../db/schema.ts';
import { later, minutes } from '../../lib/clock.ts';
import { firstOpenDay, lastOpenDay, localDate, localTime } from '../../scheduler/calendar.ts';
import { type DaysOff, isOff } from '../../scheduler/days-off.ts';
import { civilHours } from '../../scheduler/recurrence.ts';
import { plusDays } from './asking/round.ts';
import type { CheckIn, CountedFrom } from './store.ts';

/** A dated session of a group, as far as check-ins are counted from it. */
export type DatedSession = { id: string; title: string; startsAt: Date; endsAt: Date; isCancelled: boolean };

/** What check-ins need to know of sessions; whoever has them hands it over. */
export type Sessions = {
  /** Those of a group that are still to come, soonest first, without the cancelled ones. */
  sessionsOf(db: Db, cohortId: string, now: Date): Promise<DatedSession[]>;
  /** @returns undefined when it is gone. */
  findSession(db: Db, id: string): Promise<DatedSession | undefined>;
};

export type CountedFromSession = Exclude<CountedFrom, { from: 'start' | 'end' }>;

export const isFromSession = (counted: CountedFrom | undefined): counted is CountedFromSession =>
  counted !== undefined && counted.from !== 'start' && counted.from !== 'end';

/**
 * What a check-in hangs on. 'lost': its session is cancelled, or gone, so that it never comes by itself.
 * @returns undefined where it hangs on no session.
 */
export async function hookOf(
  { findSession }: Pick<Sessions, 'findSession'>,
  db: Db,
  { countedFrom }: Pick<CheckIn, 'countedFrom'>,
): Promise<
  | { kind: 'holds'; counted: CountedFromSession; session: DatedSession }
  | { kind: 'lost'; counted: CountedFromSession; title: string | undefined }
  | undefined
> {
  if (!isFromSession(countedFrom)) return undefined;
  const session = await findSession(db, countedFrom.session);
  return session && !session.isCancelled
    ? { kind: 'holds', counted: countedFrom, session }
    : { kind: 'lost', counted: countedFrom, title: session?.title };
}

/**
 * From when on members start one for themselves: once the session is over that it is about, whether or not that took place.
 * @returns undefined where they always could.
 */
export async function startsFrom(
  { findSession }: Pick<Sessions, 'findSession'>,
  db: Db,
  { countedFrom }: Pick<CheckIn, 'countedFrom'>,
): Promise<Date | undefined> {
  if (countedFrom?.from !== 'session-over') return undefined;
  const session = await findSession(db, countedFrom.session);
  return session && later(session.endsAt, minutes(countedFrom.minutes));
}

/** The session somebody is asked about, by whoever was there or not. @returns undefined where it is about none. */
export async function sessionAsked(
  deps: Pick<Sessions, 'findSession'>,
  db: Db,
  checkin: Pick<CheckIn, 'countedFrom'>,
): Promise<DatedSession | undefined> {
  const hook = await hookOf(deps, db, checkin);
  return hook?.kind === 'holds' && hook.counted.from === 'session-over' ? hook.session : undefined;
}

type Around = { zone: string; daysOff: DaysOff };

/**
 * The local date and time on which a check-in comes that is counted from a session, moved to a working day where that is
 * none: what closes when the session begins comes sooner then, what follows it later.
 */
export function momentCounted(
  counted: CountedFromSession,
  { startsAt, endsAt }: Pick<DatedSession, 'startsAt' | 'endsAt'>,
  { zone, daysOff }: Around,
): { date: string; time: string } {
  const off = (date: string) => isOff(daysOff, date);
  switch (counted.from) {
    case 'session-begins':
      return {
        date: lastOpenDay(plusDays(localDate(startsAt, zone), -counted.days), off),
        time: counted.time,
      };
    case 'session-over':
      return soonAfter(later(endsAt, minutes(counted.minutes)), { zone, daysOff });
    case 'session-day': {
      const { time } = counted;
      const date = firstOpenDay(plusDays(localDate(endsAt, zone), counted.days), off);
      const isBefore = date === localDate(endsAt, zone) && time <= localTime(endsAt, zone);
      return isBefore ? soonAfter(endsAt, { zone, daysOff }) : { date, time };
    }
  }
}

/** In the morning of the next working day, where what follows a session would come at night. */
const morning = '09:30';

function soonAfter(at: Date, { zone, daysOff }: Around): { date: string; time: string } {
  const off = (date: string) => isOff(daysOff, date);
  const [date, time] = [localDate(at, zone), localTime(at, zone)];
  const day = firstOpenDay(date, off);
  if (day !== date || time < civilHours.from) return { date: day, time: morning };
  return time <= civilHours.until
    ? { date, time }
    : { date: firstOpenDay(plusDays(date, 1), off), time: morning };
}

/** When a round closes that ends as its session begins. @returns undefined for any other. */
export const closesWith = (
  counted: CountedFrom | undefined,
  session: Pick<DatedSession, 'startsAt'> | undefined,
): Date | undefined => (counted?.from === 'session-begins' ? session?.startsAt : undefined);
