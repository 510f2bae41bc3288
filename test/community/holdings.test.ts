import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { givenStore } from '../support/store.ts';

test('every table that is about a person is counted on the page that says what is kept', async () => {
  const store = await givenStore();
  const tables = await store.db.introspection.getTables();
  const aboutPeople = tables.filter(({ columns }) => columns.some(({ name }) => name === 'person_id'));
  expect(aboutPeople.length).toBeGreaterThan(15);
  const source = globSync('src/features/*/{holdings,change}.ts').map((file) => readFileSync(file, 'utf8'));
  const counted = source.flatMap((text) =>
    [...text.matchAll(/(?:countRows\(db, |many\()'(\w+)'/g)].map(([, table = '']) => table),
  );
  expect(counted.toSorted()).toEqual(aboutPeople.map(({ name }) => name).toSorted());
});
