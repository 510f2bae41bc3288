export type AwayDate =
  | { kind: 'until'; date: string }
  | { kind: 'off' }
  | { kind: 'past'; date: string }
  | { kind: 'too-far' }
  | { kind: 'unclear' };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const longestDays = 366;

/**
 * Reads "until 3 March", "until Friday", "until 3/3", "for 2 weeks", "tomorrow", "2027-03-03", "off", as people in
 * Britain write dates (day before month). Without a year the next such day is meant.
 * @param today local date `YYYY-MM-DD`.
 */
export function readAwayDate(words: string, today: string): AwayDate {
  const from = Temporal.PlainDate.from(today);
  const said = words
    .toLowerCase()
    .replace(/[,.]/g, ' ')
    .replace(/\b(until|till|to|up to|and including|including|for|on|the|of)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^(off|back|no|none|end|stop|over)$/.test(said)) return { kind: 'off' };
  const date = relative(said, from) ?? named(said, from) ?? numeric(said, from);
  if (!date) return { kind: 'unclear' };
  if (Temporal.PlainDate.compare(date, from) < 0) return { kind: 'past', date: date.toString() };
  return from.until(date).days > longestDays ? { kind: 'too-far' } : { kind: 'until', date: date.toString() };
}

function relative(said: string, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (said === 'today') return from;
  if (said === 'tomorrow') return from.add({ days: 1 });
  if (said === 'next week') return from.add({ days: 7 });
  const [, many, unit] = /^(a|one|\d{1,3}) (day|week|month)s?$/.exec(said) ?? [];
  if (many !== undefined && unit !== undefined) {
    const length = many === 'a' || many === 'one' ? 1 : Number(many);
    return from.add(
      unit === 'day' ? { days: length } : unit === 'week' ? { weeks: length } : { months: length },
    );
  }
  const [, day] = /^(?:next )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*$/.exec(said) ?? [];
  if (day === undefined) return undefined;
  const distance = (weekdays.indexOf(day) + 1 - from.dayOfWeek + 7) % 7;
  return from.add({ days: distance === 0 ? 7 : distance });
}

function named(said: string, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const dayFirst = /^(?:[a-z]+day )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})(?: (\d{4}))?$/.exec(said);
  const monthFirst = /^(?:[a-z]+day )?([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(said);
  const [day, name, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = months.indexOf(name?.slice(0, 3) ?? '') + 1;
  return month === 0 ? undefined : next(from, Number(day), month, year);
}

function numeric(said: string, from: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said);
  if (iso) return next(from, Number(iso[3]), Number(iso[2]), iso[1]);
  const british = /^(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?$/.exec(said);
  if (!british) return undefined;
  const year = british[3]?.length === 2 ? `20${british[3]}` : british[3];
  return next(from, Number(british[1]), Number(british[2]), year);
}

/** Without a year: this year's, or next year's where this year's is over. */
function next(
  from: Temporal.PlainDate,
  day: number,
  month: number,
  year: string | undefined,
): Temporal.PlainDate | undefined {
  const make = (inYear: number) => {
    try {
      return Temporal.PlainDate.from({ year: inYear, month, day }, { overflow: 'reject' });
    } catch {
      return undefined;
    }
  };
  if (year !== undefined) return make(Number(year));
  const thisYear = make(from.year);
  if (thisYear && Temporal.PlainDate.compare(thisYear, from) >= 0) return thisYear;
  return make(from.year + 1) ?? thisYear;
}
