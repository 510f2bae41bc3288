import { type Kysely, sql } from 'kysely';

/**
 * What is done at once is taken back at once: suggestions by the decision they were in, entries by the list that brought
 * them, and what was not found by the answer it got. When an earlier answer was given is not known: it counts from the last time
 * the word was missed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, column] of [
    ['resource_suggestions', 'decision'],
    ['catalogue_versions', 'import_id'],
    ['asked_questions', 'answer'],
    ['asked_questions', 'answered_at'],
    ['search_misses', 'answered_at'],
  ] as const)
    await db.schema.alterTable(table).addColumn(column, 'text').execute();
  await db.schema
    .createIndex('catalogue_versions_import')
    .on('catalogue_versions')
    .column('import_id')
    .execute();
  await sql`update search_misses set answered_at = last_on where answer is not null`.execute(db);
}
