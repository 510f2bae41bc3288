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

  // The steps as they were worded when somebody began; the id is a digest of them.
  await tidy(
    schema
      .createTable('journey_versions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('steps', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull()),
  ).execute();

  await tidy(
    schema
      .createTable('journeys')
      .addColumn('id', 'text', (c) => c.primaryKey())
      // One journey a person, ever: nobody is onboarded twice.
      .addColumn('person_id', 'text', (c) => c.notNull().unique().references('people.id').onDelete('cascade'))
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('met_how', 'text', (c) => c.notNull())
      .addColumn('met_at', 'text', (c) => c.notNull())
      .addColumn('pace', 'text', (c) => c.notNull())
      .addColumn('version_id', 'text', (c) => c.references('journey_versions.id'))
      .addColumn('anchor_on', 'text')
      .addColumn('agreement_version', 'text')
      .addColumn('agreement_asked', 'text')
      .addColumn('noticed', 'text', (c) => c.notNull().defaultTo('[]'))
      .addColumn('rest_reason', 'text')
      .addColumn('rests', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('away_at', 'text')
      .addColumn('next_at', 'text')
      .addColumn('updated_at', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('journeys_next').on('journeys').columns(['status', 'next_at']).execute();

  await tidy(
    schema
      .createTable('journey_steps')
      .addColumn('journey_id', 'text', (c) => c.notNull().references('journeys.id').onDelete('cascade'))
      .addColumn('step_id', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('due_on', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('offers', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('offer_key', 'text')
      .addColumn('reminder_key', 'text')
      .addColumn('reacted_at', 'text')
      .addPrimaryKeyConstraint('journey_steps_pk', ['journey_id', 'step_id']),
  ).execute();

  await tidy(
    schema
      .createTable('greetings')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('arrived_at', 'text', (c) => c.notNull())
      .addColumn('noted_at', 'text')
      .addColumn('remind_after', 'text')
      .addColumn('reminded_at', 'text')
      .addColumn('greeted_by', 'text')
      .addColumn('greeted_at', 'text'),
  ).execute();
}
