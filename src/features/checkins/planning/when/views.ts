import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../../community/cohorts.ts';
import { localDate } from '../../../../scheduler/calendar.ts';
import { listOpenOccurrences } from '../../../../scheduler/days-off.ts';
import {
  type MonthlyDay,
  sayRecurrence,
  unitOf,
  type Weekday,
  weekdayCodes,
  weekdays,
} from '../../../../scheduler/recurrence.ts';
import { actions, button, context, option, section } from '../../../../slack/blocks.ts';
import {
  date,
  type Field,
  type Form,
  form,
  oneOf,
  severalOf,
  time,
  type WindowKind,
} from '../../../../slack/form.ts';
import { packed } from '../../../../slack/packed.ts';
import { count, mrkdwn, sayDay, sayFullDate, sayShortDay } from '../../../../slack/text.ts';
import { closingTime } from '../../asking/round.ts';
import { askedAt } from '../../coming.ts';
import { ids } from '../../ids.ts';
import { isFromSession } from '../../sessions.ts';
import { packedPlan, packedScreen, packedSession } from '../carried.ts';
import {
  type Around,
  type How,
  howNames,
  hows,
  missing,
  type Plan,
  plannedFrom,
  type Schedule,
  scheduleOf,
  usualTime,
} from '../plan.ts';

/** "London" of "Europe/London". */
const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const timeField = (zone: string) =>
  time('Time', {
    missing: missing.time,
    hint: `Between 07:00 and 20:00, ${placeOf(zone)} time. Whoever has quiet hours then gets it when they are over.`,
  });

/** When one goes out. @param zone in which its times are meant. */
export const whenFields = (zone: string) => ({
  date: date('First date', { missing: missing.date, hint: 'A working day within the next year.' }),
  time: timeField(zone),
});

const howField = oneOf('How often?', {
  of: hows.map((how) => option(howNames[how], how)),
  missing: missing.how,
});

const daysField = severalOf('On which days?', {
  of: weekdayCodes.slice(0, 5).map((day, index) => option(weekdays[index] ?? day, day)),
  hint: 'None ticked: on the weekday of the first date.',
});

const onField = oneOf('On which day?', {
  missing: 'Please choose on which day.',
  // Said without the date: where the date changes, Slack keeps the words that were chosen.
  of: [
    option('The same weekday as the first', 'weekday'),
    option('The same date as the first', 'date'),
    option('The last day of the month', 'last-day'),
  ],
  hint: 'For example each second Tuesday, or each 10th. Where that is a weekend or a holiday, people get it on the next working day.',
});

const mostTimesOffered = 12;
const endsField = oneOf('Until when?', { missing: 'Please choose until when.' });
const endsOffered = (times: number | undefined) => {
  const offered = Array.from({ length: mostTimesOffered - 1 }, (_, index) => index + 2);
  return [
    option('Until somebody ends it', 'open'),
    option('Until a date', 'date'),
    ...[...new Set([...offered, ...(times === undefined ? [] : [times])])]
      .toSorted((one, other) => one - other)
      .map((one) => option(one === 1 ? 'Once more' : one === 2 ? 'Twice' : `${one} times`, String(one))),
  ];
};
const untilField = date('Last date', { missing: 'Please choose the last date.' });

const fromField = oneOf<string>('Counted from', { missing: 'Please choose from which day.' });
/** So many are offered, the soonest first. */
const mostSessions = 30;
const week = 7;
const offsets = [-4, -2, -1, 0, 1, 2, 4, 6, 8, 12, 26].map((weeks) => weeks * week);
const sayOffset = (days: number): string =>
  days === 0
    ? 'On that day'
    : `${count(Math.abs(days) / week, 'week', 'weeks')} ${days < 0 ? 'before' : 'after'}`;
const offsetField = oneOf('How long before or after?', {
  missing: 'Please choose how long before or after.',
  of: offsets.map((days) => option(sayOffset(days), String(days))),
  hint: 'If the group’s dates change before then, it moves with them.',
});

/** Days before it begins, minutes after it is over, days after its day. */
const besides: Record<NonNullable<Plan['beside']>['from'], readonly number[]> = {
  'session-begins': [1, 2, 3, 5, 7, 14],
  'session-over': [60, 180],
  'session-day': [0, 1, 2, 7, 14, 28, 56],
};
const sayDays = (many: number): string =>
  many % week === 0 ? count(many / week, 'week', 'weeks') : count(many, 'day', 'days');
function sayBeside({ from, many }: NonNullable<Plan['beside']>): string {
  switch (from) {
    case 'session-begins':
      return `${sayDays(many)} before, until it begins`;
    case 'session-over':
      return `${count(many / 60, 'hour', 'hours')} after it ends`;
    case 'session-day':
      return many === 0 ? 'On the same day, after it' : `${sayDays(many)} after`;
  }
}
const packedBeside = packed(':', {
  from: z.enum(['session-begins', 'session-over', 'session-day']),
  many: z.coerce.number(),
});
const besideOffered = Object.entries(besides).flatMap(([from, numbers]) =>
  numbers.map((many) => ({ from: from as keyof typeof besides, many })),
);
const besideField = oneOf('How long before or after?', {
  missing: missing.beside,
  of: besideOffered.map((one) => option(sayBeside(one), packedBeside.pack(one))),
  hint: 'If the session is moved before then, it moves with it. If it is cancelled, it waits for you.',
});
/** With that, the session says at what time. */
const isHours = (beside: string | undefined): boolean =>
  packedBeside.open(beside ?? '')?.from === 'session-over';

