import { randomBytes } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import { readOrganisations } from '../../../src/community/organisations/content.ts';
import { type Person, recordSlackUser } from '../../../src/community/people.ts';
import { type Actor, actorOf } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import { readGlossary } from '../../../src/content/glossary.ts';
import { ContentFolder } from '../../../src/content/read.ts';
import { readVocabulary } from '../../../src/content/vocabulary.ts';
import { contactsIn, readPathways } from '../../../src/features/pathways/content.ts';
import { createKeptCatalogue } from '../../../src/features/resources/catalogue/kept.ts';
import {
  type Catalogue,
  type Resource,
  readCatalogue,
  readStartHere,
} from '../../../src/features/resources/content.ts';
import type { Deps } from '../../../src/features/resources/deps.ts';
import { createHelpedCounts } from '../../../src/features/resources/finding/helped.ts';
import { createLiveCatalogue } from '../../../src/features/resources/finding/live.ts';
import { createOnceADay } from '../../../src/features/resources/finding/once-a-day.ts';
import { createSearch } from '../../../src/features/resources/finding/search.ts';
import { createTrust } from '../../../src/features/resources/finding/trust.ts';
import { createWording } from '../../../src/features/resources/glossary/wording/wording.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { createLog } from '../../../src/lib/log.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { readSignposts, type Signposts } from '../../../src/safeguarding/signposts.ts';
import { button } from '../../../src/slack/blocks.ts';
import { agreement } from '../../support/agreed.ts';
import { retention } from '../../support/retention.ts';
import { givenStore } from '../../support/store.ts';

/** The content that ships. */
export function shippedContent() {
  const folder = new ContentFolder('data');
  const vocabulary = readVocabulary(folder);
  const catalogue = vocabulary && readCatalogue(folder, vocabulary);
  const glossary = vocabulary && readGlossary(folder, vocabulary);
  const directory = readSignposts(folder);
  const startHere = readStartHere(folder, catalogue);
  const organisations = readOrganisations(folder);
  const pathways =
    vocabulary &&
    readPathways(folder, vocabulary, {
      signposts: directory,
      resources: catalogue?.ids,
      organisations: new Map(organisations?.listed.map(({ id, name }) => [id, name])),
    });
  folder.finish();
  if (!vocabulary || !catalogue || !glossary || !directory || !startHere || !pathways)
    throw new Error('The content was not read.');
  const signposts = { ...directory, others: contactsIn(pathways) };
  return { vocabulary, catalogue, glossary, signposts, startHere };
}

export const content = shippedContent();
export const search = createSearch(content);

export function resource(id: string, catalogue: Catalogue = content.catalogue): Resource {
  const found = catalogue.byId.get(id);
  if (!found) throw new Error(`There is no resource ${id}.`);
  return found;
}

export type Bench = Deps & {
  catalogue: Catalogue;
  signposts: Signposts;
  clock: ManualClock;
  lookedUpBy: string[];
  homesChanged: string[];
};

/** Everything the use cases need, on a migrated database of its own. */
export async function givenResources(change: Partial<Deps> = {}): Promise<Bench> {
  const store = await givenStore();
  const lookedUpBy: string[] = [];
  const homesChanged: string[] = [];
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const live = createLiveCatalogue(content.catalogue, content);
  const kept = createKeptCatalogue({ db: store.db, clock, ...content, live });
  return {
    kept,
    db: store.db,
    random: systemRandom,
    log: createLog({ level: 'silent' }),
    timeZone: 'Europe/London',
    retention,
    homeChanged: (personId) => void homesChanged.push(personId),
    ...content,
    vault: createVault(randomBytes(32)),
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    live,
    helped: createHelpedCounts({ db: store.db, clock }, () => live.pages.clear()),
    trust: createTrust({ db: store.db, clock, live }, () => live.pages.clear()),
    wording: createWording(content.glossary),
    misses: createOnceADay({ random: systemRandom }),
    ourWords: { find: () => undefined, list: () => [] },
    reviewed: async () => undefined,
    // Only stories in a workspace share anything.
    client: new WebClient(),
    sendNow: async () => 'over',
    forumChannel: undefined,
    whoIs: async () => undefined,
    reflectOn: async () => {
      throw new Error('Only stories in a workspace write anything.');
    },
    ownBlocks: () => [],
    besideQueue: () => [],
    giveBack: async () => {},
    draftButton: (id) => button('Open it in my journal', 'reflections.carry-on', { value: id }),
    readFile: async () => ({ kind: 'not-fetched' }),
    looksIdentifiable: (text) => /\d{10}/.test(text),
    async did(personId, deed) {
      if (deed.kind === 'looked-up') lookedUpBy.push(personId);
    },
    ...change,
    clock,
    lookedUpBy,
    homesChanged,
  };
}

let met = 0;

export async function givenPerson(
  { db, clock }: Bench,
  change: { is_admin?: boolean; team_id?: string } = {},
): Promise<{ person: Person; actor: Actor }> {
  met += 1;
  const user = {
    id: `U0000${met}`,
    team_id: 'T1',
    real_name: `Person ${met}`,
    tz: 'Europe/London',
    ...change,
  };
  const { person } = await recordSlackUser(db, clock, user, 'T1');
  return { person, actor: await actorOf(db, person) };
}
