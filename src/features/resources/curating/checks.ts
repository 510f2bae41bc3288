import { createHash } from 'node:crypto';
import { dayAfter } from '../../../lib/clock.ts';
import {
  contactChecks,
  type SafeguardingRoute,
  type Signposts,
  type SupportLine,
} from '../../../safeguarding/signposts.ts';
import type { Resource } from '../content.ts';

/** How long a curator's look at an entry is good for. */
const checkEveryDays = 365;
/** So many a week are asked for, enough for everything to have its turn; whoever has time finds the others by the menu. */
export const checksAWeek = 11;

export type Check =
  | { kind: 'contact'; contact: SupportLine | SafeguardingRoute }
  | { kind: 'due'; entry: Resource };

type Given = {
  signposts: Signposts;
  shown: readonly Resource[];
  /** The day the catalogue was first here. */
  beganOn: string;
  now: Date;
};

/**
 * What nobody has checked for its interval, or ever, the most urgent first; and of it what is asked for this week. Whatever
 * was never checked counts from the day it came in and is spread over its interval: else a new catalogue begins with all.
 */
export function checksOf({ signposts, shown, beganOn, now }: Given): { open: Check[]; thisWeek: Check[] } {
  const today = now.toISOString().slice(0, 10);
  const contacts = contactChecks(signposts, { beganOn, now }).map(({ contact, dueOn }) => ({
    check: { kind: 'contact', contact } as Check,
    dueOn,
    checkedOn: contact.checked_on,
    isNew: false,
  }));
  const entries = shown
    .map((entry) => ({
      check: { kind: 'due', entry } as Check,
      dueOn:
        entry.checked_on === undefined
          ? dayAfter(entry.added_on ?? beganOn, 1 + (placeOf(entry.id) % checkEveryDays))
          : dayAfter(entry.checked_on, checkEveryDays),
      checkedOn: entry.checked_on,
      // Looked at because it was added, which was no check.
      isNew: entry.added_on !== undefined && entry.added_on === entry.checked_on,
    }))
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
  // Somebody may need a contact tonight.
  const all = [...contacts, ...entries];
  const aWeekAgo = dayAfter(today, -7);
  const done = all.filter(({ checkedOn = '', isNew }) => checkedOn > aWeekAgo && !isNew).length;
  const isDue = ({ dueOn }: { dueOn: string }) => dueOn <= today;
  return {
    open: all.filter((one) => one.checkedOn === undefined || isDue(one)).map(({ check }) => check),
    thisWeek: all
      .filter(isDue)
      .slice(0, Math.max(0, checksAWeek - done))
      .map(({ check }) => check),
  };
}

/** The same for an id wherever and whenever it is asked, and different for most. */
const placeOf = (id: string): number => createHash('sha256').update(id).digest().readUInt32BE(0);
