import { seededRandom } from 'practice-workspace';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { type Desk, openDesk } from './support.ts';

const PEOPLE = 50;
const EACH = 8;

const badDay = {
  calls: {
    'rate-limit': 0.04,
    'server-error': 0.04,
    'server-error-after': 0.05,
    'drop-request': 0.04,
    'drop-answer': 0.06,
  },
};

/** A program that dies in the middle of a round: its connection goes while calls are under way. */
async function crashMidRound(desk: Desk, afterCalls: number): Promise<void> {
  const store = await openStore(`file:${desk.file}`);
  const sender = desk.newSender({ db: store.db });
  desk.clock.forward(1);
  const callsBefore = desk.workspace.calls.length;
  let isOver = false;
  const round = sender.sendDue(desk.clock.now()).then(
    () => {
      isOver = true;
    },
    // The connection is gone: what a process that was killed would not even notice.
    () => {
      isOver = true;
    },
  );
  while (!isOver && desk.workspace.calls.length < callsBefore + afterCalls)
    await new Promise((next) => setImmediate(next));
  await store.close();
  await round;
}

test.each([1, 2])(
  'on a bad day with crashes everybody gets every message once and in order (seed %i)',
  async (seed) => {
    const desk = await openDesk({ people: Array.from({ length: PEOPLE }, () => ({})), seed });
    const chance = seededRandom(seed);
    try {
      for (let turn = 0; turn < EACH; turn += 1)
        for (const { id } of desk.people)
          await desk.enqueue({ to: { personId: id }, idempotencyKey: `${id}:${turn}` }, `message ${turn}`);
      desk.workspace.faults.setRates(badDay);
      let crashes = 0;
      let beats = 0;
      for (let sender = desk.newSender(); !(await sender.isDrained(desk.clock.now())); beats += 1) {
        expect(beats, 'it never ends').toBeLessThan(500);
        if (chance.next() < 0.3 && crashes < 15) {
          await crashMidRound(desk, Math.floor(chance.next() * 60));
          crashes += 1;
          sender = desk.newSender();
        } else await desk.beat(sender);
      }
      const expected = Array.from({ length: EACH }, (_, turn) => `message ${turn}`);
      expect(desk.people.map((person) => desk.received(person))).toEqual(desk.people.map(() => expected));
      expect(desk.failures).toEqual([]);
      // It was a bad day indeed.
      expect(crashes).toBeGreaterThan(3);
      const faults = new Set(desk.workspace.faults.injected.map(({ kind }) => kind));
      expect([...faults].sort()).toEqual(Object.keys(badDay.calls).sort());
    } finally {
      await desk.close();
    }
  },
  60_000,
);
