import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ContentError } from '../../src/content/problems.ts';
import { ContentFolder } from '../../src/content/read.ts';

const schema = z.strictObject({
  version: z.number().int(),
  items: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.string().min(1).max(20),
        age_groups: z.array(z.string().min(1)).min(1),
        kind: z.enum(['video', 'leaflet']).optional(),
        url: z.httpUrl().optional(),
        minutes: z.number().int().min(1).max(60).optional(),
        scale: z.union([z.strictObject({ low: z.string() }), z.number()]).optional(),
      }),
    )
    .min(1),
});

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chatr-content-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function problemsIn(yaml: string | Buffer): string[] {
  writeFileSync(join(dir, 'things.yaml'), yaml);
  const folder = new ContentFolder(dir);
  folder.read('things.yaml', schema);
  return folder.problems.map(({ line, message }) => `${line}: ${message}`);
}

const entry = (lines: string): string => `version: 1
items:
  - id: first
    title: First
    age_groups:
      - 0-5
${lines}`;

test('a file that fits has no problems and keeps its values', () => {
  writeFileSync(join(dir, 'things.yaml'), entry('    kind: video\n'));
  const folder = new ContentFolder(dir);
  const file = folder.read('things.yaml', schema);
  expect(folder.problems).toEqual([]);
  expect(file?.value.items[0]).toEqual({ id: 'first', title: 'First', age_groups: ['0-5'], kind: 'video' });
  expect(() => folder.finish()).not.toThrow();
});

describe('what an editor is told', () => {
  test.each([
    [
      'a field with a typo',
      entry('    agegroup: all\n'),
      '7: "agegroup" is not a field here. Did you mean "age_groups"?',
    ],
    [
      'a field nobody knows',
      entry('    colour: red\n'),
      '7: "colour" is not a field here. Delete it, or check its indentation. The fields here are: id, title, age_groups, kind, url, minutes, scale.',
    ],
    [
      'a number where text belongs',
      'version: 1\nitems:\n  - id: 111\n    title: T\n    age_groups: [all]\n',
      '3: items › entry 1 › id: this should be text, but YAML reads it as a number. Put quotes around it: "111".',
    ],
    [
      'text where a list belongs',
      'version: 1\nitems:\n  - id: a\n    title: T\n    age_groups: all\n',
      '5: items › a › age_groups: this should be a list (lines that start with "- "), not text. Put it on a line of its own below, with "- " before it.',
    ],
    [
      'a missing field, at the entry it is missing from',
      'version: 1\nitems:\n  - id: a\n    age_groups: [all]\n',
      '3: items › a › title: this is missing. Add it.',
    ],
    [
      'an empty field',
      entry('    kind:\n'),
      '7: items › first › kind: this is empty. Choose one of: video, leaflet; or delete the line.',
    ],
    [
      'a value that is nearly one of the choices',
      entry('    kind: vidoe\n'),
      '7: items › first › kind: "vidoe" cannot stand here. Did you mean "video"? Choose one of: video, leaflet.',
    ],
    [
      'a text that is too long',
      'version: 1\nitems:\n  - id: a\n    title: A title that is far too long\n    age_groups: [all]\n',
      '4: items › a › title: this is too long. Use at most 20 characters. It has 28.',
    ],
    [
      'a number out of range',
      entry('    minutes: 90\n'),
      '7: items › first › minutes: this number is too large. Use at most 60.',
    ],
    [
      'half a number',
      entry('    minutes: 1.5\n'),
      '7: items › first › minutes: this should be a whole number, but it is a number. Change it.',
    ],
    [
      'no address',
      entry('    url: www.example.org\n'),
      '7: items › first › url: this is no web address. Give the whole address, starting with https://.',
    ],
    [
      'none of several shapes',
      entry('    scale:\n      high: Good\n'),
      '7: items › first › scale: in "low", this is missing. Add it.',
    ],
    [
      'an empty list',
      'version: 1\nitems: []\n',
      '2: items: this list is empty. Add at least one line that starts with "- ".',
    ],
    ['an empty file', '# nothing\n', '1: this file is empty. Put its content back.'],
    [
      'the same field twice',
      entry('    title: Again\n'),
      '7: this field is there twice in one entry. Delete one of them, or start a new entry with "- ".',
    ],
    [
      'a colon in a text',
      'version: 1\nitems:\n  - id: a\n    title: Trauma: a guide\n    age_groups: [all]\n',
      '4: there is a colon with a space after it inside the text. Put quotes around the whole text.',
    ],
    ['a tab', 'version: 1\nitems:\n\t- id: a\n', '3: this line starts with a tab. Use spaces.'],
    [
      'a quote that is not closed',
      'version: 1\nitems:\n  - id: "a\n    title: T\n',
      '5: a quote, bracket or colon is missing. Check that each one that opens is closed.',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(problemsIn(yaml)).toContain(expected);
  });

  test('a file in another encoding, at the line where it shows', () => {
    const text = Buffer.from('version: 1\nitems:\n  - id: caf\u00e9\n', 'latin1');
    expect(problemsIn(text)).toEqual([
      '3: a character here cannot be read. Save the file as UTF-8 (in the "Save as" window, under "Encoding").',
    ]);
  });

  test('a missing file', () => {
    const folder = new ContentFolder(dir);
    expect(folder.read('absent.yaml', schema)).toBeUndefined();
    expect(folder.problems).toEqual([
      {
        file: join(dir, 'absent.yaml'),
        line: 1,
        message: 'this file is missing. Put it back, or set CHATR_CONTENT_DIR to the folder that has it.',
      },
    ]);
  });
});

test('everything is said at once, sorted by file and line, and nothing twice', () => {
  writeFileSync(join(dir, 'b.yaml'), entry('    colour: red\n    minutes: 0\n'));
  writeFileSync(join(dir, 'a.yaml'), 'version: one\nitems: 3\n');
  const folder = new ContentFolder(dir);
  folder.read('b.yaml', schema);
  folder.read('a.yaml', schema);
  let thrown: unknown;
  try {
    folder.finish();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ContentError);
  const lines = String((thrown as ContentError).message).split('\n');
  expect(lines.map((line) => line.replace(`${dir}/`, '').split(': ')[0])).toEqual([
    'a.yaml:1',
    'a.yaml:2',
    'b.yaml:7',
    'b.yaml:8',
  ]);
});

test('a problem that a schema cannot see is reported where it stands', () => {
  writeFileSync(join(dir, 'things.yaml'), entry('      - teens\n'));
  const folder = new ContentFolder(dir);
  folder
    .read('things.yaml', schema)
    ?.problem(['items', 0, 'age_groups', 1], 'there is no age group "teens".');
  expect(folder.problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
    '7: items › first › age_groups › entry 2: there is no age group "teens".',
  ]);
});

test('entries that repeat others by an alias a hundred times over do not fill the memory', () => {
  const bomb = [
    'a: &a [x]',
    ...Array.from('bcdefgh').map((name, index) => {
      const before = 'abcdefg'[index];
      return `${name}: &${name} [${Array(12).fill(`*${before}`).join(', ')}]`;
    }),
  ].join('\n');
  expect(problemsIn(bomb)).toEqual([
    '1: this file repeats itself too often by way of "&" and "*". Write the entries out.',
  ]);
});
