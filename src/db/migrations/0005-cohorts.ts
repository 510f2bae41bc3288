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

  await schema.alterTable('cohort_members').addColumn('left_by', 'text').execute();

  // The same role twice at once is one role; what the settings gave is counted apart from what people gave.
  await sql`create unique index roles_once on roles
    (person_id, role, coalesce(cohort_id, ''), (case when granted_by = 'settings' then 1 else 0 end))
    where revoked_at is null`.execute(db);
  await schema.createIndex('roles_cohort').on('roles').column('cohort_id').execute();

  await tidy(
    schema
      .createTable('cohort_channel_members')
      .addColumn('cohort_id', 'text', (c) => c.notNull().references('cohorts.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('cohort_channel_members_pk', ['cohort_id', 'person_id']),
  ).execute();
  await schema
    .createIndex('cohort_channel_members_person')
    .on('cohort_channel_members')
    .column('person_id')
    .execute();

  await tidy(
    schema
      .createTable('trainee_imports')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('created_by', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('cursor', 'text')
      .addColumn('added', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('already', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('waiting', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('left_out', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('tell_when_done', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('finished_at', 'text'),
  ).execute();

  await tidy(
    schema
      .createTable('expected_trainees')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('import_id', 'text', (c) => c.notNull().references('trainee_imports.id').onDelete('cascade'))
      .addColumn('line', 'integer', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('name', 'text')
      .addColumn('cohort_id', 'text', (c) => c.references('cohorts.id').onDelete('cascade'))
      .addColumn('cohort_name', 'text')
      .addColumn('agency', 'text')
      .addColumn('role', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.references('people.id').onDelete('cascade'))
      .addColumn('looked_up_at', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('expected_trainees_email').on('expected_trainees').column('email').execute();
  await schema
    .createIndex('expected_trainees_import')
    .on('expected_trainees')
    .columns(['import_id', 'state'])
    .execute();
  await schema
    .createIndex('expected_trainees_cohort')
    .on('expected_trainees')
    .columns(['cohort_id', 'state'])
    .execute();

  await tidy(
    schema
      .createTable('profile_hints')
      .addColumn('person_id', 'text', (c) => c.primaryKey().references('people.id').onDelete('cascade'))
      .addColumn('role', 'text')
      .addColumn('organisation', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull()),
  ).execute();
}
