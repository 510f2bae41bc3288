import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import {
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  messagesSaying,
  pressForged,
} from '../support/stories.ts';

const group = 'Perinatal pilot';
const field = 'Anything that makes taking part easier for you';
const words = 'A quiet room and large print';
const note = 'Somebody has said what makes taking part easier';

test('what makes taking part easier reaches those who run the group, in a window only, and whoever said it sees who opened it', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await makeGroup(jo, group, ['robin', 'sam']);

  const say = async (needs: string) => {
    await robin.openHome();
    await robin.click('Edit my profile', { in: 'home' });
    await robin.submit();
    expect(robin.visibleText('modal')).toContain(
      'Only those who run a group see what makes taking part easier',
    );
    await robin.submit({ [field]: needs });
    await closeAll(robin);
    await robin.openHome();
  };
  await say(words);
  expect(robin.visibleText('home')).toContain('Nobody has opened yet');

  await community.forward(18 * 60, 60);
  const [told, ...more] = messagesSaying(jo, note);
  expect(more).toEqual([]);
  expect(jo.visibleText(told)).toContain(group);
  expect(jo.visibleText(told), 'who it is stands in the window too').not.toMatch(/Robin|quiet/);

  await jo.click('Read it');
  expect(jo.visibleText('modal')).toContain(words);
  expect(jo.visibleText('modal')).toContain('Only those who run a group see what makes taking part easier');
  await closeAll(jo);
  await robin.openHome();
  expect(robin.visibleText('home')).toMatch(/was opened by Jo on Wednesday 4 March\./);
  expect(sam.visibleText('home')).not.toContain('opened');
  for (const person of [jo, sam])
    expect(JSON.stringify(person.snapshot()), person.realName).not.toContain('quiet');
  expect(databaseBytes(community)).not.toContain('quiet room');

  // Saved again with nothing changed: no second note. Somebody who runs nothing opens nothing.
  await say(words);
  await community.forward(18 * 60, 60);
  expect(messagesSaying(jo, note)).toHaveLength(1);
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.click('See people');
  const [, value = ''] =
    /"action_id":"onboarding.access","value":"([^"]+)"/.exec(JSON.stringify(jo.snapshot())) ?? [];
  await pressForged(community, 'sam', { actionId: 'onboarding.access', value });
  expect(JSON.stringify(sam.snapshot())).not.toContain('quiet');
  await jo.click('Access needs');
  expect(jo.visibleText('modal')).toContain(words);
  expect(community.log).toEqual([]);
});

test('whoever comes into a group later brings it along; without a group it waits', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await agreeOnly(robin);
  await robin.click('Edit my profile', { in: 'home' });
  await robin.submit();
  await robin.submit({ [field]: words });
  await closeAll(robin);
  await community.forward(18 * 60, 60);
  expect(messagesSaying(jo, note)).toEqual([]);
  await makeGroup(jo, group, ['robin']);
  await community.forward(60);
  expect(messagesSaying(jo, note)).toHaveLength(1);
});
