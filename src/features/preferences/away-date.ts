import { gregorianEaster } from 'date-easter';
import { nearest } from '../../content/nearest.ts';

export type AwayDate =
  /** The last day away. */
  | { kind: 'until'; date: string }
  | { kind: 'off' }
  | { kind: 'past'; date: string }
  | { kind: 'too-far' }
  /** `meant`: days it may stand for, to choose from. */
  | { kind: 'unclear'; meant?: string[]; because?: Because };

/**
 * Why it is asked, where that is more than a doubt: it begins on a later day, it is more than one stretch, its days are not
 * the same everywhere, or it has no end. One stretch from today on is all that is kept.
 */
export type Because = 'later' | 'several' | 'differs' | 'endless';

type Day = Temporal.PlainDate;
/** `isSure` only where the words name one day. Anything else is offered, never stored. */
type Read = { isSure: boolean; days: Day[]; because?: Because };

const sure = (day: Day): Read => ({ isSure: true, days: [day] });
const perhaps = (...days: Day[]): Read => ({ isSure: false, days });
const doubtful = (read: Read | undefined): Read | undefined => read && { ...read, isSure: false };
const because = (why: Because, ...days: Day[]): Read => ({ isSure: false, days, because: why });

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

/** Days after Easter Sunday. "Easter" alone may mean any of them. */
const easterDays: ReadonlyMap<string, readonly number[]> = new Map([
  ['good friday', [-2]],
  ['easter sunday', [0]],
  ['easter monday', [1]],
  ['easter', [-3, 1]],
]);

function easterDay(after: readonly number[], from: Day): Read {
  const inThe = (year: number): Day[] => {
    const { month, day } = gregorianEaster(year);
    const sunday = Temporal.PlainDate.from({ year, month, day });
    return after.map((days) => sunday.add({ days }));
  };
  const thisYear = inThe(from.year);
  const isAhead = thisYear.every((day) => Temporal.PlainDate.compare(day, from) >= 0);
  const days = isAhead ? thisYear : inThe(from.year + 1);
  return { isSure: days.length === 1, days };
}

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
  ...'hour hours minutes nights weekend there here half easter good leave over this from'.split(' '),
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
    return {
      kind: 'unclear',
      ...(meant.length > 0 && { meant: [...new Set(meant)] }),
      ...(read?.because && { because: read.because }),
    };
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

/** Reasons to be away that say nothing of how long. */
const endless =
  '(?:(?:maternity|paternity|parental|shared parental|adoption|sick|annual|study|carers?|compassionate|bereavement|special|unpaid|family)(?: leave)?|leave|sick|ill|poorly|sabbatical|secondment|career break|jury (?:duty|service)|holidays?|hols|vacation|the summer|summer)';
const withoutEnd = new RegExp(
  `^(?:(?:i am|im|i will be|ill be|we are|were) )?(?:(?:on |off |over |for |until |till )*(?:a |my )?${endless}|away|off|ooo|out of (?:the )?office|not (?:in|working|at work))$`,
);
/** What schools and councils have on days of their own. */
const ofSchools =
  /^(?:on |over |for |until |till |til |during |from )*(?:(?:the )?end of )?(?:the )?(?:(?:autumn|spring|summer|winter|christmas|easter|february|may|october|next|this) )*(?:half ?-?term|term(?: ?time)?|school (?:holidays?|term|year)|(?:easter|summer|christmas|spring|autumn) (?:holidays?|hols|break|term)|inset days?)(?: holidays?| week| break)?$/;

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
    .replace(/^(?:away|out(?: of (?:the )?office)?|off|ooo|on leave|on holiday|on vacation) (?=\S)/, '')
    .replace(
      new RegExp(
        `^(?:on |off )?(?:${endless}) (?=(?:until|till|til|to|up to|through|for|from|back|starting|over) )`,
      ),
      '',
    )
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
  if (
    /^(?:just |only )?(?:for )?(?:today|(?:(?:the )?rest of )?this (?:morning|afternoon|evening))(?: only)?$/.test(
      said,
    )
  )
    return sure(from);
  if (ofSchools.test(said)) return because('differs');
  if (withoutEnd.test(said)) return because('endless');
  const apart = severalDays(said, from) ?? beginningLater(said, from);
  if (apart) return apart;

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
  const then = after(/^on (.+)$/);
  const alone = then === undefined ? undefined : namedDay(then, from);
  if (alone) return startsOn(alone.days[0] ?? from, from, doubtful(alone) ?? alone);
  const end =
    after(/^(?:by|in|around|about) (.+)$/) ??
    after(/^.+? (?:to|until|till|til|-) (.+)$/) ??
    after(/^[^-]+-([^-]+)$/);
  return end === undefined ? undefined : doubtful(namedDay(end, from) ?? length(end, from));
}

/** What is read of a stretch that begins on `start`: later than today, it cannot be kept as such. */
const startsOn = (start: Day, from: Day, read: Read): Read =>
  Temporal.PlainDate.compare(start, from) > 0 ? because('later', ...read.days) : read;

