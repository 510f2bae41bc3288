import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sendJob } from '../../../src/features/introductions/introducing/send.ts';
import { insertIntroduction } from '../../../src/features/introductions/store.ts';
import { type Desk, openDesk } from '../../outbox/support.ts';
import { given, wants } from './support.ts';

const program = join(import.meta.dirname, '../../outbox/send-until-killed.ts');

/** @param calls so many calls to Slack later it is killed; undefined: it runs to its end. */
async function send({ workspace, file, clock }: Desk, calls: number | undefined): Promise<void> {
  clock.forward(1);
  const child = spawn(
    process.execPath,
    [program, file, workspace.apiUrl, workspace.botToken, clock.now().toISOString()],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ended = once(child, 'exit');
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const before = workspace.calls.length;
  while (calls !== undefined && !isOver && workspace.calls.length < before + calls)
    await new Promise((next) => setTimeout(next, 2));
  if (calls !== undefined) child.kill('SIGKILL');
  await ended;
}

test('killed anywhere between the two messages, both have it once', async () => {
  const desk = await openDesk({ people: [{}, {}] });
  try {
    const deps = { ...(await given()), db: desk.db, clock: desk.clock };
    const [one, two] = desk.people;
    if (!one || !two) throw new Error('Nobody is there.');
    for (const person of [one, two]) await wants(deps, person);
    for (const [nth, calls] of [1, 2, 3, 4].entries()) {
      const introduction = {
        id: `introduction-${nth}`,
        pool: 'everybody',
        madeOn: '2026-03-03',
        madeAt: desk.clock.now(),
        promptId: undefined,
      };
      const members = [one, two].map(({ id: personId }) => ({
        personId,
        isOtherAgency: true,
        isOtherProfession: true,
      }));
      await insertIntroduction(desk.db, deps.vault, introduction, members);
      await sendJob(deps).run(desk.clock.now());
      await send(desk, calls);
      // What was under way is looked up once it can have arrived.
      await send(desk, undefined);
      await sendJob(deps).run(desk.clock.now());
      expect([one, two].map((person) => desk.received(person))).toEqual(
        [one, two].map(() => Array(nth + 1).fill('Meet a colleague')),
      );
      const states = await desk.db.selectFrom('introductions').select('state').execute();
      expect(states.map(({ state }) => state)).toEqual(Array(nth + 1).fill('told'));
    }
  } finally {
    await desk.close();
  }
}, 60_000);
