import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from '../apps.ts';
import { type Bench, freshFor, startingAll, withAll } from '../bench.ts';
import { chance } from '../chance.ts';
import { actors } from '../community.ts';
import { find } from '../driving.ts';
import { costOf, inFlight, quantile, Sheet, takeTurns } from '../measure.ts';
import { remembered } from '../questions.ts';

const perSecond = 20;

/**
 * How long somebody waits for an answer to be visible: a member who has agreed, every second question a new one. The
 * workspace's own work (checking blocks, showing them) is in it, the same for all.
 */
export async function measureWaits(bench: Bench): Promise<Sheet> {
  const { rounds, warmUp, waits, arrivingSeconds } = bench.counts;
  const sheet = new Sheet(
    'Milliseconds from a command to its visible answer (half of the questions never asked before, by somebody who agreed)',
  );
  const fresh = freshFor(bench);
  const ask = (app: Running) => (index: number) =>
    find(
      app,
      actors.member,
      index % 2 === 0 ? fresh(app) : (remembered[((index - 1) / 2) % remembered.length] ?? ''),
    );
  const note = (app: Running, how: string, times: readonly number[], cost: number): void => {
    sheet.note(`p50, ${how}`, app.subject, quantile(times, 0.5));
    sheet.note(`p99, ${how}`, app.subject, quantile(times, 0.99));
    sheet.note(`processor, ${how}`, app.subject, cost / times.length);
  };
  await withAll(startingAll(bench), async (apps) => {
    for (const app of apps) await inFlight(warmUp, 10, ask(app));
    await takeTurns(apps, Math.ceil(rounds / 2), [
      ...[1, 10, 50].map((atATime) => async (app: Running) => {
        let times: number[] = [];
        const cost = await costOf(app, async () => {
          times = await inFlight(waits, atATime, ask(app));
        });
        note(app, `${atATime} in flight`, times, cost);
      }),
      async (app, round) => {
        let times: number[] = [];
        const cost = await costOf(app, async () => {
          times = await arriving(arrivingSeconds * perSecond, round, ask(app));
        });
        note(app, `${perSecond} a second`, times, cost);
      },
    ]);
  });
  return sheet;
}

/** They come when they come, whether the ones before are answered or not; at the same moments for everybody. */
async function arriving(
  count: number,
  round: number,
  one: (index: number) => Promise<void>,
): Promise<number[]> {
  const { below } = chance(round + 1);
  const answers: Promise<number>[] = [];
  let due = performance.now();
  for (let index = 0; index < count; index += 1) {
    due += (-Math.log(1 - below(1_000_000) / 1_000_000) * 1000) / perSecond;
    await wait(Math.max(0, due - performance.now()));
    const began = performance.now();
    answers.push(one(index).then(() => performance.now() - began));
  }
  return Promise.all(answers);
}
