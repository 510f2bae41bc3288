import '../tables.ts';
import type { Selectable } from 'kysely';
import type { Db } from '../../../db/schema.ts';
import type { LinkChecksTable } from '../tables.ts';

/** What the last visit to an address found. */
export type LinkCheck = {
  url: string;
  outcome: string;
  status: number | undefined;
  /** Where it leads now, for good. */
  movedTo: string | undefined;
  checkedAt: Date;
  /** The day on which it last opened. */
  fineOn: string | undefined;
  /** Days in a row on which it did not. */
  failures: number;
};

/** On so many different days in a row a link has failed before it counts as broken. */
export const failuresUntilBroken = 3;

/** Links that are broken, or lead to another address for good. */
export async function listTroubled(db: Db): Promise<LinkCheck[]> {
  const rows = await db
    .selectFrom('link_checks')
    .selectAll()
    .where((eb) => eb.or([eb('failures', '>=', failuresUntilBroken), eb('outcome', '=', 'moved')]))
    .orderBy('checked_at')
    .orderBy('url')
    .execute();
  return rows.flatMap(toLinkCheck);
}

export async function findLinkCheck(db: Db, url: string): Promise<LinkCheck | undefined> {
  const row = await db.selectFrom('link_checks').selectAll().where('url', '=', url).executeTakeFirst();
  return row && toLinkCheck(row)[0];
}

function toLinkCheck(row: Selectable<LinkChecksTable>): LinkCheck[] {
  if (row.outcome === null || row.checked_at === null) return [];
  return [
    {
      url: row.url,
      outcome: row.outcome,
      status: row.status ?? undefined,
      movedTo: row.moved_to ?? undefined,
      checkedAt: new Date(row.checked_at),
      fineOn: row.fine_on ?? undefined,
      failures: row.failures,
    },
  ];
}

/** It is visited again with the next beat. */
export async function visitSoon(db: Db, url: string, at: Date): Promise<void> {
  const next = { next_at: at.toISOString() };
  await db
    .insertInto('link_checks')
    .values({
      url,
      ...next,
      outcome: null,
      status: null,
      moved_to: null,
      checked_at: null,
      fine_on: null,
      failures: 0,
      failed_on: null,
    })
    .onConflict((conflict) => conflict.column('url').doUpdateSet(next))
    .execute();
}
