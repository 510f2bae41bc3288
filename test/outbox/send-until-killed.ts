/** A program of its own that sends what is in the outbox until nothing is left: made to be killed at any moment. */

import { createReach } from '../../src/community/reach.ts';
import { openStore } from '../../src/db/open.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createOutboxClient } from '../../src/outbox/client.ts';
import { createSender } from '../../src/outbox/sender.ts';
import { agreement } from '../support/agreed.ts';

const [, , file = '', slackApiUrl = '', token = '', startsAt = ''] = process.argv;
const clock = new ManualClock(startsAt);
const { db } = await openStore(`file:${file}`);
const sender = createSender({
  db,
  clock,
  log: createLog({ level: 'silent' }),
  client: createOutboxClient({ token, slackApiUrl, timeoutMs: 1_000 }),
  reach: createReach({ timeZone: 'Europe/London', agreement }),
});
while (!(await sender.isDrained(clock.now()))) {
  clock.forward(1);
  process.stdout.write(`${clock.now().toISOString()}\n`);
  await sender.sendDue(clock.now());
}
