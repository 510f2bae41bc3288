import { gregorianEaster } from 'date-easter';

const known = new Map<number, ReadonlySet<string>>();

/**
 * Bank holidays of England and Wales in a year, substitute days included, as local dates `YYYY-MM-DD`. Without those
 * proclaimed once, which are content: data/calendar.yaml.
 *
 * Worked out rather than looked up: the rules are the Banking and Financial Dealings Act 1971, schedule 1, with the two
 * days proclaimed every year (New Year, first Monday in May) and the two of common law (Good Friday, Christmas Day). The
 * `date-holidays` package says the same for every year that the tests compare, but takes 40 MB of memory to say it.
 */
export function bankHolidays(year: number): ReadonlySet<string> {
  let days = known.get(year);
  if (!days) {
    days = new Set(yearly(year).map(String));
    known.set(year, days);
  }
  return days;
}

function yearly(year: number): Temporal.PlainDate[] {
  const { month, day } = gregorianEaster(year);
  const easter = Temporal.PlainDate.from({ year, month, day });
  const newYear = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  const christmas = newYear.with({ month: 12, day: 25 });
  const boxingDay = christmas.add({ days: 1 });
  return [
    newYear,
    ...(isWeekend(newYear) ? [mondayFrom(newYear)] : []),
    easter.subtract({ days: 2 }),
    easter.add({ days: 1 }),
    mondayFrom(newYear.with({ month: 5 })),
    mondayFrom(newYear.with({ month: 5, day: 25 })),
    mondayFrom(newYear.with({ month: 8, day: 25 })),
    christmas,
    boxingDay,
    ...substitutesAtChristmas(christmas, boxingDay),
  ];
}

/** Whichever of the two falls on a weekend is made up for by the next days that are free: Monday 27 and Tuesday 28 in 2027. */
function substitutesAtChristmas(
  christmas: Temporal.PlainDate,
  boxingDay: Temporal.PlainDate,
): Temporal.PlainDate[] {
  const substitutes: Temporal.PlainDate[] = [];
  for (const missed of [christmas, boxingDay].filter(isWeekend)) {
    let day = missed;
    while (isWeekend(day) || day.equals(boxingDay) || substitutes.some((taken) => taken.equals(day)))
      day = day.add({ days: 1 });
    substitutes.push(day);
  }
  return substitutes;
}

const isWeekend = (date: Temporal.PlainDate): boolean => date.dayOfWeek >= 6;

/** The date itself or the first Monday after it. */
const mondayFrom = (date: Temporal.PlainDate): Temporal.PlainDate =>
  date.add({ days: (8 - date.dayOfWeek) % 7 });
