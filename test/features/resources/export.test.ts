import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ContentFolder } from '../../../src/content/read.ts';
import { loadContent } from '../../../src/features/content.ts';
import {
  addEntry,
  changeCatalogue,
  findEntry,
  insertPhrase,
  saveEntry,
  setRetired,
} from '../../../src/features/resources/catalogue/change.ts';
import { inOrder } from '../../../src/features/resources/catalogue/changes.ts';
import { exportCatalogue, withEntries } from '../../../src/features/resources/catalogue/export.ts';
import { readPhrases, writePhrases } from '../../../src/features/resources/changing/phrases.ts';
import { entrySchema, type Resource, resourceTypes, types } from '../../../src/features/resources/content.ts';
import { markContact } from '../../../src/features/resources/curating/look.ts';
import { content, givenPerson, givenResources, resource } from './support.ts';

const text = readFileSync('data/resources.yaml', 'utf8');
const known = 'uktc-about';

function givenFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-export-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The entries of a file, as the loader reads them. */
function readBack(yaml: string): Resource[] {
  const dir = givenFolder();
  writeFileSync(join(dir, 'resources.yaml'), yaml);
  const folder = new ContentFolder(dir);
  const file = folder.read('resources.yaml', z.object({ resources: z.array(entrySchema) }));
  folder.finish();
  return file?.value.resources ?? [];
}

test('what nobody has changed is written to the byte as it stands', () => {
  expect(withEntries(text, content.catalogue.all, content.catalogue.all)).toBe(text);
});

test('a change touches its own entry alone, and leaves the comments', () => {
  const now = content.catalogue.all.map((one) =>
    one.id === known ? { ...one, title: 'A: new # title' } : one,
  );
  const written = withEntries(text, content.catalogue.all, now);
  const before = text.split('\n');
  const other = written.split('\n').filter((line, index) => line !== before[index]);
  expect(other).toEqual(['    title: "A: new # title"']);
});

/** Whatever a curator may put into an entry. */
const anyText = (max: number, min = 1) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: min, maxLength: max }),
      fc.constantFrom(
        '2026-03-03',
        'yes',
        'null',
        '~',
        '0o17',
        '1_000',
        '12:30',
        '<<',
        '# no comment',
        '- a',
        'a: b',
        '"quoted"',
        "it's",
        '&anchor *alias',
        '!tag',
        '{a: b}',
        '[c]',
        '%d',
        '@x',
        '`y`',
        '|',
        '>',
        '? :',
        '\u{1F600} \u202e \u2028 \u0085',
        'trailing ',
        ' leading',
        'two\nlines\n',
        'tab\tin it',
        'a\\b\\n',
        '\u0000\u0007',
        'NaN',
        '.inf',
        '1e3',
        '0x1F',
      ),
    )
    .map((some) => some.toWellFormed().padEnd(min, 'x').slice(0, max).toWellFormed())
    .filter((some) => some.length >= min);

const anyEntry: fc.Arbitrary<Resource> = fc
  .record(
    {
      id: fc.constantFrom(known, 'something-new', '2026-03-03', 'yes', '1e3'),
      title: anyText(150),
      url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
      publisher: anyText(150),
      year: fc.integer({ min: 1900, max: 2100 }),
      type: fc.constantFrom(...types),
      format_minutes: fc.integer({ min: 1, max: 600 }),
      audience: fc.uniqueArray(fc.constantFrom('midwives', 'gps', '0-5', 'yes'), { minLength: 1 }),
      age_groups: fc.uniqueArray(fc.constantFrom('0-5', '5-11', 'all'), { minLength: 1 }),
      topics: fc.uniqueArray(fc.constantFrom('aces', 'no', '1-2'), { minLength: 1 }),
      summary: anyText(300, 20),
      caution: anyText(200, 10),
      free: fc.boolean(),
      link_kind: fc.constantFrom('publisher', 'shared-by-another-site', 'third-party-copy'),
      verified: fc.constantFrom('archived copy', 'archived page (x: y)', 'opened by a curator'),
      asked_as: fc.array(
        fc.record(
          {
            say: anyText(60, 3),
            age: fc.constantFrom('0-5', 'perinatal'),
            reader: anyText(20),
            for: fc.constantFrom('who to ring', 'to read', 'to give to a parent'),
          },
          { requiredKeys: ['say'] },
        ),
        { maxLength: 4 },
      ),
      checked_on: fc.constantFrom('2026-03-03', '1999-12-31'),
      retired: fc.constant(true),
    },
    {
      requiredKeys: [
        'id',
        'title',
        'url',
        'publisher',
        'type',
        'audience',
        'age_groups',
        'topics',
        'summary',
        'free',
        'link_kind',
        'verified',
        'asked_as',
      ],
    },
  )
  .filter((entry) => entrySchema.safeParse(entry).success)
  .map((entry) => inOrder(entry as Resource));

