import type { Db } from '../db/schema.ts';
import { days, hours, later } from '../lib/clock.ts';
import { atLocalTime, localDate, nextAllowed, type QuietRules, usableZone } from '../scheduler/calendar.ts';
import { type DaysOff, daysOffIn, isOff, noDaysOff } from '../scheduler/days-off.ts';
import { findCohort, isCohortMember } from './cohorts.ts';
import { hasConsent } from './consents.ts';
import {
  asksPerDay,
  findRule,
  isStoppedByNoMessages,
  type MessageRule,
  promptsPerWeek,
  waitsAtMostDays,
} from './messages.ts';
import { findPerson, type Person } from './people.ts';
import { actorOf, may } from './permissions.ts';
import { getPreferences, type Preferences } from './preferences.ts';

/** How long a message waits before it is asked again whether a pause is over, or whether they have agreed. */
const RECHECK_HOURS = 4;

export type HoldReason =
  | 'held:not-agreed'
  | 'held:paused'
  | 'held:weekly-cap'
  | 'held:full-day'
  | 'held:quiet-time';
export type DropReason =
  /** Written by a version that knew another message. */
  | 'unknown-kind'
  | 'no-such-person'
  | 'deactivated'
  | 'not-of-this-workspace'
  | 'declined'
  | 'no-messages'
  | 'reminders-off'
  | 'left-cohort'
  | 'cohort-archived';

export type Verdict =
  | { kind: 'now' }
  | { kind: 'hold'; until: Date; reason: HoldReason }
  | { kind: 'drop'; reason: DropReason };

/** What the rule needs to know of a delivery, and of what went before it; see NewDelivery. */
export type Reaching = {
  topic: string | undefined;
  kind: string;
  /** Since when it waits. */
  since: Date;
  /** The prompts and reminders that went to this person after an instant, latest first. */
  askedAfter(instant: Date): Promise<{ at: Date; kind: string }[]>;
  /** The kinds of what else waits for them and may go before an instant. Left out: nothing does. */
  waitingUntil?(instant: Date): Promise<string[]>;
};

/** When something that closes is planned to come to somebody, after `from` and by `until`, soonest first. */
export type Ahead = (db: Db, personId: string, from: Date, until: Date) => Promise<Date[]>;

export type Reach = {
  /** The first moment from `at` on at which this person may be written to: for `sendAfter` when enqueueing. */
  nextAllowed(db: Db, personId: string, at: Date): Promise<Date>;
  /**
   * Whether anything may be asked of this person: they have agreed to the community agreement as it stands, and did not
   * say "No messages".
   */
  mayBeAsked(db: Db, personId: string): Promise<boolean>;
  /** Whether something that is due may reach this person now. Asked in the transaction that takes it for sending. */
  mayReceive(db: Db, personId: string, reaching: Reaching, now: Date): Promise<Verdict>;
};

/**
 * Who may be written to, and when. The one place that knows it, asked twice: when a message is planned and again when it
 * is about to go, since people pause, leave and travel in between.
 *
 * In this order:
 * 1. Whoever is deactivated, a bot or of another workspace gets nothing; whoever said no to the community agreement
 *    gets notes only, and whoever said "No messages" only replies and what they must know for what they run. Reminders go
 *    only to those who want them. What asks something waits until they have agreed to the agreement as it stands.
 * 2. What belongs to a cohort (topic `cohort:<id>`) reaches its present members only. Notes also reach those who run it.
 *    Of an archived cohort only notes still go. What somebody did in a cohort (topic `once-in:<id>`) reaches them when it is
 *    archived or they have left as well; of the cohort's rules only its closed days hold it.
 * 3. Somebody who paused gets notes only, and of these only what cannot wait. The rest waits, what they had put off too; it goes when they start again, or expires.
 * 4. The weekly cap: three prompts in any seven days, of a kind at most as many as the table of kinds says. What can wait
 *    (a journey step, an offer, a look-back) leaves its place to the check-ins that are planned for this person in the
 *    next seven days, since those close, for ten days at most. What is over the cap waits until a place is free; then what closes goes first.
 *    Reminders and notes do not count: a check-in has one reminder, and a note is what somebody asked for or must know.
 * 5. Two prompts and reminders on one day, whatever they are of; what somebody put off, and so asked for, does not count.
 *    What can wait leaves its place to the check-ins and their reminders of that day. What finds no place waits until the next.
 * 6. Quiet hours, weekends, bank holidays, days on which the programme is closed and days away hold everything, notes as well.
 *
 * What is held past its own end expires; the sender sees to that.
 */
