import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { seededRandom } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Desk, openDesk } from './support.ts';

type Program = 'send-until-killed.ts' | 'answer-until-killed.ts';

/** @returns true when it ended by itself, with nothing left to send. */
async function runUntilKilled(program: Program, desk: Desk, afterCalls: number): Promise<boolean> {
  const { apiUrl, botToken } = desk.workspace;
  desk.clock.forward(1);
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, program), desk.file, apiUrl, botToken, desk.clock.now().toISOString()],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // Both sides live in the same minute.
  createInterface({ input: child.stdout }).on('line', (at) => desk.clock.moveTo(at));
  const ended = once(child, 'exit');
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const callsBefore = desk.workspace.calls.length;
  while (!isOver && desk.workspace.calls.length < callsBefore + afterCalls)
    await new Promise((next) => setTimeout(next, 2));
  child.kill('SIGKILL');
  const [code] = await ended;
  return code === 0;
}

test('a program that is killed again and again loses nothing and says nothing twice', async () => {
  const desk = await openDesk({ people: Array.from({ length: 30 }, () => ({})) });
  const chance = seededRandom(7);
  try {
    for (let turn = 0; turn < 6; turn += 1)
      for (const { id } of desk.people) await desk.enqueue({ to: { personId: id } }, `message ${turn}`);
    desk.workspace.faults.setRates({
      calls: { 'drop-answer': 0.04, 'server-error': 0.04, 'rate-limit': 0.02 },
    });
    let kills = 0;
    while (
      kills < 6 &&
      !(await runUntilKilled('send-until-killed.ts', desk, 5 + Math.floor(chance.next() * 30)))
    )
      kills += 1;
    expect(await runUntilKilled('send-until-killed.ts', desk, Number.POSITIVE_INFINITY)).toBe(true);
    const expected = Array.from({ length: 6 }, (_, turn) => `message ${turn}`);
    expect(desk.people.map((person) => desk.received(person))).toEqual(desk.people.map(() => expected));
    expect(kills).toBeGreaterThan(3);
  } finally {
    await desk.close();
  }
}, 90_000);

test('what answers people at once is lost by no kill, between the deed and the call or after it, and said once', async () => {
  const desk = await openDesk({ people: Array.from({ length: 20 }, () => ({})) });
  const chance = seededRandom(11);
  try {
    desk.workspace.faults.setRates({
      calls: { 'drop-answer': 0.04, 'server-error': 0.04, 'rate-limit': 0.02 },
    });
    const run = (afterCalls: number) => runUntilKilled('answer-until-killed.ts', desk, afterCalls);
    let kills = 0;
    while (kills < 6 && !(await run(3 + Math.floor(chance.next() * 30)))) kills += 1;
    expect(await run(Number.POSITIVE_INFINITY)).toBe(true);
    // One that was looked up or had to wait may come after a later one: each answers something of its own.
    const expected = Array.from({ length: 4 }, (_, turn) => `answer ${turn}`);
    expect(desk.people.map((person) => desk.received(person).toSorted())).toEqual(
      desk.people.map(() => expected),
    );
    expect(kills).toBeGreaterThan(3);
  } finally {
    await desk.close();
  }
}, 90_000);
