import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  const { schema } = db;

  await tidy(
    schema
      .createTable('people')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('slack_id', 'text', (c) => c.notNull().unique())
      .addColumn('display_name', 'text', (c) => c.notNull())
      .addColumn('time_zone', 'text')
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('is_workspace_admin', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('deactivated_at', 'text')
      .addColumn('dm_channel', 'text')
      .addColumn('first_met_at', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('profiles')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('role', 'text')
      .addColumn('organisation', 'text')
      .addColumn('age_groups', 'text', (c) => c.notNull().defaultTo('[]'))
      .addColumn('interests', 'text', (c) => c.notNull().defaultTo('[]'))
      .addColumn('boroughs', 'text', (c) => c.notNull().defaultTo('[]'))
      .addColumn('introduction', 'text')
      .addColumn('access_needs', 'text')
      .addColumn('visibility', 'text', (c) => c.notNull().defaultTo('{}'))
      .addColumn('updated_at', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('consents')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('version', 'text', (c) => c.notNull())
      .addColumn('given_at', 'text', (c) => c.notNull())
      .addColumn('withdrawn_at', 'text'),
  ).execute();
  await schema.createIndex('consents_person').on('consents').columns(['person_id', 'kind']).execute();

  await tidy(
    schema
      .createTable('cohorts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('age_group', 'text')
      .addColumn('starts_on', 'text')
      .addColumn('ends_on', 'text')
      .addColumn('channel_id', 'text')
      .addColumn('follows_channel', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('archived_at', 'text'),
  ).execute();

  await tidy(
    schema
      .createTable('cohort_members')
      .addColumn('cohort_id', 'text', (c) => c.notNull().references('cohorts.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('joined_at', 'text', (c) => c.notNull())
      .addColumn('left_at', 'text')
      .addPrimaryKeyConstraint('cohort_members_pk', ['cohort_id', 'person_id']),
  ).execute();
  await schema.createIndex('cohort_members_person').on('cohort_members').column('person_id').execute();

  await tidy(
    schema
      .createTable('roles')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('cohort_id', 'text', (c) => c.references('cohorts.id').onDelete('cascade'))
      .addColumn('granted_by', 'text', (c) => c.notNull())
      .addColumn('granted_at', 'text', (c) => c.notNull())
      .addColumn('revoked_at', 'text'),
  ).execute();
  await schema.createIndex('roles_person').on('roles').column('person_id').execute();

  await tidy(
    schema
      .createTable('preferences')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('paused_at', 'text')
      .addColumn('away_until', 'text')
      .addColumn('quiet_from', 'text', (c) => c.notNull())
      .addColumn('quiet_until', 'text', (c) => c.notNull())
      .addColumn('reminders', 'integer', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('settings')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('value', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('audit_log')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('subject', 'text')
      .addColumn('detail', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('seen_events')
      .addColumn('event_id', 'text', (c) => c.primaryKey())
      .addColumn('seen_at', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('outbox')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('idempotency_key', 'text', (c) => c.notNull().unique())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.references('people.id').onDelete('cascade'))
      .addColumn('channel_id', 'text')
      .addColumn('topic', 'text')
      .addColumn('weight', 'text', (c) => c.notNull())
      .addColumn('message', 'text', (c) => c.notNull())
      .addColumn('send_after', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text')
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('attempt_at', 'text')
      .addColumn('sent_at', 'text')
      .addColumn('sent_channel', 'text')
      .addColumn('sent_ts', 'text')
      .addColumn('reason', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('outbox_due').on('outbox').columns(['status', 'send_after']).execute();
  await schema.createIndex('outbox_person').on('outbox').columns(['person_id', 'status']).execute();
}
