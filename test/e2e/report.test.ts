import { strFromU8, unzipSync } from 'fflate';
import type { PersonDriver } from 'practice-workspace';
import { checkBlocks } from 'practice-workspace/block-check';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { markOf } from '../../src/features/evaluation/report/read.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { actingMarkup, agreeOnly, closeAll, makeGroup, markupIn, pressForged } from '../support/stories.ts';

const aDay = 24 * 60;
const typed = 'Perinatal <!here> *circle*';
const group = 'Perinatal !here circle';

async function rowsOf(community: Community) {
  const store = await openStore(community.config.databaseUrl);
  const closed = await store.db.selectFrom('closed_reports').selectAll().execute();
  const audited = await store.db
    .selectFrom('audit_log')
    .select(['actor', 'subject'])
    .where('action', '=', 'evaluation.close')
    .execute();
  const checkins = await store.db
    .selectFrom('checkins')
    .select('id')
    .where('cohort_id', 'is not', null)
    .execute();
  const cohorts = await store.db.selectFrom('cohorts').select(['id', 'name']).execute();
  const people = await store.db.selectFrom('people').select(['id', 'slack_id']).execute();
  await store.close();
  return { closed, audited, checkins: checkins.length, cohorts, people };
}

const home = (person: PersonDriver) => person.visibleText('home');
const lastAnswer = (person: PersonDriver) => person.visibleText(person.ephemerals().at(-1));

/** Every screen of the report that somebody is looking at, from the overview on. */
async function screensOf(person: PersonDriver): Promise<string[]> {
  const screens: string[] = [];
  for (;;) {
    const blocks = person.home()?.blocks ?? [];
    expect(checkBlocks(blocks as never, 'home')).toMatchObject({ ok: true });
    expect(markupIn(blocks)).not.toMatch(actingMarkup);
    screens.push(home(person));
    const [, at, of] = /Screen (\d+) of (\d+)/.exec(home(person)) ?? [];
    if (at === of) return screens;
    await person.click('More', { in: 'home' });
  }
}

