import { type Kysely, sql } from 'kysely';

/** What is shared no longer is no longer its readers' either: which notices do not say so yet is asked every minute. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tables = db as Kysely<{
    reflection_shares: { id: string; ended_at: string | null };
    reflection_share_readers: { share_id: string; left_at: string | null };
  }>;
  await tables
    .updateTable('reflection_share_readers')
    .set((eb) => ({
      left_at: eb
        .selectFrom('reflection_shares')
        .select('ended_at')
        .whereRef('reflection_shares.id', '=', 'reflection_share_readers.share_id'),
    }))
    .where('left_at', 'is', null)
    .execute();
  await db.schema
    .createIndex('reflection_share_readers_open')
    .on('reflection_share_readers')
    .column('left_at')
    .where(sql.ref('notice_closed_at'), 'is', null)
    .where(sql.ref('left_at'), 'is not', null)
    .execute();
}
