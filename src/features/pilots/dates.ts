import type { PilotTemplate } from './content.ts';

/**
 * The days on which a pilot hangs together: its start, its sessions, its report. Everything here is local dates
 * (`YYYY-MM-DD`) and counts; times of day, and what may be written to whom, are for the features that have the parts.
 */

/** @returns the date itself, or the first day after it that is open. */
export type ToOpenDay = (date: string) => string;

export const startKey = 'start';
export const followUpKey = 'follow-up';
export const reportKey = 'report';
export const sessionKey = (number: number): string => `session-${number}`;

/** One day of it. In a list they stand in the order in which they come. */
export type Slot = {
  key: string;
  /** What it is counted from: it is offered to move with it. Undefined: everything else is counted from it. */
  hangsOn: string | undefined;
  /** As the rhythm, or somebody, would have it. */
  wantedOn: string;
  /** Where that is closed, the nearest following open day. */
  on: string;
};

/** A slot as it stands now. */
export type Standing = Slot & {
  /** It is over, or has been called off: it stays where it is. */
  isFixed: boolean;
  /** No day of the line, such as a check-in that was given a date of its own: it may come on any. */
  isLoose?: boolean;
};

export const plusDays = (date: string, days: number): string =>
  Temporal.PlainDate.from(date).add({ days }).toString();

export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

/**
 * Where days off have pushed one towards the next, that keeps at least half of the time that was meant to lie between them.
 * @param meant days between the two, as they are wanted.
 */
const leastBetween = (meant: number): number => Math.max(1, Math.ceil(meant / 2));

/** The day from which the next is counted: a start that is pushed takes the rhythm with it, a session does not. */
const rhythmDay = ({ key, wantedOn, on }: Slot): string => (key === startKey ? on : wantedOn);

/** The days of a new pilot, in order; never two on one day, and none on a closed one. */
export function datesOf(template: PilotTemplate, startsOn: string, toOpenDay: ToOpenDay): Slot[] {
  const { many, everyDays, firstAfterDays } = template.sessions;
  const start: Slot = { key: startKey, hangsOn: undefined, wantedOn: startsOn, on: toOpenDay(startsOn) };
  const slots: Slot[] = [start];
  const add = (key: string, from: Slot, days: number): Slot => {
    const wantedOn = plusDays(rhythmDay(from), days);
    const before = slots.at(-1) ?? start;
    const earliest = plusDays(before.on, leastBetween(daysBetween(rhythmDay(before), wantedOn)));
    const slot = { key, hangsOn: from.key, wantedOn, on: toOpenDay(later(wantedOn, earliest)) };
    slots.push(slot);
    return slot;
  };
  let last: Slot = start;
  for (let number = 1; number <= many; number += 1)
    last = add(sessionKey(number), last, number === 1 ? firstAfterDays : everyDays);
  if (template.follow_up) add(followUpKey, last, template.follow_up.weeks_after_last * 7);
  add(reportKey, last, template.report.weeks_after_last * 7);
  return slots;
}

const later = (one: string, other: string): string => (one > other ? one : other);

export type Moved = { key: string; wantedOn: string; on: string };
export type Shifted =
  | { kind: 'ok'; moved: Moved[] }
  /** It would come before what it follows, or after what follows it. */
  | { kind: 'out-of-order'; side: 'before' | 'after'; other: string }
  | { kind: 'past' }
  | { kind: 'fixed' };

/** Everything that hangs on a slot, and on that, as far as it can still move; in the order of the list. */
export function hangingOn(slots: readonly Standing[], key: string): Standing[] {
  const keys = new Set([key]);
  const found: Standing[] = [];
  // What something hangs on may stand behind it in the list.
  for (let grown = true; grown; ) {
    grown = false;
    for (const slot of slots)
      if (slot.hangsOn !== undefined && keys.has(slot.hangsOn) && !keys.has(slot.key)) {
        keys.add(slot.key);
        grown = true;
      }
  }
  for (const slot of slots) if (slot.key !== key && keys.has(slot.key) && !slot.isFixed) found.push(slot);
  return found;
}

/**
 * What moving one to another day does. @param how with what hangs on it, each by as many days, or alone.
 * @param today nothing moves to before it.
 */
export function shift(
  slots: readonly Standing[],
  { key, to, how }: { key: string; to: string; how: 'all' | 'only' },
  { toOpenDay, today }: { toOpenDay: ToOpenDay; today: string },
): Shifted {
  const moving = slots.find((slot) => slot.key === key);
  if (!moving || moving.isFixed) return { kind: 'fixed' };
  const on = toOpenDay(to);
  if (on < today) return { kind: 'past' };
  const days = daysBetween(moving.on, on);
  if (days === 0) return { kind: 'ok', moved: [] };
  const others = how === 'all' ? hangingOn(slots, key) : [];
  const moved = new Map<string, Moved>([[key, { key, wantedOn: to, on }]]);
  for (const slot of others.filter(({ isLoose }) => isLoose)) {
    const wantedOn = plusDays(slot.wantedOn, days);
    moved.set(slot.key, { key: slot.key, wantedOn, on: toOpenDay(wantedOn) });
  }

  const line = slots.filter(({ isLoose }) => !isLoose);
  let before: (Slot & { isMoved: boolean }) | undefined;
  for (const slot of line) {
    let now: Slot = { ...slot, ...moved.get(slot.key) };
    if (others.includes(slot)) {
      const wantedOn = plusDays(slot.wantedOn, days);
      const earliest = before
        ? plusDays(before.on, leastBetween(daysBetween(rhythmDay(before), wantedOn)))
        : wantedOn;
      now = { ...slot, wantedOn, on: toOpenDay(later(wantedOn, earliest)) };
      moved.set(slot.key, { key: slot.key, wantedOn, on: now.on });
    }
    const isMoved = moved.has(slot.key);
    // What stood out of order before is not for this to put right.
    if (before && before.on >= now.on && (before.isMoved || isMoved))
      return slot.key === key
        ? { kind: 'out-of-order', side: 'before', other: before.key }
        : { kind: 'out-of-order', side: 'after', other: slot.key };
    before = { ...now, isMoved };
  }
  return { kind: 'ok', moved: [...moved.values()] };
}