test('fourteen people, from nothing to a report that is closed once and stays, whoever goes', async () => {
  const community = await givenCommunity();
  const { as, workspace } = community;
  const names = 'ash bo cam dee eli flo gus hal ivy jan kit lou'.split(' ');
  for (const name of names) workspace.addUser({ name, realName: `${name} Made-up` });
  workspace.addUser({ name: 'val', realName: 'Val Made-up' });
  await community.forward(10, 5);
  const [jo, robin, sam, toni, fran] = [as('jo'), as('robin'), as('sam'), as('toni'), as('fran')];
  await agreeOnly(robin);

  // Nobody runs anything yet; what begins with the word may be a search.
  await robin.command('/chatr report');
  expect(lastAnswer(robin)).toContain('is for people who run a group');
  await robin.command('/chatr report abuse');
  expect(lastAnswer(robin)).not.toContain('people who run a group');
  await jo.command('/chatr reports');
  expect(lastAnswer(jo)).toContain('You run no group at the moment');

  await makeGroup(jo, typed, ['robin', 'sam', ...names]);
  await makeGroup(jo, 'Another group', ['robin']);
  await jo.command('/chatr report');
  expect(lastAnswer(jo)).toContain('Reports of the groups you run* (2)');
  // Asked for in a message, the list stays, with one line on what was opened last.
  await jo.post('report');
  const [lines, messages] = [jo.ephemerals().length, jo.dmsWithBot().length];
  for (const nth of [0, 1, 0]) await jo.click('Open', { in: jo.dmsWithBot().at(-1) ?? 'home', nth });
  expect([jo.ephemerals().length, jo.dmsWithBot().length]).toEqual([lines, messages]);
  expect(jo.visibleText(jo.dmsWithBot().at(-1))).toMatch(
    /^\*The report of Another group is in Home now\*.*Reports of the groups you run\* \(2\)/s,
  );
  await jo.command('/chatr report another goup');
  expect(home(jo)).toContain('Report: Another group');
  await jo.command('/chatr report “Perinatel”');
  expect(lastAnswer(jo)).toContain(`The report of ${group} is in Home now`);
  expect(home(jo)).toContain('Nothing to report yet');
  expect(home(jo)).toContain('the group has no first day and no session yet');
  expect(home(jo)).not.toMatch(/Schedule what is missing|Close this report|Word file/);

  // The plan, by the group's dates.
  await jo.command('/chatr groups');
  await jo.click('Open', { nth: 1 });
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  await jo.submit({ 'First day': '2026-03-23', 'Last day': '2026-04-20' });
  await jo.click('Report');
  expect(jo.visibleText('modal')).toContain('is in Home now');
  await closeAll(jo);
  expect(home(jo)).toContain('*Before* · *missing*: it would come on Monday 16 March');
  await jo.click('Schedule what is missing', { in: 'home' });
  expect(jo.visibleText('modal')).toContain(
    '*Two months after* · Confidence: looking back, on Monday 15 June',
  );
  workspace.faults.nextDelivery('interactive', 'duplicate');
  await jo.submit({ 'Ask again later': ['Three months after, Monday 20 July'] });
  expect(jo.visibleText('modal')).toContain(
    'Scheduled: before, straight after, two months after and three months after',
  );
  await closeAll(jo);
  expect((await rowsOf(community)).checkins).toBe(4);
  expect(home(jo)).toContain('*The plan*: nothing that belongs to it is missing');
  expect(home(jo)).toContain(
    '*Three months after* · Confidence: looking back (three months after): planned for Monday 20 July',
  );
  expect(home(jo)).toContain('*Six months after* · if you want it');
  expect(
    robin
      .dmsWithBot()
      .map(({ text }) => text)
      .join(),
  ).not.toContain('Confidence');

  // A session is held; how many were there is counted two weeks later.
  await jo.command('/chatr sessions');
  await jo.click('Add a session');
  await jo.submit({ 'What is it?': 'Perinatal', 'Who is it for?': group });
  await jo.submit({ Day: '2026-03-04', 'Begins at': '10:00', Place: 'Town hall' });
  await jo.submit({ 'What is it called?': 'First <!here> circle', 'Who runs it?': ['jo'] });
  await closeAll(jo);
  await community.forward(aDay + 6 * 60, 120);
  await jo.command('/chatr training');
  await jo.click('Attendance');
  await jo.submit({ 'Others, without names': '13' });
  await closeAll(jo);
  await jo.command(`/chatr report ${group}`);
  const early = (await screensOf(jo)).join('\n');
  expect(early).toContain('1 session was held, 1 hour 30 minutes of training in all');
  expect(early).toContain('counted on 18 March 2026');
  expect(early).toContain('14 people were in the group on 4 March 2026, when this was counted');
  await community.forward(15 * aDay, 12 * 60);

  await jo.command(`/chatr report ${group}`);
  const screens = await screensOf(jo);
  const all = screens.join('\n');
  expect(screens.length).toBeGreaterThanOrEqual(4);
  expect(all).toMatch(/First !here circle \| 13 \| 4 March 2026 \| 90/);
  expect(all).toContain('Another profession, or not said | 14');
  expect(all).toContain('Nothing is shown of fewer than five people');
  expect(all).not.toMatch(/made-up|<@U/i);
  await jo.choose({ actionId: 'evaluation.screen.choose' }, 'Overview');
  expect(home(jo)).toContain('*In it*');

  // Only those who run this group, whatever they press.
  const { cohorts, people } = await rowsOf(community);
  const cohortId = cohorts.find(({ name }) => name.startsWith('Perinatal'))?.id ?? '';
  const other = cohorts.find(({ name }) => name.startsWith('Another'))?.id ?? '';
  await fran.openHome();
  for (const [name, role, more] of [
    ['sam', 'Curator', {}],
    ['toni', 'Facilitator of one group', { Group: 'Another group' }],
  ] as const) {
    await fran.click('Give a role', { in: 'home' });
    await fran.submit({ Person: name, Role: role, ...more });
    await closeAll(fran);
  }
  const presses = [
    { actionId: 'evaluation.open', value: `${cohortId}|0` },
    { actionId: 'evaluation.open', value: `${cohortId}:1|2` },
    { actionId: 'evaluation.begin-closing', value: cohortId },
    { actionId: 'evaluation.close', value: `${cohortId}:1|${markOf({} as never)}` },
    { actionId: 'evaluation.quotes', value: `${cohortId}:1|quotes|0` },
    { actionId: 'evaluation.plan', value: cohortId },
  ];
  for (const person of [robin, sam, toni, fran])
    for (const press of presses) {
      await pressForged(community, person.name, press);
      const shown = `${person.modal() ? person.visibleText('modal') : ''}${person.visibleText(person.dmsWithBot().at(-1))}`;
      expect(`${person.name} ${press.actionId} ${shown}`).toMatch(/for those who run (?:its|the) group/);
      await closeAll(person);
    }
  await toni.command('/chatr report');
  expect(home(toni)).toContain('Report: Another group');
  await toni.command(`/chatr report ${group}`);
  expect(lastAnswer(toni)).not.toContain('is in Home now');
  for (const value of ['', '|', 'nobody|0', `${cohortId}:9|0`, `${cohortId}:x|0`])
    await pressForged(community, 'jo', { actionId: 'evaluation.open', value });
  await closeAll(jo);

  // A file of it is asked for, and arrives; whoever may read it no longer when it is to be sent gets none.
  const filesOf = (person: PersonDriver) => person.dmsWithBot().flatMap((message) => message.files);
  await jo.command(`/chatr report ${group}`);
  await jo.click('As a Word file', { in: 'home' });
  expect(jo.visibleText('modal')).toContain('Workspace owners may be able to export');
  await jo.submit();
  await workspace.settled();
  await closeAll(jo);
  const [file] = filesOf(jo);
  expect(file?.name).toBe(`${group} report, 19 March 2026.docx`);
  const bytes = new Uint8Array(await (await fetch(workspace.url + (file?.url ?? ''))).arrayBuffer());
  const page = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
  expect(page).toMatch(/14 people were in the group.*First !here circle.*Limits of these figures/s);
  expect(page).not.toMatch(/made-up/i);
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'val', Role: 'Facilitator of one group', Group: group });
  await closeAll(fran);
  const val = as('val');
  await val.command(`/chatr report ${group}`);
  await val.click('As a Word file', { in: 'home' });
  await fran.click('See who has a role', { in: 'home' });
  const theirs = (fran.modal()?.blocks ?? []).map((block) => JSON.stringify(block));
  const revocable = theirs.filter((block) => block.includes('roles.revoke'));
  await fran.click(
    { actionId: 'roles.revoke' },
    { nth: revocable.findIndex((block) => block.includes(val.id)) },
  );
  await closeAll(fran);
  await val.submit();
  await workspace.settled();
  expect(val.visibleText('modal')).toContain('This report is for those who run its group');
  expect(filesOf(val)).toEqual([]);
  await closeAll(val);

  // Closing, after a look and a second question. What changes meanwhile is shown again first.
  await jo.command(`/chatr report ${group}`);
  await jo.click('Close this report', { in: 'home' });
  expect(jo.visibleText('modal')).toMatch(/Not in it yet.*Confidence: before we start/s);
  await community.forward(aDay, 12 * 60);
  await jo.click('Close this report', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('Something has changed since you looked');
  expect((await rowsOf(community)).closed).toEqual([]);
  workspace.faults.nextDelivery('interactive', 'duplicate');
  await jo.click('Close this report', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('*Closed.* The report of');
  await closeAll(jo);
  await community.forward(10, 10);
  await pressForged(community, 'jo', { actionId: 'evaluation.close', value: `${cohortId}:1|old` });
  expect(jo.visibleText(jo.dmsWithBot().at(-1)) + (jo.modal() ? jo.visibleText('modal') : '')).toContain(
    'It was closed already',
  );
  await closeAll(jo);
  const before = await rowsOf(community);
  expect(before.audited).toEqual([
    { actor: people.find(({ slack_id }) => slack_id === jo.id)?.id, subject: `${cohortId}:1` },
  ]);
  expect(before.closed).toHaveLength(1);
  await jo.openHome();
  expect(home(jo)).toMatch(/\*Closed\* on Friday 20 March by .*It stays as it was then/);
  expect(home(jo)).toContain('is for a report of its own');
  const closed = await screensOf(jo);

  // Six go, the group is archived: it is read as it was, and the next one is of the time since.
  for (const name of names.slice(0, 6)) await workspace.deactivate(name);
  await robin.command('/chatr my data');
  await robin.click('Have everything deleted');
  await robin.click('Delete everything', { in: 'modal' });
  await closeAll(robin);
  await jo.command('/chatr groups');
  await jo.click('Open', { nth: 1 });
  await jo.click('Archive');
  await closeAll(jo);
  await community.forward(2 * aDay, 12 * 60);
  expect((await rowsOf(community)).closed).toEqual(before.closed);
  await jo.command('/chatr report');
  expect(lastAnswer(jo)).toMatch(/Perinatal !here circle.*archived.*\n.*Closed on Friday 20 March/);
  await jo.command(`/chatr report ${group}`);
  expect(home(jo)).toContain('The group is archived');
  const again = (await screensOf(jo)).map((screen) => screen.replace('\nThe group is archived.', ''));
  expect(again.slice(1)).toEqual(closed.slice(1));
  await jo.choose({ actionId: 'evaluation.screen.choose' }, 'Overview');
  // It ended on the day on which it was closed: nothing can come of the time since.
  expect(home(jo)).not.toContain('is for a report of its own');
  await pressForged(community, 'jo', { actionId: 'evaluation.open', value: `${cohortId}:2|0` });
  await closeAll(jo);
  expect(home(jo)).toContain('The one before was closed on Friday 20 March; this one is of the time since');
  expect(home(jo)).toContain('Nothing since then yet');
  expect(home(jo)).toContain('Closed reports');

  // Whoever loses the role loses the page at once, and every button of it.
  await toni.command('/chatr report');
  expect(home(toni)).toContain('Report: Another group');
  await fran.openHome({ quiet: true });
  await fran.click('See who has a role', { in: 'home' });
  for (const _ of [1, 2]) await fran.click({ actionId: 'roles.revoke' }, { nth: 0 });
  await closeAll(fran);
  expect(home(toni)).not.toContain('Report: Another group');
  await pressForged(community, 'toni', { actionId: 'evaluation.plan', value: other });
  expect(toni.visibleText(toni.dmsWithBot().at(-1))).toContain('for those who run the group');
  expect(community.log).toEqual([]);
});
