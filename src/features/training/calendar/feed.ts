import { timingSafeEqual } from 'node:crypto';
import { findActor, may } from '../../../community/permissions.ts';
import type { TrainingDeps } from '../deps.ts';
import { listEntries } from './entries.ts';
import { writeFeed } from './entry.ts';
import { deleteFeed, type Feed, findFeed, saveFeed } from './store.ts';

type FeedDeps = Pick<TrainingDeps, 'db' | 'clock' | 'vault' | 'random' | 'feedsAt'>;

/** Nobody guesses 32 bytes. */
const secretBytes = 32;

/** What is kept of it: the secret itself is in no database, and in no copy of one. */
const markOf = ({ vault }: Pick<FeedDeps, 'vault'>, secret: string): string =>
  vault.markOf(`calendar-feed:${secret}`);

/** An address of one's own. The one they had is dead at once. @returns it, this once; undefined where none are served. */
export async function makeFeed(deps: FeedDeps, personId: string): Promise<URL | undefined> {
  if (deps.feedsAt === undefined) return undefined;
  const secret = deps.random.bytes(secretBytes).toString('base64url');
  await saveFeed(deps.db, { personId, mark: markOf(deps, secret), madeAt: deps.clock.now() });
  return new URL(`calendar/${secret}.ics`, deps.feedsAt);
}

export const stopFeed = ({ db }: Pick<FeedDeps, 'db'>, personId: string): Promise<void> =>
  deleteFeed(db, personId);

/** @returns undefined where they have none, or none are served. */
export const findOwnFeed = async (
  { db, feedsAt }: Pick<FeedDeps, 'db' | 'feedsAt'>,
  personId: string,
): Promise<Feed | undefined> => (feedsAt === undefined ? undefined : findFeed(db, { personId }));

/**
 * What a calendar gets that asks at somebody's address.
 * @returns undefined where it is nobody's: never made, stopped, made anew, or of somebody who is not here any more.
 */
export async function readFeed(deps: FeedDeps, secret: string): Promise<string | undefined> {
  const { db, clock } = deps;
  // A keyed hash is looked for, so how long that takes tells nothing of the secret.
  const mark = markOf(deps, secret);
  const feed = await findFeed(db, { mark });
  if (!feed || !timingSafeEqual(Buffer.from(feed.mark), Buffer.from(mark))) return undefined;
  const actor = await findActor(db, feed.personId);
  if (!actor || actor.hasDeclined || !may(actor, 'community.use')) return undefined;
  return writeFeed(await listEntries(db, feed.personId, clock.now()));
}
