import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import {
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  messagesSaying,
  pressForged,
  scheduleCheckIn,
} from '../support/stories.ts';

const useful = 'How useful was the session for your work?';
const one = 'One thing I will try';
const lookBack = 'Something you wanted to look back on';
const aDay = 24 * 60;

type Given = Community & { jo: PersonDriver };

/** Wednesday 4 March, and everybody in the group has been asked after a session. */
async function givenAsked(more: readonly string[] = []): Promise<Given> {
  const community = await givenCommunity();
  for (const name of more) community.workspace.addUser({ name, realName: `${name} Made-up` });
  await community.forward(5 * 60, 60);
  const jo = community.as('jo');
  const names = ['robin', 'sam', 'toni', 'gale', ...more];
  await agreeOnly(...names.map((name) => community.as(name)));
  await makeGroup(jo, 'Perinatal pilot', names);
  await scheduleCheckIn(jo, {
    group: 'Perinatal pilot',
    template: 'After a session',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(aDay, 60);
  return { ...community, jo };
}

async function answer(person: PersonDriver): Promise<void> {
  await person.click('Answer');
  await person.submit({ [useful]: '4' });
  await person.submit();
  expect(person.modal()?.title).toBe('Thank you');
}

async function note(person: PersonDriver, words: string): Promise<void> {
  await answer(person);
  await person.click('Note one thing');
  await person.submit({ [one]: words });
}

/** Everything Slack keeps: messages and pages. A window is seen by its one reader. */
const keptBySlack = ({ workspace }: Community): string =>
  JSON.stringify(workspace.calls.filter(({ method }) => !/^views\.(open|update|push)$/.test(method))) +
  ['robin', 'sam', 'toni', 'gale', 'jo', 'fran']
    .map((name) => JSON.stringify(workspace.snapshot(name).messages))
    .join();

test('one thing noted after a check-in comes back twice, without its words, and becomes a reflection', async () => {
  const given = await givenAsked();
  const { jo, workspace } = given;
  const robin = given.as('robin');
  await answer(robin);
  expect(robin.visibleText('modal')).toContain('keep one thing you will try?');
  await robin.click('Note one thing');
  await robin.submit({ [one]: 'Ring 07700 900123 about quokka curtains' });
  expect(robin.visibleText('modal')).toContain('a phone number');
  workspace.faults.nextDelivery('interactive', 'duplicate');
  await robin.submit();
  expect(robin.visibleText('modal')).toMatch(
    /Kept, for you alone.*quokka curtains.*comes back on Wednesday 18 March/s,
  );
  expect(robin.visibleText('modal')).not.toContain('07700');
  await closeAll(robin);
  await robin.openHome();
  expect(robin.visibleText('home')).toMatch(/What I will try.*Noted on Wednesday 4 March/s);
  await robin.click('Open what I noted', { in: 'home' });
  expect(robin.visibleText('modal').match(/quokka/g), 'sent twice, kept once').toHaveLength(1);
  await closeAll(robin);

  await given.forward(13 * aDay, 12 * 60);
  expect(messagesSaying(robin, lookBack)).toEqual([]);
  await given.forward(2 * aDay, 120);
  expect(messagesSaying(robin, lookBack)).toHaveLength(1);
  expect(robin.visibleText(messagesSaying(robin, lookBack)[0])).toMatch(/On Wednesday 4 March you noted/);
  expect(robin.visibleText('home')).toContain('How did it go with what you noted');
  await robin.click('Read it');
  expect(robin.visibleText('modal')).toContain('quokka curtains');
  await closeAll(robin);
  await robin.click('Partly');
  const told = robin.dmsWithBot().at(-1);
  expect(robin.visibleText(told)).toMatch(/Thank you for looking back.*once more, on Tuesday 5 May/s);
  expect(robin.visibleText(told), 'what they said is not kept by Slack').not.toMatch(/partly/i);
  await robin.click('Turn it into a reflection');
  expect(robin.modal()?.title).toBe('Write a reflection');
  expect(JSON.stringify(robin.modal())).toMatch(
    /What I wanted to try.*quokka curtains.*What stayed with you/,
  );
  await robin.submit();
  expect(robin.modal()?.title).toBe('Saved');
  await closeAll(robin);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('quokka curtains');
  await closeAll(robin);

  await given.forward(50 * aDay, 12 * 60);
  const [second, ...more] = messagesSaying(robin, lookBack);
  expect(more).toEqual([]);
  expect(robin.visibleText(second)).toContain('I do not ask again after this.');
  await given.forward(120 * aDay, aDay);
  expect(messagesSaying(robin, lookBack).length).toBeLessThanOrEqual(2);

  expect(keptBySlack(given)).not.toContain('quokka');
  expect(databaseBytes(given)).not.toContain('quokka');
  const id = JSON.stringify(second).match(/"intentions\.open","value":"([0-9a-f]+)"/)?.[1] ?? '';
  for (const actionId of [
    'intentions.open',
    'intentions.change',
    'intentions.reflect',
    'intentions.delete',
  ]) {
    await pressForged(given, 'jo', { actionId, value: id });
    expect(JSON.stringify(jo.modal()), actionId).not.toContain('quokka');
    await closeAll(jo);
  }
  await robin.openHome();
  await robin.click('Open what I noted', { in: 'home' });
  await robin.click('Delete');
  expect(robin.visibleText('modal')).toContain('It is deleted.');
  await closeAll(robin);
  await robin.click('Done', { in: second ?? 'home', mayFail: true });
  expect(robin.visibleText('home')).not.toContain('Open what I noted');

  // Of one's own accord, from Home and by a word; what it comes after is nothing.
  await robin.click('Note one thing', { in: 'home' });
  await robin.submit({ [one]: 'Sit down first' });
  expect(robin.visibleText('modal')).toContain('Kept, for you alone.');
  await closeAll(robin);
  await robin.command('/chatr what i will try');
  expect(robin.visibleText('modal')).toContain('Sit down first');
  await robin.click('Note one more');
  await robin.submit({ [one]: 'Ask one question less' });
  await closeAll(robin);
  expect(robin.visibleText('home')).toContain('2 things noted');
  const toni = given.as('toni');
  await toni.command('/chatr try');
  expect(toni.visibleText('modal')).toContain(one);
  await closeAll(toni);
  await toni.post('try');
  await toni.click('What I will try');
  expect(toni.visibleText('modal')).toContain('There is nothing here yet.');
  await closeAll(toni);
  expect(given.log).toEqual([]);
});

test('not offered again, begun and left lying, stopped, and leaving: each is kept to', async () => {
  const given = await givenAsked();
  const { jo } = given;
  const [robin, sam, toni, gale] = ['robin', 'sam', 'toni', 'gale'].map((name) => given.as(name));
  if (!robin || !sam || !toni || !gale) throw new Error('too few');

  // Closed by mistake: what was typed is there.
  await answer(sam);
  await sam.click('Note one thing');
  await sam.fill({ [one]: 'Half a wombat' });
  await closeAll(sam);
  await sam.openHome();
  expect(sam.visibleText('home')).toContain('You began to note something');
  expect(sam.visibleText('home')).not.toContain('wombat');
  await sam.click('Go on', { in: 'home' });
  expect(JSON.stringify(sam.modal()?.state)).toContain('Half a wombat');
  await sam.submit();
  await closeAll(sam);

  await answer(toni);
  await toni.click('Do not offer this again');
  await closeAll(toni);
  await note(gale, 'Try the door');
  await closeAll(gale);
  await note(robin, 'Try the window');
  await closeAll(robin);

  // "Don't ask again about this", and its way back; silence.
  await given.forward(15 * aDay, 120);
  expect(messagesSaying(robin, lookBack)).toHaveLength(1);
  await robin.choose({ actionId: 'intentions.more' }, 'Don’t ask again about this');
  await gale.openHome();
  await gale.click('Leave the programme', { in: 'home' });
  await gale.click('Leave the programme', { in: 'modal' });
  await closeAll(gale);
  await given.forward(60 * aDay, 12 * 60);
  expect(messagesSaying(robin, lookBack)).toHaveLength(0);
  expect(messagesSaying(sam, lookBack)).toHaveLength(2);
  expect(messagesSaying(toni, lookBack)).toEqual([]);
  expect(messagesSaying(gale, lookBack), 'before they left').toHaveLength(1);
  await gale.openHome();
  await gale.click('Open what I noted', { in: 'home' });
  expect(gale.visibleText('modal'), 'theirs to read and delete all the same').toContain('Try the door');
  await closeAll(gale);

  // Answering again: who noted nothing is offered it again, who said no is not.
  await scheduleCheckIn(jo, {
    group: 'Perinatal pilot',
    template: 'After a session',
    date: '2026-06-01',
    time: '10:00',
  });
  await given.forward(14 * aDay, 120);
  await toni.click('Answer');
  await toni.submit({ [useful]: '4' });
  await toni.submit();
  expect(toni.visibleText('modal')).not.toContain('one thing you will try');
  expect(given.log).toEqual([]);
});

test('those who run the group read how many, once it is over, and nothing that tells who', async () => {
  const given = await givenAsked(['Ash', 'Bo']);
  const { jo } = given;
  const members = ['robin', 'sam', 'toni', 'gale', 'Ash', 'Bo'].map((name) => given.as(name));
  for (const [nth, person] of members.entries()) {
    if (nth === 5) {
      await jo.command('/chatr checkin list');
      await jo.click('Results');
      expect(jo.visibleText('modal'), 'not while it is open').not.toContain('noted something');
      await closeAll(jo);
    }
    await note(person, `quokka ${nth}`);
    await closeAll(person);
  }
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  expect(jo.visibleText('modal')).toContain(
    'More than half of those who answered noted something they will try.',
  );
  expect(JSON.stringify(jo.snapshot())).not.toContain('quokka');
  expect(given.log).toEqual([]);
});
