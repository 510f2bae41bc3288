import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import {
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  messagesSaying,
  scheduleCheckIn,
} from '../support/stories.ts';

const aDay = 24 * 60;

/** Jo runs a group of five who have agreed. */
async function givenGroup() {
  const community = await givenCommunity();
  const { as, workspace } = community;
  const names = 'ash bo cam dee'.split(' ');
  for (const name of names) workspace.addUser({ name, realName: `${name} Made-up` });
  await community.forward(10, 5);
  const [jo, members] = [as('jo'), ['robin', ...names].map((name) => as(name))];
  await agreeOnly(...members);
  await makeGroup(jo, 'Perinatal', ['robin', ...names]);
  return { community, jo, members };
}

const confidence = {
  group: 'Perinatal',
  template: 'Confidence: before we start',
  date: '2026-03-05',
  time: '09:30',
};

async function sayWhatTheyHope(members: readonly PersonDriver[]): Promise<void> {
  for (const [nth, person] of members.entries()) {
    await person.click('Answer');
    while (person.modal()?.submit === 'Next') await person.submit({});
    await person.submit({
      'What do you hope to get from taking part?': `To listen better, says number ${nth}`,
    });
    await closeAll(person);
  }
}

test('words come into a report only with their writer’s yes, and what is closed stays closed', async () => {
  const { community, jo, members } = await givenGroup();
  const { as } = community;
  const robin = as('robin');

  // Where nobody keeps whose words they are: asked while writing, and it cannot be taken back.
  await scheduleCheckIn(jo, {
    group: 'Perinatal',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '09:30',
  });
  await scheduleCheckIn(jo, confidence);
  await community.forward(aDay, 60);
  for (const [nth, person] of members.entries()) {
    await person.click('Answer');
    expect(person.visibleText('modal')).toContain(
      'May what you wrote be used in a report, without your name?',
    );
    expect(person.visibleText('modal')).toContain('It cannot be taken back later');
    await person.submit({
      'How has your working week felt?': '4',
      'A word or a line about your week.': `A steady week, number ${nth}`,
      ...(nth < 3 && { 'May what you wrote be used in a report, without your name?': 'As a quotation too' }),
    });
    await closeAll(person);
  }
  await community.forward(aDay, 60);
  await sayWhatTheyHope(members);
  await community.forward(9 * aDay, 6 * 60);

  const quotations = async (nth: number) => {
    await jo.command('/chatr checkin list');
    await jo.click('Results', { nth });
    await jo.click('Quotations');
  };
  await quotations(0);
  await jo.submit({ 'Which words?': 'A steady week, number 1' });
  await jo.submit({ 'As it is to stand': 'A steady week …' });
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('It is in the report.');
  await closeAll(jo);
  await quotations(1);
  for (const nth of [0, 1]) {
    await jo.submit({ 'Which words?': `To listen better, says number ${nth}` });
    await jo.submit({ 'As it is to stand': 'To listen better …' });
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('I ask whoever wrote it, if they can be asked.');
  }
  await closeAll(jo);
  // Not on a weekend.
  await community.forward(3 * aDay, 60);
  for (const person of members.slice(0, 2))
    expect(messagesSaying(person, 'A question about a report')).toHaveLength(1);
  for (const person of members.slice(2))
    expect(messagesSaying(person, 'A question about a report')).toEqual([]);
  await robin.click('See the words');
  await robin.click('Yes, quote this');
  await closeAll(robin);

  await jo.command('/chatr report Perinatal');
  const screens: string[] = [];
  for (;;) {
    screens.push(jo.visibleText('home'));
    const [, at, of] = /Screen (\d+) of (\d+)/.exec(jo.visibleText('home')) ?? [];
    if (jo.visibleText('home').includes('Read them') || at === of) break;
    await jo.click('More', { in: 'home' });
  }
  // No word of theirs on a page: it must not stand there once it is taken back.
  expect(screens.join()).toContain('In their words');
  expect(screens.join()).not.toMatch(/steady|listen better/);
  await jo.click('Read them', { in: 'home', nth: 0 });
  const first = jo.visibleText('modal');
  await closeAll(jo);
  await jo.click('Read them', { in: 'home', nth: 1 });
  const both = `${first} ${jo.visibleText('modal')}`;
  expect(both).toContain('A steady week, …');
  expect(both.match(/To listen better, …/g)).toHaveLength(1);
  expect(both).not.toMatch(/number|Robin/);
  await closeAll(jo);
  await jo.choose({ actionId: 'evaluation.screen.choose' }, 'Overview');
  await jo.click('Close this report', { in: 'home' });
  await jo.click('Close this report', { in: 'modal' });
  await closeAll(jo);

  // Closed: a yes comes too late, and so does taking one back.
  const ash = as('ash');
  await ash.click('See the words');
  expect(ash.visibleText('modal')).toContain('Nothing is asked of you here');
  await closeAll(ash);
  await robin.command('/chatr checkins');
  await robin.click('What may be quoted');
  expect(robin.visibleText('modal')).toMatch(/In a report that is closed.*To listen better, …/s);
  expect(robin.visibleText('modal')).not.toContain('Take it back');
  await closeAll(robin);
  await quotations(1);
  expect(jo.visibleText('modal')).toContain('is closed, so nothing changes in it');
  expect(databaseBytes(community)).not.toMatch(/listen better|steady week/);
  expect(community.log).toEqual([]);
});

test('of an archived group, whoever wrote the words is still asked, and what is asked for is not in a report that is closed', async () => {
  const { community, jo, members } = await givenGroup();
  const ash = community.as('ash');
  await scheduleCheckIn(jo, confidence);
  await community.forward(2 * aDay, 60);
  await sayWhatTheyHope(members);
  await community.forward(9 * aDay, 6 * 60);
  await jo.command('/chatr checkin list');
  await jo.command('/chatr groups');
  await jo.click('Open', { nth: 0 });
  await jo.click('Archive');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('*Perinatal is archived.*');
  await closeAll(jo);

  await jo.command('/chatr report Perinatal');
  await jo.click('Close this report', { in: 'home' });
  expect(jo.visibleText('modal')).not.toMatch(/quot/i);
  await closeAll(jo);
  await jo.click('Results');
  await jo.click('Quotations');
  for (const nth of [0, 1]) {
    await jo.submit({ 'Which words?': `To listen better, says number ${nth}` });
    await jo.submit({ 'As it is to stand': 'To listen better …' });
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('I ask whoever wrote it, if they can be asked.');
  }
  await closeAll(jo);
  await community.forward(4 * aDay, 60);
  for (const person of members.slice(0, 2))
    expect(messagesSaying(person, 'A question about a report')).toHaveLength(1);
  for (const person of members.slice(2))
    expect(messagesSaying(person, 'A question about a report')).toEqual([]);
  await ash.click('See the words');
  await ash.click('Yes, quote this');
  expect(ash.visibleText('modal')).toContain('It may be quoted');
  await closeAll(ash);

  await jo.command('/chatr report Perinatal');
  await jo.click('Close this report', { in: 'home' });
  expect(jo.visibleText('modal')).toContain('1 quotation');
  expect(jo.visibleText('modal')).toContain('Quotations that are still asked for will not be in it.');
  expect(community.log).toEqual([]);
});
