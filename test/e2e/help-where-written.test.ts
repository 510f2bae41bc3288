import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { agree, closeAll } from '../support/stories.ts';

const cry = 'I want to end my life';
const help = 'If somebody needs help now:';

/** Shown once, and not before they have written. */
function expectHelp(person: PersonDriver, where: 'modal' | 'message', why: string): void {
  const last = person.ephemerals().at(-1);
  const text = where === 'modal' ? person.visibleText('modal') : last ? person.visibleText(last) : '';
  expect(text.split(help)).toHaveLength(2);
  expect(text).toContain(why);
}

test('wherever somebody writes about the catalogue, whom to ring is shown once they have, and what they wrote is kept or sent as they chose', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const [robin, jo] = [community.as('robin'), community.as('jo')];
  await agree(robin);
  const alerted = 'Nobody is alerted by this';

  await robin.command('/chatr find zzyx');
  await robin.click('Ask somebody');
  await robin.submit({ 'What are you looking for?': cry });
  expect(robin.visibleText('modal')).toContain('The curators see your words');
  expectHelp(robin, 'modal', alerted);
  await closeAll(robin);

  await robin.command('/chatr suggest');
  await robin.submit({
    Title: 'Wombat',
    'Web address': 'https://www.example.org/wombat',
    'Why is it good, and for whom?': cry,
  });
  expect(robin.visibleText('modal')).toContain('Your suggestion is kept');
  expectHelp(robin, 'modal', alerted);
  await closeAll(robin);

  await robin.command('/chatr flag compassion fatigue');
  await robin.submit({ 'Which words, and what is wrong with them?': cry });
  expect(robin.visibleText('modal')).toContain('Thank you');
  expectHelp(robin, 'modal', alerted);
  await closeAll(robin);

  await robin.command('/chatr find sleep');
  await robin.choose({ actionId: 'resources.about' }, 'Share', { nth: 0 });
  await robin.submit({ 'To a channel': 'chatr-forum', 'Why this one?': cry });
  expectHelp(robin, 'modal', alerted);
  await closeAll(robin);

  await robin.command('/chatr find sleep');
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  await robin.command('/chatr saved');
  await robin.choose({ actionId: 'resources.about' }, 'Write a note for yourself', { nth: 0 });
  await robin.submit({ 'What do you want to remember?': cry });
  expectHelp(robin, 'modal', 'nobody else sees it');
  await closeAll(robin);

  await jo.command('/chatr catalogue');
  await jo.click('Decline', { nth: 0 });
  await jo.submit({ 'Why?': 'We could not find out who is behind it.', 'A few words to them': cry });
  expect(jo.visibleText('modal')).toContain('Declined:');
  expectHelp(jo, 'modal', alerted);
  expect(community.log).toEqual([]);
});
