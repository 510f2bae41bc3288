import type { PersonDriver } from 'practice-workspace';
import { checkBlocks } from 'practice-workspace/block-check';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { countCharts, withoutCharts } from '../../src/slack/charts.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { actingMarkup, agreeOnly, closeAll, makeGroup, markupIn, pressForged } from '../support/stories.ts';

const aDay = 24 * 60;
const home = (person: PersonDriver) => person.visibleText('home');

async function keptOf({ config }: Community) {
  const store = await openStore(config.databaseUrl);
  const marks = await store.db.selectFrom('use_marks').selectAll().execute();
  const counts = await store.db.selectFrom('use_counts').selectAll().execute();
  await store.close();
  return { marks, counts };
}

function lookAtHome(person: PersonDriver): string {
  const blocks = person.home()?.blocks ?? [];
  expect(checkBlocks(blocks as never, 'home')).toMatchObject({ ok: true });
  expect(countCharts(blocks as never)).toBeLessThanOrEqual(2);
  expect(markupIn(blocks)).not.toMatch(actingMarkup);
  return home(person);
}

test('what people look up is counted without who did, for the report of their group and for the programme', async () => {
  const community = await givenCommunity();
  const { as, workspace } = community;
  const names = ['ash', 'bo', 'cam', 'dee', 'eli', 'flo'];
  for (const name of names) workspace.addUser({ name, realName: `${name} Made-up` });
  await community.forward(10, 5);
  const [jo, robin, fran, ash] = [as('jo'), as('robin'), as('fran'), as('ash')];
  const members = names.map((name) => as(name));
  await agreeOnly(...members, robin);
  await makeGroup(jo, 'Perinatal circle', names);

  // The programme before a month is over; only for those who lead all of it.
  await jo.openHome();
  await jo.click({ actionId: 'evaluation.programme' }, { in: 'home' });
  expect(lookAtHome(jo)).toMatch(/Nothing is counted yet.*Counting began on 3 March 2026.*1 April 2026/s);
  await fran.openHome();
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'robin', Role: 'Facilitator of one group', Group: 'Perinatal circle' });
  await closeAll(fran);
  await robin.openHome();
  expect(home(robin)).not.toContain('The programme over time');
  for (const person of [robin, ash]) {
    await pressForged(community, person.name, { actionId: 'evaluation.programme', value: '' });
    await pressForged(community, person.name, { actionId: 'files.ask:programme-csv', value: '' });
    if (person.modal()) await person.submit();
    expect(person.visibleText('modal')).toContain('is for those who lead the whole programme');
    await closeAll(person);
  }

  for (const person of members) await person.command('/chatr find sleep');
  await ash.command('/chatr find zzzqqq');
  await ash.command('/chatr pathway domestic abuse Hackney');
  await robin.command('/chatr find sleep');
  await community.beat();
  const inWeek = await keptOf(community);
  expect(
    inWeek.counts
      .filter(({ cohort_id: of }) => of !== '')
      .map(({ kind, period, uses, missed }) => [kind, period, uses, missed]),
  ).toEqual([['looked-up', '2026-03-02', 8, 1]]);
  expect(inWeek.marks.filter(({ kind, cohort_id: of }) => kind === 'looked-up' && of !== '')).toHaveLength(6);
  await ash.command('/chatr my data');
  await ash.click('What exactly, and why');
  expect(ash.visibleText('modal')).toContain('Use, until it is counted');
  await closeAll(ash);

  await community.forward(7 * aDay, 12 * 60);
  expect((await keptOf(community)).marks.filter(({ kind }) => kind === 'looked-up')).toEqual([]);
  await robin.command('/chatr report');
  await robin.choose({ actionId: 'evaluation.screen.choose' }, 'Use of the resources');
  expect(lookAtHome(robin)).toMatch(
    /In 1 week five people or more of the group looked something up.*at least 5 times together/s,
  );
  expect(home(robin)).toContain('2 March 2026 | 5 | fewer than five');

  for (const person of members.slice(0, 5)) await person.command('/chatr find grief');
  await community.forward(55 * aDay, 12 * 60);
  await jo.openHome();
  await jo.click({ actionId: 'evaluation.programme' }, { in: 'home' });
  const page = lookAtHome(jo);
  expect(page).toContain('Members: 5 or more (March 2026: 5 or more)');
  expect(page).toContain('Active: fewer than five (March 2026: more than half)');
  expect(page).toMatch(/Mar 2026 \| 10 or more \| not shown/);
  expect(page).toContain('March 2026 was counted from 3 March 2026 on');
  expect(page).not.toMatch(/Perinatal circle|made-up|<@U/i);
  const bare = withoutCharts(jo.home()?.blocks ?? []);
  expect(JSON.stringify(bare)).toContain('• Mar 2026: Look-ups 10 or more, Found nothing not shown');
  await jo.click('All months (CSV)', { in: 'home' });
  expect(jo.visibleText('modal')).toContain('No group and no person is in it');
  await jo.submit();
  await closeAll(jo);
});
