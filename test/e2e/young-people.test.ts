import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll, databaseBytes } from '../support/stories.ts';

test('words that are not the right ones are flagged, answered, and whoever flagged them hears of it', async () => {
  const community = await givenCommunity();
  const [robin, kim] = [community.as('robin'), community.as('jo')];
  await agreeOnly(robin);
  await robin.command('/chatr define trigger');
  await robin.click('Better words?');
  await robin.submit({ 'Which words, and what is wrong with them?': 'Ring me on 07700 900123 about it' });
  expect(robin.visibleText('modal')).toContain('a phone number');
  expect(robin.visibleText('modal')).not.toContain('Keep');
  // It goes to the curators: kept as it is, a number is masked all the same.
  await closeAll(robin);
  await robin.command('/chatr define trigger');
  await robin.click('Better words?');
  const named = {
    'Which words, and what is wrong with them?': 'Mrs Achebe of a girl called Amira: ring me on 07700 900123',
  };
  await robin.submit(named);
  await robin.click('Keep the names');
  expect(robin.visibleText('modal')).toContain('all else is masked');
  await robin.submit(named);
  await closeAll(robin);
  await kim.command('/chatr catalogue');
  expect(kim.visibleText(kim.ephemerals().at(-1))).toContain(
    'Mrs Achebe of a girl called [name removed]: ring me on [phone number removed]',
  );
  await kim.click('Answer it');
  await kim.submit({ 'What becomes of it?': 'It stays as it is.' });
  await closeAll(kim);

  await robin.command('/chatr define trigger');
  await robin.click('Better words?');
  await robin.submit({
    'Which words, and what is wrong with them?': 'Zugzwang is not inclusive',
    'Better words, if you have some': 'Say reminder',
  });
  expect(robin.visibleText('modal')).toContain('Thank you.');
  expect(databaseBytes(community)).not.toContain('Zugzwang');
  await closeAll(robin);

  // Anything else is found by its name.
  await robin.command('/chatr flag');
  expect(robin.visibleText('modal')).toContain('Where do they stand?');
  await closeAll(robin);
  // With a name behind it, or nearly: the form for that, or a choice.
  for (const typed of ['flag self-harm', 'flag self harm', 'flag the term selfharm', 'flag Self-harms']) {
    await robin.command(`/chatr ${typed}`);
    expect(robin.visibleText('modal'), typed).toMatch(/Self-harm\W+Term.*Which words/s);
    await closeAll(robin);
  }
  // Words that notes speak of: the terms whose notes those are.
  await robin.command('/chatr flag attention seeking');
  expect(robin.visibleText('modal')).toMatch(/Dissociation.*Self-harm/s);
  expect(robin.visibleText('modal')).not.toMatch(/asylum/i);
  await closeAll(robin);
  await robin.command('/chatr flag harm');
  await robin.submit({ 'Which of these do you mean?': 'Self-harm' });
  expect(robin.visibleText('modal')).toMatch(/Self-harm\W+Term.*Which words/s);
  await closeAll(robin);
  await robin.command('/chatr flag zzzxqv');
  expect(robin.visibleText('modal')).toMatch(/Nothing of ours is called ‘zzzxqv’.*Where do they stand/s);
  await closeAll(robin);
  for (const typed of ['flags self-harm', 'flg self-harm']) {
    await robin.command(`/chatr ${typed}`);
    await robin.click('Yes, flag');
    expect(robin.visibleText('modal'), typed).toMatch(/Self-harm\W+Term/);
    await closeAll(robin);
  }

  await kim.command('/chatr catalogue');
  const queue = () => kim.visibleText(kim.ephemerals().at(-1));
  expect(queue()).toContain('Wording:* Trigger');
  expect(queue()).toContain('Zugzwang');
  expect(queue()).not.toContain('Robin');
  await kim.click('Answer it');
  await kim.submit({
    'What becomes of it?': 'We change it with the next update.',
    'A few words to them': 'You are right.',
  });
  await community.forward(30, 10);
  const told = robin.dmsWithBot().filter(({ text }) => text === 'About words you flagged');
  expect(told).toHaveLength(2);
  expect(robin.visibleText(told[1])).toContain('the curators change them with the next update');
  await robin.click('Read what the curator says', told[1] && { in: told[1] });
  expect(robin.visibleText('modal')).toContain('You are right.');
  await kim.command('/chatr catalogue');
  expect(queue()).not.toContain('Zugzwang');
  expect(community.log).toEqual([]);
});

