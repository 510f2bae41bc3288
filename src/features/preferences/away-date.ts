import { nearest } from '../../content/nearest.ts';

export type AwayDate =
  /** The last day away. */
  | { kind: 'until'; date: string }
  | { kind: 'off' }
  | { kind: 'past'; date: string }
  | { kind: 'too-far' }
  /** `meant`: days it may stand for, to choose from. */
  | { kind: 'unclear'; meant?: string[] };

type Day = Temporal.PlainDate;
/** `isSure` only where the words name one day. Anything else is offered, never stored. */
type Read = { isSure: boolean; days: Day[] };

const sure = (day: Day): Read => ({ isSure: true, days: [day] });
const perhaps = (...days: Day[]): Read => ({ isSure: false, days });
const doubtful = (read: Read | undefined): Read | undefined => read && perhaps(...read.days);

/** Names and their usual abbreviations, by number. */
const numbered = (...lines: string[]): ReadonlyMap<string, number> =>
  new Map(lines.flatMap((line, at) => line.split(' ').map((name): [string, number] => [name, at + 1])));
const anyOf = (names: ReadonlyMap<string, unknown>): string => [...names.keys()].join('|');

// biome-ignore format: a table
const months = numbered('january jan', 'february feb', 'march mar', 'april apr', 'may', 'june jun', 'july jul',
  'august aug', 'september sept sep', 'october oct', 'november nov', 'december dec');
// biome-ignore format: a table
const weekdays = numbered('monday mon', 'tuesday tues tue', 'wednesday weds wed', 'thursday thurs thur thu',
  'friday fri', 'saturday sat', 'sunday sun');
// biome-ignore format: a table
const amounts = numbered('one a an', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven',
  'twelve');
/** Days that have a name and the same date every year. */
const feasts: ReadonlyMap<string, { month: number; day: number }> = new Map([
  ['christmas eve', { month: 12, day: 24 }],
  ['christmas', { month: 12, day: 25 }],
  ['christmas day', { month: 12, day: 25 }],
  ['boxing day', { month: 12, day: 26 }],
  ['new years eve', { month: 12, day: 31 }],
  ['new year', { month: 1, day: 1 }],
  ['new years day', { month: 1, day: 1 }],
]);

// biome-ignore format: a table
const ordinals = numbered('first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth',
  'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth',
  'twentieth', 'twenty-first', 'twenty-second', 'twenty-third', 'twenty-fourth', 'twenty-fifth', 'twenty-sixth',
  'twenty-seventh', 'twenty-eighth', 'twenty-ninth', 'thirtieth', 'thirty-first');

/** Written out, nothing else looks like one of these by accident. */
const longWords = [
  ...[...months, ...weekdays, ...amounts, ...feasts].flatMap(([name]) => name.split(' ')),
  ...'today tomorrow until till back week weeks month months days fortnight next year'.split(' '),
  // Not read, and no slip for what is.
  ...'hour hours minutes nights weekend there here half'.split(' '),
].filter((word) => word.length >= 4);

const longestDays = 366;
const off =
  /^(?:(?:off|no|none|end|stop|over|cancel|clear|remove|delete|reset)(?: away)?|(?:i ?am |im )?(?:back|here)(?: now| again| today)?|not away(?: any ?more| now)?|no longer away)$/;
const returning =
  /^(?:i |ill |i will )?(?:not )?(?:back|returning|return)(?: at work| to work| in the office)?(?: on| from| until)? (.+)$/;

/**
 * Reads the last day away as people in Britain write it (day before month): "until 3 March", "till Fri 4 Dec",
 * "3.12.2026", "the 14th", "two weeks", "until the end of next week", "back on Monday" (away up to Sunday), "off".
 * Without a year the next such day is meant. What may mean several days, or has a slip of the finger, is unclear.
 * @param today local date `YYYY-MM-DD`.
 */
export function readAwayDate(words: string, today: string): AwayDate {
  const from = Temporal.PlainDate.from(today);
  const said = tidy(words);
  if (off.test(said)) return { kind: 'off' };
  const heard = understand(said, from) ?? doubtful(understand(spellRight(said), from));
  // "Friday?" asks.
  const read = /\?\s*$/.test(words) ? doubtful(heard) : heard;
  const isOver = (day: Day) => Temporal.PlainDate.compare(day, from) < 0;
  const isTooFar = (day: Day) => from.until(day).days > longestDays;
  const [day] = read?.days ?? [];
  if (!read?.isSure || !day) {
    const meant = read?.days.filter((one) => !isOver(one) && !isTooFar(one)).map(String) ?? [];
    return { kind: 'unclear', ...(meant.length > 0 && { meant: [...new Set(meant)] }) };
  }
  // "Back on 3 March", on 3 March.
  if (returning.test(said) && day.add({ days: 1 }).equals(from)) return { kind: 'off' };
  if (isOver(day)) return { kind: 'past', date: day.toString() };
  return isTooFar(day) ? { kind: 'too-far' } : { kind: 'until', date: day.toString() };
}

