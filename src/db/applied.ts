import type { Kysely } from 'kysely';
import type { Db } from './schema.ts';

/** The migrations that ran on it; none where nothing is in it. */
export async function appliedNames(db: Db): Promise<string[]> {
  try {
    const rows = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
      .selectFrom('kysely_migration')
      .select('name')
      .orderBy('name')
      .execute();
    return rows.map((row) => row.name);
  } catch (error) {
    // Not asked first: a list of all tables takes fifty times as long, and each start asks several times.
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
    if (tables.some((table) => table.name === 'kysely_migration')) throw error;
    return [];
  }
}
