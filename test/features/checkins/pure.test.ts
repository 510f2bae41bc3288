import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { screensOf } from '../../../src/features/checkins/answering/draft.ts';
import { takeScreen } from '../../../src/features/checkins/answering/form.ts';
import {
  closingTime,
  firstReached,
  isWorthOpening,
  lastReminder,
  occasionOf,
  remindingTime,
} from '../../../src/features/checkins/asking/round.ts';
import { type Definition, modes } from '../../../src/features/checkins/content.ts';
import { isForAfter } from '../../../src/features/checkins/planning/definition.ts';
import { openDaysOffered, type Plan, scheduleOf } from '../../../src/features/checkins/planning/plan.ts';
import {
  type CountedFromSession,
  type DatedSession,
  momentCounted,
} from '../../../src/features/checkins/sessions.ts';
import { privacySentence } from '../../../src/features/checkins/words.ts';
import { later, minutes } from '../../../src/lib/clock.ts';
import { atLocalTime, isWorkingDay, localDate } from '../../../src/scheduler/calendar.ts';
import { noDaysOff } from '../../../src/scheduler/days-off.ts';
import type { Window } from '../../../src/slack/routes.ts';
import { templates } from './support.ts';

const definition = (id: string): Definition => {
  const found = templates.templates.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

test.each([
  ['post-session', true],
  ['confidence-follow-up', true],
  ['confidence-baseline', false],
  ['weekly-pulse', false],
])('whether the words of %s are for after something: %s', (id, isAfter) => {
  expect(isForAfter(definition(id))).toBe(isAfter);
});

describe('rounds', () => {
  const zone = 'Europe/London';

  test.each([
    ['a week', '2026-03-04T09:30:00Z', 7, '2026-03-11T09:30:00.000Z'],
    [
      'over the change to summer time, the time on the wall stays',
      '2026-03-25T09:30:00Z',
      7,
      '2026-04-01T08:30:00.000Z',
    ],
    ['from a Saturday it counts from Monday', '2026-03-07T10:00:00Z', 2, '2026-03-11T10:00:00.000Z'],
    [
      'from a bank holiday it counts from the next day',
      '2026-05-04T09:00:00Z',
      1,
      '2026-05-06T09:00:00.000Z',
    ],
  ])('%s', (_what, due, days, closes) => {
    expect(closingTime(new Date(due), days, { zone }).toISOString()).toBe(closes);
  });

  test.each([
    ['one that comes once', undefined, '2026-12-29T18:00:00.000Z'],
    ['where the next one comes that day', '2026-12-25T10:00:00Z', '2026-12-24T18:00:00.000Z'],
    ['where it comes later', '2027-01-01T10:00:00Z', '2026-12-29T18:00:00.000Z'],
  ])('on Christmas Day none closes: %s', (_what, next, closes) => {
    const due = new Date('2026-12-18T10:00:00Z');
    expect(
      closingTime(due, 7, { zone, next: next === undefined ? undefined : new Date(next) }).toISOString(),
    ).toBe(closes);
  });

  test('one that days off have moved closes when the next one comes, not after it', () => {
    // Easter Monday: it is asked on Tuesday.
    const due = new Date('2027-03-29T09:00:00Z');
    expect(closingTime(due, 7, { zone, next: new Date('2027-04-05T09:00:00Z') }).toISOString()).toBe(
      '2027-04-05T09:00:00.000Z',
    );
  });

  test('whenever it is due: it closes on a working day, never with the next one, and leaves time to answer', () => {
    const days = (count: number) => count * 86_400_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 * 365 * 24 }),
        fc.integer({ min: 2, max: 7 }),
        fc.constantFrom(7, 14, undefined),
        (hour, openDays, gap) => {
          const date = new Date(Date.parse('2026-01-01T00:00:00Z') + hour * 3_600_000);
          const due = atLocalTime(localDate(date, zone), '10:00', zone);
          const next =
            gap === undefined
              ? undefined
              : atLocalTime(localDate(new Date(due.getTime() + days(gap)), zone), '10:00', zone);
          const closes = closingTime(due, openDays, { zone, next });
          expect(isWorkingDay(localDate(closes, zone))).toBe(true);
          const asked = firstReached(due, zone).getTime();
          expect(closes.getTime() - asked).toBeGreaterThanOrEqual(4 * 3_600_000);
          if (next) expect(closes.getTime()).toBeLessThanOrEqual(next.getTime());
        },
      ),
    );
  });

  test.each([
    ['on a day of its week', '2026-12-23T10:00:00Z', 'week of 21 December'],
    ['asked on Tuesday after the holidays', '2026-12-25T10:00:00Z', 'Tuesday 29 December'],
    ['on New Year’s Day', '2027-01-01T10:00:00Z', 'Monday 4 January'],
    ['within the week: Easter Monday', '2027-03-29T09:00:00Z', 'week of 29 March'],
    ['on a Sunday', '2026-12-20T10:00:00Z', 'Monday 21 December'],
    ['in the evening of Christmas Eve', '2026-12-24T18:30:00Z', 'Tuesday 29 December'],
  ])('a weekly one is called as people say it when they are asked: %s', (_what, due, called) => {
    const weekly = { rule: 'FREQ=WEEKLY', startsAt: '2026-12-02T10:00', zone };
    expect(occasionOf(weekly, new Date(due), noDaysOff)).toBe(called);
  });

  test('one on several days of a week, or once a month, is called by the day on which it is asked', () => {
    const called = (rule: string, due: string) =>
      occasionOf({ rule, startsAt: '2026-12-01T10:00', zone }, new Date(due), noDaysOff);
    expect(called('FREQ=WEEKLY;BYDAY=MO,FR', '2026-12-25T10:00:00Z')).toBe('Tuesday 29 December');
    expect(called('FREQ=MONTHLY;BYMONTHDAY=-1', '2027-01-31T10:00:00Z')).toBe('Monday 1 February');
    expect(called('once', '2026-12-25T10:00:00Z')).toBeUndefined();
  });

  test.each([
    [14, '2026-03-11T09:30:00.000Z'],
    [7, '2026-03-09T09:00:00.000Z'],
    [3, '2026-03-06T09:30:00.000Z'],
    [2, undefined],
    [1, undefined],
  ])('open for %i days: the reminder is due %s', (days, expected) => {
    const opened = new Date('2026-03-04T09:30:00Z');
    const reminded = remindingTime(opened, closingTime(opened, days, { zone }), zone);
    expect(reminded?.toISOString()).toBe(expected);
  });

  test.each([
    ['Monday', '2026-03-09', '2026-03-13T09:00:00.000Z'],
    ['Tuesday', '2026-03-10', '2026-03-13T10:00:00.000Z'],
    ['Wednesday', '2026-03-11', '2026-03-16T09:00:00.000Z'],
    ['Thursday', '2026-03-12', '2026-03-16T09:00:00.000Z'],
    ['Friday', '2026-03-13', '2026-03-17T09:00:00.000Z'],
  ])('from %s to the next one it is nearest to the middle that is a civil hour', (_day, date, expected) => {
    const opened = new Date(`${date}T10:00:00Z`);
    expect(remindingTime(opened, closingTime(opened, 7, { zone }), zone)?.toISOString()).toBe(expected);
  });

  test('never within a day of the end, or of the next round', () => {
    const closes = new Date('2026-03-11T09:30:00Z');
    const last = (next?: string) => lastReminder(closes, next ? new Date(next) : undefined).toISOString();
    expect(last()).toBe('2026-03-10T09:30:00.000Z');
    expect(last('2026-03-18T09:30:00Z')).toBe('2026-03-10T09:30:00.000Z');
    expect(last('2026-03-10T09:30:00Z')).toBe('2026-03-09T09:30:00.000Z');
  });

  test('after downtime it still goes out while most of its time is left', () => {
    const due = new Date('2026-03-04T09:30:00Z');
    const closes = new Date('2026-03-11T09:30:00Z');
    expect(isWorthOpening(due, closes, new Date('2026-03-07T21:00:00Z'))).toBe(true);
    expect(isWorthOpening(due, closes, new Date('2026-03-07T21:30:00Z'))).toBe(false);
  });
});

