import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import { days, hours, later } from '../../../lib/clock.ts';
import {
  atLocalTime,
  firstOpenDay,
  isWorkingDay,
  localDate,
  localTime,
} from '../../../scheduler/calendar.ts';
import {
  closedFor,
  type DaysOff,
  isOff,
  nextOpenOccurrence,
  noDaysOff,
} from '../../../scheduler/days-off.ts';
import {
  monthlyDays,
  problemWithDate,
  problemWithStart,
  problemWithTime,
  type Recurrence,
  type Rhythm,
  recurrenceOf,
  rhythms,
  type Timing,
  unitOf,
  weekdayCodes,
} from '../../../scheduler/recurrence.ts';
import { count, sayFullDate, sayTime } from '../../../slack/text.ts';
import { firstReached, longestOpenDays, plusDays, shortestAnsweringHours } from '../asking/round.ts';
import { definitionSchema, modes } from '../content.ts';
import { roundQuestion } from '../question-kinds.ts';
import { closesWith, type DatedSession, isFromSession, momentCounted } from '../sessions.ts';
import type { CountedFrom } from '../store.ts';

/** Besides what comes at a time: counted from a date of its group, and whenever a member says so. */
export const hows = [...rhythms, 'relative', 'members'] as const;
export type How = (typeof hows)[number];

const planned = z.object({
  id: z.string(),
  cohort: z.string(),
  /** Where its questions come from, as in data/checkins.yaml. */
  template: z.string(),
  /** What it starts from instead: an earlier one, or nothing. */
  base: definitionSchema.optional(),
  /** The check-in it is a copy of. */
  copyOf: z.string().optional(),
  /** The check-in that is changed, rather than a new one made. */
  edits: z.string().optional(),

  label: z.string().optional(),
  purpose: z.string().optional(),
  intro: z.string().optional(),
  /** In their order, those left out among them, once something was changed. */
  questions: z.array(roundQuestion).optional(),
  leftOut: z.array(z.string()).default([]),

  how: z.enum(hows).optional(),
  date: z.string().optional(),
  time: z.string().optional(),
  days: z.array(z.enum(weekdayCodes)).optional(),
  on: z.enum(monthlyDays).optional(),
  times: z.number().int().min(1).max(52).optional(),
  until: z.string().optional(),
  from: z.enum(['start', 'end', 'session']).optional(),
  offset: z.number().int().min(-400).max(400).optional(),
  /** Which one, where it is counted from a session. */
  session: z.string().optional(),
  /** Days before it begins, minutes after it is over, or days after its day. */
  beside: z
    .object({ from: z.enum(['session-begins', 'session-over', 'session-day']), many: z.number().int() })
    .optional(),

  /** What was typed into a form that was closed, sealed for whoever plans. */
  begun: z.string().optional(),
  /** Of a change: it holds something that is not saved yet, or it is saved. */
  stands: z.enum(['touched', 'saved']).optional(),

  openDays: z.number().int().min(1).max(28).optional(),
  reminds: z.boolean().optional(),
  asksFirst: z.boolean().optional(),
  mode: z.enum(modes).optional(),
});
/** What a facilitator has chosen so far. The id is that of the check-in it becomes, so sending it twice makes one. */
export const planSchema = planned.extend({
  /** Of a change: what it was begun from, so that what a colleague changes meanwhile is not written over. */
  seen: planned.optional(),
});
export type Plan = z.output<typeof planSchema>;

export const openDaysOffered = [1, 2, 3, 5, 7, 10, 14, 21, 28] as const;
const usualOpenDays = 7;
/** What the time of day begins with. */
export const usualTime = '09:30';

export const howNames: Record<How, string> = {
  once: 'Once',
  weekly: 'Every week',
  fortnightly: 'Every two weeks',
  'every-3-weeks': 'Every three weeks',
  'every-4-weeks': 'Every four weeks',
  'every-6-weeks': 'Every six weeks',
  'every-8-weeks': 'Every eight weeks',
  monthly: 'Every month',
  'every-2-months': 'Every two months',
  'every-3-months': 'Every three months',
  'every-6-months': 'Every six months',
  relative: 'Once, by the group’s dates or sessions',
  members: 'Whenever a member says so',
};

/** What is said beside a field that was left empty. */
export const missing = {
  date: 'Please choose a date.',
  time: problemWithTime('') ?? '',
  how: 'Please choose how often.',
  openDays: 'Please choose for how long it stays open.',
  beside: 'Please choose how long before or after.',
};

/** When it comes, worked out. */
export type Schedule = {
  /** Undefined: whenever a member says so. */
  recurrence: Recurrence | undefined;
  /** How often, where it ends by number. */
  times: number | undefined;
  countedFrom: CountedFrom | undefined;
  openDays: number;
  /** Where that is when a session begins, rather than after so many days. */
  closesAt: Date | undefined;
};

/** What a time is worked out with. */
export type Around = {
  zone: string;
  now: Date;
  daysOff: DaysOff;
  /** What it may be counted from. */
  sessions: readonly DatedSession[];
};
type Dates = Pick<Cohort, 'name' | 'startsOn' | 'endsOn'>;

