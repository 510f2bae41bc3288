/** A program of its own in which everybody answers, one after the other: made to be killed at any moment. */

import type { WebClient } from '@slack/web-api';
import { loadActor } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import { ContentFolder } from '../../../src/content/read.ts';
import { openKeyFile } from '../../../src/db/key-file.ts';
import { openStore } from '../../../src/db/open.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import { readCheckins } from '../../../src/features/checkins/content.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { createLog } from '../../../src/lib/log.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { noDaysOff } from '../../../src/scheduler/days-off.ts';
import { agreement } from '../../support/agreed.ts';
import { retention } from '../../support/retention.ts';

const [, , file = '', keyFile = '', at = '', question = '', words = '', roundId = ''] = process.argv;
const templates = readCheckins(new ContentFolder('data'));
if (!templates) throw new Error('The content does not fit.');
const master = Buffer.alloc(32, 5);
const store = await openStore(`file:${file}`);
const { db } = store;
const deps = {
  db,
  clock: new ManualClock(at),
  random: systemRandom,
  log: createLog({ level: 'silent' }),
  timeZone: 'Europe/London',
  retention,
  homeChanged: () => {},
  did: async () => {},
  vault: createVault(master, openKeyFile(keyFile, master)),
  reach: createReach({ timeZone: 'Europe/London', agreement }),
  settle: () => store.settle(),
  templates,
  daysOff: noDaysOff,
  // Sending an answer asks Slack nothing.
  sendNow: async () => 'waiting' as const,
  readFile: async () => ({ kind: 'not-fetched' as const }),
  sessionsOf: async () => [],
  findSession: async () => undefined,
  turnHome: async () => {},
  client: {} as WebClient,
};
const asked = await db
  .selectFrom('participations')
  .select('person_id')
  .where('round_id', '=', roundId)
  .where('status', '!=', 'answered')
  .orderBy('person_id')
  .execute();
for (const { person_id: personId } of asked) {
  const answers = { [question]: 3, [words]: `words of ${personId}` };
  const outcome = await sendAnswers(deps, await loadActor(db, personId), roundId, { answers, share: false });
  process.stdout.write(`${outcome.kind} ${personId}\n`);
}
await store.close();
