import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Reflections that were shared: a copy of the words, for whom it is, and who has opened it when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('reflection_shares')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('reflection_id', 'text', (c) => c.notNull().references('reflections.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('cohort_id', 'text', (c) => c.references('cohorts.id').onDelete('cascade'))
      .addColumn('sealed', 'text')
      .addColumn('shared_at', 'text', (c) => c.notNull())
      .addColumn('copied_at', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'text'),
  ).execute();
  await db.schema
    .createIndex('reflection_shares_of')
    .on('reflection_shares')
    .column('reflection_id')
    .execute();
  await db.schema.createIndex('reflection_shares_by').on('reflection_shares').column('person_id').execute();
  const ofShare = (table: string) =>
    db.schema
      .createTable(table)
      .addColumn('share_id', 'text', (c) =>
        c.notNull().references('reflection_shares.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'));
  await tidy(
    ofShare('reflection_share_readers')
      .addColumn('left_at', 'text')
      .addColumn('notice_closed_at', 'text')
      .addPrimaryKeyConstraint('reflection_share_readers_pk', ['share_id', 'person_id']),
  ).execute();
  await db.schema
    .createIndex('reflection_share_readers_person')
    .on('reflection_share_readers')
    .column('person_id')
    .execute();
  await tidy(
    ofShare('reflection_share_reads')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('opened_at', 'text', (c) => c.notNull()),
  ).execute();
  await db.schema
    .createIndex('reflection_share_reads_of')
    .on('reflection_share_reads')
    .columns(['share_id', 'opened_at'])
    .execute();
  await db.schema
    .createIndex('reflection_share_reads_person')
    .on('reflection_share_reads')
    .column('person_id')
    .execute();
}
