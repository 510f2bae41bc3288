import { createHash } from 'node:crypto';
import { sameWords } from '../../../content/asked-as.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { type ContactCheck, type Signposts, withChecks } from '../../../safeguarding/signposts.ts';
import { type Catalogue, type Resource, toCatalogue } from '../content.ts';
import type { LiveCatalogue } from '../finding/live.ts';
import { applyChanges, type Clash, inOrder, isSame } from './changes.ts';
import * as store from './store.ts';

/** The catalogue as the database has it over the content files. */
export type KeptCatalogue = {
  /** The content files' own entries. */
  readonly seed: readonly Resource[];
  /** The topics with what curators added to them. */
  readonly vocabulary: Vocabulary;
  /** Where the content files and a curator say different things of an entry. */
  readonly clashes: readonly Clash[];
  /** Support lines and safeguarding contacts, with the checks that curators made. */
  readonly signposts: Signposts;
  /** Publishes what has changed since, here or in another bot on this database. Cheap when nothing has. */
  refresh(): Promise<void>;
  /** At each start: what the content files dropped and somebody saved is retired, not lost. */
  begin(): Promise<void>;
};

type Given = {
  db: Db;
  clock: Clock;
  vocabulary: Vocabulary;
  catalogue: Catalogue;
  signposts: Signposts;
  live: LiveCatalogue;
};

export function createKeptCatalogue({
  db,
  clock,
  vocabulary,
  catalogue,
  signposts,
  live,
}: Given): KeptCatalogue {
  const seed = catalogue.all;
  let known = 0;
  let clashes: readonly Clash[] = [];
  let present = vocabulary;
  let contacts = signposts;

  async function refresh(): Promise<void> {
    const { changes } = await store.readState(db);
    if (changes <= known) return;
    const states = await store.listStates(db);
    const phrases = await store.listTopicPhrases(db);
    const checks: ReadonlyMap<string, ContactCheck> = await store.listContactChecks(db);
    // Another look may have been faster, and seen more.
    if (changes < known) return;
    const next = applyChanges(seed, states);
    clashes = next.clashes;
    present = withPhrases(vocabulary, phrases);
    contacts = withChecks(signposts, checks);
    known = changes;
    // Where nobody changed anything it stays the one that is indexed already.
    live.publish(states.length === 0 ? catalogue : toCatalogue(next.entries), present);
  }

  return {
    seed,
    get vocabulary() {
      return present;
    },
    get clashes() {
      return clashes;
    },
    get signposts() {
      return contacts;
    },
    refresh,
    async begin() {
      await store.recordBeginning(db, clock.now().toISOString().slice(0, 10));
      await rememberSeed(db, clock, seed);
      await refresh();
    },
  };
}

/** Topics whose phrases curators added. What the file has come to say itself is not said twice. */
export function withPhrases(vocabulary: Vocabulary, phrases: readonly store.TopicPhrase[]): Vocabulary {
  if (phrases.length === 0) return vocabulary;
  const known = new Set(
    vocabulary.topics.flatMap(({ asked_as }) => asked_as.map(({ say }) => sameWords(say))),
  );
  const added = Map.groupBy(
    phrases.filter(({ key }) => !known.has(key)),
    ({ topicId }) => topicId,
  );
  return {
    ...vocabulary,
    topics: vocabulary.topics.map((topic) => ({
      ...topic,
      asked_as: [...topic.asked_as, ...(added.get(topic.id) ?? []).map(({ phrase }) => phrase)],
    })),
  };
}

/**
 * Keeps what the content files say for the next start. What they said at the last one and do not any more is retired where
 * somebody saved it; what they bring back is as they have it.
 */
async function rememberSeed(db: Db, clock: Clock, seed: readonly Resource[]): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(seed)).digest('base64');
  if ((await store.readState(db)).seedHash === hash) return;
  await db.transaction().execute(async (trx) => {
    await store.countChange(trx);
    const before = await store.listSeed(trx);
    const states = new Map((await store.listStates(trx)).map((state) => [state.entryId, state]));
    const byId = new Map(seed.map((entry) => [entry.id, entry]));
    const gone = before.filter(({ id }) => !byId.has(id) && !states.get(id)?.entry);
    const saved = new Set(
      await store.listSavedAmong(
        trx,
        gone.map(({ id }) => id),
      ),
    );
    const at = clock.now();
    for (const entry of gone.filter(({ id }) => saved.has(id)))
      await store.insertVersion(trx, {
        entryId: entry.id,
        version: (states.get(entry.id)?.version ?? 0) + 1,
        entry: inOrder({ ...entry, retired: undefined }),
        isRetired: true,
        seed: undefined,
        changedBy: files,
        changedAt: at,
      });
    for (const { entryId, version, changedBy, isRetired, seed: over } of states.values()) {
      const back = byId.get(entryId);
      if (changedBy === files && isRetired && back && !isSame(back, over))
        await store.insertVersion(trx, {
          entryId,
          version: version + 1,
          entry: undefined,
          isRetired: false,
          seed: back,
          changedBy: files,
          changedAt: at,
        });
    }
    await store.replaceSeed(trx, seed, hash);
  });
}

/** Who changed what the content files dropped or brought back. */
export const files = 'files';
