import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import {
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  markupIn,
  messagesSaying,
} from '../support/stories.ts';

async function connect(
  person: PersonDriver,
  choices: Parameters<PersonDriver['submit']>[0] = {},
): Promise<void> {
  await person.command('/chatr connect');
  await person.submit({ 'How often, at most?': 'Every two weeks', ...choices });
}

async function fillInProfile(person: PersonDriver, role: string, organisation: string): Promise<void> {
  await person.openHome();
  await person.click('Edit my profile', { in: 'home' });
  await person.submit({ 'Your role': role, 'Your organisation or team': organisation });
  await person.submit({ 'Colleagues may see': ['My role', 'My organisation or team'] });
  await closeAll(person);
}

test('two colleagues of different agencies are introduced, both or neither, over a restart between the two messages; they meet, and only they know', async () => {
  const community = await givenCommunity({ at: '2026-03-02T10:00:00Z' });
  const { workspace } = community;
  const [robin, sam, gale, jo] = ['robin', 'sam', 'gale', 'jo'].map((name) => community.as(name)) as [
    PersonDriver,
    PersonDriver,
    PersonDriver,
    PersonDriver,
  ];
  await community.forward(5);
  await robin.command('/chatr connect');
  expect(robin.visibleText('modal')).toContain('Not yet');
  await closeAll(robin);
  await agreeOnly(robin, sam, gale);
  await fillInProfile(robin, 'Midwife', 'Everyplace Hospital');
  await fillInProfile(sam, 'Health visitor', 'Nowhere Street');
  await workspace.changeProfile(sam.id, {
    realName: 'Sam <!channel> *Sample*',
    displayName: 'Sam <!channel> *S*',
  });

  // A facilitator lets a group's people choose; nobody is in by that.
  await makeGroup(jo, 'Perinatal pilot', ['robin', 'sam', 'gale']);
  await jo.command('/chatr connect');
  await jo.click('In groups I run');
  await jo.click('Look');
  expect(jo.visibleText('modal')).toContain('Off for Perinatal pilot');
  await jo.click('Switch on');
  expect(jo.visibleText('modal')).toContain('On for Perinatal pilot');
  await closeAll(jo);
  await gale.openHome();
  expect(gale.visibleText('home')).toContain('People of Perinatal pilot can be introduced to each other');

  await connect(robin, {
    'Whom would you like to meet?': 'People of Perinatal pilot',
    'Anybody you would rather not meet this way?': ['gale'],
  });
  expect(robin.visibleText('modal')).toMatch(/You are in\.\W+On\.\W+The next round is on Tuesday 3 March/);
  expect(robin.visibleText('modal').match(/3 March/g)).toHaveLength(1);
  await closeAll(robin);
  await connect(sam, { 'Whom would you like to meet?': 'People of Perinatal pilot' });
  await closeAll(sam);
  await connect(gale, { 'Whom would you like to meet?': 'People of Perinatal pilot' });
  await closeAll(gale);
  await robin.openHome();
  expect(robin.visibleText('home')).toContain(
    'Every two weeks at most. The next round is on Tuesday 3 March.',
  );
  expect(databaseBytes(community), 'whom they would rather not meet').not.toContain(`["${gale.id}"]`);

  // To Tuesday, ten o'clock. The second message meets a fault, and the bot stops.
  await community.forward(24 * 60 - 10);
  const of = (person: PersonDriver) => messagesSaying(person, 'Meet a colleague');
  expect([...of(robin), ...of(sam), ...of(gale)]).toEqual([]);
  const posting = workspace.faults.hold('chat.postMessage');
  community.clock.forward(10);
  const beating = community.beat();
  await posting.reached;
  posting.release();
  await beating;
  await community.stopBot();
  await community.startBot();
  await community.forward(4, 1);
  const told = [robin, sam, gale].filter((person) => of(person).length > 0);
  expect(told.map((person) => of(person).length)).toEqual([1, 1]);
  // Robin would rather not meet Gale, so it is Sam with one of them; and Gale learns nothing of why.
  expect(told).toContain(sam);
  const other = told.find((person) => person !== sam) as PersonDriver;
  const message = of(other)[0] as ReturnType<typeof of>[number];
  expect(markupIn(message.blocks)).toContain(`<@${sam.id}>`);
  expect(markupIn(message.blocks)).not.toContain('<!channel>');
  expect(JSON.stringify(message.blocks)).toContain(
    `https://slack.com/app_redirect?channel=${sam.id}&team=${workspace.teamId}`,
  );
  const left = [robin, gale].find((person) => person !== other) as PersonDriver;
  expect(left.dmsWithBot().some(({ text }) => text.includes('introd'))).toBe(false);
  await other.click('Something to begin with', { in: message });
  expect(other.visibleText('modal')).toContain('not about a family');
  await closeAll(other);

  // Two weeks later: one met, the other skips it. Whoever was left out is introduced this time.
  await community.forward(14 * 24 * 60, 60);
  const asked = (person: PersonDriver) => messagesSaying(person, 'Did you meet?');
  expect([asked(other).length, asked(sam).length]).toEqual([1, 1]);
  await other.click('We met');
  await other.submit({ 'When did you meet?': '2026-03-10', 'How many minutes, about?': 'half an hour' });
  expect(other.visibleText('modal')).toContain('Please write a number');
  await other.submit({ 'How many minutes, about?': '30' });
  expect(other.visibleText('modal')).toContain('you met on 10 March 2026, for 30 minutes');
  await closeAll(other);
  await sam.click('Skip this', { in: asked(sam)[0] as ReturnType<typeof of>[number] });
  expect(of(left).length, 'first the next time').toBe(1);

  await other.command('/chatr connect');
  await other.click('Introductions so far');
  expect(other.visibleText('modal')).toContain('you met on 10 March 2026');
  await closeAll(other);
  await other.command('/chatr connect');
  await other.click('Stop introductions');
  expect(other.visibleText('modal')).toContain('Stopped');
  await closeAll(other);

  // What facilitators see: no name, and no number under five.
  await jo.command('/chatr connect');
  await jo.click('In groups I run');
  await jo.click('Look');
  expect(jo.visibleText('modal')).toContain('fewer than five had been introduced');
  expect(jo.visibleText('modal')).not.toMatch(/Robin|Sam |Gale/);
  await closeAll(jo);
  expect(community.log).toEqual([]);
}, 60_000);
