import { type Kysely, sql } from 'kysely';

/** Nobody is asked in general any more whether they may be quoted: each time, for the words that would stand there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`delete from consents where kind = 'quoted'`.execute(db);
}
