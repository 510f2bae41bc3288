import { sayTime } from '../../slack/text.ts';

/** "Tuesday 3 March 2026, 10:00" in the given IANA zone: a journal goes back further than a year. */
export const sayMoment = (at: Date, zone: string): string => {
  const year = at.toLocaleDateString('en-GB', { timeZone: zone, year: 'numeric' });
  return sayTime(at, zone).replace(/, (?=\d\d:\d\d)/, ` ${year}, `);
};
