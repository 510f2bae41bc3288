import { type Count, fewestPeople, partsOf } from '../../community/suppress.ts';
import type { Db } from '../../db/schema.ts';
import { days, later } from '../../lib/clock.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { Outcome } from './coming-back.ts';
import { countPeople, findCount, type IntentionCount, insertCount, recordTried } from './store.ts';

/** Both times it comes back are over by then, and there was time to say how it went. */
const triedAfterDays = 84;

/** What is over, and who took part in it without those who may see the count: they know of themselves. */
export type Occasion = { id: string; endedAt: Date; people: readonly string[] };

/** What may be told of it. 'few': nothing. Undefined: not counted yet. */
export type Told = {
  noted: Count;
  /** Who did it, or a part of it. */
  tried: Count | undefined;
  /** Who did it altogether, in part, and not; undefined where these together would tell of a few. */
  apart: { done: number; partly: number; not: number } | undefined;
};

/**
 * What may be told to whoever runs a group of what its members noted after something. Each number is counted once and stays:
 * one that went on changing would tell who had just deleted theirs.
 */
export async function readCounts(db: Db, occasion: Occasion, now: Date): Promise<Told> {
  const counted = await db.transaction().execute((trx) => countOnce(trx, occasion, now));
  const [noted = 'few'] = partsOf([counted.noted, counted.people - counted.noted]);
  const nothing: Told = { noted, tried: undefined, apart: undefined };
  if (noted === 'few' || counted.tried === null) return nothing;
  if (counted.noted < fewestPeople) return { ...nothing, tried: 'few' };
  const [tried = 'few'] = partsOf([counted.tried, counted.noted - counted.tried]);
  // Beside "more than half" a number would tell how few the others are.
  if (tried === 'few' || (tried !== 'most' && noted === 'most')) return { ...nothing, tried: 'few' };
  const [done, partly, not] = partsOf([
    counted.done ?? 0,
    counted.tried - (counted.done ?? 0),
    counted.noted - counted.tried,
  ]);
  const isTold =
    typeof noted === 'number' &&
    typeof done === 'number' &&
    typeof partly === 'number' &&
    typeof not === 'number';
  return { noted, tried, apart: isTold && counted.done !== null ? { done, partly, not } : undefined };
}

/** The same in a sentence. */
export async function sayCounts(db: Db, occasion: Occasion, now: Date): Promise<Mrkdwn | undefined> {
  const { noted, tried } = await readCounts(db, occasion, now);
  if (noted === 'few') return undefined;
  const words = mrkdwn`${capital(noted)} of those who answered noted something they will try.`;
  if (tried === undefined || tried === 'few') return words;
  return mrkdwn`${words} ${capital(tried)} of them have tried it, in part at least.`;
}

const capital = (count: Exclude<Count, 'few'>): string =>
  count === 'most' ? 'More than half' : String(count);

async function countOnce(db: Db, { id, endedAt, people }: Occasion, now: Date): Promise<IntentionCount> {
  const count = (among?: readonly Outcome[]) => countPeople(db, { occasion: id, people, among });
  let known = await findCount(db, id);
  if (!known) {
    await insertCount(db, id, { people: people.length, noted: await count() });
    known = await findCount(db, id);
  }
  if (known && known.tried === null && now >= later(endedAt, days(triedAfterDays))) {
    const tried = Math.min(known.noted, await count(['done', 'partly']));
    const done = Math.min(tried, await count(['done']));
    await recordTried(db, id, { tried, done });
    known = await findCount(db, id);
  }
  return known ?? { people: 0, noted: 0, tried: null, done: null };
}
