import type { Db } from '../db/schema.ts';

/** Local dates are `YYYY-MM-DD`, local times `HH:mm`, in the person's own zone. */
export type Preferences = {
  isPaused: boolean;
  /** False: they said "No messages, thank you". Unlike a pause it lets nothing wait. */
  wantsMessages: boolean;
  awayUntil: string | undefined;
  quietFrom: string;
  quietUntil: string;
  wantsReminders: boolean;
};

/** Evenings, nights and early mornings are quiet unless a person chooses otherwise. */
export const defaultPreferences: Preferences = {
  isPaused: false,
  wantsMessages: true,
  awayUntil: undefined,
  quietFrom: '18:00',
  quietUntil: '09:00',
  wantsReminders: true,
};

export async function getPreferences(db: Db, personId: string): Promise<Preferences> {
  const row = await db
    .selectFrom('preferences')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (!row) return defaultPreferences;
  return {
    isPaused: row.paused_at !== null,
    wantsMessages: row.no_messages_at === null,
    awayUntil: row.away_until ?? undefined,
    quietFrom: row.quiet_from,
    quietUntil: row.quiet_until,
    wantsReminders: row.reminders === 1,
  };
}

/** Writes only what is given. Only the outbox calls it, see `changePreferences` there. @param now when it was said. */
export async function writePreferences(
  db: Db,
  personId: string,
  change: Partial<Preferences>,
  now: Date,
): Promise<Preferences> {
  const next = { ...(await getPreferences(db, personId)), ...change };
  const row = {
    paused_at: next.isPaused ? now.toISOString() : null,
    no_messages_at: next.wantsMessages ? null : now.toISOString(),
    away_until: next.awayUntil ?? null,
    quiet_from: next.quietFrom,
    quiet_until: next.quietUntil,
    reminders: next.wantsReminders ? (1 as const) : (0 as const),
  };
  await db
    .insertInto('preferences')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
  return next;
}
