import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/db/open.ts';
import type { Db } from '../../../src/db/schema.ts';
import { type Community, givenCommunity } from '../../support/community.ts';
import { aDay } from '../../support/journeys.ts';
import {
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  messagesSaying,
  scheduleCheckIn,
} from '../../support/stories.ts';

const moment = 'A moment: What stayed with you today?';

/** Two people who do the same things, together and each for themselves. */
async function givenTwo() {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await makeGroup(jo, 'Spring group', ['robin', 'sam']);
  for (const [person, words] of [
    [robin, 'wombatwords'],
    [sam, 'llamawords'],
  ] as const) {
    await person.openHome();
    await person.click('Edit my profile', { in: 'home' });
    await person.submit({ 'Your role': `Keeper of ${words}` });
    await person.submit({ 'Anything that makes taking part easier for you': `A quiet room, ${words}` });
    await closeAll(person);
    await person.command('/chatr reflect');
    await person.submit({ [moment]: words });
    await closeAll(person);
    await person.command('/chatr find Childhood Trauma and the Brain');
    await person.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
    await closeAll(person);
  }
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Share');
  await robin.submit({ 'With whom?': 'One person' }, { mayFail: true });
  await robin.submit({ 'Which person?': 'sam' });
  await robin.submit();
  await closeAll(robin);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Confidence: before we start',
    date: '2026-03-04',
    time: '10:00',
  });
  await robin.command('/chatr find Childhood Trauma and the Brain');
  await share(robin, { 'Or to a person': 'sam', 'Why this one?': 'Five minutes, wombatwords' });
  await robin.command('/chatr find Childhood Trauma and the Brain');
  await share(robin, { 'To a channel': 'chatr-forum', 'Why this one?': 'For all, wombatwords' });
  await community.forward(24 * 60, 60);
  return { community, jo, robin, sam };
}

async function share(person: PersonDriver, to: Record<string, string>): Promise<void> {
  await person.choose({ actionId: 'resources.about' }, 'Share', { nth: 0 });
  await person.submit(to);
  await person.submit();
  await closeAll(person);
}

async function withDatabase<T>({ config }: Community, look: (db: Db) => Promise<T>): Promise<T> {
  const store = await openStore(config.databaseUrl, { mustExist: true });
  try {
    return await look(store.db);
  } finally {
    await store.close();
  }
}

/** Every row of every table, by its table's name. */
async function everyRow(db: Db): Promise<Map<string, string[]>> {
  const rows = new Map<string, string[]>();
  for (const { name } of await db.introspection.getTables())
    rows.set(
      name,
      (
        await db
          .selectFrom(name as 'people')
          .selectAll()
          .execute()
      ).map((row) => JSON.stringify(row)),
    );
  return rows;
}

const idOf = (community: Community, slackId: string): Promise<string> =>
  withDatabase(
    community,
    async (db) =>
      (await db.selectFrom('people').select('id').where('slack_id', '=', slackId).executeTakeFirstOrThrow())
        .id,
  );

const notEphemeral = (person: PersonDriver) => person.dmsWithBot().filter(({ ephemeral }) => !ephemeral);

