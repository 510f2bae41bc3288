import { expect, test } from 'vitest';
import { meetPerson, recordDeactivated } from '../../../src/community/people.ts';
import {
  type Card,
  changeCard,
  countCardsOf,
  deleteCard,
  findCard,
  insertCard,
  listCards,
  listDue,
  listOrphans,
  recordAsked,
  releaseCards,
} from '../../../src/features/organisations/cards/store.ts';
import { organisationsHeld } from '../../../src/features/organisations/index.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { givenStore } from '../../support/store.ts';

const said = { organisation: '', offers: 'Advice', advice: '', reach: 'Room 3', languages: '', room: '' };

test('who keeps a card, when it is due, and what becomes of it when its keeper goes', async () => {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const vault = createVault(Buffer.alloc(32, 6));
  const [ana, bea] = [await meetPerson(db, clock, 'U1'), await meetPerson(db, clock, 'U2')];
  const cardOf = (id: string, ownerId: string): Card => ({
    id,
    ownerId,
    said: { ...said, team: id },
    checkedOn: '2026-03-03',
    checkBy: '2026-06-01',
  });
  for (const [id, { id: ownerId }] of [
    ['a', ana],
    ['b', ana],
    ['c', bea],
  ] as const)
    await insertCard(db, vault, cardOf(id, ownerId), clock.now());
  expect(await countCardsOf(db, ana.id)).toBe(2);

  expect(await listDue(db, '2026-05-31')).toEqual([]);
  expect((await listDue(db, '2026-06-01')).map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c']);
  expect([await recordAsked(db, 'a', '2026-06-01'), await recordAsked(db, 'a', '2026-06-01')]).toEqual([
    true,
    false,
  ]);
  await changeCard(db, vault, 'b', { checkBy: '2026-12-01' });
  await recordDeactivated(db, clock, bea.id);
  expect(await listDue(db, '2026-06-02')).toEqual([]);
  expect((await listOrphans(db, vault)).map(({ id }) => id)).toEqual(['c']);

  await changeCard(db, vault, 'c', { ownerId: ana.id });
  expect(await listOrphans(db, vault)).toEqual([]);
  expect(await releaseCards(db, ana.id)).toBe(3);
  expect((await listOrphans(db, vault)).map(({ ownerId }) => ownerId)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);

  // Deleting somebody leaves the card, and nothing of them.
  await changeCard(db, vault, 'a', { ownerId: ana.id });
  const held = organisationsHeld(vault).holdings.find(({ id }) => id === 'team-cards');
  expect(await held?.read(db, ana.id)).toMatchObject([{ Team: 'a', 'To be checked by': '2026-06-01' }]);
  await held?.forget(db, ana.id, clock.now());
  expect(await held?.count(db, ana.id)).toBe(0);
  expect((await findCard(db, vault, 'a'))?.ownerId).toBeUndefined();
  await deleteCard(db, 'a');
  expect((await listCards(db, vault)).map(({ id }) => id)).toEqual(['b', 'c']);
  // With another key, none of it can be read, and nothing fails.
  expect(await listCards(db, createVault(Buffer.alloc(32, 8)))).toEqual([]);
});
