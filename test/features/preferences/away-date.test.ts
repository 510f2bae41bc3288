import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAwayDate } from '../../../src/features/preferences/away-date.ts';

// A Tuesday.
const today = '2026-03-03';

describe('a day, as people write it', () => {
  test.each([
    ['until 3 March', '2026-03-03'],
    ['until 12 march', '2026-03-12'],
    ['until Friday', '2026-03-06'],
    ['until tuesday', '2026-03-10'],
    ['till next Mon', '2026-03-09'],
    ['2 weeks', '2026-03-17'],
    ['for a week', '2026-03-10'],
    ['for 3 days', '2026-03-06'],
    ['tomorrow', '2026-03-04'],
    ['until 3/4', '2026-04-03'],
    ['12-04-2026', '2026-04-12'],
    ['until 2026-04-12', '2026-04-12'],
    ['until the 5th of April', '2026-04-05'],
    ['Apr 5', '2026-04-05'],
    ['until Monday 6 April 2026', '2026-04-06'],
    // This year's is over.
    ['until 2 January', '2027-01-02'],
    ['3.12.2026', '2026-12-03'],
    ['2026/12/31', '2026-12-31'],
    ['Fri 4 Dec', '2026-12-04'],
    ['Friday, 4. Dec. 2026', '2026-12-04'],
    ['4/Dec/26', '2026-12-04'],
    ['3 dec 26', '2026-12-03'],
    ["3 Dec '26", '2026-12-03'],
    ['3–12–2026', '2026-12-03'],
    ['December the 4th, 2026', '2026-12-04'],
    ['the 14th', '2026-03-14'],
    ['the 2nd', '2026-04-02'],
    ['Friday the 13th', '2026-03-13'],
    ['the 14th of next month', '2026-04-14'],
    ['two weeks', '2026-03-17'],
    ['for the next 10 days', '2026-03-13'],
    ['a fortnight', '2026-03-17'],
    ['2wks', '2026-03-17'],
    ['until the end of next week', '2026-03-15'],
    ['until the end of the week', '2026-03-08'],
    ['for the rest of the month', '2026-03-31'],
    ['end of April', '2026-04-30'],
    ['until the end of February', '2027-02-28'],
    ['Friday of next week', '2026-03-13'],
    ['Friday week', '2026-03-13'],
    // Who is back on Monday is away up to Sunday.
    ['back on Monday', '2026-03-08'],
    ["I'm back on the 10th", '2026-03-09'],
    ['not back until 6 April', '2026-04-05'],
    ['back in a fortnight', '2026-03-16'],
    ['back tomorrow', '2026-03-03'],
    ['till Christmas', '2026-12-25'],
    ['until New Year’s Day', '2027-01-01'],
    ['“until Friday”', '2026-03-06'],
    ["I'm away until Friday, thanks!", '2026-03-06'],
    ['from today until Friday inclusive', '2026-03-06'],
    ['until the fourteenth', '2026-03-14'],
    ['first of April', '2026-04-01'],
    ['until the twenty second', '2026-03-22'],
    ['a week today', '2026-03-10'],
    ['two weeks tomorrow', '2026-03-18'],
    ['tomorrow week', '2026-03-11'],
    ['fortnight', '2026-03-17'],
    ['until end of month', '2026-03-31'],
    // A day that is quiet is quiet in the evening too.
    ['until Friday night', '2026-03-06'],
    ['until end of day Friday', '2026-03-06'],
    ['until Friday EOD', '2026-03-06'],
    ['tonight', '2026-03-03'],
    ['I return on Monday', '2026-03-08'],
    ['I’ll be back on Monday', '2026-03-08'],
  ])('%s', (words, date) => {
    expect(readAwayDate(words, today)).toEqual({ kind: 'until', date });
  });

  test.each([
    ['off', 'off'],
    ['back', 'off'],
    ['until whenever', 'unclear'],
    ['until 31 February', 'unclear'],
    ['until 40/40', 'unclear'],
    ['<!channel>', 'unclear'],
    ['until 2026-03-01', 'past'],
    ['until 1 March 2025', 'past'],
    ['until 2030-01-01', 'too-far'],
    ['999 months', 'too-far'],
    ["I'm back", 'off'],
    ['back today', 'off'],
    ['back on 3 March', 'off'],
    ['cancel away', 'off'],
    ['no longer away', 'off'],
    ["I'm not away any more", 'off'],
    ['clear', 'off'],
    ["I'm here", 'off'],
  ])('%s: %s', (words, kind) => {
    expect(readAwayDate(words, today).kind).toBe(kind);
  });

  // Stored is only what names one day.
  test.each([
    ['until next month', ['2026-03-31', '2026-04-30']],
    ['until next week', ['2026-03-08', '2026-03-15']],
    ['back next week', ['2026-03-08']],
    ['for the month', ['2026-03-31', '2026-04-03']],
    ['next Friday', ['2026-03-06', '2026-03-13']],
    ['in two weeks', ['2026-03-17']],
    ['a couple of weeks', ['2026-03-17']],
    ['3-10 March', ['2026-03-10']],
    // The wrong weekday, the American order, a time of day.
    ['Mon 4 Dec', ['2026-12-04']],
    ['12/25/2026', ['2026-12-25']],
    ['until 4.10', ['2026-10-04']],
    ['14', ['2026-03-14']],
    // A time of day, and what only sounds like a last day.
    ['until Friday 5pm', ['2026-03-06']],
    ['until 9 March at 09:00', ['2026-03-09']],
    ['until Monday morning', ['2026-03-08', '2026-03-09']],
    ["I'm not in until Monday", ['2026-03-08', '2026-03-09']],
    ['Friday?', ['2026-03-06']],
    // Slips of the finger.
    ['Fridya 4 Decembr', ['2026-12-04']],
    ['until wendesday', ['2026-03-04']],
    ['tommorow', ['2026-03-04']],
    ['3 weaks', ['2026-03-24']],
    ['back on Mondy', ['2026-03-08']],
  ])('%s is asked, with what it may mean', (words, meant) => {
    expect(readAwayDate(words, today)).toEqual({ kind: 'unclear', meant });
  });

  // One stretch, from today on, is all that is kept: what begins later or is in pieces is said, with what can be had.
  test.each([
    ['next week', 'later', ['2026-03-15']],
    ['I am away next week', 'later', ['2026-03-15']],
    ['for the whole of next month', 'later', ['2026-04-30']],
    ['on Friday', 'later', ['2026-03-06']],
    ['24 Dec – 2 Jan', 'later', ['2027-01-02']],
    ['from Monday to Wednesday', 'later', ['2026-03-11']],
    ['on leave from Monday for two weeks', 'later', ['2026-03-22']],
    ['from 7 December for a week', 'later', ['2026-12-13']],
    ['two weeks from Monday', 'later', ['2026-03-22']],
    ['maternity leave from 1 June for six months', 'later', ['2026-11-30']],
    ['from Monday', 'later', undefined],
    ['starting 7 December', 'later', undefined],
    ['over Christmas', 'later', ['2026-12-26', '2027-01-01']],
    ['over Christmas and New Year', 'later', ['2027-01-01']],
    ['over the new year', 'later', ['2027-01-01']],
    ['Mon, Tue and Thu', 'several', ['2026-03-12']],
    ['Wednesday & Friday', 'several', ['2026-03-06']],
    ['Thu/Fri', 'several', ['2026-03-06']],
    ['the 7th and the 9th of March', 'several', ['2026-03-09']],
    ['every Friday', 'several', undefined],
    ['Mondays and Fridays', 'several', undefined],
    ['half term', 'differs', undefined],
    ['over half-term', 'differs', undefined],
    ['until the end of term', 'differs', undefined],
    ['the summer holidays', 'differs', undefined],
    ['until after half term', 'differs', undefined],
    ['maternity leave', 'endless', undefined],
    ["I'm on maternity leave", 'endless', undefined],
    ['annual leave', 'endless', undefined],
    ['off sick', 'endless', undefined],
    ['on a sabbatical', 'endless', undefined],
    ['until Easter', undefined, ['2026-04-02', '2026-04-06']],
    ['over Easter', undefined, ['2026-04-06']],
    ['over the weekend', undefined, ['2026-03-08']],
  ])('%s is %s', (words, because, meant) => {
    expect(readAwayDate(words, today)).toEqual({
      kind: 'unclear',
      ...(meant && { meant }),
      ...(because && { because }),
    });
  });

  test('on a Friday too, next week ends on the Sunday after the coming one', () => {
    const friday = '2026-11-27';
    for (const words of ['next week', 'all next week', 'away next week', 'I will be away next week'])
      expect(readAwayDate(words, friday)).toEqual({
        kind: 'unclear',
        meant: ['2026-12-06'],
        because: 'later',
      });
    expect(readAwayDate('from Monday to Friday', '2026-11-26')).toMatchObject({ meant: ['2026-12-04'] });
  });

  test.each([
    ['this afternoon', '2026-03-03'],
    ['for the rest of this afternoon', '2026-03-03'],
    ['this evening', '2026-03-03'],
    ['maternity leave until 3 December', '2026-12-03'],
    ['off sick until Friday', '2026-03-06'],
    ['annual leave for two weeks', '2026-03-17'],
    ['until Easter Monday', '2026-04-06'],
    ['hols til 12th', '2026-03-12'],
  ])('%s is until %s', (words, date) => {
    expect(readAwayDate(words, today)).toEqual({ kind: 'until', date });
  });

  test.each(
    `monitor|3 decades|may|until March|December 2026|second|sunny|the weekend|end of term|monthly|a few days|2-3 weeks
     |0 days|the second half|the first week|2 hours|fifth|half an hour|1 hour|until 5pm|whenever|until further notice|until Easter|satisfied|wednesdays|marching|sun sea
     |annual leave|section 47|day|week one|the|until|for|back on|a|3|ward 3|2026|12/2026|on call`
      .split('|')
      .map((words) => [words.trim()]),
  )('%s stores nothing', (words) => {
    expect(['unclear', 'off']).toContain(readAwayDate(words, today).kind);
  });
});

