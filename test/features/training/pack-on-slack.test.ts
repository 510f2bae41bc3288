import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { findPersonBySlackId } from '../../../src/community/people.ts';
import { openStore } from '../../../src/db/open.ts';
import type { Db } from '../../../src/db/schema.ts';
import { loadContent } from '../../../src/features/content.ts';
import { listSeries } from '../../../src/features/training/sessions/outlines.ts';
import {
  findBooking,
  insertSession,
  recordCancelled,
  saveBooking,
  setHosts,
} from '../../../src/features/training/sessions/store.ts';
import { type Community, givenCommunity } from '../../support/community.ts';
import { agreeOnly, closeAll, databaseBytes, pressForged } from '../../support/stories.ts';

const field = 'Anything that would make taking part easier';
const inProfile = 'Anything that makes taking part easier for you';
const [series] = listSeries(loadContent('data').training);

/** What another bot on the same database would do. */
async function beside<Made>(
  { config }: Community,
  work: (db: Db, idOf: (name: string) => Promise<string>) => Promise<Made>,
  as: Community['as'],
): Promise<Made> {
  const { db, close } = await openStore(config.databaseUrl, { mustExist: true });
  try {
    return await work(db, async (name) => {
      const person = await findPersonBySlackId(db, as(name).id);
      if (!person) throw new Error(`${name} is not known.`);
      return person.id;
    });
  } finally {
    await close();
  }
}

