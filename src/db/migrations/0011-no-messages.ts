import type { Kysely } from 'kysely';

type Then = {
  journeys: { person_id: string; pace: string; updated_at: string };
  preferences: {
    person_id: string;
    paused_at: null;
    away_until: null;
    quiet_from: string;
    quiet_until: string;
    reminders: number;
    no_messages_at: string | null;
  };
};

/** "No messages" was a pace of the first steps only; now it is what a person wants from the bot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('preferences').addColumn('no_messages_at', 'text').execute();
  const then = db as Kysely<Then>;
  const said = await then
    .selectFrom('journeys')
    .select(['person_id', 'updated_at'])
    .where('pace', '=', 'none')
    .execute();
  for (const { person_id, updated_at } of said)
    await then
      .insertInto('preferences')
      .values({
        person_id,
        paused_at: null,
        away_until: null,
        quiet_from: '18:00',
        quiet_until: '09:00',
        reminders: 1,
        no_messages_at: updated_at,
      })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ no_messages_at: updated_at }))
      .execute();
  await then.updateTable('journeys').set({ pace: 'days' }).where('pace', '=', 'none').execute();
}
