import './tables.ts';
import { type Count, fewestPeople, partsOf } from '../../community/suppress.ts';
import type { Db } from '../../db/schema.ts';
import { days, later } from '../../lib/clock.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';

/** Both times it comes back are over by then, and there was time to say how it went. */
const triedAfterDays = 84;

/** What is over, and who took part in it without those who may see the count: they know of themselves. */
export type Occasion = { id: string; endedAt: Date; people: readonly string[] };

/**
 * What may be told to whoever runs a group of what its members noted after something. Each number is counted once and stays:
 * one that went on changing would tell who had just deleted theirs.
 */
export async function sayCounts(db: Db, occasion: Occasion, now: Date): Promise<Mrkdwn | undefined> {
  const counted = await db.transaction().execute((trx) => countOnce(trx, occasion, now));
  const [noted = 'few'] = partsOf([counted.noted, counted.people - counted.noted]);
  if (noted === 'few') return undefined;
  const words = mrkdwn`${capital(noted)} of those who answered noted something they will try.`;
  if (counted.tried === null || counted.noted < fewestPeople) return words;
  const [tried = 'few'] = partsOf([counted.tried, counted.noted - counted.tried]);
  // Beside "more than half" a number would tell how few the others are.
  if (tried === 'few' || (tried !== 'most' && noted === 'most')) return words;
  return mrkdwn`${words} ${capital(tried)} of them have tried it, in part at least.`;
}

const capital = (count: Exclude<Count, 'few'>): string =>
  count === 'most' ? 'More than half' : String(count);

async function countOnce(db: Db, { id, endedAt, people }: Occasion, now: Date) {
  const find = () =>
    db.selectFrom('intention_counts').selectAll().where('occasion', '=', id).executeTakeFirst();
  const count = async (hasTried: boolean): Promise<number> => {
    if (people.length === 0) return 0;
    let query = db
      .selectFrom('intentions')
      .select((eb) => eb.fn.count<number>('person_id').distinct().as('many'))
      .where('occasion', '=', id)
      .where('person_id', 'in', people);
    if (hasTried) query = query.where('outcome', 'in', ['done', 'partly']);
    return Number((await query.executeTakeFirstOrThrow()).many);
  };
  let known = await find();
  if (!known) {
    await db
      .insertInto('intention_counts')
      .values({ occasion: id, people: people.length, noted: await count(false), tried: null })
      .onConflict((conflict) => conflict.column('occasion').doNothing())
      .execute();
    known = await find();
  }
  if (known && known.tried === null && now >= later(endedAt, days(triedAfterDays))) {
    const tried = Math.min(known.noted, await count(true));
    await db
      .updateTable('intention_counts')
      .set({ tried })
      .where('occasion', '=', id)
      .where('tried', 'is', null)
      .execute();
    known = await find();
  }
  return known ?? { people: 0, noted: 0, tried: null };
}