describe('planning', () => {
  const now = new Date('2026-03-03T10:00:00Z');
  const plan = { id: 'p', cohort: 'c', template: 't', leftOut: [], how: 'once' as const, openDays: 7 };
  const cohort = { name: 'Perinatal', startsOn: '2026-03-30', endsOn: undefined };
  const given = (id: string, title: string, startsAt: string, endsAt: string): DatedSession => ({
    id,
    title,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    isCancelled: false,
  });
  const sessions = [
    given('s', 'Case discussion', '2026-03-17T14:00:00Z', '2026-03-17T16:00:00Z'),
    given('early', 'A morning', '2026-03-18T09:30:00Z', '2026-03-18T12:00:00Z'),
    given('late', 'An evening', '2026-03-20T18:00:00Z', '2026-03-20T20:30:00Z'),
  ];
  const beside = (from: NonNullable<Plan['beside']>['from'], many: number, session = 's'): Partial<Plan> => ({
    how: 'relative',
    from: 'session',
    session,
    beside: { from, many },
  });
  const schedule = (change: Partial<Plan>) =>
    scheduleOf({ ...plan, date: '2026-03-04', time: '09:30', ...change }, cohort, {
      zone: 'Europe/London',
      now,
      sessions,
      daysOff: { bankHolidays: [], closed: [{ from: '2026-04-13', until: '2026-04-17', name: 'Easter' }] },
    });
  const problems = (change: Partial<Plan>) => {
    const when = schedule(change);
    return when.kind === 'problems' ? when.problems : {};
  };

  test('a plan that is fine has no problems', () => expect(problems({})).toEqual({}));

  test.each<[string, Partial<Plan>, string, RegExp]>([
    ['in the past, same day', { date: '2026-03-03', time: '09:00' }, 'time', /has passed already/],
    [
      'in the past, another day',
      { date: '2026-03-02' },
      'date',
      /has passed already.*It is Tuesday 3 March, 10:00 now/,
    ],
    ['at one in the night', { time: '01:30' }, 'time', /between 07:00 and 20:00, for example 09:30/],
    ['too late in the evening', { time: '20:30' }, 'time', /between 07:00 and 20:00/],
    ['no time', { time: undefined }, 'time', /between 07:00 and 20:00/],
    ['no date', { date: undefined }, 'date', /choose a date/],
    ['no such date', { date: '2026-02-31' }, 'date', /date that exists/],
    ['next year but one', { date: '2028-03-03' }, 'date', /within the next year/],
    ['a Saturday', { date: '2026-03-07' }, 'date', /That is a Saturday/],
    ['a bank holiday', { date: '2026-04-03' }, 'date', /That is a bank holiday/],
    ['weekly, open for two weeks', { how: 'weekly', openDays: 14 }, 'open-days', /7 days or fewer/],
    ['how often is not said', { how: undefined }, 'how', /how often/],
    ['an end before the start', { how: 'weekly', until: '2026-03-03' }, 'until', /before the first one/],
    ['an end on 29 February 2027', { how: 'weekly', until: '2027-02-29' }, 'until', /date that exists/],
    ['29 February 2027', { date: '2027-02-29' }, 'date', /date that exists/],
    ['days next to each other', { how: 'weekly', days: ['TU', 'WE'] }, 'days', /not next to each other/],
    ['on closed days only', { date: '2026-04-14' }, 'date', /Closed then \(Easter\)/],
    [
      'the hour that does not exist on 28 March 2027',
      { date: '2027-03-01', how: 'weekly', days: ['MO'], time: '01:30' },
      'time',
      /between 07:00 and 20:00/,
    ],
    ['counted from a day the group has not', { how: 'relative', from: 'end' }, 'from', /has no last day yet/],
    [
      'counted from a session that is gone',
      beside('session-day', 1, 'gone'),
      'from',
      /not take place any more/,
    ],
    [
      'counted from a session, and nobody says how',
      { how: 'relative', from: 'session', session: 's' },
      'beside',
      /how long before or after/,
    ],
    [
      'on the day of a session, while that goes on',
      { ...beside('session-day', 0), time: '15:30' },
      'time',
      /The session ends at 16:00. Please choose a time after that/,
    ],
    [
      'before a session, in the past',
      beside('session-begins', 15),
      'beside',
      /That would be on 2 March 2026.*passed already/,
    ],
    [
      'at night before a session',
      { ...beside('session-begins', 7), time: '22:00' },
      'time',
      /between 07:00 and 20:00/,
    ],
    [
      'in the evening before a session in the morning',
      { ...beside('session-begins', 1, 'early'), time: '19:30' },
      'beside',
      /begins too soon after that/,
    ],
    [
      'counted to a day that is over',
      { how: 'relative', from: 'start', offset: -28 },
      'offset',
      /That would be on .*passed already/,
    ],
  ])('%s is told beside its field', (_what, change, field, words) => {
    const found = problems(change);
    expect(Object.keys(found)).toEqual([field]);
    expect(found[field]).toMatch(words);
  });

  test('the last day of the month is fine even when the date chosen is not', () => {
    expect(problems({ how: 'monthly', on: 'last-day', date: '2026-03-07' })).toEqual({});
  });

  test('counted from the group’s first day it comes on the first working day that is open', () => {
    expect(schedule({ how: 'relative', from: 'start', offset: 14 })).toMatchObject({
      schedule: {
        recurrence: { rule: 'once', startsAt: '2026-04-20T09:30' },
        countedFrom: { from: 'start', days: 14 },
      },
    });
  });

  test.each<[string, Partial<Plan>, string, string | undefined]>([
    ['until it begins', beside('session-begins', 7), '2026-03-10T09:30', '2026-03-17T14:00:00.000Z'],
    ['a Sunday before it', beside('session-begins', 2), '2026-03-13T09:30', '2026-03-17T14:00:00.000Z'],
    ['an hour after it', beside('session-over', 60), '2026-03-17T17:00', undefined],
    ['at night after it: in the morning', beside('session-over', 60, 'late'), '2026-03-23T09:30', undefined],
    ['the same evening', { ...beside('session-day', 0), time: '17:15' }, '2026-03-17T17:15', undefined],
    ['the next day', beside('session-day', 1), '2026-03-18T09:30', undefined],
    ['a Saturday', beside('session-day', 1, 'late'), '2026-03-23T09:30', undefined],
    ['over the change of clocks', beside('session-day', 14), '2026-03-31T09:30', undefined],
    ['into days that are closed', beside('session-day', 28), '2026-04-20T09:30', undefined],
  ])('counted from a session: %s', (_what, change, startsAt, closesAt) => {
    const when = schedule(change);
    if (when.kind === 'problems') throw new Error(JSON.stringify(when.problems));
    expect(when.schedule.recurrence).toMatchObject({ rule: 'once', startsAt });
    expect(when.schedule.closesAt?.toISOString()).toBe(closesAt);
  });

  test('counted from a session it never comes before that is over, or else after it begins, nor at night', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.integer({ min: 15, max: 480 }),
        fc.constantFrom<CountedFromSession>(
          { from: 'session-over', session: 's', minutes: 60 },
          { from: 'session-day', session: 's', days: 0, time: '17:00' },
          { from: 'session-day', session: 's', days: 1, time: '07:00' },
          { from: 'session-begins', session: 's', days: 1, time: '20:00' },
          { from: 'session-begins', session: 's', days: 7, time: '09:30' },
        ),
        (at, minutesLong, counted) => {
          const zone = 'Europe/London';
          // Forms give times to the minute.
          const startsAt = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
          const endsAt = later(startsAt, minutes(minutesLong));
          const { date, time } = momentCounted(counted, { startsAt, endsAt }, { zone, daysOff: noDaysOff });
          const comesAt = atLocalTime(date, time, zone);
          if (counted.from === 'session-begins') expect(comesAt < startsAt).toBe(true);
          else expect(comesAt >= endsAt).toBe(true);
          expect(isWorkingDay(date)).toBe(true);
          expect(time >= '07:00' && time <= '20:00').toBe(true);
        },
      ),
    );
  });

  test('whenever a member says so it needs no time, and where nobody says for how long it is as long as can be', () => {
    expect(schedule({ how: 'members', date: undefined, time: undefined })).toMatchObject({
      schedule: { recurrence: undefined },
    });
    expect(schedule({ how: 'weekly', days: ['TU', 'TH'], openDays: undefined })).toMatchObject({
      schedule: { openDays: 2 },
    });
  });

  test('whatever is offered for how long can be chosen with a single check-in', () => {
    for (const openDays of openDaysOffered) expect(problems({ openDays })).toEqual({});
  });
});

