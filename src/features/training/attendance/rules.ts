import { days, hours, later } from '../../../lib/clock.ts';
import { endOf, hasBegun, type Session } from '../sessions/session.ts';

/** For how long attendance can be taken, confirmed and corrected. */
export const correctableDays = 14;
/** A session may run over, and whoever hosts it may tick in the room. */
const quietHoursAfter = 3;

type Dated = Pick<Session, 'startsAt' | 'minutes' | 'isCancelled'>;

/** After this instant nothing is changed by its hosts. */
export const correctableUntil = (session: Dated): Date => later(endOf(session), days(correctableDays));

export type Standing = 'not-begun' | 'cancelled' | 'open' | 'settled';

/** Whether attendance of a session can be taken: from its beginning until two weeks after its end. */
export function standingOf(session: Dated, now: Date): Standing {
  if (session.isCancelled) return 'cancelled';
  if (!hasBegun(session, now)) return 'not-begun';
  return now <= correctableUntil(session) ? 'open' : 'settled';
}

/** Whether those who were there are written to now, once each. */
export const isAfterwards = (session: Dated, now: Date): boolean =>
  standingOf(session, now) === 'open' && writtenToFrom(session) <= now;

/** From when on people are written to after a session. */
export const writtenToFrom = (session: Dated): Date => later(endOf(session), hours(quietHoursAfter));

/** What was said before a session began as it is dated now, was said of another date: it counts for nothing. */
export const isOfThisDate = ({ startsAt }: Pick<Session, 'startsAt'>, at: Date): boolean => at >= startsAt;

export type Presence = 'confirmed' | 'said';

/** @returns undefined: nothing that counts. A host's word comes before one's own. */
export function presenceOf(
  session: Pick<Session, 'startsAt'>,
  { saidAt, confirmedAt }: { saidAt: Date | undefined; confirmedAt: Date | undefined },
): Presence | undefined {
  if (confirmedAt && isOfThisDate(session, confirmedAt)) return 'confirmed';
  return saidAt && isOfThisDate(session, saidAt) ? 'said' : undefined;
}

/**
 * Who is thanked: whoever was there or says so; while nobody has taken attendance, whoever had a place as well. Of those
 * who were not ticked nothing is said, to them least of all.
 */
export const thanked = ({
  booked,
  present,
  isTaken,
}: {
  booked: readonly string[];
  present: readonly string[];
  isTaken: boolean;
}): string[] => [...new Set(isTaken ? present : [...present, ...booked])];