test('of two people who did everything together, one has everything deleted; the other keeps all of theirs', async () => {
  const { community, jo, robin, sam } = await givenTwo();
  for (const person of [robin, sam]) {
    await person.click('Answer');
    await person.submit({ 'question-0': '3' });
    await person.submit({});
    await closeAll(person);
  }
  await community.beat();
  const [robinId, samId] = [await idOf(community, robin.id), await idOf(community, sam.id)];
  const before = await withDatabase(community, everyRow);
  const saysOf = (rows: Map<string, string[]>, id: string) =>
    new Map([...rows].map(([table, all]) => [table, all.filter((row) => row.includes(id)).length]));
  expect(saysOf(before, robinId).get('answer_keys')).toBe(1);
  const inForum = () => jo.messages('chatr-forum').filter((one) => jo.visibleText(one).includes('wombat'));
  expect(inForum()).toHaveLength(1);
  expect(messagesSaying(sam, 'passed something on')).toHaveLength(1);
  expect(messagesSaying(sam, 'shared something with you')).toHaveLength(1);
  const others = notEphemeral(sam).length;

  await robin.command('/chatr my data');
  await robin.click('What exactly, and why');
  const held = robin.visibleText('modal');
  for (const what of ['Your journal', 'Reflections', 'Check-ins', 'Your profile', 'Your groups', 'So that'])
    expect(held).toContain(what);
  await robin.closeModal();
  await robin.click('Have everything deleted');
  const told = robin.visibleText('modal');
  expect(told).toContain('Your journal: 2 entries');
  expect(told).toContain('nobody can tell which is yours');
  expect(told).toContain('Get a copy first');
  expect(told).not.toMatch(/sure|!/);
  await robin.click('Delete everything', { in: 'modal' });
  const receipt = robin.visibleText('modal');
  expect(receipt).toContain('Everything I kept about you is deleted');
  expect(receipt).toContain('Wednesday 4 March');
  expect(receipt).toContain('Reflections');
  await closeAll(robin);

  // Nothing in any table tells of them, and no byte of the file.
  const after = await withDatabase(community, everyRow);
  for (const [table, all] of after)
    for (const trace of [robinId, robin.id, 'Robin'])
      expect(
        all.filter((row) => row.includes(trace)).map((row) => [table, trace, row]),
        table,
      ).toEqual(table === 'outbox' ? expect.any(Array) : []);
  // Until Slack has taken it away, what the bot posted for them is known by its key alone.
  expect(after.get('outbox')?.filter((row) => row.includes(robin.id))).toEqual([]);
  expect(saysOf(after, samId)).toEqual(
    new Map(
      [...saysOf(before, samId)].map(([table, many]) => [
        table,
        // What passed between them was both of theirs.
        ['resource_shares', 'reflection_share_readers'].includes(table) ? 0 : many,
      ]),
    ),
  );

  await community.forward(10, 1);
  expect(notEphemeral(robin).filter(({ user }) => user !== robin.id)).toEqual([]);
  expect(inForum()).toEqual([]);
  expect(messagesSaying(sam, 'passed something on')).toEqual([]);
  expect(messagesSaying(sam, 'shared something with you')).toEqual([]);
  expect(notEphemeral(sam)).toHaveLength(others - 2);
  const end = await withDatabase(community, everyRow);
  expect(end.get('forgettings')).toEqual([]);
  for (const trace of [robinId, robin.id]) expect([...end.values()].flat().join()).not.toContain(trace);
  expect(databaseBytes(community).match(/wombat|Robin/g)).toBeNull();
  for (const trace of [robinId, robin.id]) expect(databaseBytes(community)).not.toContain(trace);

  // The other has all of theirs.
  await sam.command('/chatr journal');
  expect(sam.visibleText('modal')).toContain('llamawords');
  await closeAll(sam);
  await sam.command('/chatr saved');
  expect(sam.visibleText(sam.ephemerals().at(-1))).toContain('Childhood Trauma and the Brain');
  await sam.command('/chatr checkins');
  await sam.click('See my answers');
  expect(sam.visibleText('modal')).toContain('How confident do you feel');

  await closeAll(sam);

  // And nothing more comes to who is gone, whatever Slack tells of them, and though others try.
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('Everything I kept about you is deleted');
  await community.workspace.changeProfile('robin', { displayName: 'Robin the Second' });
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.click('Add people');
  await jo.submit({ People: ['robin'] });
  expect(jo.visibleText('modal')).toContain('they can come back by writing to me themselves');
  await closeAll(jo);
  await community.stopBot();
  await community.startBot();
  await community.forward(15 * aDay, 240);
  expect(notEphemeral(robin).filter(({ user }) => user !== robin.id)).toEqual([]);
  expect((await withDatabase(community, everyRow)).get('people')?.join()).not.toContain(robin.id);

  // Until they write: then they begin as somebody new, of whom facilitators hear once they have said yes.
  const heard = () => messagesSaying(jo, 'Somebody new has joined.').length;
  const heardBefore = heard();
  await robin.post('hello again');
  await community.beat();
  expect(await idOf(community, robin.id)).not.toBe(robinId);
  expect(notEphemeral(robin).filter(({ user }) => user !== robin.id).length).toBeGreaterThan(0);
  expect(
    notEphemeral(robin)
      .map((message) => robin.visibleText(message))
      .join(),
  ).toContain('you begin as somebody new');
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).not.toContain('wombatwords');
  await closeAll(robin);
  await community.forward(90, 10);
  expect(heard()).toBe(heardBefore);
  await agreeOnly(robin);
  await community.forward(90, 10);
  expect(heard()).toBe(heardBefore + 1);
  expect(community.log).toEqual([]);
}, 60_000);
