import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { PersonDriver } from 'practice-workspace';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/db/open.ts';
import type { Db } from '../../../src/db/schema.ts';
import { exportPerson, forgetSomebody } from '../../../src/person.ts';
import { type Community, givenCommunity } from '../../support/community.ts';
import { aDay } from '../../support/journeys.ts';
import { agreeOnly, closeAll, makeGroup, pressForged, scheduleCheckIn } from '../../support/stories.ts';

const moment = 'A moment: What stayed with you today?';

async function withDatabase<T>({ config }: Community, look: (db: Db) => Promise<T>): Promise<T> {
  const store = await openStore(config.databaseUrl, { mustExist: true });
  try {
    return await look(store.db);
  } finally {
    await store.close();
  }
}

const isKnown = (community: Community, slackId: string): Promise<boolean> =>
  withDatabase(
    community,
    async (db) =>
      (await db.selectFrom('people').select('id').where('slack_id', '=', slackId).execute()).length > 0,
  );

async function reflect(person: PersonDriver, words: string): Promise<void> {
  await person.command('/chatr reflect');
  await person.submit({ [moment]: words });
  await closeAll(person);
}

const said = (person: PersonDriver): string => person.visibleText(person.ephemerals().at(-1) ?? 'home');
const fromBot = (person: PersonDriver) =>
  person.dmsWithBot().filter(({ ephemeral, user }) => !ephemeral && user !== person.id);

test('a copy comes as a file, one kind is deleted by itself, and others’ deeds and eyes are shown', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await makeGroup(jo, 'Spring group', ['robin', 'sam']);
  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  await robin.submit({ 'Your role': 'Health visitor' });
  await robin.submit({ 'Anything that makes taking part easier for you': 'Large print' });
  await closeAll(robin);
  await reflect(robin, 'wombatwords');

  await robin.command('/chatr my data');
  await robin.click('Get a copy');
  expect(robin.visibleText('modal')).toContain('Workspace owners may be able to export');
  await robin.submit();
  await closeAll(robin);
  await robin.click('Get it as data (JSON)');
  await robin.submit();
  await closeAll(robin);
  const files = robin.dmsWithBot().flatMap((message) => message.files);
  expect(files.map(({ name }) => name)).toEqual(['My data, 3 March 2026.docx', 'My data, 3 March 2026.json']);
  const copy = await (await fetch(community.workspace.url + (files[1]?.url ?? ''))).text();
  expect(copy).toContain('wombatwords');

  // What others see: by the screens that they have.
  await robin.click('What others see of me');
  const seen = robin.visibleText('modal');
  const [, facilitator = '', administrator = '', curator = '', colleague = ''] = seen.split(
    /A facilitator of Spring group|An administrator|A curator of the catalogue|A colleague/,
  );
  expect(facilitator).toContain('In the list of Spring group');
  expect(facilitator).toContain('Health visitor');
  expect(facilitator).toContain('Large print');
  expect(administrator).toContain('In the list of Spring group');
  expect(administrator).not.toMatch(/Health visitor|Large print/);
  expect(curator).toContain('Nothing of yours.');
  expect(colleague).toContain('Nothing of yours.');
  expect(seen).toContain('Whoever runs the server can read');
  expect(seen).not.toContain('wombat');
  await closeAll(robin);

  await robin.click('Who did what with my things');
  expect(robin.visibleText('modal')).toContain('Jo added you to the group Spring group.');
  expect(robin.visibleText('modal')).not.toMatch(/Sam|Robin/);
  await closeAll(robin);

  await robin.click('Choose what to delete');
  const choice = robin.visibleText('modal');
  expect(choice).toContain('*Your journal* · 1 entry');
  expect(choice).not.toContain('Your groups');
  await robin.click('See what goes', { nth: 0 });
  expect(robin.visibleText('modal')).toContain('this goes for good');
  await robin.click('Delete these');
  expect(robin.visibleText('modal')).toContain('Your journal: deleted.');
  expect(robin.visibleText('modal')).toMatch(
    /What is left, and why.*Practice examples in the catalogue: they never had/s,
  );
  await closeAll(robin);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).not.toContain('wombat');
  await closeAll(robin);
  await robin.command('/chatr my data');
  expect(said(robin)).not.toContain('Your journal');
  expect(said(robin)).toContain('Your profile');

  // Leaving offers both, and does what it did.
  await robin.command('/chatr leave');
  for (const words of ['Get a copy', 'Leave and delete everything', 'Only pause messages'])
    expect(said(robin)).toContain(words);
  await robin.click('Leave the programme', { in: robin.ephemerals().at(-1) ?? 'home', nth: 0 });
  expect(said(robin)).toContain('You have left');
  expect(await isKnown(community, robin.id)).toBe(true);
  expect(community.log).toEqual([]);
});

