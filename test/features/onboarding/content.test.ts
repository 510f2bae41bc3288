import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import { readVocabulary } from '../../../src/content/vocabulary.ts';
import { readJourney } from '../../../src/features/onboarding/content.ts';

const shipped = readFileSync('data/onboarding.yaml', 'utf8');
const vocabulary = readVocabulary(new ContentFolder('data'));
const refs = {
  checkins: new Set(['confidence-baseline']),
  frameworks: new Set(['quick-note']),
  training: new Set(['core']),
};

/** The problems of the shipped file after an edit, without the path. */
function problemsAfter(...edits: [find: string, replace: string][]): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-journey-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  let text = shipped;
  for (const [find, replace] of edits) {
    if (!text.includes(find)) throw new Error(`The file no longer holds: ${find}`);
    text = text.replace(find, replace);
  }
  writeFileSync(join(dir, 'onboarding.yaml'), text);
  const folder = new ContentFolder(dir);
  readJourney(folder, vocabulary, refs);
  return folder.problems.map(({ line, message }) => `${line}: ${message}`);
}

test('the journey that ships has no problems and holds only steps that exist', () => {
  const folder = new ContentFolder('data');
  const journey = readJourney(folder, vocabulary, refs);
  expect(folder.problems).toEqual([]);
  expect(journey?.steps.map((step) => step.id)).toEqual([
    'profile',
    'introduce',
    'channels',
    'baseline',
    'first-lookup',
    'core-module',
    'first-reflection',
    'check-back',
  ]);
  expect(journey?.privacyNotice.sections.map((part) => part.covers)).toContain('complaints');
});

test.each<[string, [string, string][], RegExp]>([
  [
    'an unknown audience',
    [['does: introduce', 'does: introduce\n    audience: cohort:teenagers']],
    /no audience "cohort:teenagers"/,
  ],
  [
    'an unknown role',
    [['does: introduce', 'does: introduce\n    audience: role:boss']],
    /no audience "role:boss"/,
  ],
  ['days that fall', [['    day: 11\n', '    day: 3\n']], /day 3 comes after day 8/],
  [
    'a gap in which people think it is over',
    [['    day: 30\n', '    day: 60\n']],
    /44 working days without a step/,
  ],
  ['the same step twice', [['- id: introduce\n', '- id: profile\n']], /"profile" is used twice/],
  [
    'steps that wait for each other',
    [
      ['does: introduce', 'does: introduce\n    after: channels'],
      ['    day: 6\n', '    day: 6\n    after: introduce\n'],
    ],
    /wait for each other: introduce → channels → introduce/,
  ],
  [
    'a step that waits for a later one',
    [['does: introduce', 'does: introduce\n    after: check-back']],
    /comes later/,
  ],
  [
    'a step that waits for nothing there is',
    [['does: introduce', 'does: introduce\n    after: hello']],
    /no step "hello"/,
  ],
  [
    'a check-in that does not exist',
    [['ref: confidence-baseline', 'ref: confidence']],
    /no check-in template/,
  ],
  ['a framework that does not exist', [['ref: quick-note', 'ref: quick']], /no framework/],
  ['a module that does not exist', [['ref: core\n', 'ref: heart\n']], /no module or part/],
  [
    'a new agreement that does not say what changed',
    [['agreement:\n  version: "1"', 'agreement:\n  version: "2"']],
    /say what changed/,
  ],
  [
    'a notice that leaves something out',
    [['covers: complaints', 'covers: kept']],
    /no section covers "complaints"/,
  ],
  [
    'two steps with the same notice',
    [['notices: first-lookup', 'notices: profile-filled']],
    /"profile-filled" is used by the step "profile"/,
  ],
])('%s is told', (_what, edits, said) => {
  expect(problemsAfter(...edits).join('\n')).toMatch(said);
});

test('everything that is wrong is told at once, each with its line', () => {
  const problems = problemsAfter(
    ['ref: quick-note', 'ref: quick'],
    ['does: introduce', 'does: introduce\n    audience: nobody'],
  );
  expect(problems).toHaveLength(2);
  expect(problems.every((problem) => Number.parseInt(problem, 10) > 100)).toBe(true);
});
