import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>, more = '') => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql.raw(`strict${more}`)) : table;
};

/**
 * Rooms for what is sealed from now on. Sealing needs the key, which a migration has not: what stands here in another way
 * stays where it is, under a name that ends in `_before_0008`, and the program seals it at its next start.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  const unordered = strict(db, ', without rowid');
  const { schema } = db;

  await tidy(
    schema
      .createTable('answer_boxes')
      .addColumn('round_id', 'text', (c) =>
        c.primaryKey().references('checkin_rounds.id').onDelete('cascade'),
      )
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await unordered(
    schema
      .createTable('own_answers')
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('own_answers_pk', ['round_id', 'person_id']),
  ).execute();
  await tidy(
    schema
      .createTable('round_results')
      .addColumn('round_id', 'text', (c) =>
        c.primaryKey().references('checkin_rounds.id').onDelete('cascade'),
      )
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();

  await schema.alterTable('profiles').addColumn('sealed', 'text').execute();
  await schema.alterTable('profile_hints').addColumn('sealed', 'text').execute();

  for (const index of ['email', 'import', 'cohort'])
    await schema.dropIndex(`expected_trainees_${index}`).execute();
  await schema.alterTable('expected_trainees').renameTo('expected_trainees_before_0008').execute();
  await tidy(
    schema
      .createTable('expected_trainees')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('import_id', 'text', (c) => c.notNull().references('trainee_imports.id').onDelete('cascade'))
      .addColumn('line', 'integer', (c) => c.notNull())
      .addColumn('mark', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('cohort_id', 'text', (c) => c.references('cohorts.id').onDelete('cascade'))
      .addColumn('cohort_name', 'text')
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.references('people.id').onDelete('cascade'))
      .addColumn('looked_up_at', 'text')
      .addColumn('created_at', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('expected_trainees_mark').on('expected_trainees').column('mark').execute();
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
  await schema.alterTable('answers').renameTo('answers_before_0008').execute();

  // Where there is nothing to seal, as in a database that was only just made, nothing waits for it.
  const hasRows = async (table: string) =>
    (await sql`select 1 from ${sql.table(table)} limit 1`.execute(db)).rows.length > 0;
  let anything = (await hasRows('profiles')) || (await hasRows('profile_hints'));
  for (const table of ['answers_before_0008', 'expected_trainees_before_0008'])
    if (await hasRows(table)) anything = true;
    else await schema.dropTable(table).execute();
  if (anything) await sql`insert into settings (key, value) values ('unsealed', '0008')`.execute(db);
}
