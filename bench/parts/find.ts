import type { Running } from '../apps.ts';
import { type Bench, freshFor, startingAll, withAll } from '../bench.ts';
import { actors } from '../community.ts';
import { askForPages, find, openHome, turnPages } from '../driving.ts';
import { costOf, inFlight, Sheet, takeTurns } from '../measure.ts';
import { ofSeveralPages, remembered } from '../questions.ts';

const atATime = 10;

/** What a look-up, a click and a page cost the processor. */
export async function measureFinds(bench: Bench): Promise<Sheet> {
  const { rounds, warmUp, finds, clicks, homes } = bench.counts;
  const lines = {
    again: 'find, asked before',
    fresh: 'find, never asked before',
    agreed: 'find by somebody who agreed',
    freshAgreed: 'both: never asked, and agreed',
    click: 'click that turns a page',
    home: 'opening App Home',
  };
  const sheet = new Sheet(`Processor milliseconds of the app itself, each (finds: ${atATime} in flight)`, {
    [lines.again]: 'to bare ≤ 1.3×',
    [lines.fresh]: 'to bare ≤ 3×',
    [lines.agreed]: 'to bare ≤ 1.5×',
  });
  const fresh = freshFor(bench);
  const again = (index: number): string => remembered[index % remembered.length] ?? '';

  /** All of `remembered` is asked before, since the new questions may have pushed it out of the bot's memory. */
  const asking =
    (line: string, person: string, question: (app: Running, index: number) => string) =>
    async (app: Running): Promise<void> => {
      for (const known of remembered) await find(app, person, known);
      const cost = await costOf(app, () =>
        inFlight(finds, atATime, (index) => find(app, person, question(app, index))),
      );
      sheet.note(line, app.subject, cost / finds);
    };

  await withAll(startingAll(bench), async (apps) => {
    for (const app of apps) {
      await inFlight(warmUp, atATime, (index) => find(app, actors.newcomer, again(index)));
      await inFlight(warmUp, atATime, (index) =>
        find(app, actors.member, index % 2 === 0 ? again(index) : fresh(app)),
      );
      await turnPages(app, await askForPages(app, ofSeveralPages, clicks));
      for (let nth = 0; nth < homes; nth += 1) await openHome(app, actors.member);
    }
    await takeTurns(apps, rounds, [
      asking(lines.again, actors.newcomer, (_, index) => again(index)),
      asking(lines.fresh, actors.newcomer, fresh),
      asking(lines.agreed, actors.member, (_, index) => again(index)),
      asking(lines.freshAgreed, actors.member, fresh),
      async (app) => {
        const pages = await askForPages(app, ofSeveralPages, clicks);
        sheet.note(lines.click, app.subject, (await costOf(app, () => turnPages(app, pages))) / clicks);
      },
      async (app) => {
        const cost = await costOf(app, async () => {
          for (let nth = 0; nth < homes; nth += 1) await openHome(app, actors.member);
        });
        sheet.note(lines.home, app.subject, cost / homes);
      },
    ]);
  });
  return sheet;
}
