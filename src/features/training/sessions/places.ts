import type { Booking, Session } from './session.ts';

/** What decides about places. */
export type Room = Pick<Session, 'places' | 'mix' | 'mixUntil'>;

/** A place that is offered is taken as well, until its day is over. */
export const hasPlace = ({ status }: Pick<Booking, 'status'>): boolean =>
  status === 'booked' || status === 'offered';

/** Somebody whom a change of the session concerns. */
export const isIn = ({ status }: Pick<Booking, 'status'>): boolean => status !== 'cancelled';

/**
 * How many places are left for somebody of a profession, with those that are kept for others taken off. Below zero where
 * more have one than there are. @param today the local date in the programme's zone.
 */
export function freeFor(
  { places, mix, mixUntil }: Room,
  bookings: readonly Pick<Booking, 'status' | 'profession'>[],
  profession: string | undefined,
  today: string,
): number {
  if (places === undefined) return Number.POSITIVE_INFINITY;
  const taken = bookings.filter(hasPlace);
  const stillKept = (mixUntil !== undefined && today > mixUntil ? [] : mix)
    .filter((kept) => kept.profession !== profession)
    .map((kept) => kept.places - taken.filter((one) => one.profession === kept.profession).length);
  return places - taken.length - stillKept.reduce((sum, left) => sum + Math.max(0, left), 0);
}

/** The first of those who wait for whom there is a place, and to whom it can be offered. */
export const nextInLine = (
  room: Room,
  bookings: readonly Booking[],
  today: string,
  passedOver: ReadonlySet<string>,
): Booking | undefined =>
  bookings.find(
    (one) =>
      one.status === 'waiting' &&
      !passedOver.has(one.personId) &&
      freeFor(room, bookings, one.profession, today) > 0,
  );

/** After everybody's before: no two things begin at the same instant in one session. */
export const nextSince = (bookings: readonly Pick<Booking, 'since'>[], now: Date): Date =>
  new Date(Math.max(now.getTime(), ...bookings.map(({ since }) => since.getTime() + 1)));

/** Those who would lose their place if there were only so many: the last who got one, the last first. */
export const lastIn = (bookings: readonly Booking[], places: number): Booking[] => {
  const taken = bookings
    .filter(hasPlace)
    .toSorted((one, other) => other.since.getTime() - one.since.getTime());
  return taken.slice(0, Math.max(0, taken.length - places));
};
