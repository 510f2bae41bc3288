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
} from '../support/stories.ts';

const box = 'A moment: What stayed with you today?';
const secret = 'The kingfisher by the *canal* <!channel>';

async function givenWriter(): Promise<{
  community: Community;
  robin: PersonDriver;
  sam: PersonDriver;
  jo: PersonDriver;
}> {
  const community = await givenCommunity();
  const [robin, sam, jo] = [community.as('robin'), community.as('sam'), community.as('jo')];
  await agreeOnly(robin, sam, jo);
  await makeGroup(jo, 'Spring group', ['robin', 'sam', 'toni']);
  await robin.command('/chatr reflect');
  await robin.submit({ [box]: secret });
  await robin.click('Open it');
  expect(robin.visibleText('modal')).toContain('Only you see this.');
  await robin.click('Share');
  return { community, robin, sam, jo };
}

const notices = (person: PersonDriver) =>
  messagesSaying(person, 'A colleague has shared something with you.');

/** Presses "Read it" on a notice of somebody else's, as a changed client could. */
async function readForged(community: Community, name: string, shareId: string): Promise<string> {
  const person = community.as(name);
  await closeAll(person);
  await pressForged(community, name, { actionId: 'reflections.read-shared', value: shareId });
  const said = person.visibleText('modal');
  await closeAll(person);
  return said;
}

const shareIdIn = (message: unknown): string =>
  /"value":"([0-9a-f-]{36})"/.exec(JSON.stringify(message))?.[1] ?? '';

test('to a person: previewed, read in a window, seen by its author to be opened, and taken back', async () => {
  const { community, robin, sam } = await givenWriter();
  await robin.submit({ 'With whom?': 'One person' }, { mayFail: true });
  expect(robin.visibleText('modal')).toContain('Please choose the person.');
  // Toni has not agreed to anything yet; why is nobody's business.
  await robin.submit({ 'Which person?': 'toni' }, { mayFail: true });
  expect(robin.visibleText('modal')).toContain('This person does not take shares.');
  await robin.submit({ 'Which person?': 'sam' });
  expect(robin.modal()?.title).toBe('Preview');
  expect(robin.visibleText('modal')).toContain('1 person can read this, and nobody else');
  expect(robin.visibleText('modal')).toContain('The kingfisher by the *canal* <!channel>');
  expect(robin.visibleText('modal')).toContain('You see who opened it, and when');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('*Shared* with');
  await closeAll(robin);

  await community.beat();
  const [notice, ...more] = notices(sam);
  expect(more).toEqual([]);
  if (!notice) throw new Error(sam.describe());
  expect(JSON.stringify(notice)).not.toContain('kingfisher');
  expect(sam.visibleText(notice)).toContain('Its author sees who opened it, and when');
  await sam.click('Read it', { in: notice });
  expect(sam.visibleText('modal')).toContain(secret);
  expect(sam.visibleText('modal')).toContain('Its author sees who opened it, and when');
  await closeAll(sam);

  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('but for what says that it is shared');
  await robin.click('Open');
  expect(robin.visibleText('modal')).toContain('Nobody else sees it.');
  await robin.click('Sharing');
  expect(robin.visibleText('modal')).toContain('Opened by:');
  expect(robin.visibleText('modal')).toContain('Tuesday 3 March, 10:00');

  // Nobody else gets at it with its id: neither those who run the group or the workspace, nor who is in the group.
  for (const name of ['jo', 'fran', 'toni', 'gale'])
    expect(await readForged(community, name, shareIdIn(notice)), name).toContain(
      'This is not shared with you',
    );

  await robin.click('Back to the reflection');
  await robin.click('Edit');
  await robin.submit({ [box]: 'The heronlike' });
  expect(robin.visibleText('modal')).toContain('Whoever you shared it with still reads it as it was.');
  await robin.click('Sharing');
  await sam.command('/chatr journal');
  await sam.click('Shared with me');
  expect(sam.visibleText('modal')).toMatch(/\*Quick note\*.* · with you · .* · read already/s);
  await sam.click('Read it');
  expect(sam.visibleText('modal')).toContain('kingfisher');
  await closeAll(sam);

  await robin.click('Stop sharing');
  expect(robin.visibleText('modal')).toContain('Was shared with');
  const said = sam
    .dmsWithBot()
    .map((message) => sam.visibleText(message))
    .join('\n');
  expect(said).toContain('It is shared no longer.');
  expect(said).not.toContain('Read it');
  expect(await readForged(community, 'sam', shareIdIn(notice))).toContain(
    'This is not shared with you, or not any more',
  );
  await robin.click('Back to the reflection');
  expect(robin.visibleText('modal')).toContain('Only you see this.');
  const elsewhere = community.workspace.calls.filter(({ method }) => !method.startsWith('views.'));
  expect(JSON.stringify(elsewhere)).not.toMatch(/kingfisher|heronlike/);
  expect(databaseBytes(community)).not.toMatch(/kingfisher|heronlike/);
  expect(community.log).toEqual([]);
});