test('a host sees what would make taking part easier, and nobody else does; it goes two weeks after the session', async () => {
  const community = await givenCommunity({ config: { logLevel: 'trace' } });
  const { workspace, log } = community;
  await community.forward(5 * 60, 60);
  const [jo, fran, robin, sam] = ['jo', 'fran', 'robin', 'sam'].map((name) => community.as(name));
  if (!jo || !fran || !robin || !sam || !series) throw new Error('They are in the seeds.');
  await agreeOnly(jo, fran, robin, sam);
  await robin.click('Edit my profile', { in: 'home' });
  await robin.submit();
  await robin.submit({ [inProfile]: 'Xylograph print, large' });
  await closeAll(robin);

  const inStore = <Made>(work: Parameters<typeof beside<Made>>[1]) =>
    beside(community, work, (name) => community.as(name));
  const book = async (db: Db, sessionId: string, personId: string, status: 'booked' | 'waiting') =>
    saveBooking(db, {
      sessionId,
      personId,
      status,
      profession: 'midwifery',
      since: community.clock.now(),
      offeredUntil: undefined,
    });
  const plan = (id: string, startsAt: string) =>
    inStore(async (db, idOf) => {
      await insertSession(db, {
        id,
        seriesId: series.id,
        outline: { label: series.label, shape: series.shape, notes: series.notes },
        cohortId: undefined,
        title: `Perinatal ${id}`,
        startsAt: new Date(startsAt),
        minutes: 90,
        place: 'Town Hall',
        link: undefined,
        places: 20,
        mix: [],
        mixUntil: undefined,
        asksAccess: true,
        sequence: 0,
        isCancelled: false,
        told: undefined,
        tellAt: undefined,
        reminded: 0,
        createdBy: await idOf('jo'),
        changedAt: community.clock.now(),
      });
      await setHosts(db, id, [await idOf('jo')]);
      for (const name of ['robin', 'sam']) await book(db, id, await idOf(name), 'booked');
    });
  const needsKept = () =>
    inStore(async (db) => (await db.selectFrom('training_needs').select('session_id').execute()).length);
  await plan('one', '2026-03-10T10:00:00Z');

  // Robin says it for this session: their own words, and those of their profile because they tick it.
  const say = (name: string, session: string) =>
    pressForged(community, name, { actionId: 'training.needs-mine', value: session });
  await say('robin', 'one');
  expect(robin.visibleText()).toContain('Only those who run the session see');
  expect(robin.visibleText()).toContain('It goes two weeks after the session');
  expect(robin.visibleText()).toContain('Xylograph print, large');
  await robin.submit({ [field]: 'A quinquereme seat by the door' });
  await closeAll(robin);
  await say('robin', 'one');
  await robin.submit({ 'From your profile': ['Share this for the session too'] });
  expect(robin.visibleText()).toContain('Saved for *Perinatal one*');
  await closeAll(robin);
  await say('robin', 'one');
  expect(robin.visibleText()).toContain('Nobody has opened yet');
  expect(robin.visibleText(), 'nothing more to offer').not.toContain('In your profile you say');
  await closeAll(robin);
  // Sam leaves it empty: the rows tell nothing.
  await say('sam', 'one');
  await sam.submit();
  await closeAll(sam);
  expect(await needsKept()).toBe(2);
  const sizes = await inStore(async (db) => db.selectFrom('training_needs').select('sealed').execute());
  expect(new Set(sizes.map(({ sealed }) => sealed.length)).size).toBe(1);
  // Somebody who booked nothing is asked nothing.
  await say('toni', 'one');
  expect(JSON.stringify(community.as('toni').ephemerals().at(-1))).toContain('There is nothing to say here');

  // The host opens the pack.
  const openPack = (name: string, session = 'one') =>
    pressForged(community, name, { actionId: 'training.pack', value: `${session}:shape` });
  await openPack('jo');
  expect(jo.visibleText()).toContain('*10:25*  Case discussion in mixed groups');
  expect(jo.visibleText()).toContain('Please read it before the day');
  expect(jo.visibleText()).not.toMatch(/quinquereme|Xylograph|Robin/);
  await jo.click('Access needs');
  expect(jo.visibleText()).toContain('A quinquereme seat by the door');
  expect(jo.visibleText()).toContain('Xylograph print, large');
  expect(jo.visibleText()).not.toContain('Sam');
  await jo.closeModal();
  await jo.click('Example');
  expect(jo.visibleText()).toContain('*Example: The late booking*');
  await jo.click('Another example');
  await jo.click('Show it');
  await jo.click('Who comes');
  expect(jo.visibleText()).toContain('2 people have a place.');
  expect(jo.visibleText()).toContain('Nothing can be told');
  await jo.click('Groups');
  expect(jo.visibleText()).toContain('All together');
  await jo.click('Word file');
  const take = async (button: string) => {
    await jo.click(button);
    await jo.submit();
    await workspace.settled();
    const file = jo
      .dmsWithBot()
      .flatMap((message) => message.files)
      .at(-1);
    const bytes = await (await fetch(workspace.url + (file?.url ?? ''))).arrayBuffer();
    const xml = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml'] ?? new Uint8Array());
    return [...xml.matchAll(/<w:t[ >][^<]*/g)].join('\n');
  };
  const unnamed = await take('Without names');
  await closeAll(jo);
  await openPack('jo');
  await jo.click('Word file');
  const named = await take('With names');
  await closeAll(jo);
  expect(named).toContain('Robin');
  expect(unnamed).not.toContain('Robin');
  for (const xml of [named, unnamed]) {
    expect(xml, 'the example that was chosen').toContain('Before an examination');
    expect(xml).not.toMatch(/quinquereme|Xylograph/);
  }

  // Whoever said it sees who opened it; another facilitator, an owner of the workspace at that, sees none of all this.
  await say('robin', 'one');
  expect(robin.visibleText()).toMatch(/was opened by Jo on Tuesday 3 March\./);
  await closeAll(robin);
  const isRefused = async (name: string) => {
    for (const [actionId, value] of [
      ['training.pack', 'one:groups'],
      ['training.needs-open', 'one:0'],
      ['training.pack-mix', 'one'],
      ['files.ask:training.pack-names', 'one'],
    ] as const) {
      const person = community.as(name);
      const before = person.ephemerals().length;
      await pressForged(community, name, { actionId, value });
      if (actionId.startsWith('files')) await person.submit();
      const said = person.modal() ? person.visibleText() : JSON.stringify(person.ephemerals().slice(before));
      expect(said, actionId).toContain('you are not one of them');
      await closeAll(community.as(name));
    }
    expect(JSON.stringify(community.as(name).snapshot())).not.toMatch(/quinquereme|Xylograph/);
  };
  await isRefused('fran');
  await isRefused('sam');

  // A host who is taken off loses sight at once; the next one sees it.
  await inStore(async (db, idOf) => setHosts(db, 'one', [await idOf('fran')]));
  await isRefused('jo');
  await pressForged(community, 'fran', { actionId: 'training.needs-open', value: 'one:0' });
  expect(fran.visibleText()).toContain('quinquereme');
  await closeAll(fran);
  await say('robin', 'one');
  expect(robin.visibleText()).toMatch(/was opened by Fran on .* and Jo on/);
  // New words have been opened by nobody.
  await robin.submit({ [field]: 'A quinquereme seat' });
  await closeAll(robin);
  await say('robin', 'one');
  expect(robin.visibleText()).toContain('Nobody has opened yet');
  await closeAll(robin);

  // In windows, and nowhere else.
  const words = /quinquereme|Xylograph/;
  expect(databaseBytes(community)).not.toMatch(words);
  expect(log.join('\n')).not.toMatch(words);
  for (const person of [jo, fran, robin, sam]) {
    expect(JSON.stringify(person.dmsWithBot().map(({ blocks, text }) => [blocks, text]))).not.toMatch(words);
    await person.openHome();
    expect(person.visibleText('home')).not.toMatch(words);
  }
  // Their own copy has it.
  await robin.click('What is kept about me', { in: 'home' });
  expect(robin.visibleText()).toContain('What makes taking part in a session easier');
  await closeAll(robin);

  // Gone with a place that is given up, and with a session that is cancelled, at once.
  await plan('two', '2026-03-12T10:00:00Z');
  await plan('three', '2026-03-13T10:00:00Z');
  for (const session of ['two', 'three'])
    for (const name of ['robin', 'sam']) {
      await say(name, session);
      await community.as(name).submit({ [field]: 'Zeugma' });
      await closeAll(community.as(name));
    }
  expect(await needsKept()).toBe(6);
  await inStore(async (db, idOf) => {
    const own = await findBooking(db, 'two', await idOf('robin'));
    if (own) await saveBooking(db, { ...own, status: 'cancelled' });
    await recordCancelled(db, 'three', community.clock.now());
  });
  await community.beat();
  expect(await needsKept()).toBe(3);

  // Two weeks after the end, and not before. The second session ended two days later.
  community.clock.moveTo('2026-03-24T11:29:00Z');
  await community.beat();
  expect(await needsKept()).toBe(3);
  community.clock.moveTo('2026-03-24T11:30:00Z');
  await community.beat();
  expect(await needsKept()).toBe(1);
  await pressForged(community, 'fran', { actionId: 'training.needs-open', value: 'one:0' });
  expect(fran.visibleText()).toContain('has said anything here');
  community.clock.moveTo('2026-03-26T11:30:00Z');
  await community.beat();
  expect(await needsKept()).toBe(0);
}, 60_000);