const isRhythm = (how: How): how is Rhythm => how !== 'relative' && how !== 'members';

/** When a plan comes, or what is wrong with that: messages by field. */
export function scheduleOf(
  plan: Plan,
  cohort: Dates,
  { zone, now, daysOff, sessions }: Around,
): { kind: 'ok'; schedule: Schedule } | { kind: 'problems'; problems: Record<string, string> } {
  const wrong = (problems: Record<string, string>) => ({ kind: 'problems' as const, problems });
  const { how, times } = plan;
  if (how === undefined) return wrong({ how: missing.how });
  // Open until the month is over.
  if (how === 'members')
    return {
      kind: 'ok',
      schedule: {
        recurrence: undefined,
        times: undefined,
        countedFrom: undefined,
        openDays: usualOpenDays,
        closesAt: undefined,
      },
    };
  const counted =
    how !== 'relative'
      ? undefined
      : plan.from === 'session'
        ? besideSession(plan, { zone, daysOff, sessions })
        : countedDate(plan, cohort, daysOff);
  const { date, time = plan.time } = counted?.kind === 'date' ? counted : plan;
  const problems: Record<string, string> = {};
  const note = (field: string, problem: string | undefined) => {
    if (problem !== undefined) problems[field] ??= problem;
  };
  if (counted?.kind === 'problem') note(counted.field, counted.words);
  else note('date', date === undefined ? missing.date : problemWithDate(date));
  note('time', time === undefined ? missing.time : problemWithTime(time));
  if (plan.until !== undefined) note('until', problemWithDate(plan.until));
  if (Object.keys(problems).length > 0 || date === undefined || time === undefined) return wrong(problems);

  const timing: Timing = isRhythm(how)
    ? { how, date, time, zone, days: plan.days, on: plan.on }
    : { how: 'once', date, time, zone };
  Object.assign(problems, problemsWithMoment(timing, zone, now, daysOff));
  const field = plan.from === 'session' ? 'beside' : 'offset';
  if (counted && Object.keys(problems).length > 0)
    return wrong({ [field]: `That would be on ${sayFullDate(date)}. ${Object.values(problems)[0] ?? ''}` });
  if (Object.keys(problems).length > 0) return wrong(problems);
  const until = isRhythm(how) && how !== 'once' ? plan.until : undefined;
  const firstOn = recurrenceOf(timing).startsAt.slice(0, 10);
  if (until !== undefined && until < firstOn)
    return wrong({ until: 'This day is before the first one. Please choose a later day.' });
  const recurrence = recurrenceOf({ ...timing, until });
  if (!nextOpenOccurrence(recurrence, now, daysOff))
    return wrong({ date: 'Each of these days is closed. Please choose another.' });

  const closesAt = counted?.kind === 'date' ? counted.closesAt : undefined;
  if (closesAt && !leavesTime(atLocalTime(date, time, zone), closesAt, { zone, daysOff }))
    return wrong({ beside: 'The session begins too soon after that. Please choose more time before it.' });
  const longest = longestOpenDays(recurrence);
  if (longest < shortestGapDays)
    return wrong({
      days: 'One has to close before the next opens, and people need more than a day. Please choose days that are not next to each other.',
    });
  const openDays = plan.openDays ?? Math.min(usualOpenDays, longest);
  if (openDays > longest)
    return wrong({
      'open-days': `One has to close before the next opens. Please choose ${count(longest, 'day', 'days')} or fewer, or a slower rhythm.`,
    });
  return {
    kind: 'ok',
    schedule: {
      recurrence,
      times: isRhythm(how) && how !== 'once' ? times : undefined,
      countedFrom: counted && countedFromOf(plan),
      openDays,
      closesAt,
    },
  };
}

/** Days next to each other leave no time in which somebody could be asked. */
const shortestGapDays = 2;

type Counted =
  | { kind: 'date'; date: string; time?: string; closesAt?: Date | undefined }
  | { kind: 'problem'; field: 'from' | 'offset' | 'beside' | 'time'; words: string };

/** What a plan with 'relative' is counted from. @returns undefined while the session is not chosen. */
function countedFromOf({
  from = 'start',
  offset = 0,
  session,
  beside,
  time = usualTime,
}: Plan): CountedFrom | undefined {
  if (from !== 'session') return { from, days: offset };
  if (session === undefined || beside === undefined) return undefined;
  return beside.from === 'session-over'
    ? { from: beside.from, session, minutes: beside.many }
    : { from: beside.from, session, days: beside.many, time };
}

/** The choices of a plan that is counted from this. */
export function plannedFrom(counted: CountedFrom): Partial<Plan> {
  if (!isFromSession(counted)) return { how: 'relative', from: counted.from, offset: counted.days };
  const many = counted.from === 'session-over' ? counted.minutes : counted.days;
  return {
    how: 'relative',
    from: 'session',
    session: counted.session,
    beside: { from: counted.from, many },
    ...('time' in counted && { time: counted.time }),
  };
}

