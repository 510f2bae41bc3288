import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Asked, ContactHours } from '../../../src/features/pathways/content.ts';
import { answersNow, stateOf } from '../../../src/features/pathways/hours.ts';
import { bankHolidays } from '../../../src/scheduler/bank-holidays.ts';
import { atLocalTime, localDate, localTime } from '../../../src/scheduler/calendar.ts';
import { shippedContent } from '../../support/shipped.ts';

const { pathways: content, signposts, daysOff } = shippedContent();
const zone = 'Europe/London';

function at(question: string, asked: Asked, day: string, time: string) {
  const of = content.hours.who_answers_now.find((one) => one.question === question);
  if (!of) throw new Error(`There is no question ${question}.`);
  const now = atLocalTime(day, time, zone);
  const answering = answersNow(of, { content, signposts, ...asked, now, bankHolidays: daysOff.bankHolidays });
  const names = (list: typeof answering.open) => list.map(({ id }) => id);
  return { ...answering, first: names(answering.open)[0], ids: names(answering.open), names };
}

const hackney: Asked = { borough: 'hackney' };
const city: Asked = { borough: 'city' };

describe('who answers about a child, by the clock in London', () => {
  test.each([
    // A Thursday.
    ['a weekday morning', '2026-03-05', '10:00', 'daytime'],
    ['a weekday evening', '2026-03-05', '19:40', 'emergency-duty-team'],
    ['the middle of the night', '2026-03-05', '03:00', 'emergency-duty-team'],
    ['the last minute before it opens', '2026-03-05', '08:59', 'emergency-duty-team'],
    ['the minute it opens', '2026-03-05', '09:00', 'daytime'],
    ['the last minute of the day', '2026-03-05', '16:59', 'daytime'],
    ['the minute it closes', '2026-03-05', '17:00', 'emergency-duty-team'],
    ['midnight', '2026-03-05', '00:00', 'emergency-duty-team'],
    ['a Saturday at noon', '2026-03-07', '12:00', 'emergency-duty-team'],
    ['a Sunday at noon', '2026-03-08', '12:00', 'emergency-duty-team'],
    ['Good Friday', '2026-04-03', '10:00', 'emergency-duty-team'],
    ['Easter Monday', '2026-04-06', '10:00', 'emergency-duty-team'],
    ['Boxing Day’s substitute', '2026-12-28', '10:00', 'emergency-duty-team'],
    ['Christmas Eve, a Thursday', '2026-12-24', '10:00', 'daytime'],
    ['the day the clocks go forward', '2026-03-29', '10:00', 'emergency-duty-team'],
    ['the working day after it', '2026-03-30', '09:00', 'daytime'],
    ['an hour before that', '2026-03-30', '08:30', 'emergency-duty-team'],
    ['the hour that comes twice', '2026-10-25', '01:30', 'emergency-duty-team'],
    ['the working day after the clocks go back', '2026-10-26', '09:00', 'daytime'],
    ['an hour before that', '2026-10-26', '08:30', 'emergency-duty-team'],
  ])('%s', (_when, day, time, expected) => {
    const who = (daytime: string) => (expected === 'daytime' ? daytime : expected);
    expect(at('child-safeguarding', hackney, day, time).ids).toEqual([who('hackney-mash')]);
    expect(at('child-safeguarding', city, day, time).ids).toEqual([who('city-children-families')]);
    // Nobody knows where the child lives: both, or the team that answers for both.
    expect(at('child-safeguarding', {}, day, time).ids).toEqual(
      expected === 'daytime' ? ['hackney-mash', 'city-children-families'] : [expected],
    );
  });

  test('it says until when, over a weekend and a run of bank holidays too', () => {
    const until = (day: string, time: string) => {
      const [line] = at('child-safeguarding', hackney, day, time).open;
      return (
        line?.state.kind === 'open' &&
        `${localDate(line.state.until, zone)} ${localTime(line.state.until, zone)}`
      );
    };
    expect(until('2026-03-05', '10:00')).toBe('2026-03-05 17:00');
    expect(until('2026-03-05', '19:40')).toBe('2026-03-06 09:00');
    expect(until('2026-03-06', '19:40')).toBe('2026-03-09 09:00');
    expect(until('2026-04-02', '17:00')).toBe('2026-04-07 09:00');
    expect(until('2026-12-24', '17:00')).toBe('2026-12-29 09:00');
    expect(until('2026-03-28', '12:00')).toBe('2026-03-30 09:00');
  });

  test('a bank holiday whose rule nobody knows is taken for closed, said to be unsure, with the other line open', () => {
    const [line] = at('child-safeguarding', city, '2026-04-06', '10:00').closed;
    expect(line).toMatchObject({ id: 'city-children-families', state: { kind: 'closed', isUnsure: true } });
    expect(at('child-safeguarding', city, '2026-03-05', '19:40').closed[0]?.state).toMatchObject({
      isUnsure: false,
    });
    expect(at('child-safeguarding', hackney, '2026-04-06', '10:00').closed[0]?.state).toMatchObject({
      isUnsure: false,
    });
  });

  test('a bank holiday that is proclaimed once counts too', () => {
    const of = content.hours.who_answers_now[0];
    const now = atLocalTime('2026-03-05', '10:00', zone);
    const answering =
      of && answersNow(of, { content, signposts, ...hackney, now, bankHolidays: ['2026-03-05'] });
    expect(answering?.open.map(({ id }) => id)).toEqual(['emergency-duty-team']);
  });
});

