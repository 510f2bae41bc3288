import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import { readPilots } from '../../../src/features/pilots/content.ts';
import { plannedFrom } from '../../../src/features/training/content.ts';
import { shippedContent } from '../../support/shipped.ts';

const { pilots, training, templates } = shippedContent();
const original = readFileSync('data/pilots.yaml', 'utf8');
const known = {
  series: plannedFrom(training),
  checklists: new Set(['trauma-informed-child-protection-conferences']),
  checkins: templates.templates,
};

/** Reads the shipped file with one thing changed. */
function problemsWith(from: string, to: string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'pilots-content-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  expect(original).toContain(from);
  writeFileSync(join(dir, 'pilots.yaml'), original.replace(from, to));
  const folder = new ContentFolder(dir);
  readPilots(folder, known);
  return folder.problems.map(({ line, message }) => `${line}: ${message}`);
}
const lineOf = (text: string) => original.slice(0, original.indexOf(text)).split('\n').length;

test('the shipped pilots fit: each has its age group, and what is compared is asked before and after', () => {
  expect(pilots.map(({ id, ageGroup, prepares }) => [id, ageGroup, prepares])).toEqual([
    ['perinatal', 'perinatal', undefined],
    ['early-years', '0-5', undefined],
    ['child-protection-conferences', undefined, 'trauma-informed-child-protection-conferences'],
  ]);
});

test.each([
  ['series: series-perinatal', 'series: series-nobody', 'there is no series "series-nobody"'],
  ['template: post-session', 'template: post-sesion', '"post-sesion"'],
  ['prepares: trauma', 'prepares: no-trauma', '"no-trauma-informed-child-protection-conferences"'],
  ['days: 14\n        time', 'days: 15\n        time', 'that is before the first day'],
  ['days: 7\n        time', 'days: 11\n        time', 'within 3 days of "pilot-group-start"'],
  ['days: 67', 'days: 57', 'within 3 days of "confidence-follow-up"'],
  ['weeks_after_last: 11', 'weeks_after_last: 9', 'the report comes before the follow-up session'],
  ['time: "09:30"', 'time: "23:30"', 'write a time of day'],
  ['every: fortnightly', 'every: monthly', 'weekly'],
])('%s, written %s, is pointed at', (from, to, words) => {
  const [first = '', ...more] = problemsWith(from, to);
  expect(more).toEqual([]);
  expect(first).toContain(words);
  expect(Math.abs(Number(first.split(':')[0]) - lineOf(from))).toBeLessThanOrEqual(1);
});

test('a before without its after is pointed at', () => {
  const found = problemsWith('template: confidence-follow-up', 'template: forum-value');
  expect(found.join()).toContain('"confidence-baseline" is compared with "confidence-follow-up"');
});
