import { later, minutes } from '../../../lib/clock.ts';

/** What a series says of its sessions, as it was when this one was planned. */
export type Outline = {
  label: string;
  shape: { part: string; minutes: number }[];
  notes: string[];
  /** Of each part, as those who run it have set them; 0: it is left out. Undefined: as the series says. */
  ownMinutes?: number[] | undefined;
};

/** Places that are kept for a profession. */
export type Kept = { profession: string; places: number };

/** When and where, as far as people have to be told. */
export type Whereabouts = {
  startsAt: Date;
  minutes: number;
  place: string | undefined;
  link: string | undefined;
};

export type Session = Whereabouts & {
  id: string;
  /** In data/training.yaml, where it is still there; else 'follow-up' or 'own'. */
  seriesId: string;
  outline: Outline;
  /** Undefined: open to all who have agreed. */
  cohortId: string | undefined;
  title: string;
  /** Undefined: no limit. */
  places: number | undefined;
  mix: Kept[];
  /** Local date up to and including which they are kept; undefined: until it begins. */
  mixUntil: string | undefined;
  asksAccess: boolean;
  /** Grows with each change that a calendar has to hear of. */
  sequence: number;
  isCancelled: boolean;
  /** As people were last told, while they still have to hear of a change; undefined: they know. */
  told: (Whereabouts & Partial<Pick<Session, 'title'>>) | undefined;
  /** From when on they are told. */
  tellAt: Date | undefined;
  /** How many of its reminders have gone out for the time it has now. */
  reminded: number;
  /** A person's id. */
  createdBy: string;
  /** When `sequence` grew last, or else it was made. */
  changedAt: Date;
};

/** As those know it who have not heard of its last change yet. */
export const asTold = (session: Session): Session => ({ ...session, ...session.told });

export type BookingStatus = 'booked' | 'waiting' | 'offered' | 'cancelled';

export type Booking = {
  sessionId: string;
  personId: string;
  status: BookingStatus;
  /** A group of data/professions.yaml. */
  profession: string | undefined;
  /** When that began; no two are the same in one session, and those who wait come in this order. */
  since: Date;
  /** Until when a place that came free is kept for them; of one who did not answer, until when it was. */
  offeredUntil: Date | undefined;
};

export const endOf = ({ startsAt, minutes: long }: Pick<Whereabouts, 'startsAt' | 'minutes'>): Date =>
  later(startsAt, minutes(long));

export const hasBegun = ({ startsAt }: Pick<Whereabouts, 'startsAt'>, now: Date): boolean => startsAt <= now;

export const hasEnded = (session: Pick<Whereabouts, 'startsAt' | 'minutes'>, now: Date): boolean =>
  endOf(session) <= now;

/** Where it is is no matter of letters: what is left out and what is empty are the same. */
export const isSameWhereabouts = (one: Whereabouts, other: Whereabouts): boolean =>
  one.startsAt.getTime() === other.startsAt.getTime() &&
  one.minutes === other.minutes &&
  one.place === other.place &&
  one.link === other.link;

export const overlaps = (
  one: Pick<Whereabouts, 'startsAt' | 'minutes'>,
  other: Pick<Whereabouts, 'startsAt' | 'minutes'>,
): boolean => one.startsAt < endOf(other) && other.startsAt < endOf(one);
