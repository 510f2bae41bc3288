import { expect, onTestFinished, test } from 'vitest';
import { createReach } from '../../src/community/reach.ts';
import { minutes, ShiftedClock, systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createOutboxClient } from '../../src/outbox/client.ts';
import { createSendingOn } from '../../src/outbox/send-on.ts';
import { createSender } from '../../src/outbox/sender.ts';
import { agreement } from '../support/agreed.ts';
import { openDesk } from './support.ts';

/** A Tuesday morning to come, on a clock that runs. */
const at = '2036-03-04T10:00:00Z';

/** Each of so many people has a message waiting. */
async function givenWaiting(count: number) {
  const desk = await openDesk({ at, people: Array.from({ length: count }, () => ({})) });
  onTestFinished(() => desk.close());
  for (const person of desk.people) await desk.enqueue({ to: { personId: person.id } }, 'hello');
  const clock = new ShiftedClock();
  clock.forward((Date.parse(at) - systemClock.now().getTime()) / minutes(1));
  const log = createLog({ level: 'silent' });
  const { workspace, db } = desk;
  const sender = createSender({
    db,
    clock,
    log,
    client: createOutboxClient({ token: workspace.botToken, slackApiUrl: workspace.apiUrl }),
    reach: createReach({ timeZone: 'Europe/London', agreement }),
  });
  let rounds = 0;
  const sendingOn = createSendingOn({
    sender,
    clock,
    log,
    async inTurn(work) {
      rounds += 1;
      await work();
    },
  });
  onTestFinished(() => sendingOn.stop());
  return { ...desk, sender, sendingOn, rounds: () => rounds };
}

const reached = ({ people, received }: Awaited<ReturnType<typeof givenWaiting>>) =>
  people.filter((person) => received(person).length === 1).length;

test('what is more than a round, and what Slack asked to wait with, goes without waiting for the next beat', async () => {
  const given = await givenWaiting(205);
  given.workspace.faults.next('chat.postMessage', 'rate-limit', { retryAfterSeconds: 1 });
  given.sendingOn.begin();
  // A beat comes in between: the round is finished, the rest waits.
  await given.sendingOn.pause();
  expect(reached(given)).toBeLessThan(205);
  given.sendingOn.begin();
  await given.sendingOn.settled();
  expect(reached(given)).toBe(205);
  expect(given.rounds()).toBeLessThan(7);
});

test('where nothing goes, the rest is left for the beat, which finds out why', async () => {
  const given = await givenWaiting(3);
  given.workspace.faults.setRates({ calls: { 'server-error': 1 } });
  given.sendingOn.begin();
  given.sendingOn.begin();
  await given.sendingOn.settled();
  expect(given.rounds()).toBe(1);
  given.workspace.faults.clear();
  given.sendingOn.begin();
  await given.sendingOn.stop();
  given.sendingOn.begin();
  await given.sendingOn.settled();
  expect(reached(given), 'nothing is begun once it is stopped').toBeLessThan(3);
});
