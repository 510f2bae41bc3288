/** A program of its own that answers everybody at once, as often as it is started: made to be killed at any moment. */
import { createReach } from '../../src/community/reach.ts';
import { openStore } from '../../src/db/open.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createOutboxClient } from '../../src/outbox/client.ts';
import { enqueue } from '../../src/outbox/outbox.ts';
import { createSender } from '../../src/outbox/sender.ts';

const [, , file = '', slackApiUrl = '', token = '', startsAt = ''] = process.argv;
const clock = new ManualClock(startsAt);
const { db } = await openStore(`file:${file}`);
const sender = createSender({
  db,
  clock,
  log: createLog({ level: 'silent' }),
  client: createOutboxClient({ token, slackApiUrl, timeoutMs: 1_000 }),
  reach: createReach({ timeZone: 'Europe/London', agreement: '1' }),
});
const beat = async () => {
  clock.forward(1);
  process.stdout.write(`${clock.now().toISOString()}\n`);
  await sender.sendDue(clock.now());
};
const people = await db.selectFrom('people').select('id').orderBy('id').execute();
for (let turn = 0; turn < 4; turn += 1) {
  // What was answered before a kill is answered again under its name, as a message that Slack delivers again.
  for (const { id: personId } of people) {
    const idempotencyKey = `${turn}:${personId}`;
    const text = `answer ${turn}`;
    await db.transaction().execute(async (trx) => {
      await enqueue(trx, clock, {
        idempotencyKey,
        kind: 'slack.answer',
        to: { personId },
        message: { text, blocks: [{ type: 'section', text: { type: 'plain_text', text } }] },
        sendAfter: clock.now(),
      });
    });
    await sender.sendNow(idempotencyKey);
  }
  await beat();
}
while (!(await sender.isDrained(clock.now()))) await beat();