test('what may be about danger: whom to ring stands above preview and receipt, and that nobody is alerted', async () => {
  const { community, robin, sam } = await givenWriter();
  await closeAll(robin);
  await robin.command('/chatr reflect');
  await robin.submit({ [box]: 'She said she might kill herself.' });
  await robin.click('Open it');
  await robin.click('Share');
  await robin.submit({ 'With whom?': 'One person', 'Which person?': 'sam' });
  const alerted = /If somebody needs help now: [^\n]*999[\s\S]*Nobody is alerted by this/;
  expect(robin.visibleText('modal')).toMatch(alerted);
  await robin.submit();
  expect(robin.visibleText('modal')).toMatch(/Nobody is alerted by this[\s\S]*\*Shared\* with/);
  await closeAll(robin);
  await community.beat();
  const [notice] = notices(sam);
  if (!notice) throw new Error(sam.describe());
  await sam.click('Read it', { in: notice });
  expect(sam.visibleText('modal')).toContain('follow your organisation’s safeguarding steps');
  await closeAll(sam);
  // The same where it goes to the curators.
  await robin.command('/chatr journal');
  await robin.click('Open', { nth: 0 });
  await robin.click('Sharing');
  await robin.click('Share with somebody');
  await robin.click('Make an example of it');
  await robin.submit({
    Title: 'What was said',
    'As fiction': 'Mrs Teacup said that she might kill herself, and was asked.',
    'I have changed these, or left them out': [
      'Names, initials and what people are called',
      'Places, teams, schools and services',
      'Ages, dates, and who is in the family',
      'Anything unusual that somebody would know again',
    ],
  });
  if (robin.visibleText('modal').includes('Please look once more')) {
    await robin.click('Keep it as it is');
    await robin.submit();
  }
  expect(robin.visibleText('modal')).toMatch(/Nobody is alerted by this[\s\S]*\*Sent to the curators\*/);
});

test('to a group: who is in it then, and only as long as they are; a notice that waits does not come once it is over', async () => {
  const { community, robin, sam, jo } = await givenWriter();
  const toni = community.as('toni');
  await agreeOnly(toni);
  await robin.submit({ 'With whom?': 'People in Spring group who take shares' });
  expect(robin.visibleText('modal')).toMatch(/\d people can read this, and nobody else/);
  expect(robin.visibleText('modal')).toContain('Not everybody in a group reads what is shared.');
  await robin.submit();
  await closeAll(robin);
  await community.beat();
  const [notice] = notices(sam);
  const [forJo] = notices(jo);
  if (!notice || !forJo) throw new Error(sam.describe() + jo.describe());
  await jo.click('Read it', { in: forJo });
  expect(jo.visibleText('modal')).toContain('kingfisher');
  await closeAll(jo);
  // It is night where Toni is.
  expect(notices(toni)).toEqual([]);
  expect(await readForged(community, 'gale', shareIdIn(notice))).toContain('This is not shared with you');

  // Sam leaves the programme: it is theirs no longer, and the notice says so.
  await sam.command('/chatr leave');
  expect(sam.visibleText('modal') + sam.visibleText(sam.ephemerals().at(-1))).toContain(
    'You cannot open 1 reflection any more that colleagues share with you.',
  );
  await robin.command('/chatr leave');
  expect(robin.visibleText('modal') + robin.visibleText(robin.ephemerals().at(-1))).toContain(
    'Sharing ends: nobody can open the 1 reflection any more that you share.',
  );
  await closeAll(robin);
  await sam.click('Leave the programme');
  await closeAll(sam);
  expect(await readForged(community, 'sam', shareIdIn(notice))).toContain('This is not shared with you');
  expect(notices(sam)).toEqual([]);

  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Delete');
  expect(await readForged(community, 'jo', shareIdIn(notice))).toContain('This is not shared with you');
  await community.forward(8 * 60, 60);
  expect(notices(toni)).toEqual([]);
  expect(notices(jo)).toEqual([]);
  expect(community.log).toEqual([]);
});

