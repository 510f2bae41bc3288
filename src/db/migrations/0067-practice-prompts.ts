import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Which practice prompts come to which channel, which came, and who has one each week. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('prompt_plans')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('cohort_id', 'text', (c) => c.references('cohorts.id'))
      .addColumn('channel_id', 'text', (c) => c.notNull())
      .addColumn('age_group', 'text', (c) => c.notNull())
      .addColumn('rule', 'text', (c) => c.notNull())
      .addColumn('starts_at', 'text', (c) => c.notNull())
      .addColumn('zone', 'text', (c) => c.notNull())
      .addColumn('next_at', 'text')
      .addColumn('next_prompt', 'text')
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('trouble', 'text')
      .addColumn('slot', 'text', (c) => c.unique())
      .addColumn('made_by', 'text', (c) => c.notNull())
      .addColumn('made_at', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    db.schema
      .createTable('prompt_posts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('plan_id', 'text', (c) => c.notNull().references('prompt_plans.id'))
      .addColumn('channel_id', 'text', (c) => c.notNull())
      .addColumn('prompt_id', 'text', (c) => c.notNull())
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addColumn('ts', 'text')
      .addColumn('ask_at', 'text'),
  ).execute();
  await db.schema
    .createIndex('prompt_posts_in')
    .on('prompt_posts')
    .columns(['channel_id', 'due_at'])
    .execute();
  await db.schema.createIndex('prompt_posts_ask').on('prompt_posts').column('ask_at').execute();
  await tidy(
    db.schema
      .createTable('prompt_readers')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('age_group', 'text', (c) => c.notNull())
      .addColumn('had', 'text', (c) => c.notNull())
      .addColumn('since', 'text', (c) => c.notNull()),
  ).execute();
}
