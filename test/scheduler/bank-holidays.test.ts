import Holidays from 'date-holidays';
import { describe, expect, test } from 'vitest';
import { bankHolidays } from '../../src/scheduler/bank-holidays.ts';

describe('bank holidays of England and Wales', () => {
  // As published on gov.uk/bank-holidays; days that fall on a weekend are listed with their substitute.
  test.each([
    [
      2026,
      '2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-26 2026-12-28',
    ],
    [
      2027,
      '2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-25 2027-12-26 2027-12-27 2027-12-28',
    ],
    [
      2028,
      '2028-01-01 2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26',
    ],
  ])('%i', (year, days) => {
    expect([...bankHolidays(year)].sort()).toEqual(days.split(' '));
  });

  test('are the ones date-holidays knows, for every year in which nothing was moved', () => {
    const library = new Holidays('GB', 'ENG');
    const years = Array.from({ length: 40 }, (_, index) => 2024 + index);
    const theirs = years.map((year) => [
      ...new Set(
        library
          .getHolidays(year)
          .filter(({ type }) => type === 'public')
          .map(({ date }) => date.slice(0, 10)),
      ),
    ]);
    expect(years.map((year) => [...bankHolidays(year)].sort())).toEqual(theirs.map((days) => days.sort()));
  });
});
