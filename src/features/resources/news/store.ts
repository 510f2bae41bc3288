import '../tables.ts';
import type { Db } from '../../../db/schema.ts';

/** Ids of the topics somebody follows. */
export async function listFollowed(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('followed_topics')
    .select('topic_id')
    .where('person_id', '=', personId)
    .orderBy('topic_id')
    .execute();
  return rows.map((row) => row.topic_id);
}

/** What is followed already is followed since then. */
export async function insertFollowed(
  db: Db,
  personId: string,
  topicIds: readonly string[],
  at: Date,
): Promise<void> {
  if (topicIds.length === 0) return;
  await db
    .insertInto('followed_topics')
    .values(topicIds.map((topic_id) => ({ person_id: personId, topic_id, since: at.toISOString() })))
    .onConflict((conflict) => conflict.columns(['person_id', 'topic_id']).doNothing())
    .execute();
}

/** @param besides topics that are followed on. */
export async function deleteFollowed(
  db: Db,
  personId: string,
  besides: readonly string[] = [],
): Promise<void> {
  let all = db.deleteFrom('followed_topics').where('person_id', '=', personId);
  if (besides.length > 0) all = all.where('topic_id', 'not in', besides);
  await all.execute();
}

export type Followed = { topicId: string; since: Date };

/** Whoever follows one of these topics, with those they have followed since before `before`. */
export async function listFollowers(
  db: Db,
  topicIds: readonly string[],
  before: Date,
): Promise<Map<string, Followed[]>> {
  if (topicIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('followed_topics')
    .select(['person_id', 'topic_id', 'since'])
    .where('topic_id', 'in', topicIds)
    .where('since', '<', before.toISOString())
    .orderBy('person_id')
    .orderBy('topic_id')
    .execute();
  const followers = new Map<string, Followed[]>();
  for (const row of rows)
    followers.set(row.person_id, [
      ...(followers.get(row.person_id) ?? []),
      { topicId: row.topic_id, since: new Date(row.since) },
    ]);
  return followers;
}

/** @returns undefined where it is not told. */
export async function channelToldSince(db: Db, channelId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('channel_news')
    .select('since')
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  return row && new Date(row.since);
}

export async function insertChannel(db: Db, channelId: string, by: string, at: Date): Promise<void> {
  await db
    .insertInto('channel_news')
    .values({ channel_id: channelId, turned_on_by: by, since: at.toISOString() })
    .onConflict((conflict) => conflict.column('channel_id').doNothing())
    .execute();
}

export async function deleteChannel(db: Db, channelId: string): Promise<void> {
  await db.deleteFrom('channel_news').where('channel_id', '=', channelId).execute();
}
