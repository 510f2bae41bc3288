import { type Inside, startInside } from '../apps.ts';
import { type Bench, isBot, withAll } from '../bench.ts';
import { actors } from '../community.ts';
import { openHome } from '../driving.ts';
import { costOf, Sheet, takeTurns } from '../measure.ts';

/** What the size of the community makes of pages and beats: processor milliseconds of the bot, and its queries. */
export async function measureGrowth(bench: Bench): Promise<Sheet> {
  const { rounds, looks } = bench.counts;
  const aim = 'growth ≤ 2×';
  const pages: {
    line: string;
    look(app: Inside): Promise<unknown>;
    after?(app: Inside): Promise<unknown>;
  }[] = [
    { line: 'App Home of a member', look: (app) => openHome(app, actors.member) },
    { line: 'App Home of a facilitator of one group', look: (app) => openHome(app, actors.writer) },
    { line: 'App Home of a lead', look: (app) => openHome(app, actors.lead) },
    { line: 'journal', look: openJournal(actors.member), after: close(actors.member) },
    {
      line: 'journal of 10, 100, 1,000 entries',
      look: openJournal(actors.writer),
      after: close(actors.writer),
    },
    {
      line: 'sessions to come',
      look: (app) => app.workspace.as(actors.member).command('/chatr sessions'),
      after: close(actors.member),
    },
    {
      line: 'sessions and pilots that somebody runs',
      look: (app) => app.workspace.as(actors.lead).command('/chatr pilot'),
      after: close(actors.lead),
    },
    {
      line: 'results of a check-in',
      look: (app) => app.workspace.as(actors.lead).click('Results', { in: 'home', nth: 0 }),
      after: backHome,
    },
    {
      line: 'the programme over time',
      look: (app) => app.workspace.as(actors.lead).click('Look at it', { in: 'home' }),
      after: backHome,
    },
    {
      line: 'reports that somebody may read',
      look: (app) => app.workspace.as(actors.lead).command('/chatr report'),
    },
    {
      line: 'report of a group',
      look: openReport,
      after: backHome,
    },
    {
      line: 'people who are listed',
      look: (app) => app.workspace.as(actors.lead).command('/chatr people'),
    },
    {
      line: 'what waits for curators',
      look: (app) => app.workspace.as(actors.lead).command('/chatr catalogue'),
    },
    {
      line: 'groups that somebody runs',
      look: (app) => app.workspace.as(actors.lead).command('/chatr groups'),
    },
  ];
  const beat = 'idle beat';
  const lines = [...pages.map(({ line }) => line), beat];
  const sheet = new Sheet(
    'From inside the bot: processor milliseconds, and queries',
    Object.fromEntries(lines.map((line) => [line, aim])),
  );
  const starting = bench.subjects.filter(isBot).map((subject) => () => startInside(subject));

  await withAll(starting, async (apps) => {
    for (const app of apps) {
      // What agreeing set off is sent, so that nothing is due afterwards.
      await app.ask({ ask: 'beats', times: 20 });
      const before = app.workspace.calls.length;
      await app.ask({ ask: 'beats', times: 1 });
      if (app.workspace.calls.length > before)
        bench.say('A beat that should be idle calls Slack: what is due in bench/seed.ts?');
      for (const { look, after } of pages)
        for (let nth = 0; nth < looks * 3; nth += 1) {
          await look(app);
          await after?.(app);
        }
    }
    await takeTurns(apps, rounds, [
      ...pages.map(({ line, look, after }) => async (app: Inside) => {
        let cost = 0;
        let queries = 0;
        for (let nth = 0; nth < looks; nth += 1) {
          const { queries: before } = await app.ask({ ask: 'queries' });
          cost += await costOf(app, () => look(app));
          queries += (await app.ask({ ask: 'queries' })).queries - before;
          await after?.(app);
        }
        sheet.note(line, app.subject, cost / looks);
        sheet.note(`${line}, queries`, app.subject, queries / looks);
      }),
      async (app) => {
        const times = looks * 2;
        const { queries: before } = await app.ask({ ask: 'queries' });
        const cost = await costOf(app, () => app.ask({ ask: 'beats', times }));
        const { queries: after } = await app.ask({ ask: 'queries' });
        sheet.note(beat, app.subject, cost / times);
        sheet.note(`${beat}, queries`, app.subject, (after - before) / times);
      },
    ]);
  });
  return sheet;
}

/** The answer says that it is in Home, and comes before it. */
async function openReport(app: Inside): Promise<void> {
  const lead = app.workspace.as(actors.lead);
  lead.skipSeen();
  await lead.command('/chatr report Pilot group 3');
  await lead.next('home');
}

const backHome = (app: Inside) => app.workspace.as(actors.lead).click('Back to Home', { in: 'home' });
const openJournal = (person: string) => (app: Inside) => app.workspace.as(person).command('/chatr journal');
const close = (person: string) => (app: Inside) => app.workspace.as(person).closeModal({ all: true });
