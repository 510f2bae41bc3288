import type { Db } from '../../db/schema.ts';

/** They left the programme, and have not started messages again since. */
export async function hasLeftLast(db: Db, personId: string): Promise<boolean> {
  const latest = await db
    .selectFrom('audit_log')
    .select('action')
    .where('subject', '=', personId)
    .where('action', 'in', ['preferences.leave', 'preferences.start'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return latest?.action === 'preferences.leave';
}
