import { expect, test } from 'vitest';
import { labelled } from '../../src/community/holdings.ts';
import { everythingHeld, heldOfNobody } from '../../src/features/held.ts';
import { createVault } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { shippedContent } from '../support/shipped.ts';
import { givenStore } from '../support/store.ts';

const { vocabulary, cpdForms, professions } = shippedContent();

const areas = everythingHeld({
  vault: createVault(Buffer.alloc(32, 5)),
  random: systemRandom,
  vocabulary,
  cpdForms,
  professions,
  titleOf: () => undefined,
});
const holdings = areas.flatMap((area) => area.holdings);
const covered = new Set(holdings.flatMap(({ where }) => where as readonly string[]));

/** Columns that say who somebody is, or whose something is. */
const namesSomebody =
  /^(?:person_id|receiver_id|sharer_id|owner_id|author_id|user_id|actor|subject|slack_id|\w+_by|shared_with)$/;

test('every table is either somebody’s, and then counted, copied and deleted, or it is said why it is nobody’s', async () => {
  const store = await givenStore();
  const tables = (await store.db.introspection.getTables()).filter(({ name }) => !/^kysely_/.test(name));
  expect(tables.length).toBeGreaterThan(50);
  const held = new Set([...covered].map((place) => place.split('.')[0] ?? ''));
  for (const { name } of tables)
    expect([name, held.has(name), name in heldOfNobody]).toEqual([name, held.has(name), !held.has(name)]);
  // And nothing is declared that is not there.
  const names = new Set(tables.map(({ name }) => name));
  expect([...held, ...Object.keys(heldOfNobody)].filter((name) => !names.has(name))).toEqual([]);
  const columns = new Map(
    tables.map(({ name, columns: all }) => [name, new Set(all.map((one) => one.name))]),
  );
  for (const place of covered) {
    const [table = '', column = ''] = place.split('.');
    expect([place, columns.get(table)?.has(column)]).toEqual([place, true]);
  }
});

test('every column that names a person is covered by a holding', async () => {
  const store = await givenStore();
  const tables = await store.db.introspection.getTables();
  const naming = tables.flatMap(({ name, columns }) =>
    columns.filter((one) => namesSomebody.test(one.name)).map((one) => `${name}.${one.name}`),
  );
  expect(naming.length).toBeGreaterThan(40);
  // The Slack id is the person's own row.
  expect(naming.filter((place) => !covered.has(place)).toSorted()).toEqual(['people.slack_id']);
});

test('ids and words of holdings are used once, and what goes by itself is said', () => {
  const ids = holdings.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const words = holdings.map(({ what }) => what);
  expect(new Set(words).size).toBe(words.length);
  for (const { apart, holdings: inArea } of areas)
    expect(inArea.some(({ isApart }) => isApart)).toBe(apart !== undefined);
});

test('in a copy nothing stands in the place of something else, whatever it is called', () => {
  const item = labelled([
    ['Asked', '2026'],
    ['Asked', 'by whom?'],
    ['Asked', undefined],
    ['constructor', 'of a house'],
    ['__proto__', 'words'],
  ]);
  expect(Object.entries(item)).toEqual([
    ['Asked', '2026'],
    ['Asked (2)', 'by whom?'],
    ['Asked (3)', undefined],
    ['constructor', 'of a house'],
    ['__proto__', 'words'],
  ]);
});
