import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { meetPerson } from '../../../src/community/people.ts';
import { everythingHeld } from '../../../src/features/held.ts';
import { insertIntention } from '../../../src/features/intentions/store.ts';
import { type Copy, copySchema, readEverything, toCopy } from '../../../src/features/privacy/copy/copy.ts';
import { draw } from '../../../src/features/privacy/copy/document.ts';
import { insertReflection } from '../../../src/features/reflections/store.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { newId, systemRandom } from '../../../src/lib/random.ts';
import { shippedContent } from '../../support/shipped.ts';
import { givenStore } from '../../support/store.ts';
import { nuisances } from '../../support/stories.ts';

const schemaFile = 'docs/privacy/my-data.schema.json';
const { vocabulary, cpdForms, professions } = shippedContent();

async function given() {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const vault = createVault(Buffer.alloc(32, 7));
  const areas = everythingHeld({
    vault,
    random: systemRandom,
    vocabulary,
    cpdForms,
    professions,
    titleOf: () => undefined,
  });
  const { id: personId } = await meetPerson(db, clock, 'U1');
  const body = (text: string) => ({
    version: 1 as const,
    title: 'A moment',
    parts: [
      { key: 'moment', label: 'What stayed with you today?', text },
      { key: 'more', label: 'What stayed with you today?', text: 'the same label twice' },
    ],
    choices: [{ key: 'felt', label: 'How it felt', selected: ['calm', 'tired'] }],
  });
  return {
    db,
    clock,
    vault,
    areas,
    personId,
    reflect: (text: string, of = personId) =>
      insertReflection(db, vault, {
        id: newId(clock),
        personId: of,
        framework: 'moment',
        body: body(text),
        at: clock.now(),
      }),
    read: () => readEverything({ db, areas }, personId, clock.now()),
  };
}

const wordsIn = (document: Uint8Array): string =>
  strFromU8(unzipSync(document)['word/document.xml'] ?? new Uint8Array());

const check = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(schemaFile, 'utf8')),
);

function isCopy(copy: Copy): boolean {
  expect(check(JSON.parse(JSON.stringify(copy))), JSON.stringify(check.errors)).toBe(true);
  return true;
}

test('the schema that is published is the one that copies are made by', () => {
  expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(z.toJSONSchema(copySchema));
});

describe('a copy', () => {
  test('holds what is theirs with its words, and nobody else’s', async () => {
    const { db, clock, vault, personId, reflect, read } = await given();
    const other = await meetPerson(db, clock, 'U2');
    await reflect('wombatwords');
    await reflect('llamawords', other.id);
    await insertIntention(db, vault, {
      id: 'i1',
      personId,
      occasion: '',
      notedOn: '2026-03-03',
      nextAt: undefined,
      words: 'Ask first',
    });
    const copy = toCopy(await read());
    expect(isCopy(copy)).toBe(true);
    const text = JSON.stringify(copy);
    for (const words of [
      'wombatwords',
      'Ask first',
      'the same label twice',
      'calm',
      'U1',
      '2026-03-03T10:00:00.000Z',
    ])
      expect(text).toContain(words);
    for (const words of ['llamawords', other.id, 'U2']) expect(text).not.toContain(words);
    expect(copy.notIncluded[0]).toContain('nobody can tell which is yours');
    const document = wordsIn(await draw(await read(), 'Europe/London'));
    for (const words of ['wombatwords', 'Ask first', 'Tuesday 3 March', 'nobody can tell which is yours'])
      expect(document).toContain(words);
    expect(document).not.toContain('llamawords');
  });

  test('of words that another key sealed says so, and holds the rest', async () => {
    const { db, clock, personId, reflect, areas, vault } = await given();
    await reflect('wombatwords');
    vault.forget({ person: personId });
    await reflect('readable');
    const text = JSON.stringify(toCopy(await readEverything({ db, areas }, personId, clock.now())));
    expect(text).toContain('readable');
    expect(text).toContain('cannot be opened with the present key');
    expect(text).not.toContain('wombatwords');
  });

  test('of 500 reflections with markup and what no XML takes in every field is whole, and a document that opens', async () => {
    const { reflect, read } = await given();
    const odd = [
      ...nuisances,
      '</w:t><w:p/>&amp;<![CDATA[',
      '\u0000\u0001\u000b\ufffe',
      '\ud800 half',
      'line\nline\r\nline',
    ];
    for (let nth = 0; nth < 500; nth += 1) await reflect(`${odd[nth % odd.length]} number-${nth}.`);
    const copy = toCopy(await read());
    isCopy(copy);
    const kinds = copy.areas.find(({ id }) => id === 'journal')?.kinds;
    expect(kinds?.[0]).toMatchObject({ id: 'reflections', count: 500 });
    expect(kinds?.[0]?.items).toHaveLength(500);
    expect(JSON.stringify(copy)).toContain('</w:t><w:p/>');
    const xml = wordsIn(await draw(await read(), 'Europe/London'));
    for (const nth of [0, 12, 499]) expect(xml).toContain(`number-${nth}.`);
    // Well formed: every tag that is opened is closed, and nothing in it is a sign that XML has no place for.
    expect(xml).not.toMatch(/[^\P{Cc}\t\r\n]|[\ufffe\uffff]/u);
    expect(xml.isWellFormed()).toBe(true);
    expect(xml).toContain('&lt;/w:t&gt;&lt;w:p/&gt;&amp;amp;');
    const open: string[] = [];
    for (const [, slash, name = '', selfClosed] of xml.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>/g)) {
      if (slash) expect(open.pop()).toBe(name);
      else if (!selfClosed) open.push(name);
    }
    expect(open).toEqual([]);
  }, 30_000);
});
