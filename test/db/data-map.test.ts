import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';

type Table = { name: string; columns: string[] };

/** What docs/privacy/data-map.md says, and what each table lacks. */
function readMap(): (Table & { text: string })[] {
  const page = readFileSync('docs/privacy/data-map.md', 'utf8');
  return page
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const text = part.replace(/^## [\s\S]*$/m, '');
      const cells = [...text.matchAll(/^\| ([^|]*) \|/gm)].map(([, cell = '']) => cell);
      return {
        name: /^`(\w+)`/.exec(text)?.[1] ?? '',
        columns: cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, column = '']) => column)),
        text,
      };
    });
}

async function readSchema(): Promise<Table[]> {
  const store = await openStore('file::memory:');
  try {
    await migrate(store);
    const tables = await store.db.introspection.getTables();
    return tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
  } finally {
    await store.close();
  }
}

const listed = (tables: readonly Table[]): string[] =>
  tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`)).toSorted();

test('every table and every column is on the data map once, and nothing else is', async () => {
  const map = listed(readMap());
  const schema = listed(await readSchema());
  expect(schema.length).toBeGreaterThan(300);
  expect(
    schema.filter((one) => !map.includes(one)),
    'missing on docs/privacy/data-map.md',
  ).toEqual([]);
  expect(
    map.filter((one) => !schema.includes(one)),
    'on the map, and not in the database',
  ).toEqual([]);
  expect(
    map.filter((one, index) => map.indexOf(one) !== index),
    'twice on the map',
  ).toEqual([]);
});

test('of each table the map says whose it is, why, for how long and who sees it', () => {
  for (const { name, text } of readMap())
    for (const heading of ['Whose', 'Why', 'How long', 'Who sees it'])
      expect(text, name).toMatch(new RegExp(`\\*\\*${heading}:\\*\\* \\S`));
});

test('a length of time on the map is the one of data/retention.yaml', async () => {
  const { retention } = await import('../support/retention.ts');
  const page = readFileSync('docs/privacy/data-map.md', 'utf8');
  const kinds: string[] = Object.keys(retention);
  const named = [...page.matchAll(/\(((?:`[\w-]+`(?:, )?)+)(?: in `data\/retention\.yaml`)?\)/g)].flatMap(
    ([, names = '']) => [...names.matchAll(/`([\w-]+)`/g)].map(([, one = '']) => one),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((one) => !kinds.includes(one))).toEqual([]);
});
