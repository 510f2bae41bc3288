import { start } from '../apps.ts';
import type { Bench } from '../bench.ts';
import { actors } from '../community.ts';
import { find } from '../driving.ts';
import { Sheet, takeTurns } from '../measure.ts';
import { comeToRest, processorMs } from '../processes.ts';
import { remembered } from '../questions.ts';

/** Starting, as an installed app is started: its tables are there, and its code was compiled before. */
export async function measureStarts(bench: Bench): Promise<Sheet> {
  const ready = 'start to ready';
  const sheet = new Sheet('Starting, milliseconds', { [ready]: 'to bare ≤ 2×' });
  // The first of each is not counted: it compiles.
  await takeTurns(bench.subjects, bench.counts.starts + 1, [
    async (subject, round) => {
      const app = await start(subject, bench.answers);
      const began = performance.now();
      await find(app, actors.newcomer, remembered[0]);
      const answered = app.readyMs + performance.now() - began;
      await comeToRest(app.pid, 200);
      if (round > 0) {
        sheet.note(ready, subject, app.readyMs);
        sheet.note('start to the first answer', subject, answered);
        sheet.note('processor, until it is at rest', subject, processorMs(app.pid));
      }
      await app.stop();
    },
  ]);
  return sheet;
}
