import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

/** What stands in which file (ARCHITECTURE.md). Checked on the real files of the features. */
const features = readdirSync('src/features', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const file = join('src/features', name);
    return { file, code: withoutComments(readFileSync(file, 'utf8')) };
  });

/** Nor what is only logged. */
function withoutComments(text: string): string {
  return text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*(?:\/\/|(?:deps\.)?log\.).*$/gm, '');
}

/** Every text in quotes, with a word for what is put in. */
const textsIn = (code: string): string[] =>
  [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(
    ([, single, double, template]) => (single ?? double ?? template ?? '').replace(/\$\{[^}]*\}/g, 'that'),
  );

const isSentence = (text: string): boolean =>
  /^[^\p{L}]*\p{Lu}|[.?!]$/u.test(text) && (text.match(/\p{L}[\p{L}’']*(?=[ .,?!:]|$)/gu) ?? []).length >= 4;

test('a file is named by its role alone: what people do is the name of its folder', () => {
  const named = features.filter(({ file }) =>
    /.-(?:views|listeners|store|jobs)\.ts$|^(?:views|listeners)-/.test(basename(file)),
  );
  expect(named.map(({ file }) => file)).toEqual([]);
});

test('listeners say nothing themselves: the sentences are in the views', () => {
  const speaking = features
    .filter(({ file }) => basename(file) === 'listeners.ts')
    .flatMap(({ file, code }) =>
      textsIn(code)
        .filter(isSentence)
        .map((text) => `${file}: ${text}`),
    );
  expect(speaking).toEqual([]);
});

test('the database is asked in stores, and by what counts, copies and deletes what is held', () => {
  const asking = features.filter(
    ({ file, code }) =>
      !/^(?:store|holdings|held|sealing)\.ts$|^before-\d+\.ts$/.test(basename(file)) &&
      /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(/.test(code),
  );
  expect(asking.map(({ file }) => file)).toEqual([]);
});

test('what a kind of question is, its object knows', () => {
  const switching = features.filter(
    ({ file, code }) =>
      !file.endsWith('question-kinds.ts') && /switch \((?:\w+\.)*question\.type\)/.test(code),
  );
  expect(switching.map(({ file }) => file)).toEqual([]);
});
