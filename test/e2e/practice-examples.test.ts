import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { toCatalogue } from '../../src/features/resources/content.ts';
import { makePortal } from '../../src/portal/export.ts';
import { sharedCode } from '../../src/portal/shared-code.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll, databaseBytes, messagesSaying } from '../support/stories.ts';

const box = 'A moment: What stayed with you today?';
const ticks = [
  'Names, initials and what people are called',
  'Places, teams, schools and services',
  'Ages, dates, and who is in the family',
  'Anything unusual that somebody would know again',
];

async function givenAuthor(): Promise<{ community: Community; robin: PersonDriver; jo: PersonDriver }> {
  const community = await givenCommunity();
  const [robin, jo] = [community.as('robin'), community.as('jo')];
  await agreeOnly(robin, jo);
  await robin.command('/chatr reflect');
  await robin.submit({ [box]: 'The kingfisher family at the canal' });
  await robin.click('Open it');
  await robin.click('Share');
  await robin.click('Make an example of it');
  return { community, robin, jo };
}

const queue = async (jo: PersonDriver) => {
  await jo.command('/chatr catalogue');
  const answer = jo.ephemerals().at(-1);
  if (!answer) throw new Error(jo.describe());
  return { answer, text: jo.visibleText(answer) };
};

test('a practice example: gone through, checked, read by a curator, found by colleagues, nobody’s', async () => {
  const { community, robin, jo } = await givenAuthor();
  expect(robin.visibleText('modal')).toContain('Make fiction of it.');
  expect(JSON.stringify(robin.modal())).toContain('kingfisher');
  await robin.submit(
    { Title: 'Asking <!channel> first', 'As fiction': 'A family moved. Ring 07700 900123.' },
    { mayFail: true },
  );
  expect(robin.visibleText('modal')).toContain('Please complete this required field.');
  await robin.submit({ 'I have changed these, or left them out': ticks.slice(0, 3) }, { mayFail: true });
  expect(robin.visibleText('modal')).toContain('Please go through all four');
  await robin.submit({ 'I have changed these, or left them out': ticks });
  expect(robin.visibleText('modal')).toContain('this seems to hold a phone number');
  // Masked, it is read once more before anybody has it.
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('What I saw is masked.');
  expect(JSON.stringify(robin.modal())).toContain('A family moved. Ring [phone number removed].');
  expect((await queue(jo)).text).not.toContain('Practice example:');
  // Its own words are not fiction, whatever is ticked.
  await robin.submit({ 'As fiction': 'The kingfisher  family at\nthe canal' }, { mayFail: true });
  expect(robin.visibleText('modal')).toContain('These are still your own words.');
  expect(robin.visibleText('modal')).toContain('you cannot take it back without somebody learning');
  await robin.submit({ 'As fiction': 'A family moved. Ring 07700 900123.' });
  expect(robin.visibleText('modal')).toContain('this seems to hold a phone number');
  await robin.submit();
  expect(JSON.stringify(robin.modal())).toContain('A family moved. Ring [phone number removed].');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('*Sent to the curators*, without your name');
  await closeAll(robin);
  expect(databaseBytes(community)).not.toMatch(/A family moved|kingfisher/);

  // The curator reads it without a name.
  const { answer, text } = await queue(jo);
  expect(text).toContain('Practice example:');
  expect(JSON.stringify(answer)).not.toContain(robin.id);
  await jo.click('Read it', { in: answer });
  expect(jo.visibleText('modal')).toContain('A family moved. Ring [phone number removed].');
  expect(JSON.stringify(jo.modal())).not.toMatch(new RegExp(`${robin.id}|kingfisher`));
  await jo.submit(
    {
      'One sentence about it': 'What asking first can change.',
      About: ['Domestic abuse'],
      'Age groups': ['Perinatal'],
      Readers: ['Midwives'],
    },
    { mayFail: true },
  );
  expect(jo.describe()).toContain('Published');
  // Taken back, it waits again, and its author is told nothing of the first time.
  await jo.click('Undo');
  expect(jo.describe()).toContain('is out of the catalogue, and waits in the queue again');
  await jo.click('Read it', { in: (await queue(jo)).answer });
  expect(jo.visibleText('modal')).toContain('A family moved. Ring [phone number removed].');
  await jo.submit(
    {
      'One sentence about it': 'What asking first can change.',
      About: ['Domestic abuse'],
      'Age groups': ['Perinatal'],
      Readers: ['Midwives'],
    },
    { mayFail: true },
  );
  expect(jo.describe()).toContain('Published');
  await closeAll(jo);

  const sam = community.as('sam');
  await sam.command('/chatr find practice examples');
  await sam.click('Read it', { nth: 0 });
  expect(sam.visibleText('modal')).toContain('A family moved. Ring [phone number removed].');
  expect(sam.visibleText('modal')).toContain('A colleague · Practice example');
  await closeAll(sam);
  // Not in the minute in which it appears, nor on that day.
  await community.beat();
  expect(messagesSaying(robin, 'About what you sent to the curators')).toEqual([]);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('Decided. You hear of it within some days.');
  expect(robin.visibleText('modal')).not.toContain('Take it back');
  await closeAll(robin);
  await community.forward(3 * 24 * 60, 180);
  await community.beat();
  const [told, ...more] = messagesSaying(robin, 'About what you sent to the curators');
  expect(more).toEqual([]);
  expect(robin.visibleText(told)).toContain('without a name');
  // From then on nothing says whose it was.
  await robin.command('/chatr my data');
  await robin.click('What exactly, and why');
  expect(robin.visibleText('modal')).toContain('*Your journal*');
  expect(robin.visibleText('modal')).not.toContain('Practice examples you sent');
  await closeAll(robin);
  expect(robin.visibleText(told)).not.toContain('first');
  expect(community.log).toEqual([]);
});

