import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { cameTogether, copyFolder, statesOf } from '../support/copies.ts';
import { agree, agreeOnly, closeAll, databaseBytes, makeGroup, scheduleCheckIn } from '../support/stories.ts';
import { vaultOf } from '../support/vault.ts';

/** What an attacker, or a crash, leaves of the running bot: copies of its folder, and what they tell. */

const fileOf = ({ config }: Community): string => config.databaseUrl.slice('file:'.length);
const live = (community: Community) => statesOf(copyFolder(fileOf(community)));

/** Whatever of a table is sealed now. */
const sealedIn = (community: Community, table: string): string[] =>
  (live(community).at(-1)?.[table] ?? []).flatMap(({ sealed }) =>
    typeof sealed === 'string' ? [sealed] : [],
  );

/** Which of these stand anywhere in the files of the bot, which is running. */
const leftOf = (community: Community, sealed: readonly string[]): string[] => {
  const bytes = databaseBytes(community);
  // A row may lie on several pages: its beginning is enough to be found.
  return sealed.filter((one) => bytes.includes(one.slice(0, 60)));
};

const week = 'How has your working week felt?';

test('twelve people answer, one after the other: no copy in between joins anybody to an answer, even with the key', async () => {
  const community = await givenCommunity();
  const names = Array.from({ length: 12 }, (_, index) => `made-up-${index}`);
  for (const name of names) community.workspace.addUser({ name, realName: `Made Up ${name}` });
  await community.forward(5 * 60, 60);
  const jo = community.as('jo');
  await agreeOnly(...names.map((name) => community.as(name)));
  await makeGroup(jo, 'Spring group', names);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);

  const vault = vaultOf(community.config);
  let told = 0;
  const sizes = new Set<number>();
  for (const name of names.slice(0, 11)) {
    const person = community.as(name);
    await person.click('Answer');
    await person.submit({ [week]: '3' });
    await closeAll(person);
    const states = live(community);
    for (const rows of cameTogether(states).values()) told += rows.length;
    for (const { sealed, round_id: roundId } of states.at(-1)?.answer_boxes ?? []) {
      sizes.add(String(sealed).length);
      expect(() =>
        vault.openFor({ round: String(roundId) }, String(sealed), `answers:${String(roundId)}`),
      ).not.toThrow();
    }
  }
  expect(`${told} of 11 told`).toBe('0 of 11 told');
  expect(sizes.size).toBe(1);
  expect(community.log).toEqual([]);
});

test('what somebody deletes is gone from the files of the running bot', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  await robin.command('/chatr reflect');
  await robin.submit({ 'A moment: What stayed with you today?': 'The kingfisher curtains' });
  await closeAll(robin);
  const reflections = sealedIn(community, 'reflections');
  expect(leftOf(community, reflections)).toHaveLength(1);

  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Delete');
  await closeAll(robin);
  // It can be brought back until tomorrow.
  await community.forward(26 * 60, 60);
  expect(sealedIn(community, 'reflections')).toEqual([]);
  expect(leftOf(community, reflections)).toEqual([]);
});

test('and so is what they change, what a list said of them, and what they had begun to write', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await agree(robin);

  const profile = async (line: string) => {
    await robin.openHome();
    await robin.click('Edit my profile', { in: 'home' });
    await robin.submit({});
    await robin.submit({
      'A line to introduce you': line,
      'Anything that makes taking part easier for you': line,
    });
    await closeAll(robin);
    return sealedIn(community, 'profiles');
  };
  const before = await profile('Step-free, please');
  const after = await profile('Nothing any more');
  expect(leftOf(community, before)).toEqual([]);
  expect(leftOf(community, after)).toHaveLength(1);
  for (const words of ['Step-free', 'Nothing any more'])
    expect(databaseBytes(community)).not.toContain(words);

  await makeGroup(jo, 'Spring group', ['robin']);
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({
    'Paste the list': 'email,name,cohort\nquokkaperson@example.org,Quokkaperson Madeup,Spring group',
  });
  const list = sealedIn(community, 'expected_trainees');
  expect(list).toHaveLength(1);
  expect(databaseBytes(community).toLowerCase()).not.toContain('quokkaperson');
  // Closing it is "Do not import".
  await closeAll(jo);
  expect(leftOf(community, list)).toEqual([]);

  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Confidence: before we start',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  await robin.click('Answer');
  await robin.submit({ 'question-0': '3' });
  const drafts = sealedIn(community, 'answer_drafts');
  expect(drafts).toHaveLength(1);
  await robin.submit({});
  expect(robin.visibleText('modal')).toContain('Your answers are saved');
  expect(leftOf(community, drafts)).toEqual([]);
  const boxes = sealedIn(community, 'answer_boxes');
  expect(boxes).toHaveLength(1);
  await robin.click('See or change my answers');
  await robin.click('Delete my answers');
  await closeAll(robin);
  expect(leftOf(community, boxes)).toEqual([]);
  expect(community.log).toEqual([]);
});

test('the copy from before an update goes a day after it, whether or not the bot ran on', async () => {
  const community = await givenCommunity();
  const copy = `${fileOf(community)}.before-update`;
  await community.stopBot();
  // As an older version left it, without an end.
  writeFileSync(copy, 'everything that was kept');
  const at = community.clock.now();
  utimesSync(copy, at, at);
  await community.startBot();
  await community.forward(23 * 60, 60);
  expect(existsSync(copy)).toBe(true);
  await community.forward(2 * 60, 60);
  expect(existsSync(copy)).toBe(false);
  expect(community.log).toEqual([]);
});