describe('where hours are not known, nothing is worked out', () => {
  test.each([
    ['adult-safeguarding', hackney, 'hackney-adult-safeguarding'],
    ['allegation-about-staff', hackney, 'hackney-lado'],
    ['child-mental-health-now', hackney, 'elft-camhs-duty'],
  ])('%s', (question, asked, id) => {
    for (const [day, time] of [
      ['2026-03-05', '10:00'],
      ['2026-03-05', '19:40'],
      ['2026-03-07', '12:00'],
    ] as const) {
      const { unstated, ids, closed, names } = at(question, asked, day, time);
      expect(names(unstated)).toEqual([id]);
      expect([...ids, ...names(closed)]).not.toContain(id);
    }
  });
});

test('by need: day and night stands above the clock, and what is not confirmed is a page instead', () => {
  const mental = at('child-mental-health-now', hackney, '2026-03-05', '19:40');
  expect(mental.names(mental.always)).toEqual(['nhs-111-mental-health']);
  expect(at('domestic-abuse', hackney, '2026-03-05', '10:00').ids).toEqual(['hackney-dais']);
  expect(at('domestic-abuse', hackney, '2026-03-05', '19:40').ids).toEqual([]);
  const assault = at('recent-sexual-assault', hackney, '2026-03-05', '10:00');
  expect(assault.ids).toEqual(['hackney-mash', 'havens']);
  expect(at('recent-sexual-assault', { ...hackney, age: 'adults' }, '2026-03-05', '10:00').first).toBe(
    'havens',
  );
  expect(at('homeless-tonight', hackney, '2026-03-04', '16:30').ids).toEqual([
    'hackney-homeless-out-of-hours',
  ]);
  expect(at('homeless-tonight', hackney, '2026-03-05', '16:30').ids).toEqual(['hackney-homeless-help']);
  const homeless = at('homeless-tonight', city, '2026-03-05', '10:00');
  expect([homeless.ids, homeless.instead.map(({ id }) => id)]).toEqual([[], ['city-homelessness']]);
  expect(at('adult-safeguarding', city, '2026-04-06', '10:00').ids).toEqual(['city-adult-out-of-hours']);
});

test('where no number answers, the page to look at is said, by borough; a line that has one needs none', () => {
  const without = (question: string, asked: Asked, day = '2026-03-05', time = '19:40') =>
    at(question, asked, day, time).withoutNumber.map(({ borough, pages }) => [
      borough,
      ...pages.map(({ web }) => new URL(web).hostname),
    ]);
  expect(without('adult-safeguarding', hackney)).toEqual([['hackney', 'hackney.gov.uk']]);
  expect(without('adult-safeguarding', {})).toEqual([['hackney', 'hackney.gov.uk']]);
  expect(without('adult-safeguarding', city)).toEqual([]);
  expect(without('homeless-tonight', city)).toMatchObject([
    ['city', expect.stringContaining('cityoflondon')],
  ]);
  expect(without('allegation-about-staff', city, '2026-03-05', '10:00')).toEqual([]);
  expect(without('allegation-about-staff', city)).toEqual([['city']]);
  for (const question of ['child-safeguarding', 'domestic-abuse', 'my-own-wellbeing', 'around-a-birth'])
    expect(without(question, {})).toEqual([]);
});

test('at every instant exactly one of the daytime team and the team outside its hours is open', () => {
  const find = (id: string) => content.hours.contacts.find((one) => one.id === id) as ContactHours;
  const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2031-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.constantFrom('hackney' as const, 'city' as const), (now, borough) => {
      const hour = { now, bankHolidays: [], where: [borough] };
      const daytime = stateOf(
        content.hours,
        find(borough === 'hackney' ? 'hackney-mash' : 'city-children-families'),
        hour,
      );
      const duty = stateOf(content.hours, find('emergency-duty-team'), hour);
      expect([daytime.kind, duty.kind].toSorted()).toEqual(['closed', 'open']);
      const date = localDate(now, zone);
      if (bankHolidays(Number(date.slice(0, 4))).has(date)) expect(duty.kind).toBe('open');
      for (const state of [daytime, duty]) {
        const next = state.kind === 'open' ? state.until : state.kind === 'closed' ? state.opensAt : now;
        expect(next.getTime()).toBeGreaterThan(now.getTime());
      }
    }),
  );
});