describe('the form', () => {
  const pulse = definition('weekly-pulse');
  const empty = { answers: {}, share: false };
  /** A window in which this stands. */
  const stateOf = (state: unknown): Pick<Window, 'read'> => ({ read: (form) => form.read({ state }) });
  const state = (values: Record<string, unknown>) =>
    stateOf({
      values: Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { value }])),
    });

  test.each([
    ['perinatal-pilot-follow-up', [5, 5, 3]],
    ['weekly-pulse', [3]],
    ['supervision-wellbeing', [5, 2]],
  ])('%s is asked on screens of at most five', (id, sizes) => {
    expect(screensOf(definition(id)).map((screen) => screen.length)).toEqual(sizes);
  });

  test('private answers have room for the question whether to be counted', () => {
    const five = {
      ...pulse,
      mode: 'private' as const,
      questions: Array.from({ length: 5 }, (_, index) => ({ ...pulse.questions[2], id: `q${index}` })),
    } as Definition;
    expect(screensOf(five).map((screen) => screen.length)).toEqual([5, 0]);
  });

  test('every answer is taken over, and one that is cleared goes', () => {
    const first = takeScreen(
      pulse,
      0,
      state({
        'question-0': { selected_option: { value: '4' } },
        'question-1': { selected_option: { value: '0' } },
        'question-2': { value: '  <!channel> *bold* \u200f שלום 🙂 ' },
      }),
      empty,
    );
    expect(first).toEqual({
      draft: {
        answers: { week: 4, used_learning: 0, word: '<!channel> *bold* \u200f שלום 🙂' },
        share: false,
      },
      errors: {},
    });
    const second = takeScreen(
      pulse,
      0,
      state({ 'question-0': { selected_option: { value: 'none' } }, 'question-2': { value: null } }),
      first.draft,
    );
    expect(second.draft.answers).toEqual({});
  });

  test('200 characters of emoji fit; 201 are told beside the field, and the draft keeps what was there', () => {
    const fits = takeScreen(pulse, 0, state({ 'question-2': { value: '🙂'.repeat(200) } }), empty);
    expect(fits.errors).toEqual({});
    const tooLong = takeScreen(pulse, 0, state({ 'question-2': { value: '🙂'.repeat(201) } }), fits.draft);
    expect(tooLong.errors).toEqual({ 'question-2': 'Please keep this to 200 characters; it has 201.' });
    expect(tooLong.draft.answers).toEqual(fits.draft.answers);
  });

  test('too many ticks are told beside the field', () => {
    const start = definition('pilot-group-start');
    const four = ['0', '1', '2', '3'].map((value) => ({ value }));
    const { errors } = takeScreen(start, 0, state({ 'question-0': { selected_options: four } }), empty);
    expect(errors).toEqual({ 'question-0': 'Please choose at most 3; you have 4.' });
  });

  test('whatever a client sends, nothing throws and nothing out of range is kept', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.string(), (view, value, option) => {
        takeScreen(pulse, 0, stateOf(view), empty);
        takeScreen(pulse, 0, stateOf({ values: { 'question-0': { value } } }), empty);
        const { draft } = takeScreen(
          pulse,
          0,
          state({ 'question-0': { selected_option: { value: option } } }),
          empty,
        );
        const kept = draft.answers.week;
        expect(kept === undefined || (typeof kept === 'number' && kept >= 1 && kept <= 5)).toBe(true);
      }),
    );
  });
});

test.each(modes)('who sees what people answer is said in short sentences: %s', (mode) => {
  for (const readBy of [undefined, 'leads'] as const)
    for (const sentence of privacySentence({ mode, smallest: 5, readBy }).split(/(?<=\.) /))
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(32);
});
