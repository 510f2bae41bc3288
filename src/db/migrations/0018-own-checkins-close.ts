import { type Kysely, sql } from 'kysely';

/**
 * Check-ins that people start for themselves were in one round that never closed, so nobody could read it. It ends now, and
 * the next one begins; from here on each quarter has one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update checkin_rounds set closes_at = opened_at where status = 'open' and closes_at is null`.execute(
    db,
  );
}
