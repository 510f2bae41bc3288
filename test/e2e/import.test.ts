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