test('a prompt under way to somebody who is deleted is gone again, twice is once, and old buttons say so', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await makeGroup(jo, 'Spring group', ['robin', 'sam']);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(18 * 60, 60);
  // Slack has both, and its answers are still on the way.
  const held = [1, 2].map(() => community.workspace.faults.hold('chat.postMessage'));
  community.clock.moveTo('2026-03-04T10:01:00Z');
  const beating = community.bot().beat();
  await Promise.all(held.map(({ reached }) => reached));
  expect(fromBot(robin).some((message) => robin.visibleText(message).includes('Weekly pulse'))).toBe(true);
  await robin.command('/chatr my data', { quiet: true });
  await robin.click('Have everything deleted', { quiet: true });
  expect(robin.modal()?.title).toBe('Delete everything');
  community.workspace.faults.nextDelivery('interactive', 'duplicate');
  await robin.click('Delete everything', { in: 'modal', quiet: true });
  for (const one of held) one.release();
  await beating;
  await community.workspace.settled();
  expect(robin.visibleText('modal')).toMatch(/deleted/);
  await closeAll(robin);
  const deletions = await withDatabase(community, (db) =>
    db.selectFrom('audit_log').selectAll().where('action', '=', 'privacy.forget').execute(),
  );
  expect(deletions).toHaveLength(1);

  await community.forward(30, 1);
  expect(fromBot(robin)).toEqual([]);
  // Sam's came, once.
  expect(fromBot(sam).filter((message) => sam.visibleText(message).includes('Weekly pulse'))).toHaveLength(1);

  // Whatever is pressed after that, nothing of theirs begins again.
  await robin.click('Have everything deleted', { in: robin.ephemerals().at(-1) ?? 'home', mayFail: true });
  expect(said(robin)).toContain('there is nothing here to change');
  await pressForged(community, 'robin', { actionId: 'preferences.start' });
  expect(await isKnown(community, robin.id)).toBe(false);
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('Everything I kept about you is deleted');
  expect(await isKnown(community, robin.id)).toBe(false);
  await community.forward(14 * aDay, 240);
  expect(await isKnown(community, robin.id)).toBe(false);

  // A command begins anew, and says so, once.
  const saysSo = () => robin.ephemerals().filter(({ text }) => text.includes('begin as somebody new')).length;
  for (let nth = 0; nth < 2; nth += 1) {
    await robin.command('/chatr journal');
    await closeAll(robin);
    expect(saysSo()).toBe(1);
  }
  expect(community.log.filter((line) => !line.includes('A call to Slack failed'))).toEqual([]);
});

