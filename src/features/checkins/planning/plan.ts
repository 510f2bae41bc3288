import { z } from 'zod';
import { days, hours, later } from '../../../lib/clock.ts';
import { atLocalTime, isWorkingDay } from '../../../scheduler/calendar.ts';
import {
  closedFor,
  type DaysOff,
  isOff,
  nextOpenOccurrence,
  noDaysOff,
} from '../../../scheduler/days-off.ts';
import {
  problemWithDate,
  problemWithStart,
  problemWithTime,
  type Recurrence,
  type Rhythm,
  recurrenceOf,
  rhythms,
} from '../../../scheduler/recurrence.ts';
import { count, sayTime } from '../../../slack/text.ts';
import { closingTime, firstReached, longestOpenDays, shortestAnsweringHours } from '../asking/round.ts';

/** What a facilitator has chosen so far; travels from screen to screen. The id makes sending it twice one check-in. */
export const planSchema = z.object({
  id: z.string(),
  cohort: z.string(),
  template: z.string(),
  date: z.string().optional(),
  time: z.string().optional(),
  how: z.enum(rhythms).optional(),
  openDays: z.number().int().min(1).max(28).optional(),
  leftOut: z.array(z.string()).default([]),
});
export type Plan = z.output<typeof planSchema>;

/** A plan in which nothing is missing. */
export type FullPlan = Plan & { date: string; time: string; how: Rhythm; openDays: number };

export const openDaysOffered = [1, 2, 3, 5, 7, 10, 14, 21, 28] as const;

export const rhythmNames: Record<Rhythm, string> = {
  once: 'Once',
  weekly: 'Every week',
  fortnightly: 'Every two weeks',
  monthly: 'Every month, on that weekday',
  'monthly-last-day': 'Every month, on its last day',
};

/** What is said beside a field that was left empty. */
export const missing = {
  date: 'Please choose a date.',
  time: problemWithTime('') ?? '',
  how: 'Please choose how often.',
  openDays: 'Please choose for how long it stays open.',
};

/**
 * Checks when a check-in goes out.
 * @returns messages by field; none when `plan` is full and fine.
 */
export function problemsWithPlan(
  plan: Plan,
  zone: string,
  now: Date,
  daysOff = noDaysOff,
): Record<string, string> {
  const { date, time, how, openDays } = plan;
  const problems: Record<string, string> = {};
  const note = (field: string, problem: string | undefined) => {
    if (problem !== undefined) problems[field] = problem;
  };
  note('date', date === undefined ? missing.date : problemWithDate(date));
  note('time', time === undefined ? missing.time : problemWithTime(time));
  if (how === undefined) note('how', missing.how);
  if (openDays === undefined) note('open-days', missing.openDays);
  if (date === undefined || time === undefined || how === undefined || openDays === undefined)
    return problems;
  if (Object.keys(problems).length > 0) return problems;

  note('open-days', problemWithOpenDays(how, openDays));
  Object.assign(problems, problemsWithMoment({ date, time, how }, zone, now, daysOff));
  if (Object.keys(problems).length > 0) return problems;
  const first = nextOpenOccurrence(recurrenceOf({ how, date, time, zone }), now, daysOff);
  if (!first) note('date', 'Each of these days is closed. Please choose another.');
  if (first && openDays < 28) note('open-days', problemWithReach(first, openDays, zone, daysOff));
  return problems;
}

/** Whether a first date and time can be taken, whatever else is planned. Date and time must exist. */
export function problemsWithMoment(
  { date, time, how }: { date: string; time: string; how: Rhythm },
  zone: string,
  now: Date,
  daysOff = noDaysOff,
): Record<string, string> {
  const start = problemWithStart({ how, date, time, zone }, now);
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
  if (how !== 'monthly-last-day' && (!isWorkingDay(date) || isOff(daysOff, date))) {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const what = weekday === 6 ? 'a Saturday' : weekday === 0 ? 'a Sunday' : 'a bank holiday';
    return { date: `That is ${what}, when nobody is written to. Please choose a working day.` };
  }
  return {};
}

function problemWithOpenDays(how: Rhythm, openDays: number): string | undefined {
  const longest = longestOpenDays(how);
  return openDays <= longest
    ? undefined
    : `One has to close before the next opens. Please choose ${count(longest, 'day', 'days')} or fewer, or a slower rhythm.`;
}

/** On a Friday evening quiet hours begin, and whoever gets it on Monday needs time as well. */
function problemWithReach(dueAt: Date, openDays: number, zone: string, daysOff: DaysOff): string | undefined {
  const reached = firstReached(dueAt, zone, daysOff);
  const closes = closingTime(dueAt, openDays, zone, daysOff);
  return later(reached, hours(shortestAnsweringHours)) <= closes
    ? undefined
    : `Most people would get it on ${sayTime(reached, zone)}, too late to answer. Please keep it open for longer, or choose an earlier time.`;
}

export function recurrenceOfPlan(
  { date, time, how }: Pick<FullPlan, 'date' | 'time' | 'how'>,
  zone: string,
): Recurrence {
  return recurrenceOf({ how, date, time, zone });
}

export function isFull(plan: Plan): plan is FullPlan {
  return (
    plan.date !== undefined &&
    plan.time !== undefined &&
    plan.how !== undefined &&
    plan.openDays !== undefined
  );
}

/** Which of the offered rhythms a stored rule is. */
export function rhythmOf({ rule }: Recurrence): Rhythm {
  if (rule === 'once') return 'once';
  if (rule.includes('INTERVAL=2')) return 'fortnightly';
  if (rule.includes('BYMONTHDAY=-1')) return 'monthly-last-day';
  return rule.includes('MONTHLY') ? 'monthly' : 'weekly';
}
