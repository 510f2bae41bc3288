import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { type Community, givenCommunity } from '../support/community.ts';

/** Somebody took away a table: whatever needs it fails. */
async function without(community: Community, table: string): Promise<() => Promise<void>> {
  const store = await openStore(community.config.databaseUrl);
  await store.db.schema.alterTable(table).renameTo('taken_away').execute();
  return async () => {
    await store.db.schema.alterTable('taken_away').renameTo(table).execute();
    await store.close();
  };
}

test('when saving a form fails, it stays open with what was chosen, and says so', async () => {
  const community = await givenCommunity();
  const robin = community.as('robin');
  await robin.command('/chatr settings');
  const putBack = await without(community, 'audit_log');
  await robin.submit({ Messages: 'Pause all messages' }, { mayFail: true });
  expect(JSON.stringify(robin.modal()?.errors)).toContain('What you entered is still here');
  expect(robin.notices()).toEqual([]);
  await putBack();
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Saved');
  expect(community.log).toHaveLength(1);
});

test('while another program holds the database everybody is answered in time, keeps their words, and can go on after it', async () => {
  const community = await givenCommunity();
  const people = ['robin', 'sam', 'fran', 'jo'].map((name) => community.as(name));
  for (const person of people) await person.command('/chatr settings');
  const other = new Database(community.config.databaseUrl.slice('file:'.length));
  other.exec('begin immediate');
  await Promise.all(
    people.map((person) => person.submit({ Messages: 'Pause all messages' }, { mayFail: true })),
  );
  for (const person of people) {
    expect(JSON.stringify(person.modal()?.errors)).toContain('I am busy just now, and this was not saved.');
    await person.command('/chatr find trauma', { quiet: true });
    expect(person.visibleText(person.ephemerals().at(-1))).toContain('UK Trauma Council');
    await person.command('/chatr leave', { quiet: true });
    expect(person.notices(), 'each was acknowledged within Slack’s three seconds').toEqual([]);
  }
  // The heartbeat logs this, and comes again.
  await expect(community.beat()).rejects.toThrow('locked');
  other.exec('rollback');
  other.close();
  for (const person of people) {
    await person.submit();
    expect(person.visibleText('modal')).toContain('Saved');
  }
  await community.beat();
});

test('whoever is named to turn to cannot ping or pass for a link', async () => {
  const community = await givenCommunity();
  const putBack = await without(community, 'cohorts');
  const store = await openStore(community.config.databaseUrl);
  await store.db
    .updateTable('people')
    .set({ display_name: '<!channel> <https://evil.example|Jo>' })
    .execute();
  await store.close();
  const robin = community.as('robin');
  await robin.command('/chatr groups');
  const told = robin.ephemerals().at(-1)?.text ?? '';
  expect(told).toContain('it may not have been saved');
  expect(told).toContain('&lt;!channel&gt; &lt;https');
  await putBack();
});