test('the website is for everybody, and has none of them', async () => {
  const content = shippedContent();
  const example = {
    id: 'wombat',
    title: 'Wombat',
    publisher: 'A colleague',
    type: 'practice-example' as const,
    audience: ['midwives'],
    age_groups: ['perinatal'],
    topics: ['domestic-abuse'],
    summary: 'A wombat that asks first.',
    text: 'Wombat',
    asked_as: [],
  };
  const catalogue = toCatalogue([...content.catalogue.all, example]);
  expect(catalogue.byId.has('wombat')).toBe(true);
  const files = makePortal({ ...content, catalogue, on: '2026-03-03' }, await sharedCode());
  // The search's own code is the same whatever there is, and knows every kind.
  expect(files.get('shared.js')).not.toMatch(/wombat/i);
  files.delete('shared.js');
  expect([...files.entries()].join('')).not.toMatch(/wombat|practice-example/i);
});

test('declined, taken back or closed, it is a draft that goes on as an example, with its title', async () => {
  const { community, robin, jo } = await givenAuthor();
  const send = async (typed: Record<string, string>) => {
    await robin.submit({ ...typed, 'I have changed these, or left them out': ticks });
    expect(robin.visibleText('modal')).toContain('*Sent to the curators*');
  };
  const standing = () => JSON.stringify(robin.modal());
  await robin.fill({ 'As fiction': 'Fiction, begun' });
  await robin.closeModal({ all: true });
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('*Practice example, not sent yet*');
  await robin.click('Carry on with it');
  expect(standing()).toContain('Fiction, begun');
  await robin.closeModal({ all: true });
  // Begun again from the reflection, it is the one that was begun.
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Share');
  await robin.click('Make an example of it');
  expect(standing()).toContain('Fiction, begun');
  await send({ Title: 'A title', 'As fiction': 'First fiction' });
  await closeAll(robin);
  // The window with the way back is closed: it stands in the journal, and is no draft any more.
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('*Practice example, with the curators*');
  expect(robin.visibleText('modal')).not.toContain('not sent yet');
  await robin.click('Take it back');
  expect(robin.visibleText('modal')).toContain('Taken back.');
  expect((await queue(jo)).text).not.toContain('Practice example:');
  await robin.click('Carry on with it');
  expect(standing()).toContain('First fiction');
  expect(standing()).toContain('A title');
  await send({ 'As fiction': 'Second fiction' });
  await closeAll(robin);
  const { answer } = await queue(jo);
  await jo.click('Read it', { in: answer });
  await jo.click('Decline it');
  await jo.submit({
    'Why?': 'Somebody could still be recognised in it.',
    'A few words to them': 'You wrote “Ring 07700 900123”: the school is known.',
  });
  expect(jo.visibleText('modal')).toContain('this seems to hold a phone number');
  await jo.submit();
  await closeAll(jo);
  await community.beat();
  const [told] = messagesSaying(robin, 'About what you sent to the curators');
  expect(robin.visibleText(told)).toContain('*The practice example that you sent was not added this time.*');
  expect(robin.visibleText(told)).toContain('Somebody could still be recognised in it.');
  // A curator's words may quote it: they stand in a window, not in Slack's history, and sealed where they are kept.
  expect(JSON.stringify(told)).not.toMatch(/school is known|07700/);
  expect(databaseBytes(community)).not.toContain('school is known');
  if (told) await robin.click('Read what the curator says', { in: told });
  expect(robin.visibleText('modal')).toContain('Ring [phone number removed]”: the school is known.');
  await closeAll(robin);
  // Mended and sent once more from its draft: its words are no reflection's own.
  if (told) await robin.click('Open it in my journal', { in: told });
  expect(standing()).toContain('Second fiction');
  expect(standing()).toContain('A title');
  expect(databaseBytes(community)).not.toMatch(/Fiction, begun|Second fiction/);
  await send({});
  expect((await queue(jo)).text).toContain('A title');
  expect(community.log).toEqual([]);
});

