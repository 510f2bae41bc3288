import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContentError } from '../../src/content/problems.ts';
import { loadContent } from '../../src/features/content.ts';
import { openContent } from '../../src/features/kept-content.ts';
import { createLog } from '../../src/lib/log.ts';

const asBefore = 'The content is as it was when it was last checked';
const anew = 'The content was read and checked';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-kept-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A content folder that can be edited, a cache folder, and what each opening gives and says. */
function given() {
  const data = join(folder(), 'data');
  cpSync('data', data, { recursive: true });
  const cacheFolder = join(folder(), 'var', '.cache');
  return {
    data,
    cacheFolder,
    file: join(cacheFolder, 'content'),
    async open(dir = data, open = openContent) {
      const said: string[] = [];
      const log = createLog({ level: 'debug', write: (line) => said.push(JSON.parse(line).msg) });
      return { content: await open(dir, { cacheFolder, log }), said };
    },
  };
}

test('what was checked once is the same, to the last value, when it is opened again', async () => {
  const { data, open } = given();
  const first = await open();
  const second = await open();
  expect([first.said, second.said]).toEqual([[anew], [asBefore]]);
  expect(second.content).toStrictEqual(loadContent(data));
  const { shown, byId } = second.content.catalogue;
  expect(shown.every((one) => byId.get(one.id) === one)).toBe(true);
});

test('an edit of any file is seen at the next start, and so is its being taken back', async () => {
  const { data, open } = given();
  const names = readdirSync(data).filter((name) => name.endsWith('.yaml'));
  expect(names.length).toBeGreaterThan(8);
  await open();
  for (const name of names) {
    appendFileSync(join(data, name), '\n# edited\n');
    expect((await open()).said, name).toEqual([anew]);
  }
  const glossary = readFileSync(join(data, 'glossary.yaml'), 'utf8');
  const [term] = (await open()).content.glossary.terms;
  // The same length, and the same time of day for a file system that counts in seconds.
  writeFileSync(
    join(data, 'glossary.yaml'),
    glossary.replace(`term: ${term?.term}`, `term: ${term?.term.toUpperCase()}`),
  );
  expect((await open()).content.glossary.terms[0]?.term).toBe(term?.term.toUpperCase());
  writeFileSync(join(data, 'glossary.yaml'), glossary);
  expect((await open()).content.glossary.terms[0]?.term).toBe(term?.term);
});

test('content with a mistake is told at each start, however often it was in order before', async () => {
  const { data, open } = given();
  await open();
  appendFileSync(join(data, 'topics.yaml'), '\nunknown_thing: 1\n');
  for (const _start of [1, 2]) await expect(open()).rejects.toThrow(/topics\.yaml:\d+.*unknown_thing/);
  rmSync(join(data, 'topics.yaml'));
  await expect(open()).rejects.toThrow(ContentError);
});

test('another folder with other content is not answered from this one’s', async () => {
  const { data, open } = given();
  await open();
  const other = join(folder(), 'other');
  cpSync(data, other, { recursive: true });
  const text = readFileSync(join(other, 'resources.yaml'), 'utf8');
  writeFileSync(join(other, 'resources.yaml'), text.replace(/title: .*/, 'title: Another one'));
  expect((await open(other)).content.catalogue.shown[0]?.title).toBe('Another one');
  expect((await open()).content).toStrictEqual(loadContent(data));
});

test('a program that reads content in another way checks it anew; another change does not', async () => {
  const { data, open } = given();
  const program = folder();
  cpSync('src', join(program, 'src'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(name, join(program, name));
  symlinkSync(resolve('node_modules'), join(program, 'node_modules'));
  const copy = await import(join(program, 'src/features/kept-content.ts'));
  const after = async (edited?: string) => {
    if (edited) appendFileSync(join(program, edited), '\n');
    return (await open(data, copy.openContent)).said;
  };
  expect([await after(), await after()]).toEqual([[anew], [asBefore]]);
  for (const file of [
    'src/features/content.ts',
    'src/features/resources/content.ts',
    'src/content/read.ts',
    'src/slack/text.ts',
    'package-lock.json',
  ])
    expect([await after(file), await after()], file).toEqual([[anew], [asBefore]]);
  expect(await after('src/features/home/view.ts')).toEqual([asBefore]);
});

test.each<[string, (whole: Buffer) => Buffer | string]>([
  ['is empty', () => ''],
  ['is cut off', (whole) => whole.subarray(0, whole.length - 1)],
  ['has one letter changed', (whole) => changed(whole, whole.indexOf('trauma'))],
  ['has a damaged seal', (whole) => changed(whole, 0)],
  ['belongs to another program', () => 'ELF or something else that is long enough to hold a seal'],
])('a cache file that %s is no obstacle, and is mended', async (_what, damage) => {
  const { data, file, open } = given();
  await open();
  writeFileSync(file, damage(readFileSync(file)));
  const next = await open();
  expect(next.said).toEqual([anew]);
  expect(next.content).toStrictEqual(loadContent(data));
  expect((await open()).said).toEqual([asBefore]);
});

test('where the cache cannot be written, everything is read each time', async () => {
  const { data, cacheFolder, file, open } = given();
  mkdirSync(file, { recursive: true });
  expect((await open()).content).toStrictEqual(loadContent(data));
  rmSync(cacheFolder, { recursive: true });
  writeFileSync(cacheFolder, 'a file where the folder should be');
  for (const _start of [1, 2]) expect((await open()).said).toEqual([anew]);
});

function changed(whole: Buffer, at: number): Buffer {
  const copy = Buffer.from(whole);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
