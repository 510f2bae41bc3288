import { readFileSync } from 'node:fs';
import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { aDay, offersTo, titles } from '../support/journeys.ts';
import { agree, closeAll, makeGroup, messagesSaying } from '../support/stories.ts';

const greeting = 'this is ChATR Companion';

async function importList(jo: PersonDriver, list: string): Promise<void> {
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({ 'Paste the list': list });
  expect(jo.visibleText('modal')).toContain('can be imported');
  await jo.submit();
  await closeAll(jo);
}

/** The database as it lies on the disk when the bot is stopped. */
const bytesOf = ({ config }: Community): string =>
  readFileSync(config.databaseUrl.slice('file:'.length), 'latin1');

test('a trainee on a list joins Slack: lands in the group, is welcomed, gets the journey; the address is deleted', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  await makeGroup(jo, 'Spring group');
  await importList(
    jo,
    'E-Mail;Name;Group;Agency;Role\nNEW.One@Example.org;New One;spring group;A made-up trust;Midwife',
  );
  await community.forward(60, 10);
  await jo.command('/chatr groups');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('1 expected');

  const one = await community.workspace.joinPerson({
    name: 'one',
    realName: 'New One',
    email: 'new.one@example.org',
  });
  await community.forward(aDay, 60);
  expect(messagesSaying(one, greeting)).toHaveLength(1);
  await one.command('/chatr groups');
  expect(one.visibleText(one.ephemerals().at(-1))).toContain('Spring group');
  await agree(one);
  await one.openHome();
  await one.click('Edit my profile', { in: 'home' });
  expect(JSON.stringify(one.modal())).toContain('A made-up trust');
  expect(JSON.stringify(one.modal())).toContain('Midwife');
  await closeAll(one);
  await community.forward(2 * aDay, 60);
  expect(titles(offersTo(community, one)).length).toBeGreaterThan(0);
  await community.stopBot();
  expect(
    bytesOf({ ...community })
      .toLowerCase()
      .replaceAll('\0', ''),
  ).not.toContain('new.one@example.org');
  expect(community.log.join('')).not.toMatch(/new\.one/i);
  expect(community.log).toEqual([]);
});

test('whoever is known by another address lands there when they change it; twice changes nothing', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  await makeGroup(jo, 'Spring group');
  await importList(jo, 'email,group\nsam.new@example.org,Spring group');
  await community.forward(60, 10);
  const sam = community.as('sam');
  await sam.command('/chatr groups');
  expect(sam.visibleText(sam.ephemerals().at(-1))).toContain('You are in no group');
  await community.workspace.changeProfile('sam', { email: 'Sam.New@example.org' });
  await community.workspace.changeProfile('sam', { email: 'sam.new@example.org' });
  await sam.command('/chatr groups');
  expect(sam.visibleText(sam.ephemerals().at(-1))).toContain('Spring group');
  await community.forward(aDay, 60);
  expect(messagesSaying(sam, greeting), 'known already, so not welcomed again').toHaveLength(1);
  expect(community.log).toEqual([]);
});

/** What somebody pastes from a mail: people in every shape, and who sent it below. */
const pasted = [
  'Priya Example <priya@example.test>, Homerton',
  'Ash Example ash@example.test – midwife, ELFT',
  'Bo Example, bo@example.test, social worker, Hackney',
  'Cam Example <cam@example.test>; health visitor, Homerton Hospital',
  'dee@example.test',
  'School nurse, St Mary’s School',
  'Eve Example <eve@example.test> (teacher)',
  'Fay Nobody',
  ...Array.from({ length: 20 }, (_, index) => `Una Number${index} <t${index}@example.test>`),
  '',
  'Thanks, Lou Sender lou@example.test',
].join('\n');

test('a pasted mail: everybody who would be imported is shown, the sender is left out and named, work is no complaint', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  await makeGroup(jo, 'Spring group');
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({ 'Paste the list': pasted, 'Group for lines that name none': 'Spring group' });
  const preview = jo.visibleText('modal');
  expect(preview).toContain('26 people can be imported');
  expect(preview).toMatch(/Priya Example, priya@example\.test \([^)]*Spring group\)/);
  expect(preview).toContain('dee@example.test');
  expect(preview).toContain('And 6 more.');
  expect(preview).not.toContain('t19@example.test');
  expect(preview, 'the sender').toContain('“lou@example.test” was not read as anybody’s address');
  expect(preview, 'a person without an address is told').toContain('“Fay Nobody” has no e-mail address');
  for (const piece of ['Homerton', 'midwife', 'ELFT', 'Hackney', 'health visitor', 'School nurse', 'teacher'])
    expect(preview, piece).not.toMatch(new RegExp(`“[^”]*${piece}[^”]*” has no e-mail address`));
  await jo.click('See everybody');
  expect(jo.visibleText('modal')).toContain('ash@example.test');
  await jo.click('More');
  expect(jo.visibleText('modal')).toContain('t19@example.test');
  expect(jo.visibleText('modal')).not.toContain('lou@');
  await jo.closeModal();

  // What is wrong is put right where it is shown, and checked again before anything is done.
  expect(JSON.stringify(jo.modal()?.blocks), 'the list is still there').toContain('Fay Nobody');
  await jo.submit({ 'Your list': 'Fay Nobody fay@' }, { mayFail: true });
  expect(jo.modal()?.errors.text).toContain('not a whole e-mail address');
  await jo.submit({ 'Your list': 'Fay Nobody fay@example.test\nGus Example gus@example.test' });
  expect(jo.visibleText('modal')).toContain('2 people can be imported');
  expect(jo.visibleText('modal')).toContain('Fay Nobody, fay@example.test (Spring group)');
  await jo.submit();
  await closeAll(jo);
  await jo.command('/chatr groups');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('2 expected');
  expect(community.log).toEqual([]);
});

const two = 'ash@example.test, George Thanks <g.thanks@example.test>';
test.each([
  [`${two}\nKind regards, Lou Sender <lou@example.test>`],
  [`${two}\nMany thanks - Lou Sender, lou@example.test`],
  [`${two}\nCheers! Lou lou@example.test`],
  [`${two}\nThanks\nLou Sender\nlou@example.test`],
  [`${two}. Thanks, Lou Sender lou@example.test`],
  ['name,email\nAsh,ash@example.test\nBo,bo@example.test\n\nThanks, Lou Sender lou@example.test'],
  ['name\temail\nAsh\tash@example.test\nBo\tbo@example.test\nBest wishes,\nLou Sender\nlou@example.test'],
])('the sender in %j is left out and named', async (list) => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({ 'Paste the list': list });
  expect(jo.visibleText('modal')).toContain('2 people can be imported');
  expect(jo.visibleText('modal')).toContain('“lou@example.test” was not read');
});
