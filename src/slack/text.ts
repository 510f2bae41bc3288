import { once } from '../lib/once.ts';
import { Remembered } from '../lib/remembered.ts';

/** Text that is safe to give to Slack as mrkdwn: made only by the functions here. */
export type Mrkdwn = { readonly kind: 'mrkdwn'; readonly text: string };

const trusted = (text: string): Mrkdwn => ({ kind: 'mrkdwn', text });

/**
 * The one way to write mrkdwn. What stands in the template is ours and may hold markup; every interpolated string is
 * somebody's and is made harmless. Another `Mrkdwn` goes in as it is. Bold ends at the next asterisk, and Slack draws no italics
 * around marks made harmless, so that what holds one is not made bold or italic.
 */
export function mrkdwn(ours: TemplateStringsArray, ...theirs: (string | number | Mrkdwn)[]): Mrkdwn {
  const parts = [...ours];
  for (const [index, value] of theirs.entries()) {
    const [before = '', after = ''] = [parts[index], parts[index + 1]];
    if (typeof value !== 'string') continue;
    const isWrapped = (mark: string) => before.endsWith(mark) && after.startsWith(mark);
    const isBroken = (isWrapped('*') && value.includes('*')) || (isWrapped('_') && /[*_~`]/.test(value));
    if (!isBroken) continue;
    parts[index] = before.slice(0, -1);
    parts[index + 1] = after.slice(1);
  }
  return trusted(
    parts.reduce((text, part, index) => {
      const value = theirs[index - 1];
      return text + (typeof value === 'object' ? value.text : escapeMrkdwn(String(value ?? ''))) + part;
    }),
  );
}

/** Joins pieces, leaving out the empty ones. */
export function joinMrkdwn(parts: (Mrkdwn | undefined | false)[], separator: string): Mrkdwn {
  return trusted(
    parts
      .filter((part): part is Mrkdwn => typeof part === 'object')
      .map((part) => part.text)
      .join(separator),
  );
}

/**
 * `&`, `<` and `>` as Slack asks, in that order and once; and a zero-width space beside `*`, `_`, `~` and the backtick,
 * which have no escape of their own. What turns the direction of everything after it goes.
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeMrkdwn(text: string): string {
  // Most text has none of these, and a page asks some eighty times.
  if (!/[&<>*_~`\u202a-\u202e\u2066-\u2069]/.test(text)) return text;
  return escapeEntities(text)
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[*_~`]/g, '\u200b$&\u200b')
    .replace(/^(\s*)(&gt;)/gm, '$1\u200b$2');
}

/**
 * What somebody wrote, in bold. Where it holds marks of its own it stands plainly: Slack would end the bold at the first of
 * them, and draw what follows as it likes.
 */
export const bold = (theirs: string): Mrkdwn =>
  /[*_~`]/.test(theirs) || theirs.trim() === '' ? mrkdwn`${theirs}` : mrkdwn`*${theirs.trim()}*`;

/** For the top-level `text` of a message, which is mrkdwn too. */
export function escapeEntities(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** What Slack escaped on the way in (command text, button text) as the person typed it. */
export function decodeEntities(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/**
 * A link; without a safe address, only its label. Slack reads a link only where it stands on one line, ends the address at
 * a space or bar, and lets markup act in the label (on some phones it is then no link at all).
 */
export function link(url: string, label: string): Mrkdwn {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['http:', 'https:', 'mailto:', 'tel:'].includes(address.protocol)) return mrkdwn`${label}`;
  const href = address.href.replace(/[\s<>|"`]/g, encodeURIComponent);
  const line = label
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  // A label that nobody sees would be a link that nobody sees.
  const shown = /[^\p{C}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(line) ? line : href;
  const safe = escapeMrkdwn(shown)
    .replace(/\|/g, '\u00a6')
    .replace(/:(?=[\w'+-]+:)/g, ':\u200b');
  return trusted(`<${escapeEntities(href)}|${safe}>`);
}

/** Slack shows the person's current name. Anything that is no Slack id stays plain text. */
export function mention(slackId: string): Mrkdwn {
  return /^[UW][A-Z0-9]+$/.test(slackId) ? trusted(`<@${slackId}>`) : mrkdwn`${slackId}`;
}

export function channelMention(channelId: string): Mrkdwn {
  return /^[CG][A-Z0-9]+$/.test(channelId) ? trusted(`<#${channelId}>`) : mrkdwn`${channelId}`;
}

/**
 * An instant in each reader's own zone: "Tuesday, March 3rd at 10:00" as their Slack writes it.
 * @param zone IANA, for the fallback that old clients and notifications show.
 * @see https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function localTime(at: Date, zone: string): Mrkdwn {
  return trusted(`<!date^${Math.floor(at.getTime() / 1000)}^{date_long_pretty} {time}|${sayTime(at, zone)}>`);
}

/** The day alone, by its noon: Slack writes it as "today" and "tomorrow" where it is, whenever it is read. */
export function localDay(at: Date, zone: string): Mrkdwn {
  const [year = 0, month = 1, day = 1] = inZone(zone).plain.format(at).split('-').map(Number);
  const noon = Date.UTC(year, month - 1, day, 12) / 1000;
  return trusted(`<!date^${noon}^{date_long_pretty}|${sayDay(at, zone)}>`);
}

/** As `localTime`, of when something ends: what ends at midnight ends with the day before. */
export function endTime(at: Date, zone: string): Mrkdwn {
  return isMidnight(at, zone)
    ? mrkdwn`the end of ${localDay(new Date(at.getTime() - 1), zone)}`
    : localTime(at, zone);
}

/** The day with which it ends. */
export const endDay = (at: Date, zone: string): string =>
  sayDay(isMidnight(at, zone) ? new Date(at.getTime() - 1) : at, zone);

/** "on Tuesday 3 March, 10:00", or "at the end of Tuesday 3 March", for plain text. */
export const sayEnd = (at: Date, zone: string): string =>
  isMidnight(at, zone) ? `at the end of ${endDay(at, zone)}` : `on ${sayTime(at, zone)}`;

const isMidnight = (at: Date, zone: string): boolean => inZone(zone).time.format(at) === '00:00';

/** "Tuesday 3 March, 10:00" in the given IANA zone, for plain text. */
export const sayTime = (at: Date, zone: string): string =>
  `${sayDay(at, zone)}, ${inZone(zone).time.format(at)}`;

/** "Tuesday 3 March" in the given IANA zone. */
export const sayDay = (at: Date, zone: string): string => inZone(zone).day.format(at).replace(',', '');

/** "3 Mar", where many stand side by side. */
export const sayShortDay = (at: Date, zone: string): string => inZone(zone).short.format(at);

type Formats = Record<'day' | 'short' | 'time' | 'plain', Intl.DateTimeFormat>;
const formats = new Remembered<Formats>(20);
/** Making one takes longer than anything that is done with it. */
const inZone = (timeZone: string) =>
  formats.get(timeZone, () => ({
    day: new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' }),
    // YYYY-MM-DD
    plain: new Intl.DateTimeFormat('en-CA', { timeZone }),
    short: new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }),
    time: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
  }));

/** A local date `YYYY-MM-DD` as "Tuesday 3 March". */
export const sayDate = (date: string): string => sayDay(new Date(`${date}T12:00:00Z`), 'UTC');

/**
 * A local date as "Tuesday 3 March", and with its year where it is not within the twelve months to come or the half year
 * behind. @param today local date.
 */
export function sayDateFrom(date: string, today: string): string {
  const days = Temporal.PlainDate.from(today).until(date).days;
  return days > -halfYear && days < year ? sayDate(date) : `${sayDate(date)} ${date.slice(0, 4)}`;
}
const halfYear = 182;
const year = 365;

/** A local date `YYYY-MM-DD` as "3 March 2026". */
export const sayFullDate = (date: string): string => fullDates().format(new Date(`${date}T12:00:00Z`));
const fullDates = once(
  () => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }),
);

/** Shortens to at most `max` code points (what Slack counts), with an ellipsis, never inside a character. */
export function clip(text: string, max: number): string {
  // Never more characters than code units, and most texts are short.
  if (text.length <= max) return text;
  const points = Array.from(text);
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** Like `clip`, and no word is cut, unless the first is too long already. */
export function clipAtWord(text: string, max: number): string {
  const cut = clip(text, max);
  if (cut === text) return text;
  const end = cut.lastIndexOf(' ');
  return end > 0 ? `${cut.slice(0, end).replace(/[\s,;:\u2013\u2014-]+$/u, '')}\u2026` : cut;
}

/**
 * Text without what nobody sees and what makes others see another text than the one that is there: control characters
 * other than the ends of lines and tabs, and what turns the direction of everything after it.
 */
export const withoutHidden = (text: string): string =>
  text.replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '');

/** What a person typed on one line: trimmed, smart quotes and dashes made plain, odd spaces made plain, no controls. */
export function tidyLine(text: string): string {
  return withoutHidden(text.replace(/\p{Cc}+/gu, ' '))
    .normalize('NFC')
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/\u2014/g, '--')
    .replace(/\u2026/g, '...')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
}

/** "1 person", "3 people". */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

/** "1 hour 30 minutes". */
export function sayLength(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [
    ...(hours > 0 ? [count(hours, 'hour', 'hours')] : []),
    ...(rest > 0 || hours === 0 ? [count(rest, 'minute', 'minutes')] : []),
  ].join(' ');
}

/** "a, b and c". */
export const list = (items: readonly string[]): string => lists().format(items);
const lists = once(() => new Intl.ListFormat('en-GB'));

/** Cut into pieces of at most `max` code points, at the end of a line where there is one; joined they are the whole. */
export function piecesOf(text: string, max = 2900): string[] {
  const points = Array.from(text);
  const pieces: string[] = [];
  let from = 0;
  while (from < points.length) {
    let to = Math.min(points.length, from + max);
    if (to < points.length) {
      const line = points.lastIndexOf('\n', to - 1);
      if (line > from + max / 2) to = line + 1;
    }
    pieces.push(points.slice(from, to).join(''));
    from = to;
  }
  return pieces;
}