export type WhenFields = {
  how: typeof howField;
  days: typeof daysField;
  on: typeof onField;
  from: typeof fromField;
  offset: typeof offsetField;
  beside: typeof besideField;
  date: Field<string | undefined, string>;
  time: Field<string | undefined, string>;
  ends: typeof endsField;
  until: typeof untilField;
};

export const whenWindow: WindowKind<{ id: string }> = { id: ids.planView, carries: packedPlan };

/** What was chosen so far that decides what is asked. */
type WhenAsked = {
  how: How | undefined;
  isUntil?: boolean;
  isSession?: boolean;
  beside?: string | undefined;
};

/** What one has to say, by how often it comes. */
function namesFor({ how, isUntil, isSession, beside }: WhenAsked): (keyof WhenFields)[] {
  if (how === undefined || how === 'members') return ['how'];
  if (how === 'relative' && !isSession) return ['how', 'from', 'offset', 'time'];
  if (how === 'relative') return ['how', 'from', 'beside', ...(isHours(beside) ? [] : (['time'] as const))];
  const unit = unitOf(how);
  if (unit === undefined) return ['how', 'date', 'time'];
  return [
    'how',
    unit === 'weeks' ? 'days' : 'on',
    'date',
    'time',
    'ends',
    ...(isUntil ? (['until'] as const) : []),
  ];
}

/** The fields depend on how often it comes, whether until a date, and from what it is counted. */
export function whenForm(zone: string, asked: WhenAsked): Form<WhenFields, { id: string }> {
  const all: WhenFields = {
    how: howField,
    days: daysField,
    on: onField,
    from: fromField,
    offset: offsetField,
    beside: besideField,
    ...whenFields(zone),
    ends: endsField,
    until: untilField,
  };
  const fields = Object.fromEntries(namesFor(asked).map((name) => [name, all[name]]));
  return form(whenWindow, {
    title: 'When',
    submit: 'Next',
    close: 'Close',
    notifyOnClose: true,
    // Only what it asks is read; the rest is what it was.
    fields: fields as WhenFields,
    live: ids.planChosen,
  });
}

const isUntilIn = ({ until, how }: Plan): boolean =>
  until !== undefined && how !== undefined && how !== 'relative' && how !== 'members';

/** What the form with a plan's choices asks. */
const askedOf = (plan: Plan): WhenAsked => ({
  how: plan.how,
  isUntil: isUntilIn(plan),
  isSession: plan.from === 'session',
  beside: plan.beside && packedBeside.pack(plan.beside),
});

const sayFrom = (which: 'first' | 'last', date: string | undefined): string =>
  date === undefined ? `Its ${which} day (not given yet)` : `Its ${which} day, ${sayFullDate(date)}`;

/** @param why it cannot be so, when that was tried. */
export function whenView(
  plan: Plan,
  { cohort, label }: { cohort: Cohort; label: string },
  around: Around,
  why?: string,
): View {
  const { zone } = around;
  const { how, until, times } = plan;
  return whenForm(zone, askedOf(plan)).view({
    carry: { id: plan.id },
    initial: {
      how,
      days: plan.days,
      on: plan.on ?? 'weekday',
      from:
        plan.from === 'session'
          ? packedSession.pack({ what: 'session', id: plan.session ?? '' })
          : (plan.from ?? 'start'),
      offset: String(plan.offset ?? 0),
      beside: plan.beside && packedBeside.pack(plan.beside),
      date: plan.date,
      time: plan.time ?? usualTime,
      ends: until !== undefined ? 'date' : times !== undefined ? String(times) : 'open',
      until: until || undefined,
    },
    options: {
      from: [
        option(sayFrom('first', cohort.startsOn), 'start'),
        option(sayFrom('last', cohort.endsOn), 'end'),
        ...around.sessions
          .slice(0, mostSessions)
          .map(({ id, title, startsAt }) =>
            option(`${sayShortDay(startsAt, zone)}: ${title}`, packedSession.pack({ what: 'session', id })),
          ),
      ],
      ends: endsOffered(times),
    },
    above: [
      ...(why === undefined ? [] : [section(mrkdwn`${why}`)]),
      section(mrkdwn`*${label}* for ${cohort.name}`),
    ],
    below: [
      ...follow(plan, cohort, around),
      actions(
        [
          button('Back', ids.backToPlan, {
            value: packedScreen.pack({ to: plan.edits ? 'check' : 'who', id: plan.id }),
          }),
        ],
        'steps',
      ),
    ],
  });
}

/**
 * What was chosen so far, in a sentence, with the dates it means. What is wrong with a field of this form is said beside that
 * field alone, when it is sent.
 */
