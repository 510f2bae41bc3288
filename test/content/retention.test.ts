import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContentFolder } from '../../src/content/read.ts';
import { readRetention } from '../../src/content/retention.ts';
import { retention } from '../support/retention.ts';
import { shippedContent } from '../support/shipped.ts';

/** What is said of the file after a change. */
function problemsAfter(change: (text: string) => string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-retention-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  cpSync('data/retention.yaml', join(dir, 'retention.yaml'));
  writeFileSync(join(dir, 'retention.yaml'), change(readFileSync('data/retention.yaml', 'utf8')));
  const folder = new ContentFolder(dir);
  readRetention(folder);
  return folder.problems.map(({ message }) => message);
}

test.each([
  ['0', /whole number of days, from 45 to 365/],
  ['9', /whole number of days, from 45 to 365/],
  ['9000', /whole number of days, from 45 to 365/],
  ['-90', /whole number of days, from 45 to 365/],
  ['90.5', /whole number of days, from 45 to 365/],
  ['"90"', /whole number of days, from 45 to 365/],
  ['', /whole number of days, from 45 to 365/],
])('a slip of the finger deletes nothing: messages for %s days is refused in words', (days, said) => {
  expect(problemsAfter((text) => text.replace('days: 90', `days: ${days}`))).toEqual([
    expect.stringMatching(said),
  ]);
});

test('a kind that is missing or misspelt is told, and nothing is kept for a while nobody chose', () => {
  expect(problemsAfter((text) => text.replace('  shares:', '  shairs:')).join(' ')).toMatch(
    /shares.*shairs|shairs.*shares/,
  );
  expect(problemsAfter((text) => text)).toEqual([]);
});

test('the page for data-protection officers says what the file does', () => {
  const page = readFileSync('docs/privacy/retention.md', 'utf8');
  for (const { what, days, why } of Object.values(retention))
    expect(page).toContain(`| ${what} | ${days} | ${why} |`);
});

test('the shipped privacy notice says what the shipped file does', () => {
  const notice = JSON.stringify(shippedContent().journey.privacyNotice);
  expect([
    retention.messages.days,
    retention['first-steps-messages'].days,
    retention['audit-log'].days,
  ]).toEqual([90, 365, 730]);
  expect(notice).toContain('is kept for 90 days, or a year where it was about your first steps');
  expect(notice).toContain('who changed a role or a group, for two years');
});