test('a pack goes to young people and comes back: verdicts without anybody’s name, and a note beside what they reviewed', async () => {
  const community = await givenCommunity({ at: '2027-03-03T10:00:00Z' });
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await agreeOnly(robin);
  await robin.command('/chatr reviews');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('curators');

  await jo.command('/chatr reviews');
  await jo.click('Make a review pack');
  await jo.submit({ 'What is it called?': 'First look' });
  expect(jo.visibleText('modal')).toContain('at least one thing');
  const prompt = shippedContent().prompts.prompts[0]?.title ?? '';
  await jo.submit({
    'What is it called?': 'First look',
    Terms: ['Trigger', 'Trauma'],
    'Practice prompts': [prompt],
  });
  expect(jo.visibleText('modal')).toContain('0 of 3 verdicts entered');

  const enter = async (nth: number, answers: Record<string, string>) => {
    await jo.click('Enter', { nth });
    await jo.submit(answers);
  };
  await enter(1, { 'Their verdict': 'Fine as it is' });
  await enter(0, {
    'Their verdict': 'We have better words',
    'Their words, or better ones': 'A 14-year-old said: reminder',
  });
  expect(jo.visibleText('modal')).toContain('how old');
  // What tells of harm is a disclosure, and kept nowhere, whatever else stands in it.
  for (const told of [
    'A girl of 14, Shanice from Year 9, says her uncle hurts her and that this word is rubbish.',
    'A 14-year-old is being hit at home',
  ]) {
    await jo.submit({ 'Their words, or better ones': told });
    expect(jo.visibleText('modal')).toMatch(/not kept here.*999.*safeguarding lead today/s);
    expect(jo.visibleText('modal')).not.toContain('Mask it');
  }
  await jo.submit({ 'Their words, or better ones': 'Say reminder, kim@example.org says' });
  expect(jo.visibleText('modal')).toContain('Not kept yet');
  // There is no way to keep it as it is.
  expect(jo.visibleText('modal')).not.toContain('Keep it as it is');
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('2 of 3 verdicts entered');
  expect(databaseBytes(community)).not.toContain('kim@example.org');
  await enter(0, { 'Their verdict': 'Needs to change' });
  await jo.click('They have reviewed it');
  await jo.submit({ 'On which day?': '2027-03-02' });
  expect(jo.visibleText('modal')).toContain('Reviewed by young people, March 2027');
  expect(jo.visibleText('modal')).toContain('2 to be answered');

  const defined = async (term: string) => {
    await robin.command(`/chatr define ${term}`);
    return robin.visibleText(robin.ephemerals().at(-1));
  };
  expect(await defined('trauma')).toContain('Reviewed by young people, March 2027');
  // They wanted it otherwise, and nobody has changed it.
  expect(await defined('trigger')).not.toContain('Reviewed by');
  await jo.click('Answer', { nth: 0 });
  expect(JSON.stringify(jo.modal())).toContain('Say reminder');
  await jo.submit({
    'What became of it?': 'We changed it',
    'In words to give back to them': 'It says reminder now.',
  });
  expect(await defined('trigger')).toContain('Reviewed by young people, March 2027');

  for (const [text, name] of [
    ['Pack (Word)', 'Review pack'],
    ['What was changed (Word)', 'What we did'],
  ] as const) {
    await jo.click(text);
    await jo.submit();
    expect(jo.dmsWithBot().some((message) => JSON.stringify(message).includes(name))).toBe(true);
    await jo.closeModal();
  }
  await closeAll(jo);
  await jo.command('/chatr reviews');
  await jo.click('Open');
  await jo.click('Remove');
  expect(await defined('trauma')).not.toContain('Reviewed by');
  expect(community.log).toEqual([]);
});
