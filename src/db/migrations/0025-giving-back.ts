import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** What those who read a round's results do with it: notes, words they hide, and what they give back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  // Whoever was asked before was not told that anything might be given back.
  await db.schema
    .alterTable('checkin_rounds')
    .addColumn('told_of_giving_back', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await tidy(
    db.schema
      .createTable('round_notes')
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id').onDelete('cascade'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('noted_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('round_notes_pk', ['round_id', 'person_id']),
  ).execute();
  await tidy(
    db.schema
      .createTable('hidden_words')
      .addColumn('round_id', 'text', (c) =>
        c.primaryKey().references('checkin_rounds.id').onDelete('cascade'),
      )
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    db.schema
      .createTable('given_back')
      .addColumn('round_id', 'text', (c) =>
        c.primaryKey().references('checkin_rounds.id').onDelete('cascade'),
      )
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('written_by', 'text', (c) => c.notNull())
      .addColumn('posted_at', 'text'),
  ).execute();
}
