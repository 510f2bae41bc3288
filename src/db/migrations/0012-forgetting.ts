import { type Kysely, sql } from 'kysely';

/** What is over is found by its age, so that it can be removed. What newcomers are sent is kept longer than the rest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const over = (name: string) => db.schema.createIndex(name).on('outbox').columns(['status', 'created_at']);
  await over('outbox_over').where(sql<boolean>`kind not like 'onboarding.%'`).execute();
  await over('outbox_onboarding_over').where(sql<boolean>`kind like 'onboarding.%'`).execute();
  await db.schema.createIndex('audit_log_at').on('audit_log').column('at').execute();
}