test.each([
  ['files.getUploadURLExternal', 0],
  ['files.completeUploadExternal', 1],
])(
  'of a file that is on its way at %s when they are deleted, nothing is left in Slack',
  async (method, came) => {
    const community = await givenCommunity();
    await community.forward(5 * 60, 60);
    const robin = community.as('robin');
    await agreeOnly(robin);
    await robin.command('/chatr my data');
    await robin.click('Get a copy');
    const held = community.workspace.faults.hold(method);
    // Each act is over once all are: they wait for the file.
    const acts = [robin.submit()];
    await held.reached;
    const [file] = robin.dmsWithBot().flatMap((message) => message.files);
    expect(file === undefined).toBe(came === 0);
    acts.push(robin.click('Have everything deleted', { in: robin.ephemerals().at(-1) ?? 'home' }));
    await robin.waitFor(() => robin.modal()?.title === 'Delete everything');
    acts.push(robin.click('Delete everything', { in: 'modal' }));
    await robin.waitFor(() => robin.modal()?.title === 'Deleted');
    held.release();
    await Promise.all(acts);
    await closeAll(robin);
    await community.forward(10, 1);
    expect(fromBot(robin)).toEqual([]);
    const called = community.workspace.calls.map((call) => call.method);
    expect(called.filter((one) => one === 'files.completeUploadExternal')).toHaveLength(came);
    if (file) expect((await fetch(community.workspace.url + file.url)).status).toBe(404);
    expect(community.log.filter((line) => !line.includes('A call to Slack failed'))).toEqual([]);
  },
);

test('whoever is deleted while Slack is asked about them, because they left the forum while the bot was away, stays so', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [robin, sam] = [community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await community.stopBot();
  for (const person of [robin, sam]) await community.workspace.leaveChannel(person.id, 'chatr-forum');
  const held = community.workspace.faults.hold('users.info');
  const starting = community.startBot();
  await held.reached;
  const [asked, next] = community.workspace.calls.at(-1)?.args.user === sam.id ? [sam, robin] : [robin, sam];
  for (const person of [asked, next]) {
    void person.command('/chatr my data');
    await person.waitFor(() => person.ephemerals().length > 0);
    void person.click('Have everything deleted', { in: person.ephemerals().at(-1) ?? 'home' });
    await person.waitFor(() => person.modal()?.title === 'Delete everything');
    void person.click('Delete everything', { in: 'modal' });
    await person.waitFor(() => person.modal()?.title === 'Deleted');
  }
  held.release();
  await starting;
  for (const person of [asked, next]) expect(await isKnown(community, person.id), person.id).toBe(false);
  expect(community.log).toEqual([]);
});

test('stopped in the middle, deletion is ended at the next start; brought back by an old copy, they are deleted again', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const robin = community.as('robin');
  await agreeOnly(robin);
  await reflect(robin, 'wombatwords');
  for (let nth = 0; nth < 40; nth += 1) await robin.post(`pause ${nth}`, { quiet: true });
  expect(fromBot(robin).length).toBeGreaterThan(35);
  const dir = mkdtempSync(join(tmpdir(), 'chatr-copy-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const copy = join(dir, 'old.db');
  const store = await openStore(community.config.databaseUrl, { mustExist: true });
  await store.backup(copy);
  await store.close();

  await robin.command('/chatr my data');
  await robin.click('Have everything deleted');
  expect(robin.modal()?.submit).toBeUndefined();
  expect(robin.visibleText('modal')).toMatch(/What is left, and why[\s\S]*Delete everything\nKeep it all$/);
  await robin.click('Delete everything', { in: 'modal' });
  await closeAll(robin);
  // Some are gone, and Slack asks to wait.
  community.workspace.faults.next('chat.delete', 'rate-limit');
  await community.beat();
  expect(fromBot(robin).length).toBeGreaterThan(0);
  await community.stopBot();
  await community.startBot();
  await community.forward(10, 1);
  expect(fromBot(robin)).toEqual([]);
  expect(await withDatabase(community, (db) => db.selectFrom('forgettings').selectAll().execute())).toEqual(
    [],
  );

  await community.stopBot();
  const file = community.config.databaseUrl.slice('file:'.length);
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  const { copyFileSync } = await import('node:fs');
  copyFileSync(copy, file);
  expect(await isKnown(community, robin.id)).toBe(true);
  await community.startBot();
  expect(await isKnown(community, robin.id)).toBe(false);
  await community.forward(aDay, 240);
  expect(fromBot(robin)).toEqual([]);
  // And they may come back by themselves.
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).not.toContain('wombat');
  expect(await isKnown(community, robin.id)).toBe(true);
  expect(community.log.filter((line) => !line.includes('rate'))).toEqual([]);
}, 60_000);

