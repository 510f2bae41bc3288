import { z } from 'zod';
import { localDate } from '../../../scheduler/calendar.ts';
import { packedJson } from '../../../slack/packed.ts';
import { sameTag } from '../about.ts';
import { titleOf } from '../body.ts';
import type { Reflection } from '../store.ts';

/** Until today, by the day that a reflection is about. */
export const periods = {
  'four-weeks': 'The last four weeks',
  'three-months': 'The last three months',
  'twelve-months': 'The last twelve months',
  'this-year': 'This year',
  'last-year': 'Last year',
} as const;
export type Period = keyof typeof periods;
export const periodNames = Object.keys(periods) as [Period, ...Period[]];

/** What somebody looks for in their journal; nothing of it: all. */
export type Wanted = {
  words?: string | undefined;
  tag?: string | undefined;
  framework?: string | undefined;
  period?: Period | undefined;
};

/** Strict, so that nothing else that a window carries is taken for it. */
export const packedWanted = packedJson(
  z.strictObject({
    words: z.string().max(200).optional(),
    tag: z.string().max(200).optional(),
    framework: z.string().max(100).optional(),
    period: z.enum(periodNames).optional(),
  }),
);

export const isAll = ({ words, tag, framework, period }: Wanted): boolean =>
  !words && !tag && !framework && !period;

/** The day a reflection is about, YYYY-MM-DD: the one its author gave, or else the one on which it was written. */
export const dayOf = ({ body, writtenAt }: Pick<Reflection, 'body' | 'writtenAt'>, zone: string): string =>
  body?.about?.happenedOn ?? localDate(writtenAt, zone);

/** First and last day. @param today YYYY-MM-DD. */
export function daysOf(period: Period, today: string): { from: string; until: string } {
  const year = Number(today.slice(0, 4));
  switch (period) {
    case 'four-weeks':
      return { from: daysBefore(today, 28), until: today };
    case 'three-months':
      return { from: monthsBefore(today, 3), until: today };
    case 'twelve-months':
      return { from: monthsBefore(today, 12), until: today };
    case 'this-year':
      return { from: `${year}-01-01`, until: today };
    case 'last-year':
      return { from: `${year - 1}-01-01`, until: `${year - 1}-12-31` };
  }
}

const daysBefore = (day: string, days: number): string => {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
};

/** The same day of the month, or its last where that has fewer. */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** As people look for them: whatever the case, accents and order. */
const plainWords = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'");

/** Those that fit all of it, in their order. What cannot be opened fits no words and no tag. */
export function findAmong(
  reflections: readonly Reflection[],
  { words = '', tag, framework, period }: Wanted,
  { today, zone }: { today: string; zone: string },
): Reflection[] {
  const tokens = plainWords(words).split(/\s+/).filter(Boolean);
  const days = period && daysOf(period, today);
  return reflections.filter((one) => {
    const { body } = one;
    if (framework && one.framework !== framework) return false;
    if (tag && !body?.about?.tags?.some((other) => sameTag(other) === sameTag(tag))) return false;
    if (days) {
      const day = dayOf(one, zone);
      if (day < days.from || day > days.until) return false;
    }
    if (tokens.length === 0) return true;
    if (!body) return false;
    const text = plainWords(
      [titleOf(body), ...body.parts.map((part) => part.text), ...(body.about?.tags ?? [])].join('\n'),
    );
    return tokens.every((token) => text.includes(token));
  });
}