/** "The fourteenth", "first of April"; "second" alone is none. */
const ordinalDay = new RegExp(
  `(?<=\\bthe )(?:${anyOf(ordinals).replaceAll('-', '[- ]')})\\b(?![- ](?:${anyOf(ordinals)}|week|half|day)\\b)|\\b(?:${anyOf(ordinals).replaceAll('-', '[- ]')})(?= of )`,
  'g',
);

/** Small letters, single spaces, plain dashes; without quotes, markup, commas, and what is only polite. */
function tidy(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['\u2018\u2019](?=\d\d\b)/g, '20')
    .replace(/\p{Cf}|['\u2018\u2019\u201b"\u201c\u201d*_~`()]/gu, '')
    .replace(/[\u2010-\u2015\u2212]|--/g, '-')
    .replace(/[,;!?]|\.(?!\d)|(?<!\d)\./g, ' ')
    .replace(/(?<=\d) ?\/ ?(?=\d)/g, '/')
    .replace(/\bxmas\b/g, 'christmas')
    .replace(ordinalDay, (name) => `${ordinals.get(name.replace(' ', '-'))}th`)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^please | (?:please|thanks|thank you|inclusive|included)$/g, '')
    .replace(/^(?:im|i am|ill be|i will be|were|we are) (?=\S+ )/, '')
    .replace(/^(?:away|out(?: of (?:the )?office)?|off|ooo|on (?:annual )?leave|on holiday) (?=\S)/, '')
    .replace(/^(?:from )?(?:now|today) (?:on )?(?=until |till |til |to |for )/, '')
    .replace(/^((?:until |till |til )?)(?:tonight|eod|end of (?:the )?day)$/, '$1today')
    .replace(/\b(?:(?:the )?end of (?:the )?day|eod|close of (?:play|business)|cop|cob)(?: on)? (?=\S)/, '')
    .replace(/(?<=\S) (?:eod|cop|cob|end of (?:the )?day|close of (?:play|business))$/, '')
    .replace(/\beow$/, 'end of the week')
    .replace(/\b(?:eom|month end)$/, 'end of the month');
}

/** Words that are nearly one of ours. What comes out is only ever offered. */
const spellRight = (said: string): string =>
  said.replace(/[a-z]{4,}/g, (word) =>
    longWords.includes(word) ? word : (nearest(word, longWords) ?? word),
  );

const timeOfDay =
  /^(.+?) (?:at )?(morning|afternoon|evening|night|noon|midday|lunchtime|lunch|\d{1,2} ?[ap]m|\d{1,2}[:.]\d\d(?: ?[ap]m)?)$/;

/** The day is quiet anyway, its evening included. Who is away "until Monday morning" may be back on Monday. */
function atTime(read: Read | undefined, time: string): Read | undefined {
  if (/^(?:evening|night)$/.test(time)) return read;
  return time === 'morning' ? orTheDayBefore(read) : doubtful(read);
}

const orTheDayBefore = (read: Read | undefined): Read | undefined =>
  read && perhaps(...read.days.flatMap((day) => [day.subtract({ days: 1 }), day]));

function understand(said: string, from: Day): Read | undefined {
  const after = (pattern: RegExp): string | undefined => pattern.exec(said)?.[1];
  if (/^(?:just |only )?(?:for )?today(?: only)?$/.test(said)) return sure(from);

  const withTime = timeOfDay.exec(said);
  const read = withTime && atTime(understand(withTime[1] ?? '', from), withTime[2] ?? '');
  if (read) return read;
  const absent = after(/^not (?:here|there|in|around|available|at work) until (.+)$/);
  if (absent !== undefined) return orTheDayBefore(namedDay(absent, from));
  const back = after(returning);
  if (back !== undefined) return dayBefore(back, from);
  const last = after(/^(?:until|till|til|up to|through|to)(?: and)?(?: including)? (.+)$/);
  if (last !== undefined) return namedDay(last, from) ?? doubtful(length(last, from));
  const lasting = after(/^for (?:the next )?(.+)$/);
  if (lasting !== undefined)
    return length(lasting, from) ?? stretch(lasting, from) ?? doubtful(namedDay(lasting, from));

  const plain = namedDay(said, from) ?? length(said, from) ?? stretch(said, from);
  if (plain) return plain;
  // I am quiet from now on. "On Friday" is that day alone, and "3 to 10 March" begins later: that is asked.
  const end =
    after(/^(?:on|by|in|around|about) (.+)$/) ??
    after(/^.+? (?:to|until|till|til|-) (.+)$/) ??
    after(/^[^-]+-([^-]+)$/);
  return end === undefined ? undefined : doubtful(namedDay(end, from) ?? length(end, from));
}

/** Who is back on Monday is away up to Sunday. */
function dayBefore(back: string, from: Day): Read | undefined {
  const unit = /^next (week|month|year)$/.exec(back)?.[1];
  if (unit !== undefined) return perhaps(endOf(unit, from));
  const read = namedDay(back, from) ?? length(back.replace(/^in /, ''), from);
  return read && { ...read, days: read.days.map((day) => day.subtract({ days: 1 })) };
}

function namedDay(words: string, from: Day): Read | undefined {
  const said = words.replace(/^the /, '');
  if (said === 'today') return sure(from);
  if (said === 'tomorrow') return sure(from.add({ days: 1 }));
  if (said === 'day after tomorrow') return sure(from.add({ days: 2 }));
  const [, long, day] =
    /^(?:(.+?) (?:from )?(?=to)|(?=\w+ week$))(today|tomorrow)(?: week)?$/.exec(said) ?? [];
  if (day !== undefined)
    return length(
      long === undefined || long === 'week' ? 'a week' : long,
      from.add({ days: day === 'today' ? 0 : 1 }),
    );
  const feast = feasts.get(said);
  if (feast) return inYear(feast, undefined, from);
  return weekday(said, from) ?? date(said, from) ?? lastDay(said, from);
}

const weekdayName = anyOf(weekdays);
const weekdayForm = new RegExp(
  `^(?:(this|this coming|coming|next|a week on|next week) )?(${weekdayName})(?: (next|week|(?:of )?next week))?$`,
);

function weekday(said: string, from: Day): Read | undefined {
  const [, before, name = '', behind] = weekdayForm.exec(said) ?? [];
  const number = weekdays.get(name);
  if (number === undefined || (before && behind)) return undefined;
  const coming = from.add({ days: ((number - from.dayOfWeek + 6) % 7) + 1 });
  const how = before ?? behind;
  if (how === 'week' || how === 'a week on') return sure(coming.add({ weeks: 1 }));
  if (how?.endsWith('next week')) return sure(from.add({ days: 7 - from.dayOfWeek + number }));
  // On a Tuesday, "next Friday" is this week's to some, and next week's to others; "next Monday" is the same to all.
  if (how === 'next' && number > from.dayOfWeek) return perhaps(coming, coming.add({ weeks: 1 }));
  return sure(coming);
}

const dateWithWeekday = new RegExp(`^(?:(${weekdayName}) (?:the )?)?(.+?)(?: (${weekdayName}))?$`);

function date(said: string, from: Day): Read | undefined {
  const [, before, rest = '', behind] = dateWithWeekday.exec(said) ?? [];
  const read = numeric(rest, from) ?? withMonth(rest, from) ?? dayOfMonth(rest, from);
  const number = weekdays.get(before ?? behind ?? '');
  const isThatDay = number === undefined || read?.days.every(({ dayOfWeek }) => dayOfWeek === number);
  return isThatDay ? read : doubtful(read);
}

function numeric(said: string, from: Day): Read | undefined {
  const [, year, , month, day] = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(said) ?? [];
  if (year !== undefined) return inYear({ month, day }, year, from);
  const [, first, sign, second, ofYear] = /^(\d{1,2})([-/. ])(\d{1,2})(?:\2(\d{4}|\d\d))?$/.exec(said) ?? [];
  const british = inYear({ day: first, month: second }, ofYear, from);
  // "12/25" can be no other day; "4.10" may be ten past four.
  if (!british) return doubtful(inYear({ day: second, month: first }, ofYear, from));
  return ofYear === undefined && (sign === '.' || sign === ' ') ? doubtful(british) : british;
}

const monthName = anyOf(months);
const dayFirst = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th)?[-/. ]?(?:of )?(${monthName})(?:[-/. ]?(\\d{4}|\\d\\d))?$`,
);
const monthFirst = new RegExp(
  `^(${monthName})[-/. ]?(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?:[-/. ](\\d{4}|\\d\\d))?$`,
);

function withMonth(said: string, from: Day): Read | undefined {
  const [, day, name, year] = dayFirst.exec(said) ?? [];
  if (name !== undefined) return inYear({ day, month: months.get(name) }, year, from);
  const [, first, second, third] = monthFirst.exec(said) ?? [];
  return first === undefined ? undefined : inYear({ day: second, month: months.get(first) }, third, from);
}

/** "The 14th": of this month, or of the next that has such a day. "14" alone may be anything. */
function dayOfMonth(said: string, from: Day): Read | undefined {
  const [, day, isNamed, which] = /^(\d{1,2})(st|nd|rd|th)?(?: of (this|next|the) month)?$/.exec(said) ?? [];
  for (let ahead = which === 'next' ? 1 : 0; day !== undefined && ahead < 3; ahead += 1) {
    const { year, month } = from.add({ months: ahead });
    const read = inYear({ day, month }, String(year), from);
    const isOver = read?.days.some((one) => Temporal.PlainDate.compare(one, from) < 0);
    if (which !== undefined || (read && !isOver)) return isNamed ? read : doubtful(read);
  }
  return undefined;
}

function lastDay(said: string, from: Day): Read | undefined {
  const [, next, unit] = /^end of (?:(next) |the |this )?(day|week|month|year)$/.exec(said) ?? [];
  if (unit !== undefined) return sure(endOf(unit, next ? from.add({ [`${unit}s`]: 1 }) : from));
  const [, coming] = /^(?:all (?:of )?|whole of )?next (week|month|year)$/.exec(said) ?? [];
  // To be back then, or to be away till it is over?
  if (coming !== undefined)
    return perhaps(endOf(coming, from), endOf(coming, from.add({ [`${coming}s`]: 1 })));
  const [, name = '', year] = new RegExp(`^end of (${monthName})(?: (\\d{4}))?$`).exec(said) ?? [];
  const month = months.get(name);
  if (month === undefined) return undefined;
  const first = from.with({ day: 1, month, ...(year !== undefined && { year: Number(year) }) });
  const isOver = year === undefined && month < from.month;
  return sure(endOf('month', isOver ? first.add({ years: 1 }) : first));
}

function stretch(said: string, from: Day): Read | undefined {
  const [, rest] =
    /^(?:this|(?:all|all of|(?:the )?(?:rest|whole) of)(?: this| the)?) (day|week|month|year)$/.exec(said) ??
    [];
  if (rest !== undefined) return sure(endOf(rest, from));
  // "For the month": until it ends, or a month from now?
  const [, unit] = /^(?:the )?(week|month|year)$/.exec(said) ?? [];
  return unit === undefined ? undefined : perhaps(endOf(unit, from), from.add({ [`${unit}s`]: 1 }));
}

const lengthForm = new RegExp(
  `^(?:(\\d{1,3}|${anyOf(amounts)}|a couple of) ?|(?=fortnight))(day|week|wk|fortnight|month|year)s?(?: time)?(?: from (?:now|today))?$`,
);

/** "Two weeks": today and that many days more. */
function length(said: string, from: Day): Read | undefined {
  const [, many = 'a', unit] = lengthForm.exec(said) ?? [];
  const amount = many === 'a couple of' ? 2 : (amounts.get(many) ?? Number(many));
  if (unit === undefined || amount === 0) return undefined;
  const day = from.add(
    unit === 'fortnight'
      ? { weeks: 2 * amount }
      : unit === 'wk'
        ? { weeks: amount }
        : { [`${unit}s`]: amount },
  );
  return many === 'a couple of' ? perhaps(day) : sure(day);
}

function endOf(unit: string, day: Day): Day {
  if (unit === 'week') return day.add({ days: 7 - day.dayOfWeek });
  if (unit === 'month') return day.with({ day: day.daysInMonth });
  return unit === 'year' ? day.with({ month: 12, day: 31 }) : day;
}

/** Without a year: this year's, or next year's where this year's is over. @param year two digits are of this century. */
function inYear(
  written: { day: string | number | undefined; month: string | number | undefined },
  year: string | undefined,
  from: Day,
): Read | undefined {
  const make = (inThe: number): Read | undefined => {
    try {
      const fields = { year: inThe, month: Number(written.month), day: Number(written.day) };
      return sure(Temporal.PlainDate.from(fields, { overflow: 'reject' }));
    } catch {
      return undefined;
    }
  };
  if (year !== undefined) return make(Number(year.length === 2 ? `20${year}` : year));
  const thisYear = make(from.year);
  if (thisYear?.days.every((day) => Temporal.PlainDate.compare(day, from) >= 0)) return thisYear;
  return make(from.year + 1) ?? thisYear;
}
