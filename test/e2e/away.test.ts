import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll } from '../support/stories.ts';

// A Friday.
const at = '2026-11-27T10:00:00Z';

const answered = async (person: PersonDriver, line: string): Promise<string> => {
  await person.command(`/chatr ${line}`);
  return person.visibleText(person.ephemerals().at(-1));
};

test('whoever says in their own words that they are away or back is understood, and is not shown the catalogue', async () => {
  const community = await givenCommunity({ at });
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agreeOnly(robin);
  for (const [line, said] of [
    ['on holiday until Friday', 'up to and including Friday 4 December'],
    ['back', 'you are not away'],
    ['annual leave until 7 December', 'up to and including Monday 7 December'],
    ["I'm back", 'you are not away'],
    ['I’m out of office until Wednesday', 'up to and including Wednesday 2 December'],
    ['I am back now', 'you are not away'],
    ['leave until Tuesday', 'up to and including Tuesday 1 December'],
    ['back on Thursday', 'up to and including Wednesday 2 December'],
    ['away this afternoon', 'up to and including Friday 27 November'],
    ['I am away next week', 'not from a later day'],
    ['I am on maternity leave', 'Until when?'],
    ["I'm away", 'Until when?'],
    ['away Mon, Tue and Thu', 'one stretch of days'],
    ['away half term', 'not the same everywhere'],
    ['away from 7 December for a week', 'Sunday 13 December'],
  ] as const)
    expect(await answered(robin, line), line).toContain(said);
  for (const line of ['back pain', 'maternity leave', 'on holiday with a toddler', 'leave no trace'])
    expect(await answered(robin, line), line).not.toMatch(/last day away|Until when|you are not away/);
  await answered(robin, 'away next week');
  await robin.click('Sunday 6 December');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('up to and including Sunday 6 December');
  expect(community.log).toEqual([]);
});

test('“agree” opens the community agreement, by command and by message', async () => {
  const community = await givenCommunity({ at });
  await community.forward(10, 5);
  const robin = community.as('robin');
  for (const line of ['agree', 'I agree', 'agreement']) {
    await robin.command(`/chatr ${line}`);
    expect(robin.visibleText('modal'), line).toContain('Our community agreement');
    await closeAll(robin);
  }
  await robin.post('I agree');
  await robin.click('Read the community agreement', { nth: 0 });
  await robin.submit();
  await closeAll(robin);
  await robin.command('/chatr agree');
  expect(robin.visibleText('modal')).not.toContain('Closing this page decides nothing');
  expect(community.log).toEqual([]);
});