test('identifying detail is looked for again, and the facilitators read it masked; whoever has stopped a colleague gets nothing', async () => {
  const { community, robin, sam, jo } = await givenWriter();
  await robin.closeModal({ all: true });
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Edit');
  await robin.submit({ [box]: 'Ring 07700 900123' });
  await robin.click('Keep it as it is and save');
  await robin.click('Open it');
  await robin.click('Share');
  await robin.submit({ 'With whom?': 'The facilitators of Spring group' });
  expect(robin.visibleText('modal')).toContain('this seems to hold a phone number');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Ring [phone number removed]');
  await robin.click('Change it');
  await robin.submit({ 'With whom?': 'The facilitators of Spring group' });
  await robin.submit();
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('*Shared* with');
  await closeAll(robin);
  await community.beat();
  const [notice] = notices(jo);
  if (!notice) throw new Error(jo.describe());
  await jo.click('Read it', { in: notice });
  expect(jo.visibleText('modal')).toContain('Ring [phone number removed]');
  await closeAll(jo);
  await jo.click('Stop shares from Robin', { in: notice });
  await closeAll(jo);
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Sharing');
  await robin.click('Share with somebody');
  await robin.submit({ 'With whom?': 'One person', 'Which person?': 'jo' });
  await robin.submit({}, { mayFail: true });
  expect(robin.visibleText('modal')).toContain('This person does not take shares.');
  expect(notices(sam)).toEqual([]);
  expect(community.log).toEqual([]);
});

test('whoever has not agreed writes for themselves, and is asked to agree before anything goes to others', async () => {
  const { community } = await givenWriter();
  const toni = community.as('toni');
  await toni.command('/chatr reflect');
  await toni.submit({ [box]: 'An otter' });
  await toni.click('Open it');
  await toni.click('Share');
  await toni.submit({ 'With whom?': 'People in Spring group who take shares' });
  expect(toni.visibleText('modal')).toContain('*Sharing goes with the community agreement*');
  await toni.click('My journal');
  await toni.click('Open');
  await toni.click('Share');
  await toni.click('Make an example of it');
  const ticks = ['Names, initials', 'Places, teams', 'Ages, dates', 'Anything unusual'];
  const all = JSON.stringify(toni.modal()).match(new RegExp(`(?:${ticks.join('|')})[^"]*`, 'g')) ?? [];
  await toni.submit({
    Title: 'Water',
    'As fiction': 'A heron',
    'I have changed these, or left them out': all,
  });
  expect(toni.visibleText('modal')).toContain('*Sharing goes with the community agreement*');
  await toni.click('My journal');
  expect(toni.visibleText('modal')).toContain('Water: A heron');
  expect(community.log).toEqual([]);
});

test('one share of several ends alone: who still reads it by another is said, and one press ends all', async () => {
  const { community, robin, sam } = await givenWriter();
  await robin.submit({ 'With whom?': 'One person', 'Which person?': 'sam' });
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('I tell them within the hours');
  await robin.click('Who opened it');
  expect(robin.visibleText('modal')).not.toContain('by another share');
  await robin.click('Share with somebody');
  await robin.submit({ 'With whom?': 'People in Spring group who take shares' });
  await robin.submit();
  await robin.click('Who opened it');
  expect(robin.visibleText('modal')).toContain(
    `If you stop this one, <@${sam.id}> can still read it, by another share`,
  );
  await robin.click('Stop sharing', { nth: 0 });
  await sam.command('/chatr journal');
  await sam.click('Shared with me');
  await sam.click('Read it');
  expect(sam.visibleText('modal')).toContain(secret);
  await sam.click('All that is shared with me');
  await sam.click('Read it');
  await closeAll(sam);
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Sharing');
  expect(robin.visibleText('modal')).toMatch(new RegExp(`<@${sam.id}>, 2 times, last Tuesday`));
  await robin.click('Share with somebody');
  await robin.submit({ 'With whom?': 'People in Spring group who take shares' });
  await robin.submit();
  await robin.click('Who opened it');
  await robin.click('Stop all');
  expect(robin.visibleText('modal')).not.toContain('can still read it');
  await robin.click('Share with somebody');
  await robin.click('Make an example of it');
  expect(robin.visibleText('modal')).toMatch(
    new RegExp(`You shared this with .*<@${sam.id}>.*, who may know it again`),
  );
  await sam.command('/chatr journal');
  expect(sam.visibleText('modal')).not.toContain('Shared with me');
  expect(community.log).toEqual([]);
});
