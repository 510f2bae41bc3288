import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { meetPerson, recordSlackUser } from '../../../src/community/people.ts';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import { ContentFolder } from '../../../src/content/read.ts';
import { openStore } from '../../../src/db/open.ts';
import type { Typed } from '../../../src/features/reflections/body.ts';
import { readFrameworks } from '../../../src/features/reflections/content.ts';
import type { ReflectionDeps } from '../../../src/features/reflections/deps.ts';
import type { Form } from '../../../src/features/reflections/writing/form.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { createLog } from '../../../src/lib/log.ts';
import { newId, systemRandom } from '../../../src/lib/random.ts';
import { readSignposts } from '../../../src/safeguarding/signposts.ts';
import { button } from '../../../src/slack/blocks.ts';
import { writeMigrated } from '../../support/store.ts';

const never = (): never => {
  throw new Error('The content does not fit.');
};

const folder = new ContentFolder('data');
export const frameworks = readFrameworks(folder) ?? never();
export const signposts = readSignposts(folder) ?? never();
folder.finish();

export type Given = {
  deps: ReflectionDeps;
  clock: ManualClock;
  file: string;
  /** Persons whose journey was told of a first reflection, and whose Home tab may look different. */
  told: string[];
  homes: string[];
  log: string[];
  robin: Actor;
  sam: Actor;
  admin: Actor;
};

/** A fresh database on a file, two members and an administrator. Tuesday 3 March 2026, 10:00 in London. */
export async function given(): Promise<Given> {
  const file = join(mkdtempSync(join(tmpdir(), 'reflections-')), 'chatr.db');
  await writeMigrated(file);
  const store = await openStore(`file:${file}`);
  onTestFinished(() => store.close());
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const [told, homes, log]: [string[], string[], string[]] = [[], [], []];
  const deps: ReflectionDeps = {
    db: store.db,
    clock,
    random: systemRandom,
    log: createLog({ level: 'trace', write: (line) => log.push(line) }),
    timeZone: 'Europe/London',
    homeChanged: (personId) => homes.push(personId),
    vault: createVault(Buffer.alloc(32, 7)),
    frameworks,
    signposts,
    reach: createReach({ timeZone: 'Europe/London', agreement: '1' }),
    // Only stories in a workspace change messages.
    client: new WebClient(),
    agreementButton: { text: 'Read the community agreement', actionId: 'onboarding.agreement' },
    examples: {
      send: async () => ({ kind: 'not-allowed' }),
      withdraw: async () => undefined,
      listWaiting: async () => [],
    },
    shares: {
      areStopped: async () => false,
      stopButton: () => button('Stop shares', 'resources.stop-shares'),
      topicFrom: (id) => `shares-from:${id}`,
    },
    async did(personId, deed) {
      if (deed.kind === 'reflected') told.push(personId);
    },
  };
  const person = async (id: string, isAdmin = false): Promise<Actor> => {
    await meetPerson(store.db, clock, id);
    const profile = { display_name: id.toLowerCase() };
    const user = { id, team_id: 'T1', profile, tz: 'Europe/London', is_admin: isAdmin };
    const { person: known } = await recordSlackUser(store.db, clock, user, 'T1');
    return loadActor(store.db, known.id);
  };
  const [robin, sam, admin] = [await person('UROBIN'), await person('USAM'), await person('UADMIN', true)];
  return { deps, clock, file, told, homes, log, robin, sam, admin };
}

/** A form as it is opened, and what stands in it. */
export function filled(
  { clock }: Pick<Given, 'clock'>,
  texts: Record<string, string>,
  change: Partial<Form> & { choices?: Typed['choices'] } = {},
): { form: Form; typed: Typed } {
  const { choices = {}, ...rest } = change;
  return {
    form: { draftId: newId(clock), framework: 'quick-note', step: 0, changes: undefined, ...rest },
    typed: { texts, choices },
  };
}