export function createReach({
  timeZone,
  agreement,
  daysOff = noDaysOff,
  ahead = async () => [],
  closingAhead = ahead,
}: {
  timeZone: string;
  agreement: string;
  daysOff?: DaysOff;
  /** Prompts of check-ins. */
  ahead?: Ahead;
  /** These and their reminders. */
  closingAhead?: Ahead;
}): Reach {
  const hasAgreed = (db: Db, personId: string) => hasConsent(db, personId, 'agreement', agreement);

  return {
    nextAllowed: (db, personId, at) => nextAllowedFor(db, timeZone, personId, at, daysOff),

    async mayBeAsked(db, personId) {
      return (await hasAgreed(db, personId)) && (await getPreferences(db, personId)).wantsMessages;
    },

    async mayReceive(db, personId, reaching, now) {
      const person = await findPerson(db, personId);
      if (person === undefined) return { kind: 'drop', reason: 'no-such-person' };
      if (person.isDeactivated) return { kind: 'drop', reason: 'deactivated' };
      if (person.kind === 'bot' || person.kind === 'external')
        return { kind: 'drop', reason: 'not-of-this-workspace' };
      const rule = findRule(reaching.kind);
      if (rule === undefined) return { kind: 'drop', reason: 'unknown-kind' };
      if (rule.weight !== 'note' && (await hasConsent(db, personId, 'declined')))
        return { kind: 'drop', reason: 'declined' };
      const preferences = await getPreferences(db, personId);
      if (!preferences.wantsMessages && isStoppedByNoMessages(rule))
        return { kind: 'drop', reason: 'no-messages' };
      if (rule.weight === 'reminder' && !preferences.wantsReminders)
        return { kind: 'drop', reason: 'reminders-off' };
      const reason = await whyNotOfCohort(db, person, rule, reaching.topic);
      if (reason !== undefined) return { kind: 'drop', reason };
      if (rule.asks && !(await hasAgreed(db, personId)))
        return { kind: 'hold', until: nextRecheck(now), reason: 'held:not-agreed' };
      if (preferences.isPaused && (rule.weight !== 'note' || rule.canWait))
        return { kind: 'hold', until: nextRecheck(now), reason: 'held:paused' };
      const rules = rulesFor(
        person,
        preferences,
        timeZone,
        await daysOffFor(db, rule, reaching.topic, daysOff),
      );
      const placeFreeAt = await nextPlace(rule, reaching, now, (until) => ahead(db, personId, now, until));
      const dayFreeAt = await nextDay(rule, reaching, now, usableZone(person.timeZone, timeZone), (end) =>
        closingAhead(db, personId, now, end),
      );
      const until = nextAllowed(dayFreeAt > placeFreeAt ? dayFreeAt : placeFreeAt, rules);
      if (until <= now) return { kind: 'now' };
      const held =
        placeFreeAt > now ? 'held:weekly-cap' : dayFreeAt > now ? 'held:full-day' : 'held:quiet-time';
      return { kind: 'hold', until, reason: held };
    },
  };
}

/** @param timeZone of the programme. */
/** @param daysOff left out where what is sent is looked at once more before it goes: it waits then. */
export async function nextAllowedFor(
  db: Db,
  timeZone: string,
  personId: string,
  at: Date,
  daysOff = noDaysOff,
): Promise<Date> {
  const [person, preferences] = [await findPerson(db, personId), await getPreferences(db, personId)];
  return nextAllowed(at, rulesFor(person, preferences, timeZone, daysOff));
}

const rulesFor = (
  person: Person | undefined,
  { quietFrom, quietUntil, awayUntil }: Preferences,
  programmeZone: string,
  daysOff: DaysOff,
): QuietRules => ({
  zone: person?.timeZone,
  programmeZone,
  quietFrom,
  quietUntil,
  awayUntil,
  isOff: (date) => isOff(daysOff, date),
});

/** What is asked for a group waits while that is closed; notes do not. */
async function daysOffFor(
  db: Db,
  { weight }: MessageRule,
  topic: string | undefined,
  daysOff: DaysOff,
): Promise<DaysOff> {
  const [, cohortId] = /^(?:cohort|once-in):(.+)$/u.exec(topic ?? '') ?? [];
  if (weight === 'note' || cohortId === undefined) return daysOff;
  const cohort = await findCohort(db, cohortId);
  return cohort ? daysOffIn(daysOff, cohort) : daysOff;
}

