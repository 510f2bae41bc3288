import { expect, test } from 'vitest';
import { meetPerson } from '../../../src/community/people.ts';
import {
  deleteAsked,
  deleteEnded,
  findAsked,
  findOpen,
  findQuestion,
  insertAsked,
  insertQuestion,
  listToEnd,
  listToOffer,
  recordEnded,
  recordNotPosted,
  recordOffered,
  recordPassedOn,
  recordPosted,
} from '../../../src/features/people/asking/store.ts';
import { peopleHeld } from '../../../src/features/people/index.ts';
import {
  findListing,
  listListings,
  recordAskedOn,
  saveListing,
  stopQuestions,
} from '../../../src/features/people/listing/store.ts';
import { days, later, ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { givenStore } from '../../support/store.ts';

test('how somebody is listed, when they may be asked, and what becomes of a question', async () => {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const vault = createVault(Buffer.alloc(32, 6));
  const [ana, bea, cem] = [
    await meetPerson(db, clock, 'U1'),
    await meetPerson(db, clock, 'U2'),
    await meetPerson(db, clock, 'U3'),
  ];
  const said = { personId: bea.id, name: 'Wren', askAbout: 'Sleep', takesQuestions: true };
  await saveListing(db, vault, said);
  await saveListing(db, vault, { ...said, personId: cem.id, name: '', askAbout: '' });
  expect(await findListing(db, vault, bea.id)).toEqual({ ...said, askedOn: undefined });
  const sizes = await db.selectFrom('listings').select('sealed').execute();
  expect(new Set(sizes.map(({ sealed }) => sealed.length)).size).toBe(1);

  // Once in two weeks; changing how one is listed does not begin them anew.
  const on = (today: string, notSince: string) => recordAskedOn(db, bea.id, { today, notSince });
  expect(await on('2026-03-03', '2026-02-17')).toBe(true);
  expect(await on('2026-03-03', '2026-02-17')).toBe(false);
  await saveListing(db, vault, { ...said, askAbout: 'Sleep and feeding' });
  expect(await on('2026-03-16', '2026-03-02')).toBe(false);
  expect(await on('2026-03-17', '2026-03-03')).toBe(true);
  await stopQuestions(db, bea.id);
  expect(await on('2026-05-01', '2026-04-17')).toBe(false);
  // With another key nobody is listed under a name they did not choose.
  expect([...(await listListings(db, createVault(Buffer.alloc(32, 8)))).values()]).toEqual([
    'unreadable',
    'unreadable',
  ]);

  const now = clock.now();
  const question = {
    personId: ana.id,
    words: 'Damp?',
    askedAt: now,
    offerAt: later(now, days(2)),
    endsAt: later(now, days(7)),
    isOffered: false,
  };
  for (const id of ['a', 'b']) await insertQuestion(db, vault, { ...question, id });
  for (const { id } of [bea, cem]) await insertAsked(db, 'a', id);
  await insertAsked(db, 'b', bea.id);
  expect([await recordPassedOn(db, 'a', bea.id), await recordPassedOn(db, 'a', bea.id)]).toEqual([
    true,
    false,
  ]);
  // Who said yes stays; who said no was never there.
  await deleteAsked(db, { personId: bea.id });
  await deleteAsked(db, { questionId: 'a', personId: cem.id });
  expect(await findAsked(db, 'a', bea.id)).toEqual({ isPassedOn: true });
  expect([await findAsked(db, 'a', cem.id), await findAsked(db, 'b', bea.id)]).toEqual([
    undefined,
    undefined,
  ]);
  await expect(deleteAsked(db, {})).rejects.toThrow(RangeError);

  // Only what nobody has taken is offered for the forum, once.
  expect(await listToOffer(db, later(now, days(2) - 1))).toEqual([]);
  expect(await listToOffer(db, later(now, days(2)))).toEqual([{ id: 'b', personId: ana.id }]);
  expect([await recordOffered(db, 'b', now), await recordOffered(db, 'b', now)]).toEqual([true, false]);
  expect([await recordPosted(db, 'b', now), await recordPosted(db, 'b', now)]).toEqual([true, false]);
  await recordNotPosted(db, 'b');
  expect(await findQuestion(db, vault, 'b')).toMatchObject({ isPosted: false, isOffered: true });

  expect(await listToEnd(db, later(now, days(7) - 1))).toEqual([]);
  expect((await listToEnd(db, later(now, days(7)))).toSorted()).toEqual(['a', 'b']);
  await recordEnded(db, 'a', later(now, days(7)));
  expect((await findOpen(db, vault, ana.id, now))?.id).toBe('b');
  await deleteEnded(db, later(now, days(8)));
  expect(await findQuestion(db, vault, 'a')).toBeUndefined();
  expect(await findAsked(db, 'a', bea.id)).toBeUndefined();

  // In their copy, and deleted with them.
  const held = Object.fromEntries(peopleHeld(vault).holdings.map((one) => [one.id, one]));
  expect(await held.listing?.read(db, bea.id)).toMatchObject([
    { 'Listed under': 'Wren', 'Happy to be asked about': 'Sleep and feeding' },
  ]);
  expect(await held['questions-to-colleagues']?.read(db, ana.id)).toMatchObject([{ Words: 'Damp?' }]);
  for (const one of Object.values(held)) {
    await one.forget(db, ana.id, now);
    await one.forget(db, bea.id, now);
    expect((await one.count(db, ana.id)) + (await one.count(db, bea.id))).toBe(0);
  }
});