/** "From Monday for two weeks", "two weeks from 7 December", "24 Dec to 2 Jan", "next week", "over Christmas". */
function beginningLater(said: string, from: Day): Read | undefined {
  const [, coming] =
    /^(?:(?:for|during|over|on) )?(?:(?:all|the whole|whole)(?: of)? )?next (week|month|year)$/.exec(said) ??
    [];
  if (coming !== undefined) return because('later', endOf(coming, from.add({ [`${coming}s`]: 1 })));
  const [, time] = /^(?:over|during|for) (?:the )?(.+?)(?: (?:period|break))?$/.exec(said) ?? [];
  const over = time === undefined ? undefined : lastOf(time, from);
  if (over) return over;
  const begins = '(?:from|starting|beginning|as of|as from)';
  const [, first, link, last] =
    new RegExp(`^${begins} (.+?)(?: (to|until|till|til|through|for|-) (?:the )?(.+))?$`).exec(said) ??
    /^(.+?)(?: ?(-) ?| (to|until|till|til|through) )(?:the )?(.+)$/.exec(said)?.toSpliced(3, 1) ??
    [];
  const turned = new RegExp(`^(?:for )?(.+?) ${begins} (.+)$`).exec(said);
  const start = namedDay(first ?? turned?.[2] ?? '', from)?.days[0];
  if (!start || Temporal.PlainDate.compare(start, from) <= 0) return undefined;
  const long = link === 'for' ? last : turned?.[1];
  const end =
    long === undefined
      ? last === undefined
        ? []
        : (namedDay(last, start)?.days ?? [])
      : (length(long, start)?.days ?? []).map((day) => day.subtract({ days: 1 }));
  return link === undefined || end.length > 0 ? because('later', ...end) : undefined;
}

/** The last days of a time that is named after a feast, or of the weekend. */
function lastOf(time: string, from: Day): Read | undefined {
  if (/^(?:this |coming )*weekend$/.test(time)) return perhaps(endOf('week', from));
  if (time === 'easter' || time === 'easter weekend') return doubtful(namedDay('easter monday', from));
  const isChristmas = /^christmas(?: and (?:the )?new year)?$/.test(time);
  if (!isChristmas && time !== 'new year') return undefined;
  const year = namedDay(isChristmas ? 'christmas day' : 'new year', from)?.days[0] ?? from;
  const newYear = isChristmas ? year.with({ month: 1, day: 1 }).add({ years: 1 }) : year;
  return because('later', ...(time === 'christmas' ? [year.with({ month: 12, day: 26 })] : []), newYear);
}

const dayList = new RegExp(
  `^(?:on |every |each |only )*(?:${anyOf(weekdays)})s?(?:(?: ?[/&+-] ?| and | or | )(?:every |each |on )*(?:${anyOf(weekdays)})s?)+$`,
);
const eachWeek = new RegExp(`^(?:on )?(?:(?:every|each) (?:${anyOf(weekdays)})|(?:${anyOf(weekdays)})s)$`);

/** "Mon, Tue and Thu", "the 7th and the 9th", "every Friday". */
function severalDays(said: string, from: Day): Read | undefined {
  if (eachWeek.test(said)) return because('several');
  if (dayList.test(said) && !/^\S+ ?- ?\S+$/.test(said)) {
    const names = [...said.matchAll(new RegExp(`\\b(${anyOf(weekdays)})`, 'g'))].map(([name]) => name);
    let last = from;
    for (const name of names) last = weekday(name, last)?.days[0] ?? last;
    return because('several', ...(/every|each|days\b/.test(said) ? [] : [last]));
  }
  const [, one, other] = /^(?:on )?(.+) (?:and|&) (?:on )?(.+)$/.exec(said) ?? [];
  const [first, last] = [namedDay(one ?? '', from), namedDay(other ?? '', from)];
  return first && last ? because('several', ...last.days) : undefined;
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
  const easter = easterDays.get(said);
  if (easter) return easterDay(easter, from);
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
  const [, coming] = /^next (week|month|year)$/.exec(said) ?? [];
  // "Until next week": to be back then, or to be away till it is over?
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

const awayWords =
  '(?:away|off|out of (?:the )?office|ooo|on (?:my |a )?(?:holidays?|vacation|leave|sabbatical|(?:[a-z]+ ){1,2}leave)|(?:[a-z]+ ){0,2}leave|back|not (?:in|here|working))';
const saysAway = new RegExp(
  `^(?:i ?am|i'?m|i will be|i'?ll be|we are|we're) (?:going |gone |now )?${awayWords}\\b`,
);
const beginsAway = new RegExp(`^${awayWords}\\b`);

/**
 * Whether a line that names no command says that somebody is away or back: "I am away next week", "on holiday until Friday",
 * "I'm back". Only where it can be read as that: "back pain" and "maternity leave" are searches.
 * @param today local date `YYYY-MM-DD`.
 */
export function saysSomebodyIsAway(line: string, today: string): boolean {
  const said = line.toLowerCase().replaceAll('\u2019', "'");
  if (said.length > longestLine) return false;
  const read = readAwayDate(line, today);
  const isRead = read.kind !== 'unclear' || read.meant !== undefined;
  if (saysAway.test(said)) return isRead || read.because !== undefined || said.split(' ').length <= 4;
  return beginsAway.test(said) && isRead && said !== 'off';
}

/**
 * Whether what stands behind "away" is meant for a day: it can be read as one, nearly, or speaks of time in few words.
 * "Holiday club for a disabled child" and "away from home a lot" are searches.
 * @param today local date `YYYY-MM-DD`.
 */
export function isMeantForDay(words: string, today: string): boolean {
  if (words.length > longestLine) return false;
  // "Away from school for weeks"
  const from = /^from (?:the |this |about )?(\S+)/i.exec(words)?.[1];
  if (from !== undefined && !ofTime.test(from)) return false;
  const read = readAwayDate(words, today);
  if (read.kind !== 'unclear' || read.meant !== undefined || read.because !== undefined) return true;
  return ofTime.test(words) && words.split(' ').length <= 5;
}
const ofTime =
  /\d|\b(?:until|till?|whenever|while|soon|later|long|next|today|tomorrow|weekends?|weeks?|months?|mon|tue|wed|thu|fri|sat|sun)/i;

/** Who writes more tells something else. */
const longestLine = 80;