/** Whether somebody who gets it then could still answer. */
export const leavesTime = (
  opensAt: Date,
  closesAt: Date,
  { zone, daysOff }: { zone: string; daysOff: DaysOff },
): boolean => later(firstReached(opensAt, zone, daysOff), hours(shortestAnsweringHours)) <= closesAt;

function besideSession(
  plan: Plan,
  { zone, daysOff, sessions }: { zone: string; daysOff: DaysOff; sessions: readonly DatedSession[] },
): Counted {
  const session = sessions.find(({ id }) => id === plan.session);
  if (!session)
    return {
      kind: 'problem',
      field: 'from',
      words: 'This session does not take place any more. Please choose from what it is counted.',
    };
  const counted = countedFromOf(plan);
  if (!isFromSession(counted)) return { kind: 'problem', field: 'beside', words: missing.beside };
  const wrongTime = 'time' in counted ? problemWithTime(counted.time) : undefined;
  if (wrongTime !== undefined) return { kind: 'problem', field: 'time', words: wrongTime };
  const isSameDay = counted.from === 'session-day' && counted.days === 0;
  if (isSameDay && counted.time <= localTime(session.endsAt, zone))
    return {
      kind: 'problem',
      field: 'time',
      words: `The session ends at ${localTime(session.endsAt, zone)}. Please choose a time after that.`,
    };
  return {
    kind: 'date',
    ...momentCounted(counted, session, { zone, daysOff }),
    closesAt: closesWith(counted, session),
  };
}

function countedDate(
  { from = 'start', offset = 0 }: Pick<Plan, 'from' | 'offset'>,
  cohort: Dates,
  daysOff: DaysOff,
): Counted {
  const date = from === 'start' ? cohort.startsOn : cohort.endsOn;
  if (date !== undefined) return { kind: 'date', date: dateCounted(date, offset, daysOff) };
  return {
    kind: 'problem',
    field: 'from',
    words: `${cohort.name} has no ${from === 'start' ? 'first' : 'last'} day yet. Give it one with /chatr groups (“Name and dates”), or choose another way.`,
  };
}

/** So many days after a date, or the next day on which somebody may be written to. */
export const dateCounted = (date: string, offset: number, daysOff: DaysOff): string =>
  firstOpenDay(plusDays(date, offset), (day) => isOff(daysOff, day));

/** Whether a first date and time can be taken, whatever else is planned. Date and time must exist. */
export function problemsWithMoment(
  timing: Timing,
  zone: string,
  now: Date,
  daysOff = noDaysOff,
): Record<string, string> {
  const { how, time, on } = timing;
  const start = problemWithStart(timing, now);
  const date = recurrenceOf(timing).startsAt.slice(0, 10);
  if (start !== undefined) {
    const endOfDay = atLocalTime(date, '23:59', zone);
    return {
      [endOfDay < now ? 'date' : 'time']: `${start} It is ${sayTime(now, zone)} now.`,
    };
  }
  if (atLocalTime(date, time, zone) > later(now, days(366)))
    return { date: 'Please choose a date within the next year.' };
  const closed = closedFor(daysOff, date);
  if (closed !== undefined)
    return {
      date: `Closed then (${closed}), and nobody is written to. Please choose another day.`,
    };
  const isByDate = unitOf(how) === 'months' && on !== undefined && on !== 'weekday';
  if (!isByDate && (!isWorkingDay(date) || isOff(daysOff, date))) {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const what = weekday === 6 ? 'a Saturday' : weekday === 0 ? 'a Sunday' : 'a bank holiday';
    return { date: `That is ${what}, when nobody is written to. Please choose a working day.` };
  }
  return {};
}

/** Two rounds of one check-in are never open at once. @param closesAt of the present one. */
export const problemWithPresent = (
  closesAt: Date | undefined,
  nextAt: Date | undefined,
  zone: string,
): string | undefined =>
  closesAt && nextAt && nextAt < closesAt
    ? `The present one is open until ${sayTime(closesAt, zone)}. Please choose a time after that.`
    : undefined;

/** The next day on which somebody may be written to, for a plan that has none yet. */
export const nextSensibleDate = ({ zone, now, daysOff }: Around): string =>
  firstOpenDay(plusDays(localDate(now, zone), 1), (day) => isOff(daysOff, day));

/** For how long it stays open where nobody says. */
export function usualLength(plan: Plan, cohort: Dates, around: Around): number {
  const when = scheduleOf({ ...plan, openDays: undefined }, cohort, around);
  return when.kind === 'ok' ? when.schedule.openDays : usualOpenDays;
}

/** What is chosen at first, by what these questions are usually asked for. */
export function beginWith(
  plan: Plan,
  usually: Rhythm | 'group-start' | 'members',
  cohort: Dates,
  around: Around,
): Plan {
  const counted = countedDate({ from: 'start', offset: 0 }, cohort, around.daysOff);
  const isAhead = counted.kind === 'date' && counted.date > localDate(around.now, around.zone);
  const how = usually !== 'group-start' ? usually : isAhead ? 'relative' : 'once';
  return { how, date: nextSensibleDate(around), time: usualTime, ...plan };
}
