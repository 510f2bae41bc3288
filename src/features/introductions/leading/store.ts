import { z } from 'zod';
import '../tables.ts';
import type { Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';

const tally = z.object({ answered: z.number(), readers: z.literal(0), silent: z.number().optional() });
const counted = z.object({ introduced: tally, agencies: tally, professions: tally });
/** Of a quarter: how many were introduced, and how many of those to somebody of another agency or profession. */
export type Counted = { introduced: Tally; agencies: Tally; professions: Tally };

/** What is told of a pool's quarter. */
export type CountedRow = {
  pool: string;
  quarter: string;
  /** Local date. */
  countedOn: string;
  counted: Counted;
};

const toCounted = (kept: string): Counted => {
  const { introduced, agencies, professions } = counted.parse(JSON.parse(kept));
  const whole = (one: z.output<typeof tally>): Tally => ({ ...one, silent: one.silent });
  return { introduced: whole(introduced), agencies: whole(agencies), professions: whole(professions) };
};

/** @property read fails where it cannot be read, which is then a matter of its own pool. */
type Kept = Omit<CountedRow, 'counted'> & { read(): Counted };

/** Of all pools, or of one; the latest quarter first. */
export async function listKept(db: Db, pool?: string): Promise<Kept[]> {
  const query = db.selectFrom('introduction_counts').selectAll().orderBy('quarter', 'desc');
  const rows = await (pool === undefined ? query : query.where('pool', '=', pool)).execute();
  return rows.map((row) => ({
    pool: row.pool,
    quarter: row.quarter,
    countedOn: row.counted_on,
    read: () => toCounted(row.counted),
  }));
}

/** The same, read. */
export const listCounted = async (db: Db, pool?: string): Promise<CountedRow[]> =>
  (await listKept(db, pool)).map(({ read, ...row }) => ({ ...row, counted: read() }));

export async function saveCounted(db: Db, { pool, quarter, countedOn, counted }: CountedRow): Promise<void> {
  const row = { counted_on: countedOn, counted: JSON.stringify(counted) };
  await db
    .insertInto('introduction_counts')
    .values({ pool, quarter, ...row })
    .onConflict((conflict) => conflict.columns(['pool', 'quarter']).doUpdateSet(row))
    .execute();
}

/** Who was told of an introduction that was made on a local date or after it; the earliest first. */
export async function listToldSince(
  db: Db,
  since: string,
): Promise<
  { pool: string; personId: string; madeOn: string; isOtherAgency: boolean; isOtherProfession: boolean }[]
> {
  const rows = await db
    .selectFrom('introduction_members')
    .innerJoin('introductions', 'introductions.id', 'introduction_id')
    .select(['pool', 'person_id', 'made_on', 'other_agency', 'other_profession'])
    .where('state', '=', 'told')
    .where('made_on', '>=', since)
    .orderBy('made_at')
    .orderBy('introductions.id')
    .execute();
  return rows.map((row) => ({
    pool: row.pool,
    personId: row.person_id,
    madeOn: row.made_on,
    isOtherAgency: row.other_agency === 1,
    isOtherProfession: row.other_profession === 1,
  }));
}
