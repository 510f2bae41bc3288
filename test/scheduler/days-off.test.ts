import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContentFolder } from '../../src/content/read.ts';
import { nextAllowed } from '../../src/scheduler/calendar.ts';
import { isOff, listOpenOccurrences, nextOpenOccurrence, readDaysOff } from '../../src/scheduler/days-off.ts';
import { recurrenceOf } from '../../src/scheduler/recurrence.ts';

const zone = 'Europe/London';
const halfTerm = { from: '2027-02-15', until: '2027-02-19', name: 'half-term' };
const daysOff = { bankHolidays: ['2027-06-07'], closed: [halfTerm] };

function read(text: string) {
  const dir = mkdtempSync(join(tmpdir(), 'calendar-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'calendar.yaml'), text);
  const folder = new ContentFolder(dir);
  return {
    daysOff: readDaysOff(folder),
    problems: folder.problems.map(({ line, message }) => `${line}: ${message}`),
  };
}
const file = (closed: string) => `version: 1\nbank_holidays: []\nclosed:\n${closed}`;

test('data/calendar.yaml fits, and so does the example in it', () => {
  expect(readDaysOff(new ContentFolder('data'))).toBeDefined();
  expect(
    read(file('  - from: 2027-02-15\n    until: 2027-02-19\n    name: half-term\n')).daysOff?.closed,
  ).toEqual([halfTerm]);
});

test.each([
  ['an end before the start', '2027-02-19', '2027-02-15', /5: .*the last day comes before the first/],
  ['29 February in a year without one', '2027-02-29', '2027-03-01', /4: .*write a day that exists/],
  ['no date', 'half-term', '2027-03-01', /4: .*write a day that exists/],
])('%s is told with its line', (_what, from, until, expected) => {
  const { problems } = read(file(`  - from: ${from}\n    until: ${until}\n    name: half-term\n`));
  expect(problems[0]).toMatch(expected);
});

test('nobody is written to on these days', () => {
  const rules = { zone, programmeZone: zone, quietFrom: '18:00', quietUntil: '09:00' };
  const next = (at: string) =>
    nextAllowed(new Date(at), { ...rules, isOff: (date) => isOff(daysOff, date) }).toISOString();
  expect(next('2027-02-12T19:00:00Z')).toBe('2027-02-22T09:00:00.000Z');
  expect(next('2027-06-07T10:00:00Z')).toBe('2027-06-08T08:00:00.000Z');
});

test('what comes every week leaves closed days out, and a proclaimed bank holiday not', () => {
  const weekly = (date: string) => recurrenceOf({ how: 'weekly', date, time: '10:00', zone });
  const dates = (date: string, count: number) =>
    listOpenOccurrences(weekly(date), new Date(`${date}T00:00:00Z`), count, daysOff).map((at) =>
      at.toISOString().slice(0, 10),
    );
  expect(dates('2027-02-10', 3)).toEqual(['2027-02-10', '2027-02-24', '2027-03-03']);
  expect(dates('2027-05-31', 2)).toEqual(['2027-05-31', '2027-06-07']);
});

test('what never comes is none: closed for years', () => {
  const closed = [{ from: '2027-01-01', until: '2040-01-01', name: 'closed' }];
  const weekly = recurrenceOf({ how: 'weekly', date: '2027-02-10', time: '10:00', zone });
  expect(
    nextOpenOccurrence(weekly, new Date('2027-02-01T00:00:00Z'), { bankHolidays: [], closed }),
  ).toBeUndefined();
});

test.each([
  [
    'a Friday at Christmas and New Year',
    { days: undefined, how: 'weekly' },
    '2026-12-18',
    ['2026-12-18', '2027-01-08'],
  ],
  ['Good Friday', { days: undefined, how: 'weekly' }, '2027-03-19', ['2027-03-19', '2027-04-02']],
  [
    'Easter Monday, which moves to Tuesday',
    { days: undefined, how: 'weekly' },
    '2027-03-22',
    ['2027-03-22', '2027-03-29'],
  ],
  [
    'a Saturday, which always comes on Monday',
    { days: undefined, how: 'weekly' },
    '2026-12-05',
    ['2026-12-05', '2026-12-12'],
  ],
  [
    'a Monday with a Wednesday',
    { days: ['MO', 'WE'], how: 'weekly' },
    '2027-03-24',
    ['2027-03-24', '2027-03-31'],
  ],
  [
    'a Friday every two weeks',
    { days: undefined, how: 'fortnightly' },
    '2026-12-11',
    ['2026-12-11', '2026-12-25'],
  ],
] as const)(
  'moved by days off into the time of the next it is left out: %s',
  (_what, { how, days }, date, expected) => {
    const recurrence = recurrenceOf({ how, date, time: '10:00', zone, ...(days && { days: [...days] }) });
    const from = new Date(`${date}T00:00:00Z`);
    const found = listOpenOccurrences(recurrence, from, 2, { bankHolidays: [], closed: [] });
    expect(found.map((at) => at.toISOString().slice(0, 10))).toEqual(expected);
  },
);