test('whatever an entry holds, it is the same when it is read back', () => {
  const few = text.slice(0, text.indexOf('  - id: ti-cpc-design'));
  const before = readBack(few);
  fc.assert(
    fc.property(
      fc.uniqueArray(anyEntry, { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
      (entries) => {
        const ids = new Set(entries.map(({ id }) => id));
        const now = [...before.filter(({ id }) => !ids.has(id)), ...entries];
        const back = readBack(withEntries(few, before, now));
        expect(back.toSorted(byId)).toEqual(now.toSorted(byId));
      },
    ),
    { numRuns: 150 },
  );
});

const byId = (a: Resource, b: Resource): number => a.id.localeCompare(b.id);

test('phrases are the same after a form', () => {
  const say = anyText(60, 3)
    .map((one) => one.replace(/[[\]\s]+/g, ' ').trim())
    .filter((one) => one.length >= 3);
  const { age_groups, audiences } = content.vocabulary;
  const phrase = fc.record(
    {
      say,
      age: fc.constantFrom(...age_groups.map(({ id }) => id)),
      reader: fc.constantFrom(...audiences.map(({ id }) => id)),
      for: fc.constantFrom('who to ring' as const, 'to read' as const),
    },
    { requiredKeys: ['say'] },
  );
  fc.assert(
    fc.property(fc.array(phrase), (phrases) => {
      expect(readPhrases(writePhrases(phrases), content.vocabulary)).toEqual({ phrases, wrong: [] });
    }),
  );
});

test('everything curators did is in the folder that is written, and the loader takes it', async () => {
  const bench = await givenResources();
  const { actor } = await givenPerson(bench, { is_admin: true });
  const added = await addEntry(bench, actor, {
    ...resource(known),
    title: 'Zebra: "crossing" # one',
    url: 'https://www.example.org/zebra',
    asked_as: [{ say: 'zebra at night' }, { say: 'yes, zebra, no', age: '0-5', for: 'to read' }],
    checked_on: '2026-03-03',
  });
  const found = await findEntry(bench, 'mindmate-tip');
  await saveEntry(bench, actor, {
    entryId: 'mindmate-tip',
    version: found?.version ?? 0,
    change: { year: 2011 },
  });
  await setRetired(bench, actor, { entryId: known, isRetired: true });
  await changeCatalogue(bench, actor, (inside) =>
    insertPhrase(bench, inside, { kind: 'topic', id: 'resilience' }, { say: 'quokka keeps going' }),
  );
  const [line] = content.signposts.lines;
  const [route] = content.signposts.safeguarding_routes;
  await markContact(bench, actor, { contactId: line?.id ?? '', isWrong: false });
  await markContact(bench, actor, { contactId: route?.id ?? '', isWrong: true });
  const [ofPathways] = content.signposts.others ?? [];
  await markContact(bench, actor, { contactId: ofPathways?.id ?? '', isWrong: false });

  const dir = givenFolder();
  const { changed } = await exportCatalogue(bench.db, { dir: 'data', ...content }, dir);
  expect(changed).toEqual(['resources.yaml', 'topics.yaml', 'signposting.yaml', 'pathways.yaml']);
  const written = loadContent(dir);
  expect(written.catalogue.all).toEqual(bench.live.now.all);
  expect(written.catalogue.retired.has(known)).toBe(true);
  expect(written.catalogue.all.at(-1)).toMatchObject({ id: added.kind === 'saved' ? added.entry.id : '' });
  expect(written.vocabulary).toEqual(bench.kept.vocabulary);
  expect(written.signposts).toEqual(bench.kept.signposts);
  // Written once more over it, nothing is new.
  expect((await exportCatalogue(bench.db, { dir, ...written }, dir)).changed).toEqual([]);
  expect(Object.keys(resourceTypes)).toEqual(types);
});