function follow(plan: Plan, cohort: Cohort, around: Around): KnownBlock[] {
  const when = scheduleOf(plan, cohort, around);
  if (when.kind === 'problems') {
    const asked: ReadonlySet<string> = new Set(namesFor(askedOf(plan)));
    const [elsewhere] = Object.entries(when.problems).filter(([field]) => !asked.has(field));
    return elsewhere ? [context(mrkdwn`${elsewhere[1]}`)] : [];
  }
  const dates = nextDates(when.schedule, around);
  return [
    section(mrkdwn`*${sayWhen(when.schedule, around)}*`),
    ...(when.schedule.recurrence
      ? []
      : [
          context(
            mrkdwn`Nobody is prompted: they start it from Home or \`/chatr checkins\`. All who do so in a month share one round, so that no answer stands alone.`,
          ),
        ]),
    ...(dates.length > 1 ? [context(mrkdwn`Next: ${dates.join('; ')}`)] : []),
  ];
}

/** "Every second Tuesday at 10:00 from 1 December, six times". */
export function sayWhen(
  { recurrence, times, countedFrom }: Schedule,
  { zone, now, sessions }: Pick<Around, 'zone' | 'now' | 'sessions'>,
): string {
  if (!recurrence) return 'Whenever a member says so, as often as they like';
  const thisYear = Number(localDate(now, zone).slice(0, 4));
  const said = sayRecurrence(recurrence, thisYear, times);
  if (!countedFrom) return said;
  if (isFromSession(countedFrom)) {
    const title = sessions.find(({ id }) => id === countedFrom.session)?.title ?? 'its session';
    const { beside } = plannedFrom(countedFrom);
    return `${said}: ${beside && sayBesideTitle(beside, `“${title}”`)}`;
  }
  const day = countedFrom.from === 'start' ? 'first' : 'last';
  return countedFrom.days === 0
    ? `${said}: on the group’s ${day} day`
    : `${said}: ${sayOffset(countedFrom.days)} the group’s ${day} day`;
}

function sayBesideTitle({ from, many }: NonNullable<Plan['beside']>, title: string): string {
  switch (from) {
    case 'session-begins':
      return `${sayDays(many)} before ${title}, until that begins`;
    case 'session-over':
      return `${count(many / 60, 'hour', 'hours')} after ${title}`;
    case 'session-day':
      return many === 0 ? `on the day of ${title}` : `${sayDays(many)} after ${title}`;
  }
}

/** Of what comes again and again. */
const datesShown = 5;

/** When the first comes and when it closes. Undefined of what members start. */
export function firstRound(
  { recurrence, openDays, closesAt }: Pick<Schedule, 'recurrence' | 'openDays' | 'closesAt'>,
  { zone, now, daysOff }: Pick<Around, 'zone' | 'now' | 'daysOff'>,
): { opensAt: Date; closesAt: Date } | undefined {
  const [opensAt, next] = recurrence ? listOpenOccurrences(recurrence, now, 2, daysOff) : [];
  return (
    opensAt && {
      opensAt,
      closesAt: closesAt ?? closingTime(opensAt, openDays, { zone, daysOff, next }),
    }
  );
}

export const nextDates = (
  { recurrence, times = datesShown }: Pick<Schedule, 'recurrence' | 'times'>,
  { zone, now, daysOff }: Pick<Around, 'zone' | 'now' | 'daysOff'>,
): string[] =>
  recurrence
    ? listOpenOccurrences(recurrence, now, Math.min(times, datesShown), daysOff).map((at) =>
        sayDay(askedAt({ recurrence }, at, daysOff), zone),
      )
    : [];

type Typed = Partial<{
  how: How;
  days: Weekday[];
  on: MonthlyDay;
  from: string;
  offset: string;
  beside: string;
  date: string;
  time: string;
  ends: string;
  until: string;
}>;

const timesIn = (ends: string): number | undefined =>
  /^([1-9]|[1-4]\d|5[0-2])$/.test(ends) ? Number(ends) : undefined;

/** What stands on the screen, over what came before. What it does not ask stays as it was. */
export function withWhen(plan: Plan, { offset, from, beside, ends, until, ...typed }: Typed): Plan {
  const { times: _times, until: _until, ...rest } = plan;
  const ended =
    ends === undefined
      ? { times: plan.times, until: plan.until }
      : ends === 'date'
        ? // An empty one is asked for.
          { times: undefined, until: until ?? plan.until ?? '' }
        : { times: timesIn(ends), until: undefined };
  return {
    ...rest,
    ...typed,
    ...(offset !== undefined && { offset: Number(offset) }),
    ...(from !== undefined && fromIn(from)),
    ...(beside !== undefined && { beside: besideOffered.find((one) => packedBeside.pack(one) === beside) }),
    ...ended,
  };
}

function fromIn(from: string): Pick<Plan, 'from' | 'session'> {
  const session = packedSession.open(from);
  if (session) return { from: 'session', session: session.id };
  return { from: from === 'end' ? 'end' : 'start', session: undefined };
}
