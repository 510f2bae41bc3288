import {
  channelMention,
  joinMrkdwn,
  link,
  type Mrkdwn,
  mrkdwn,
  sayFullDate,
  sayLength,
  tidyLine,
} from '../../slack/text.ts';
import { type About, longest } from './body.ts';

/** What somebody said in a few characters, or the rule in words for beside the field. */
export type Said<Value> = { kind: 'said'; value: Value } | { kind: 'wrong'; words: string };
const said = <Value>(value: Value): Said<Value> => ({ kind: 'said', value });
const wrong = (words: string): Said<never> => ({ kind: 'wrong', words });

/** A hundred hours: a long course. */
const mostMinutes = 6000;
const minutesRule =
  'Please give minutes from 1 on, up to 100 hours: for example 20, or 1h 30, or leave it empty.';

/** "20", "20 min", "1h 30", "1:30", "1.5 hours". Undefined where nothing was written. */
export function readMinutes(typed: string): Said<number | undefined> {
  const text = tidyLine(typed).toLowerCase();
  if (text === '') return said(undefined);
  const minutes = minutesIn(text);
  return minutes === undefined || minutes < 1 || minutes > mostMinutes ? wrong(minutesRule) : said(minutes);
}

function minutesIn(text: string): number | undefined {
  const [, plain] = /^(\d{1,6})\s*(?:m|mins?|minutes?)?$/.exec(text) ?? [];
  if (plain !== undefined) return Number(plain);
  const [, clockHours, clockMinutes] = /^(\d{1,3}):([0-5]\d)$/.exec(text) ?? [];
  if (clockHours !== undefined) return Number(clockHours) * 60 + Number(clockMinutes);
  const [, part] = /^(\d{1,3}[.,]\d{1,2})\s*(?:h|hrs?|hours?)$/.exec(text) ?? [];
  if (part !== undefined) return Math.round(Number(part.replace(',', '.')) * 60);
  const [, hours, rest] =
    /^(\d{1,3})\s*(?:h|hrs?|hours?)(?:,?\s*(?:and\s*)?([0-5]?\d)\s*(?:m|mins?|minutes?)?)?$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(rest ?? 0);
}

const mostTags = 10;

/** Separated by commas, semicolons or lines; each once, as it was written first. */
export function readTags(typed: string): Said<string[]> {
  const tags = new Map<string, string>();
  for (const piece of typed.split(/[,;\n]/)) {
    const tag = tidyLine(piece).replace(/^#+\s*/, '');
    if (tag !== '' && !tags.has(sameTag(tag))) tags.set(sameTag(tag), tag);
  }
  const all = [...tags.values()];
  if (all.some((tag) => Array.from(tag).length > longest.tag))
    return wrong(`Please keep each tag to ${longest.tag} characters, with commas between them.`);
  return all.length > mostTags
    ? wrong(`Please give at most ${mostTags} tags; you have ${all.length}.`)
    : said(all);
}

/** Two tags that people take for one. */
export const sameTag = (tag: string): string => tag.normalize('NFKC').toLowerCase();

/** "3 March 2026 · 20 minutes · talked over with a peer · tags: sleep, visits". Undefined where none of it was said. */
export function sayAbout({ happenedOn, minutes, hasDiscussed, tags = [] }: About): string | undefined {
  const all = [
    ...(happenedOn ? [sayFullDate(happenedOn)] : []),
    ...(minutes ? [sayLength(minutes)] : []),
    ...(hasDiscussed ? ['talked over with a peer'] : []),
    ...(tags.length > 0 ? [`tags: ${tags.join(', ')}`] : []),
  ];
  return all.length > 0 ? all.join(' · ') : undefined;
}

/** What it began from; of a message in a channel, in which. */
export function linkBack(address: string): Mrkdwn {
  const [, channel] = /\/archives\/([CG][A-Z0-9]{2,20})\/p\d+/.exec(address) ?? [];
  return joinMrkdwn(
    [
      mrkdwn`About:`,
      link(address, isMessage(address) ? 'a message in Slack' : address),
      isMessage(address) && channel !== undefined && mrkdwn`in ${channelMention(channel)}`,
    ],
    ' ',
  );
}

const isMessage = (address: string): boolean =>
  /^https:\/\/[a-z0-9.-]+\.slack\.com\/archives\//i.test(address);
