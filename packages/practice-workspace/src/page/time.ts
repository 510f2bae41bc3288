/** Dates as people say them, always in the zone of the person who reads them. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(tz: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tz}|${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: tz });
  } catch {
    // A person's zone can be missing or unknown; the workspace itself is in London.
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'Europe/London' });
  }
  formatters.set(key, made);
  return made;
}

function show(at: Date, tz: string, options: Intl.DateTimeFormatOptions): string {
  return formatter(tz, options).format(at).replace(/,/g, '');
}

export function timeOfDay(at: Date, tz: string): string {
  return show(at, tz, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** "2026-03-03": also what a date picker holds. */
export function isoDay(at: Date, tz: string): string {
  const parts = new Map(
    formatter(tz, { year: 'numeric', month: '2-digit', day: '2-digit' })
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

function daysBetween(from: Date, to: Date, tz: string): number {
  const day = (at: Date) => Date.parse(`${isoDay(at, tz)}T00:00:00Z`);
  return Math.round((day(to) - day(from)) / 86_400_000);
}

const nearYear = 183;

function longDay(at: Date, now: Date, tz: string, options: Intl.DateTimeFormatOptions): string {
  const near = Math.abs(daysBetween(now, at, tz)) < nearYear;
  return show(at, tz, near ? options : { ...options, year: 'numeric' });
}

function nearDay(at: Date, now: Date, tz: string): string | undefined {
  const days = daysBetween(now, at, tz);
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : undefined;
}

const weekday: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };

/** "Tuesday 3 March, 10:00" */
export function clockText(at: Date, tz: string): string {
  return `${show(at, tz, weekday)}, ${timeOfDay(at, tz)}`;
}

/** The line between two days of messages. */
export function dayText(at: Date, now: Date, tz: string): string {
  return capital(nearDay(at, now, tz) ?? longDay(at, now, tz, weekday));
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "in 20 minutes", "2 days ago" */
export function agoText(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const units = [
    ['year', 31_536_000],
    ['month', 2_592_000],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  for (const [unit, size] of units) {
    const count = Math.floor(Math.abs(seconds) / size);
    if (count < 1) continue;
    const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
    return seconds > 0 ? `in ${words}` : `${words} ago`;
  }
  return seconds > 0 ? 'in a moment' : 'just now';
}

type Reading = { at: Date; now: Date; tz: string };

const tokens: Record<string, (reading: Reading) => string> = {
  date_num: ({ at, tz }) => isoDay(at, tz),
  date_slash: ({ at, tz }) => show(at, tz, { day: '2-digit', month: '2-digit', year: 'numeric' }),
  date: ({ at, now, tz }) => longDay(at, now, tz, { day: 'numeric', month: 'long' }),
  date_short: ({ at, now, tz }) => longDay(at, now, tz, { day: 'numeric', month: 'short' }),
  date_long: ({ at, now, tz }) => longDay(at, now, tz, weekday),
  time: ({ at, tz }) => timeOfDay(at, tz),
  time_secs: ({ at, tz }) =>
    show(at, tz, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
  ago: ({ at, now }) => agoText(at, now),
  day_divider_pretty: ({ at, now, tz }) => nearDay(at, now, tz) ?? longDay(at, now, tz, weekday),
};
for (const name of ['date', 'date_short', 'date_long']) {
  const plain = tokens[name];
  if (plain)
    tokens[`${name}_pretty`] = (reading) => nearDay(reading.at, reading.now, reading.tz) ?? plain(reading);
}

/** Slack's date token, e.g. `{date_short_pretty} at {time}`. A format nobody knows leaves the fallback to be shown. */
export function dateToken(unix: number, format: string, reading: Omit<Reading, 'at'>): string | undefined {
  const at = new Date(unix * 1000);
  if (Number.isNaN(at.getTime())) return undefined;
  let unknown = false;
  const text = format.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
    const token = Object.hasOwn(tokens, name) ? tokens[name] : undefined;
    if (!token) unknown = true;
    return token ? token({ ...reading, at }) : '';
  });
  if (unknown) return undefined;
  return text;
}

/** Unix seconds of a wall-clock day and time in a zone. A time that the clock change skips moves on by an hour. */
export function toUnix(day: string, time: string, tz: string): number | undefined {
  const wall = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(wall)) return undefined;
  let at = wall;
  // Two rounds settle the offset even where the first guess falls on the other side of a clock change.
  for (let round = 0; round < 2; round++) {
    const shown = new Date(at);
    const seen = Date.parse(`${isoDay(shown, tz)}T${timeOfDay(shown, tz)}:00Z`);
    at += wall - seen;
  }
  return Math.round(at / 1000);
}

export function fromUnix(unix: number, tz: string): { day: string; time: string } {
  const at = new Date(unix * 1000);
  return { day: isoDay(at, tz), time: timeOfDay(at, tz) };
}
