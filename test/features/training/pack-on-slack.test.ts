import { strFromU8, unzipSync } from 'fflate';
import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { openStore } from '../../../src/db/open.ts';
import type { Db } from '../../../src/db/schema.ts';
import { listBookings, saveBooking } from '../../../src/features/training/sessions/store.ts';
import { givenCommunity } from '../../support/community.ts';
import { agreeOnly, closeAll, databaseBytes, pressForged } from '../../support/stories.ts';

const field = 'Anything that would make taking part easier';
const inProfile = 'Anything that makes taking part easier for you';
const words = /quinquereme|Xylograph|Zeugma/;

test('a host sees what would make taking part easier, and nobody else does; it goes two weeks after the session', async () => {
  const community = await givenCommunity({ config: { logLevel: 'trace' } });
  const { workspace, log } = community;
  await community.forward(5 * 60, 60);
  const [jo, fran, robin, sam, toni] = [
    community.as('jo'),
    community.as('fran'),
    community.as('robin'),
    community.as('sam'),
    community.as('toni'),
  ];
  await agreeOnly(jo, fran, robin, sam, toni);
  await fran.openHome();
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'fran', Role: 'Facilitator of all groups' });
  await closeAll(fran);
  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  await robin.submit();
  await robin.submit({ [inProfile]: 'Xylograph print, large' });
  await closeAll(robin);

  const inStore = async <Made>(work: (db: Db) => Promise<Made>): Promise<Made> => {
    const { db, close } = await openStore(community.config.databaseUrl, { mustExist: true });
    try {
      return await work(db);
    } finally {
      await close();
    }
  };
  const kept = async () =>
    (await inStore((db) => db.selectFrom('training_needs').selectAll().execute())).length;
  const sessionId = (title: string) =>
    inStore(
      async (db) =>
        (
          await db
            .selectFrom('training_sessions')
            .select('id')
            .where('title', '=', title)
            .executeTakeFirstOrThrow()
        ).id,
    );

  const plan = async (title: string, date: string) => {
    await jo.command('/chatr sessions');
    await jo.click('Add a session');
    await jo.submit({
      'What is it?': 'Perinatal',
      'Who is it for?': 'Everybody who has agreed to the community agreement',
    });
    await jo.submit({ Day: date, 'Begins at': '10:00' });
    await jo.submit({
      'What is it called?': title,
      'Who runs it?': ['jo'],
      'Access needs': ['Ask what makes taking part easier'],
    });
    await closeAll(jo);
    return sessionId(title);
  };
  const openSession = async (person: PersonDriver, nth = 0) => {
    await person.command('/chatr sessions');
    await person.click('Open', { nth });
  };
  /** Whoever hosts it comes there at once. */
  const openLead = async (person: PersonDriver, nth = 0) => {
    await openSession(person, nth);
    if (person.visibleText().includes('For those who run it')) await person.click('For those who run it');
  };
  const one = await plan('First one', '2026-03-10');

  // Robin books: their own words, and those of their profile because they tick it. Sam and Toni say nothing.
  await openSession(robin);
  for (const said of ['Only those who run the session see', 'It goes two weeks after', 'Xylograph print'])
    expect(robin.visibleText()).toContain(said);
  await robin.submit({
    'I come as': 'Midwifery and maternity',
    [field]: 'Q'.repeat(990),
    'From your profile': ['Share this for the session too'],
  });
  expect(robin.visibleText()).toContain('this becomes too long');
  // Looked through as everywhere: masked unless they say otherwise.
  await robin.submit({ [field]: 'A quinquereme seat by the door. Ring 07700 900123' });
  expect(robin.visibleText()).toMatch(/Please look once more.*a phone number/s);
  expect(robin.modal()?.submit).toBe('Mask it and book');
  await robin.click('Keep it as it is');
  await robin.submit({ [field]: 'A quinquereme seat by the door' });
  expect(robin.visibleText()).toContain('Your place is booked');
  expect(robin.visibleText()).toContain('Nobody has opened yet what would make taking part easier for you');
  await closeAll(robin);
  for (const person of [sam, toni]) {
    await openSession(person);
    expect(person.visibleText(), 'there is nothing in their profile').not.toContain('From your profile');
    await person.submit({ 'I come as': 'Another profession' });
    expect(person.visibleText()).toContain('You have said nothing about what would make taking part easier');
    await closeAll(person);
  }
  const rows = await inStore((db) => db.selectFrom('training_needs').select('sealed').execute());
  expect(
    rows.map(({ sealed }) => sealed.length),
    'no row tells who said something',
  ).toEqual(Array(3).fill(rows[0]?.sealed.length));

  // The host opens the pack.
  await openLead(jo);
  await jo.click('Session pack');
  expect(jo.visibleText()).toContain('*10:25*  Case discussion in mixed groups');
  expect(jo.visibleText()).toContain('Please read it before the day');
  expect(jo.visibleText()).not.toMatch(words);
  expect(jo.visibleText()).not.toContain('Robin');

  // Minutes for each part: refused in words, kept, shown to whoever looks at the session, and suggested again.
  const discussion = 'Case discussion in mixed groups, using a fictional example';
  await jo.click('Change the minutes');
  for (const minutes of ['-5', '7.5', 'ten']) {
    await jo.submit({ [discussion]: minutes }, { mayFail: true });
    expect(jo.modal()?.errors['part-2']).toContain('Please give whole minutes');
  }
  await jo.submit({ [discussion]: '50' }, { mayFail: true });
  expect(jo.modal()?.errors['part-0']).toBe('Together that is 100 minutes, and the session lasts 90.');
  await jo.submit({ [discussion]: '50', 'Arrive and settle': '0', 'Pathways and who can help': '10' });
  expect(jo.visibleText()).toContain('*10:00*  A short idea, with a content note (15 min)');
  expect(jo.visibleText()).toContain('*10:15*  Case discussion in mixed groups');
  expect(jo.visibleText()).toContain('Together 85 of 90 minutes; the rest is free.');
  expect(jo.visibleText()).not.toContain('Arrive and settle');
  await openSession(toni);
  expect(toni.visibleText()).toContain('using a fictional example (50)');
  expect(toni.visibleText()).not.toContain('Arrive and settle');
  await closeAll(toni);
  await jo.click('Change the minutes');
  await jo.click('Back, change nothing');
  await jo.click('Change the minutes');
  await jo.submit({ [discussion]: '40', 'Arrive and settle': '10', 'Pathways and who can help': '15' });
  expect(jo.visibleText()).toContain('*10:25*  Case discussion in mixed groups');
  expect(jo.visibleText()).not.toContain('the rest is free');
  await jo.click('Access needs');
  expect(jo.visibleText()).toContain('A quinquereme seat by the door');
  expect(jo.visibleText()).toContain('Xylograph print, large');
  expect(jo.visibleText()).not.toMatch(/Sam|Toni/);
  await jo.closeModal();
  await jo.click('Example');
  expect(jo.visibleText()).toContain('*Example: The late booking*');
  await jo.click('Another example');
  await jo.click('Show it');
  await jo.click('Background');
  await jo.click('Who comes');
  expect(jo.visibleText()).toContain('3 people have a place.');
  expect(jo.visibleText()).toContain('Nothing can be told');
  await jo.click('Groups');
  expect(jo.visibleText()).toContain('All together');
  await jo.click('Word file');
  expect(jo.visibleText()).toContain('Without names');
  await jo.click('With names');
  expect(jo.visibleText()).toContain('Hand that page only to people of the session');
  await jo.submit();
  await workspace.settled();
  await closeAll(jo);
  const [file] = jo.dmsWithBot().flatMap((message) => message.files);
  const bytes = await (await fetch(workspace.url + (file?.url ?? ''))).arrayBuffer();
  const xml = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml'] ?? new Uint8Array());
  const printed = [...xml.matchAll(/<w:t[ >][^<]*/g)].join('\n');
  for (const name of ['Robin', 'Sam', 'Toni']) expect(printed).toContain(name);
  expect(printed, 'the example that was chosen').toContain('Before an examination');
  expect(printed).not.toMatch(words);

  // Whoever said it sees who opened it.
  await openSession(robin);
  expect(robin.visibleText()).toMatch(/was opened by Jo on Tuesday 3 March\./);
  await robin.click('Change');
  expect(robin.visibleText(), 'nothing more to offer').not.toContain('In your profile you say');
  await closeAll(robin);

  // Another facilitator, an owner of the workspace at that, sees none of it, whatever they press; nor does a member.
  const isRefused = async (person: PersonDriver) => {
    for (const [actionId, value] of [
      ['training.pack', `${one}:groups`],
      ['training.needs-open', `${one}:0`],
      ['training.pack-mix', one],
      ['training.pack-minutes', one],
      ['training.pack-case', `${one}:pn-booking-late`],
      ['files.ask:training.pack-names', one],
    ] as const) {
      const before = person.ephemerals().length;
      await pressForged(community, person.name, { actionId, value });
      if (actionId.startsWith('files')) await person.submit();
      const said = person.modal() ? person.visibleText() : JSON.stringify(person.ephemerals().slice(before));
      expect(said, actionId).toContain('you are not one of them');
      await closeAll(person);
    }
    expect(JSON.stringify(person.snapshot())).not.toMatch(words);
  };
  await openLead(fran);
  expect(fran.visibleText()).not.toContain('Session pack');
  await closeAll(fran);
  await isRefused(fran);
  await isRefused(sam);
  expect(await inStore((db) => db.selectFrom('training_packs').select('case_id').execute())).toEqual([
    { case_id: 'pn-examination' },
  ]);

  // A host who hands over loses sight at once; the next one sees it.
  await openLead(jo);
  await jo.click('Places and people');
  await jo.submit({ 'Who runs it?': ['fran'] });
  await closeAll(jo);
  await isRefused(jo);
  await openLead(fran);
  await fran.click('Session pack');
  await fran.click('Access needs');
  expect(fran.visibleText()).toContain('quinquereme');
  await closeAll(fran);
  await openSession(robin);
  expect(robin.visibleText()).toMatch(/was opened by Fran on .* and Jo on/);
  // New words have been opened by nobody.
  await robin.click('Change');
  await robin.submit({ [field]: 'A quinquereme seat. Ring 07700 900123' });
  expect(robin.modal()?.submit).toBe('Mask it and save');
  await robin.submit({ [field]: 'A quinquereme seat' });
  expect(robin.visibleText()).toContain('Saved for *First one*');
  await closeAll(robin);
  await openSession(robin);
  expect(robin.visibleText()).toContain('Nobody has opened yet');
  await closeAll(robin);

  // In windows, and nowhere else; and in their own copy.
  await community.forward(18 * 60, 9 * 60);
  expect(databaseBytes(community)).not.toMatch(words);
  expect(log.join('\n')).not.toMatch(words);
  for (const person of [jo, fran, robin, sam, toni]) {
    expect(JSON.stringify(person.dmsWithBot().map(({ blocks, text }) => [blocks, text]))).not.toMatch(words);
    await person.openHome();
    expect(person.visibleText('home')).not.toMatch(words);
  }
  await robin.click('What is kept about me', { in: 'home' });
  expect(robin.visibleText()).toContain('What makes taking part in a session easier');
  await closeAll(robin);

  // Gone with a place that is given up, and with a session that is cancelled, at once.
  await plan('Second one', '2026-03-12');
  await plan('Third one', '2026-03-13');
  for (const [person, nth] of [
    [robin, 1],
    [sam, 1],
    [robin, 2],
  ] as const) {
    await openSession(person, nth);
    await person.submit({ 'I come as': 'Another profession', [field]: 'Zeugma' });
    await closeAll(person);
  }
  expect(await kept()).toBe(6);
  await openSession(robin, 1);
  await robin.click('Give up my place');
  await closeAll(robin);
  expect(await kept()).toBe(5);
  await openLead(jo, 2);
  await jo.click('Cancel it …');
  await jo.submit();
  await closeAll(jo);
  expect(await kept()).toBe(4);

  // Whoever came in by another way has a row as well; whoever leaves has none.
  await inStore(async (db) => {
    await db.deleteFrom('training_needs').where('session_id', '=', one).execute();
    for (const booking of await listBookings(db, one)) await saveBooking(db, booking);
  });
  await community.beat();
  expect(await kept()).toBe(4);

  // Two weeks after the end, and not before. The second one ended two days later.
  for (const [at, left] of [
    ['2026-03-24T11:29:00Z', 4],
    ['2026-03-24T11:30:00Z', 1],
    ['2026-03-26T11:29:00Z', 1],
    ['2026-03-26T11:30:00Z', 0],
  ] as const) {
    community.clock.moveTo(at);
    await community.beat();
    expect(await kept(), at).toBe(left);
  }
}, 60_000);