test('kept as it is, taken back and sent again: it is not asked about again', async () => {
  const { robin } = await givenAuthor();
  const send = (typed: Record<string, string> = {}) =>
    robin.submit({ ...typed, 'I have changed these, or left them out': ticks });
  await send({ Title: 'A call', 'As fiction': 'Somebody rang 07700 900123.' });
  await robin.click('Keep it as it is');
  await send();
  expect(robin.visibleText('modal')).toContain('*Sent to the curators*');
  await robin.click('Take it back');
  await robin.click('Carry on with it');
  expect(robin.visibleText('modal')).toContain('I do not ask about it again.');
  await send();
  expect(robin.visibleText('modal')).toContain('*Sent to the curators*');
});

test('only curators read what waits, and three of one person are enough', async () => {
  const { community, robin } = await givenAuthor();
  for (let nth = 1; nth <= 3; nth += 1) {
    await robin.submit({
      Title: `Title ${nth}`,
      'As fiction': `Fiction ${nth}`,
      'I have changed these, or left them out': ticks,
    });
    expect(robin.visibleText('modal')).toContain('*Sent to the curators*');
    await closeAll(robin);
    await robin.command('/chatr journal');
    await robin.click('Open');
    await robin.click('Share');
    await robin.click('Make an example of it');
  }
  await robin.submit(
    { Title: 'Title 4', 'As fiction': 'Fiction 4', 'I have changed these, or left them out': ticks },
    { mayFail: true },
  );
  expect(robin.visibleText('modal')).toContain('Three of yours wait for the curators.');
  await closeAll(robin);
  await robin.command('/chatr my data');
  await robin.click('What others see of me');
  expect(robin.visibleText('modal')).toContain('3 practice examples of yours wait');
  await closeAll(robin);
  await robin.click('Have everything deleted');
  expect(robin.visibleText('modal')).toContain('could tell that it was yours');
  const sam = community.as('sam');
  await sam.command('/chatr catalogue');
  expect(sam.describe()).not.toContain('Title 1');
  expect(community.log).toEqual([]);
});