describe('whatever is typed', () => {
  const months =
    'January February March April May June July August September October November December'.split(' ');
  const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
  const day = (ahead: number) => {
    const at = new Date(`${today}T12:00:00Z`);
    at.setUTCDate(at.getUTCDate() + ahead);
    const [year = '', month = '', date = ''] = at.toISOString().slice(0, 10).split('-');
    const name = months[Number(month) - 1] ?? '';
    const weekday = weekdays[(at.getUTCDay() + 6) % 7] ?? '';
    return {
      iso: `${year}-${month}-${date}`,
      year,
      month,
      date,
      d: Number(date),
      m: Number(month),
      name,
      weekday,
    };
  };
  const ordinal = (d: number) => `${d}${d > 3 && d < 21 ? 'th' : (['th', 'st', 'nd', 'rd'][d % 10] ?? 'th')}`;
  type Parts = ReturnType<typeof day>;
  const ways: ((parts: Parts) => string)[] = [
    ({ iso }) => iso,
    ({ iso }) => iso.replaceAll('-', '/'),
    ({ year, m, d }) => `${year}-${m}-${d}`,
    ({ year, m, d }) => `${d}.${m}.${year}`,
    ({ year, month, date }) => `${date}/${month}/${year}`,
    ({ year, m, d }) => `${d}/${m}/${year.slice(2)}`,
    ({ m, d }) => `${d}/${m}`,
    ({ year, m, d }) => `${d}-${m}-${year}`,
    ({ d, name }) => `${d} ${name}`,
    ({ d, name }) => `${ordinal(d)} of ${name}`,
    ({ d, name }) => `the ${ordinal(d)} ${name.slice(0, 3)}`,
    ({ d, name, year }) => `${d}${name.slice(0, 3)}${year.slice(2)}`,
    ({ d, name, year }) => `${d}-${name.slice(0, 3)}-${year}`,
    ({ d, name, year }) => `${name} ${d}, ${year}`,
    ({ d, name }) => `${name.slice(0, 3)}. ${ordinal(d)}`,
    ({ d, name, weekday }) => `${weekday} ${d} ${name}`,
    ({ d, name, weekday }) => `${weekday.slice(0, 3)} ${d} ${name.slice(0, 3)}`,
    ({ d, name, weekday, year }) => `${weekday}, the ${ordinal(d)} of ${name} ${year}`,
  ];
  const wrappings = [
    (text: string) => text,
    (text: string) => `until ${text}`,
    (text: string) => `Till ${text.toUpperCase()}`,
    (text: string) => `up to and including ${text}.`,
    (text: string) => `“${text}”`,
    (text: string) => `  I’m away until  ${text} please`,
  ];

  test('every day of a year, in every way it is written, is read as itself; "back on" is the day before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 364 }),
        fc.constantFrom(...ways),
        fc.constantFrom(...wrappings),
        (ahead, way, wrap) => {
          const words = wrap(way(day(ahead)));
          expect(readAwayDate(words, today), words).toEqual({ kind: 'until', date: day(ahead).iso });
          if (ahead > 0)
            expect(readAwayDate(`back on ${way(day(ahead))}`, today)).toEqual({
              kind: 'until',
              date: day(ahead - 1).iso,
            });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('the 1st to the 31st, and the coming weekdays, on any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 31 }), (start, d) => {
        const from = day(start).iso;
        const read = readAwayDate(`the ${ordinal(d)}`, from);
        if (read.kind !== 'until') throw new Error(`the ${ordinal(d)} on ${from}: ${read.kind}`);
        expect(Number(read.date.slice(8))).toBe(d);
        expect(read.date >= from && read.date <= day(start + 62).iso).toBe(true);
        for (let ahead = 1; ahead <= 7; ahead += 1)
          for (const name of [day(start + ahead).weekday, day(start + ahead).weekday.slice(0, 3)])
            expect(readAwayDate(`until ${name}`, from)).toEqual({
              kind: 'until',
              date: day(start + ahead).iso,
            });
      }),
    );
  });

  test('no slip of the finger in a month or weekday is stored as another day', () => {
    const slip = fc.record({
      ahead: fc.integer({ min: 0, max: 364 }),
      at: fc.nat(),
      letter: fc.stringMatching(/^[a-z]$/),
      kind: fc.constantFrom('wrong', 'missing', 'extra'),
    });
    fc.assert(
      fc.property(slip, ({ ahead, at, letter, kind }) => {
        const { iso, d, name, weekday } = day(ahead);
        // "May" and "Mar" are one letter apart: nobody can see that slip.
        fc.pre(name !== 'May');
        const right = `${weekday} ${d} ${name}`;
        const places = Array.from(right.matchAll(/[a-z]/gi), ({ index }) => index);
        const place = places[at % places.length] ?? 0;
        const typed =
          right.slice(0, place) +
          (kind === 'missing' ? '' : letter) +
          right.slice(place + (kind === 'extra' ? 0 : 1));
        const read = readAwayDate(typed, today);
        if (read.kind === 'until') expect(read.date, typed).toBe(iso);
        else expect(read.kind, typed).toBe('unclear');
      }),
      { numRuns: 1000 },
    );
  });

  test('without a number or the name of a day nothing is stored', () => {
    const names = new RegExp(
      `\\b(?:today|tomorrow|the second|christmas|xmas|boxing day|new year|${weekdays.flatMap((name) => [name, name.slice(0, 3), name.slice(0, 4), name.slice(0, 5)]).join('|')})\\b|\\b(?:end|rest|whole|all|this)\\b.*\\b(?:day|week|month|year|${months.join('|')})\\b|\\b(?:week|month|year) end\\b|\\b(?:an?|one|two|three)\\b.*(?:days?|weeks?|months?|years?|fortnights?)\\b`,
      'i',
    );
    const word = fc.constantFrom(
      ...'until till for the a next this week month year day days weeks monitor monday mon sun may march mar decade second of end rest back on in from and two off away holiday trauma sat satin friend thursdays today todays'.split(
        ' ',
      ),
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 5 }).map((some) => some.join(' ')),
      fc.array(fc.lorem({ maxCount: 1 }), { maxLength: 6 }).map((some) => some.join(' ')),
    );
    fc.assert(
      fc.property(typed, (words) => {
        const read = readAwayDate(words, today);
        if (read.kind !== 'until') return;
        expect(read.date >= today).toBe(true);
        expect(/\d/.test(words.normalize('NFKC')) || names.test(words), words).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
