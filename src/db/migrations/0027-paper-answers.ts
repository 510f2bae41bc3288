import { type Kysely, sql } from 'kysely';

/** STRICT is SQLite's; PostgreSQL checks types anyway. */
const strict = (db: Kysely<unknown>) => {
  const isSqlite = db.getExecutor().adapter.constructor.name.includes('Sqlite');
  return <T extends { modifyEnd(part: ReturnType<typeof sql>): T }>(table: T): T =>
    isSqlite ? table.modifyEnd(sql`strict`) : table;
};

/** Answers given on paper, while their round is open; who is not asked since they answered so; a list before it is taken. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const tidy = strict(db);
  await tidy(
    db.schema
      .createTable('paper_boxes')
      .addColumn('round_id', 'text', (c) => c.primaryKey().references('checkin_rounds.id'))
      .addColumn('papers', 'integer', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull()),
  ).execute();
  await tidy(
    db.schema
      .createTable('paper_people')
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addPrimaryKeyConstraint('paper_people_pk', ['round_id', 'person_id']),
  ).execute();
  await tidy(
    db.schema
      .createTable('paper_lists')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('round_id', 'text', (c) => c.notNull().references('checkin_rounds.id'))
      .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('brought_at', 'text', (c) => c.notNull()),
  ).execute();
}
