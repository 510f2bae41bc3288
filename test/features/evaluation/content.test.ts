import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import { loadContent } from '../../../src/features/content.ts';
import { readEvaluation } from '../../../src/features/evaluation/content.ts';

const { evaluation, templates } = loadContent('data');
const original = readFileSync('data/evaluation.yaml', 'utf8');

/** Reads the shipped file with one thing changed. */
function problemsWith(from: string, to: string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'evaluation-content-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  expect(original).toContain(from);
  writeFileSync(join(dir, 'evaluation.yaml'), original.replace(from, to));
  const folder = new ContentFolder(dir);
  readEvaluation(folder, templates.templates);
  return folder.problems.map(({ line, message }) => `${line}: ${message}`);
}

test('the shipped plan asks the pair that is compared: before, after, two months, and later where wanted', () => {
  expect(evaluation.map(({ id, template, days, optional }) => [id, template, days, optional])).toEqual([
    ['before', 'confidence-baseline', -7, false],
    ['after', 'confidence-follow-up', 2, false],
    ['two-months', 'confidence-follow-up', 56, false],
    ['three-months', 'confidence-follow-up', 91, true],
    ['six-months', 'confidence-follow-up', 182, true],
  ]);
});

test.each([
  [
    'template: confidence-baseline',
    'template: confidence-basline',
    'there is no check-in "confidence-basline"',
  ],
  ['template: confidence-baseline', 'template: weekly-pulse', 'are not joined by a key'],
  ['- post-session', '- post-sesion', '"post-sesion"'],
  ['days: -7', 'days: 7', 'what is counted from the start comes before it'],
  ['days: 91', 'days: 41', 'that is not after "two-months"'],
  ['days: 2\n', 'days: -2\n', 'what is counted from the end comes after it'],
  ['id: six-months', 'id: after', 'after'],
  ['time: "09:30"', 'time: "23:30"', 'write a time of day'],
])('%s, written %s, is pointed at', (from, to, words) => {
  expect(problemsWith(from, to)[0]).toContain(words);
});
