import '../tables.ts';
import type { Selectable } from 'kysely';
import { type AskedAs, askedAs } from '../../../content/asked-as.ts';
import type { Db } from '../../../db/schema.ts';
import { entrySchema, type Resource } from '../content.ts';
import type { CatalogueVersionsTable } from '../tables.ts';
import type { EntryState } from './changes.ts';

/** Changes so far, by any bot on this database; and which content files were seen last. */
export async function readState(
  db: Db,
): Promise<{ changes: number; seedHash: string | undefined; beganOn: string | undefined }> {
  const row = await db
    .selectFrom('catalogue_state')
    .select(['changes', 'seed_hash', 'began_on'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return {
    changes: row.changes,
    seedHash: row.seed_hash ?? undefined,
    beganOn: row.began_on ?? undefined,
  };
}

/** Notes the day on which the catalogue was first here. */
export async function recordBeginning(db: Db, day: string): Promise<void> {
  await db
    .updateTable('catalogue_state')
    .set({ began_on: day })
    .where('id', '=', 1)
    .where('began_on', 'is', null)
    .execute();
}

/** First in each transaction that changes the catalogue: on PostgreSQL the others wait here, and then see the change. */
export async function countChange(db: Db): Promise<void> {
  await db
    .updateTable('catalogue_state')
    .set((eb) => ({ changes: eb('changes', '+', 1) }))
    .where('id', '=', 1)
    .execute();
}

const latest = (db: Db) =>
  db
    .selectFrom('catalogue_versions as one')
    .selectAll()
    .where('version', '=', (eb) =>
      eb
        .selectFrom('catalogue_versions as other')
        .select(({ fn }) => fn.max('other.version').as('version'))
        .whereRef('other.entry_id', '=', 'one.entry_id'),
    );

/** How each entry that a curator has touched is now, in the order in which they were first touched. */
export async function listStates(db: Db): Promise<EntryState[]> {
  const rows = await latest(db)
    .orderBy((eb) =>
      eb
        .selectFrom('catalogue_versions as first')
        .select(({ fn }) => fn.min('first.changed_at').as('at'))
        .whereRef('first.entry_id', '=', 'one.entry_id'),
    )
    .orderBy('one.entry_id')
    .execute();
  return rows.map(toState);
}

export async function findState(db: Db, entryId: string): Promise<EntryState | undefined> {
  const row = await latest(db).where('one.entry_id', '=', entryId).executeTakeFirst();
  return row && toState(row);
}

export async function findVersion(db: Db, entryId: string, version: number): Promise<EntryState | undefined> {
  const row = await db
    .selectFrom('catalogue_versions')
    .selectAll()
    .where('entry_id', '=', entryId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && toState(row);
}

/** What a list brought in or changed, in whatever version it is by now. */
export async function listImported(db: Db, importId: string): Promise<EntryState[]> {
  const rows = await db
    .selectFrom('catalogue_versions')
    .selectAll()
    .where('import_id', '=', importId)
    .orderBy('entry_id')
    .execute();
  return rows.map(toState);
}

/** @returns false when somebody else has made this version meanwhile. */
export async function insertVersion(db: Db, state: EntryState): Promise<boolean> {
  const row = await db
    .insertInto('catalogue_versions')
    .values({
      entry_id: state.entryId,
      version: state.version,
      entry: state.entry ? JSON.stringify(state.entry) : null,
      is_retired: state.isRetired ? 1 : 0,
      seed: state.seed ? JSON.stringify(state.seed) : null,
      changed_by: state.changedBy,
      changed_at: state.changedAt.toISOString(),
      import_id: state.importId ?? null,
    })
    .onConflict((conflict) => conflict.columns(['entry_id', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}

const toState = (row: Selectable<CatalogueVersionsTable>): EntryState => ({
  entryId: row.entry_id,
  version: row.version,
  entry: readEntry(row.entry),
  isRetired: row.is_retired === 1,
  seed: readEntry(row.seed),
  changedBy: row.changed_by,
  changedAt: new Date(row.changed_at),
  importId: row.import_id ?? undefined,
});

/** Undefined also for what an earlier version wrote and this one cannot take: then the content files' own stands. */
function readEntry(json: string | null): Resource | undefined {
  return json === null ? undefined : entrySchema.safeParse(JSON.parse(json)).data;
}

export type TopicPhrase = { key: string; topicId: string; phrase: AskedAs };

export async function listTopicPhrases(db: Db): Promise<TopicPhrase[]> {
  const rows = await db.selectFrom('topic_phrases').selectAll().orderBy('added_at').orderBy('key').execute();
  return rows.flatMap((row) => {
    const [phrase] = askedAs.safeParse([JSON.parse(row.phrase)]).data ?? [];
    return phrase ? [{ key: row.key, topicId: row.topic_id, phrase }] : [];
  });
}

export async function insertTopicPhrase(
  db: Db,
  { key, topicId, phrase }: TopicPhrase,
  by: string,
  at: Date,
): Promise<void> {
  await db
    .insertInto('topic_phrases')
    .values({
      key,
      topic_id: topicId,
      phrase: JSON.stringify(phrase),
      added_by: by,
      added_at: at.toISOString(),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

export async function deleteTopicPhrase(db: Db, key: string): Promise<void> {
  await db.deleteFrom('topic_phrases').where('key', '=', key).execute();
}

/** The entries of the content files as they were at the last start. */
export async function listSeed(db: Db): Promise<Resource[]> {
  const rows = await db.selectFrom('catalogue_seed').select('entry').execute();
  return rows.flatMap(({ entry }) => readEntry(entry) ?? []);
}

export async function replaceSeed(db: Db, seed: readonly Resource[], hash: string): Promise<void> {
  await db.deleteFrom('catalogue_seed').execute();
  for (let start = 0; start < seed.length; start += 100)
    await db
      .insertInto('catalogue_seed')
      .values(
        seed.slice(start, start + 100).map((entry) => ({ entry_id: entry.id, entry: JSON.stringify(entry) })),
      )
      .execute();
  await db.updateTable('catalogue_state').set({ seed_hash: hash }).where('id', '=', 1).execute();
}

/** Of these entries, the ones somebody has saved. */
export async function listSavedAmong(db: Db, entryIds: readonly string[]): Promise<string[]> {
  if (entryIds.length === 0) return [];
  const rows = await db
    .selectFrom('saved_resources')
    .select('resource_id')
    .distinct()
    .where('resource_id', 'in', entryIds)
    .execute();
  return rows.map((row) => row.resource_id);
}

export async function listContactChecks(
  db: Db,
): Promise<Map<string, { checkedOn: string; isWrong: boolean }>> {
  const rows = await db.selectFrom('contact_checks').selectAll().execute();
  return new Map(
    rows.map((row) => [row.contact_id, { checkedOn: row.checked_on, isWrong: row.is_wrong === 1 }]),
  );
}

export async function recordContactCheck(
  db: Db,
  contactId: string,
  { checkedOn, isWrong }: { checkedOn: string; isWrong: boolean },
  by: string,
): Promise<void> {
  const found = { checked_on: checkedOn, is_wrong: isWrong ? (1 as const) : (0 as const), checked_by: by };
  await db
    .insertInto('contact_checks')
    .values({ contact_id: contactId, ...found })
    .onConflict((conflict) => conflict.column('contact_id').doUpdateSet(found))
    .execute();
}

export async function deleteContactCheck(db: Db, contactId: string): Promise<void> {
  await db.deleteFrom('contact_checks').where('contact_id', '=', contactId).execute();
}