async function whyNotOfCohort(
  db: Db,
  person: Person,
  { weight }: MessageRule,
  topic: string | undefined,
): Promise<DropReason | undefined> {
  if (!topic?.startsWith('cohort:')) return undefined;
  const cohortId = topic.slice('cohort:'.length);
  const isNote = weight === 'note';
  if (!isNote && (await findCohort(db, cohortId))?.isArchived !== false) return 'cohort-archived';
  if (await isCohortMember(db, cohortId, person.id)) return undefined;
  if (isNote && may(await actorOf(db, person), 'cohorts.manage', { cohortId })) return undefined;
  return 'left-cohort';
}

/** Whole steps of the clock rather than "in four hours", so that what waits for the same thing stays in its order. */
function nextRecheck(now: Date): Date {
  const step = hours(RECHECK_HOURS);
  return new Date((Math.floor(now.getTime() / step) + 1) * step);
}

/** When it fits under the weekly cap: `now`, when the oldest that counts is a week old, or once what it yields to has gone. */
async function nextPlace(
  { placesPerWeek: places }: MessageRule,
  { kind, since, askedAfter }: Reaching,
  now: Date,
  aheadUntil: (until: Date) => Promise<Date[]>,
): Promise<Date> {
  if (places === undefined) return now;
  const week = days(7);
  const sent = (await askedAfter(later(now, -week))).filter((row) => findRule(row.kind)?.weight === 'prompt');
  const freeAfter = (counted: { at: Date }[], cap: number): Date => {
    const oldest = counted[cap - 1];
    return oldest === undefined ? now : later(oldest.at, week);
  };
  const overall = freeAfter(sent, promptsPerWeek);
  const ofKind = freeAfter(
    sent.filter((row) => row.kind === kind),
    places,
  );
  const canWait = places < promptsPerWeek && isPatient(since, now);
  const planned = canWait ? await aheadUntil(later(now, week)) : [];
  const taken = (at: Date) =>
    sent.filter((row) => row.at > later(at, hours(freedWithinHours) - week)).length +
    planned.filter((other) => other <= at).length;
  const yieldsTo = planned.find((at) => taken(at) >= promptsPerWeek);
  // What comes again only after days off must not outlast the ten days.
  const yieldsUntil = yieldsTo && earlier(yieldsTo, later(since, days(waitsAtMostDays)));
  return [overall, ofKind, yieldsUntil ?? now].reduce((one, other) => (other > one ? other : one));
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/**
 * A weekly check-in goes a moment after it is due, so that its last one is not quite a week old when the next is. Such a
 * place is as good as free: nobody misses what comes a little later that day.
 */
const freedWithinHours = 2;

/** Ten days are as long as anything leaves its place to what closes. */
const isPatient = (since: Date, now: Date): boolean => since > later(now, -days(waitsAtMostDays));

/** `now`, or the beginning of the next day in their zone where this one is full. */
async function nextDay(
  rule: MessageRule,
  { since, askedAfter, waitingUntil = async () => [] }: Reaching,
  now: Date,
  zone: string,
  closingUntil: (end: Date) => Promise<Date[]>,
): Promise<Date> {
  if (!fillsDay(rule)) return now;
  const today = Temporal.PlainDate.from(localDate(now, zone));
  const begins = atLocalTime(today.toString(), '00:00', zone);
  const ends = atLocalTime(today.add({ days: 1 }).toString(), '00:00', zone);
  const sent = (await askedAfter(later(begins, -1))).filter(({ kind }) => findRule(kind)?.asks);
  if (sent.length >= asksPerDay) return ends;
  // What is of a check-in closes with it; everything else can wait.
  if (closes(rule) || !isPatient(since, now)) return now;
  const waiting = (await waitingUntil(ends)).flatMap((kind) => findRule(kind) ?? []);
  const closing = waiting.filter((other) => fillsDay(other) && closes(other)).length;
  return sent.length + closing + (await closingUntil(ends)).length >= asksPerDay ? ends : now;
}
const fillsDay = ({ asks, weight }: MessageRule): boolean =>
  asks && (weight === 'prompt' || weight === 'reminder');
const closes = ({ expires }: MessageRule): boolean => expires === 'given';
