import { type Kysely, sql } from 'kysely';
import type { Owner, Vault } from '../lib/crypto.ts';
import type { Db, Schema } from './schema.ts';

type Row = Record<string, string>;
/** What rows say of whom they are and which one of theirs; each table has some of it. */
type Named = Record<
  | 'id'
  | 'person_id'
  | 'round_id'
  | 'family'
  | 'resource_id'
  | 'reflection_id'
  | 'entry_id'
  | 'session_id'
  | 'introduction_id'
  | 'cohort_id'
  | 'idempotency_key'
  | 'mark'
  | 'message',
  string
>;

/** A column in which something is sealed, and how a row says for whom and in which place. */
export type SealedColumn = {
  table: keyof Schema;
  /** Left out: `sealed`. */
  column?: string;
  /** By these a row is found again. */
  by: readonly string[];
  owner: (row: Named) => Owner;
  place: (row: Named) => string;
  /** Where it is a text inside the column's JSON. */
  inside?: string;
};

type Sealing = Pick<SealedColumn, 'table' | 'by' | 'place'> & Partial<SealedColumn>;

export const forPerson = (column: Sealing): SealedColumn => ({
  owner: ({ person_id: person }) => ({ person }),
  ...column,
});

export const forRound = (column: Sealing): SealedColumn => ({
  owner: ({ round_id: round }) => ({ round }),
  ...column,
});

/** So many rows in a transaction: between two of them somebody else may write, and a kill loses no more. */
const atOnce = 200;

/**
 * Seals for its owner what older versions sealed with the master key. What is done stays done after a kill, and doing it
 * again changes nothing. What does not open is left as it is. @returns how many rows were sealed anew.
 */
export async function resealColumn(db: Db, vault: Vault, column: SealedColumn): Promise<number> {
  const { table, column: name = 'sealed', by, inside } = column;
  const any = db as unknown as Kysely<Record<string, Row>>;
  const isOld = inside === undefined ? ['v1.%', 'v2.%'] : [`%"${inside}":"v1.%`, `%"${inside}":"v2.%`];
  const found = await any
    .selectFrom(table)
    .select([...by])
    .where((eb) => eb.or(isOld.map((like) => eb(name, 'like', like))))
    .execute();
  let count = 0;
  for (let from = 0; from < found.length; from += atOnce)
    count += await any.transaction().execute(async (trx) => {
      const rows: { key: Row; value: string; owner: Owner; sealed: string; place: string }[] = [];
      for (const key of found.slice(from, from + atOnce)) {
        let query = trx.selectFrom(table).selectAll();
        for (const one of by) query = query.where(one, '=', key[one] ?? '');
        const row = await query.executeTakeFirst();
        const value = row?.[name];
        const sealed = value === undefined ? undefined : inside === undefined ? value : partOf(value, inside);
        if (row && value !== undefined && sealed !== undefined)
          rows.push({
            key,
            value,
            sealed,
            owner: column.owner(row as Named),
            place: column.place(row as Named),
          });
      }
      const again = vault.reseal(rows);
      let changed = 0;
      for (const [at, { key, value, sealed }] of rows.entries()) {
        const now = again[at];
        if (now === undefined) continue;
        let update = trx
          .updateTable(table)
          // Base64url and dots: nothing in it means anything in JSON.
          .set({ [name]: inside === undefined ? now : value.replace(sealed, () => now) });
        for (const one of by) update = update.where(one, '=', key[one] ?? '');
        await update.execute();
        changed += 1;
      }
      return changed;
    });
  return count;
}

function partOf(json: string, name: string): string | undefined {
  const value: unknown = JSON.parse(json);
  const part: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof part === 'string' ? part : undefined;
}

/** The row of `settings` that says that nothing is sealed with the master key any more. */
const done = { key: 'sealed-for', value: 'owners' };

export async function isResealed(db: Db): Promise<boolean> {
  const { rows } = await sql<{ value: string }>`select value from settings where key = ${done.key}`.execute(
    db,
  );
  return rows[0]?.value === done.value;
}

/** Where nobody has come yet, nothing is sealed in any way. */
export const hasAnybody = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) !== undefined;

export async function noteResealed(db: Db): Promise<void> {
  await sql`insert into settings (key, value) values (${done.key}, ${done.value}) on conflict (key) do nothing`.execute(
    db,
  );
}
