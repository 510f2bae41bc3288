import { setTimeout as wait } from 'node:timers/promises';
import { agreeAsMember, type Running, start } from '../apps.ts';
import { type Bench, freshFor } from '../bench.ts';
import { actors } from '../community.ts';
import { find } from '../driving.ts';
import { inFlight, Sheet } from '../measure.ts';
import { comeToRest, residentMb } from '../processes.ts';
import { remembered } from '../questions.ts';

/**
 * Memory at rest; after many commands: a third asked before, a third new, a third by somebody who agreed; and when nobody has
 * come since.
 */
export async function measureMemory(bench: Bench): Promise<Sheet> {
  const { load, rests, quietSeconds } = bench.counts;
  const lines = {
    rest: 'at rest',
    after: `after ${load.toLocaleString('en-GB')} commands`,
    quiet: `${quietSeconds} quiet seconds later`,
  };
  const sheet = new Sheet('Resident memory, MB', {
    [lines.rest]: 'to bare ≤ 1.5×',
    [lines.after]: 'to bare ≤ 1.5×',
    [lines.quiet]: 'to bare ≤ 1.5×',
  });
  const fresh = freshFor(bench);
  const loaded: Running[] = [];
  for (let round = 0; round < rests; round += 1)
    for (const subject of bench.subjects) {
      const app = await start(subject, bench.answers);
      await comeToRest(app.pid, 500);
      sheet.note(lines.rest, subject, residentMb(app.pid));
      // Once is enough: it takes a minute, and what a garbage collector leaves differs little after so many.
      if (round === 0) {
        await agreeAsMember(app);
        await inFlight(load, 10, (index) =>
          find(
            app,
            index % 3 === 2 ? actors.member : actors.newcomer,
            index % 3 === 1 ? fresh(app) : (remembered[index % remembered.length] ?? ''),
          ),
        );
        await comeToRest(app.pid, 500);
        sheet.note(lines.after, subject, residentMb(app.pid));
        loaded.push(app);
      } else await app.stop();
    }
  await wait(quietSeconds * 1_000);
  for (const app of loaded) sheet.note(lines.quiet, app.subject, residentMb(app.pid));
  await Promise.all(loaded.map((app) => app.stop()));
  return sheet;
}