test('for letters: whoever runs the server takes a copy for somebody, and deletes them while no bot runs', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const robin = community.as('robin');
  await agreeOnly(robin);
  await reflect(robin, 'wombatwords');
  const { databaseUrl, encryptionKey, timeZone, logLevel } = community.config;
  const keyFile = databaseUrl.slice('file:'.length).replace(/\.db$/, '.keys');
  const setup = { databaseUrl, encryptionKey, timeZone, logLevel, keyFile, contentDir: 'data' };
  const dir = mkdtempSync(join(tmpdir(), 'chatr-person-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const folder = join(dir, 'robin');

  expect(await exportPerson(setup, { slackId: 'U0NOBODY', folder }, community.clock)).toMatchObject({
    status: 1,
    lines: [expect.stringContaining('Nothing is kept about U0NOBODY')],
  });
  expect(existsSync(folder)).toBe(false);
  expect((await exportPerson(setup, { slackId: robin.id, folder }, community.clock)).status).toBe(0);
  expect(readFileSync(join(folder, 'my-data.json'), 'utf8')).toContain('wombatwords');
  expect(existsSync(join(folder, 'my-data.docx'))).toBe(true);
  expect((await exportPerson(setup, { slackId: robin.id, folder }, community.clock)).lines[0]).toContain(
    'is there already',
  );
  // They see that it was done.
  await robin.command('/chatr my data');
  await robin.click('Who did what with my things');
  expect(robin.visibleText('modal')).toContain(
    'Whoever runs the server made a copy of everything that is kept about you.',
  );
  await closeAll(robin);

  // In tables that this version does not know, or has not made yet, something of theirs could stay.
  const refused = async (version: string, change: (db: Db) => Promise<unknown>) => {
    const before = await withDatabase(community, (db) => sql`select * from kysely_migration`.execute(db));
    await withDatabase(community, change);
    const asked = exportPerson(setup, { slackId: robin.id, folder: join(dir, version) }, community.clock);
    await expect(asked).rejects.toThrow(version);
    await withDatabase(community, async (db) => {
      await sql`delete from kysely_migration`.execute(db);
      for (const { name, timestamp } of before.rows as { name: string; timestamp: string }[])
        await sql`insert into kysely_migration (name, timestamp) values (${name}, ${timestamp})`.execute(db);
    });
  };
  await refused('newer version', (db) =>
    sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(db),
  );
  await refused('older version', (db) =>
    sql`delete from kysely_migration where name = (select max(name) from kysely_migration)`.execute(db),
  );

  const forget = (isSure: boolean) => forgetSomebody(setup, { slackId: robin.id, isSure }, community.clock);
  await expect(forget(true)).rejects.toThrow(/in use by another program/);
  await community.stopBot();
  const asked = await forget(false);
  expect(asked.status).toBe(2);
  expect(asked.lines.join('\n')).toContain('Nothing was deleted');
  expect(await isKnown(community, robin.id)).toBe(true);
  const done = await forget(true);
  expect(done.status).toBe(0);
  expect(done.lines.join('\n')).toContain('keys are destroyed');
  expect(await isKnown(community, robin.id)).toBe(false);
  expect((await forget(true)).lines[0]).toContain('is deleted already');
  const log = await withDatabase(community, (db) =>
    db.selectFrom('audit_log').selectAll().where('action', '=', 'privacy.forget').execute(),
  );
  expect(log).toMatchObject([{ actor: 'operator' }]);
  expect(JSON.stringify(log)).not.toContain(robin.id);

  await community.startBot();
  await community.forward(30, 1);
  expect(fromBot(robin)).toEqual([]);
  expect(robin.visibleText('home')).toContain('Everything I kept about you is deleted');
  expect(community.log).toEqual([]);
});
