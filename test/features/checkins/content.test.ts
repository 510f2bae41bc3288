import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import { definitionOf, readCheckins } from '../../../src/features/checkins/content.ts';
import { privacySentence, whatFacilitatorsSee } from '../../../src/features/checkins/words.ts';
import { shipped } from './support.ts';

const original = readFileSync('data/checkins.yaml', 'utf8');

/** Reads the shipped file with one thing changed. */
function problemsWith(change: (text: string) => string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'checkins-content-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const text = change(original);
  expect(text).not.toBe(original);
  writeFileSync(join(dir, 'checkins.yaml'), text);
  const folder = new ContentFolder(dir);
  readCheckins(folder);
  return folder.problems.map(({ line, message }) => `${line}: ${message}`);
}

test('the shipped templates fit, and each keeps its privacy', () => {
  expect(shipped.templates.map(({ id, mode }) => [id, mode])).toEqual([
    ['perinatal-pilot-follow-up', 'group'],
    ['confidence-baseline', 'linked'],
    ['confidence-follow-up', 'linked'],
    ['weekly-pulse', 'group'],
    ['post-session', 'group'],
    ['supervision-wellbeing', 'private'],
    ['forum-value', 'group'],
    ['cpc-pilot-practitioner', 'group'],
    ['pilot-group-start', 'group'],
  ]);
  expect(new Set(shipped.templates.map(({ smallest }) => smallest))).toEqual(new Set([5]));
  expect(shipped.reminds).toBe(true);
});

test('before and after share one family, so that one key joins them', () => {
  const family = (id: string) => shipped.templates.find((one) => one.id === id)?.family;
  expect(family('confidence-baseline')).toBe(family('confidence-follow-up'));
  expect(family('weekly-pulse')).toBe('weekly-pulse');
});

test('leaving out questions keeps the rest in order; leaving out all keeps all', () => {
  const pulse = shipped.templates.find(({ id }) => id === 'weekly-pulse');
  if (!pulse) throw new Error('no pulse');
  const asked = (leftOut: string[]) => definitionOf(pulse, leftOut).questions.map(({ id }) => id);
  expect(asked(['used_learning'])).toEqual(['week', 'word']);
  expect(asked(['week', 'used_learning', 'word'])).toEqual(['week', 'used_learning', 'word']);
});

test.each<[string, (text: string) => string, RegExp]>([
  [
    'an option too long for Slack',
    (text) => text.replace('- Video\n', `- ${'V'.repeat(80)}\n`),
    /^\d+: templates .*resources_used .*options.*: shorten it to 75 characters/,
  ],
  [
    'two templates with one id',
    (text) => text.replace('- id: post-session', '- id: weekly-pulse'),
    /"weekly-pulse" is used twice/,
  ],
  [
    'two questions with one id',
    (text) => text.replace('- id: used_learning', '- id: week'),
    /"week" is used twice/,
  ],
  [
    'a privacy mode that is not listed',
    (text) => text.replace('privacy: private_to_self_unless_shared', 'privacy: secret'),
    /supervision-wellbeing .*privacy: "secret" is not listed/,
  ],
  [
    'a privacy mode nobody knows',
    (text) => text.replace('- id: named_to_facilitators', '- id: told_to_everyone'),
    /there is no privacy mode "told_to_everyone"/,
  ],
  [
    'a pair that does not exist',
    (text) => text.replace('pair_with: confidence-follow-up', 'pair_with: nobody'),
    /there is no other template "nobody"/,
  ],
  [
    'a pair of which neither is before',
    (text) => text.replace('usually: group-start\n    minutes: 4', 'minutes: 4'),
    /one of "confidence-baseline" and "confidence-follow-up" comes before/,
  ],
  [
    'a pair that asks in another way',
    (text) => {
      const at = text.indexOf('- id: confidence-follow-up');
      return text.slice(0, at) + text.slice(at).replace('max: 10', 'max: 9');
    },
    /"conf_understand" is asked in another way/,
  ],
  [
    'a group smaller than five',
    (text) => text.replace('min_group_size_for_summary: 5', 'min_group_size_for_summary: 3'),
    /a group summary needs at least five people/,
  ],
  [
    'two reminders',
    (text) => text.replace('max: 1\n  quiet', 'max: 2\n  quiet'),
    /one gentle reminder at most/,
  ],
  [
    'a scale upside down',
    (text) => text.replace('min: 1\n        max: 5', 'min: 5\n        max: 5'),
    /the highest value must be above the lowest/,
  ],
  [
    'more choices than options',
    (text) => text.replace('max_choices: 3', 'max_choices: 30'),
    /there are fewer options than this/,
  ],
  [
    'words for facilitators where members read',
    (text) => text.replace('intro: Thank you for coming.', 'intro: For staff only. Thank you.'),
    /^\d+: templates .*intro: members read this, and "For staff only" is written for facilitators/,
  ],
  [
    'opt-in that would not ask first',
    (text) => text.replace('    opt_in: true\n', ''),
    /what "when" says and "opt_in" differ/,
  ],
  [
    'consent entries that do not match the options',
    (text) => text.replace('[keep, summary, quote, ask]', '[keep, quote]'),
    /give one entry for each option/,
  ],
])('%s is reported with its line', (_what, change, expected) => {
  expect(problemsWith(change).join('\n')).toMatch(expected);
});

/** What members may read as a promise that something is sent, and what keeps it. */
const promises =
  /\bremind|\b(we|I)('ll| will| shall) |\byou will (get|receive|hear|be)\b|\bget back to\b|\bby e-?mail\b/i;
/** Kept by the private intention that comes back to whoever wrote it. */
const kept = ['Would you like a gentle reminder about what you wanted to try?'];

test('no template promises anything that nobody sends', () => {
  const read = shipped.templates.flatMap(({ label, purpose, intro, questions }) => [
    label,
    purpose,
    intro,
    ...questions.flatMap((question) => [
      question.text,
      question.help ?? '',
      ...('options' in question ? question.options : []),
    ]),
  ]);
  expect(read.filter((text) => promises.test(text) && !kept.includes(text))).toEqual([]);
});

test('what a template says of who sees answers holds in the mode it keeps, and no other says anything of it', () => {
  for (const { templateId, intro, purpose, keepsMode } of shipped.templates)
    if (
      /\bonly you\b|\bmanager\b|\banonymous|\bwithout (your )?name|\bleave yourself out\b/i.test(
        `${intro} ${purpose}`,
      )
    )
      expect(keepsMode, templateId).toBe(true);
});

test('what is for whoever chooses a template is not what members read', () => {
  for (const { about, purpose, when, intro } of shipped.templates) {
    expect(about).not.toBe('');
    expect([purpose, intro].join(' ')).not.toContain(when);
  }
  expect(shipped.templates.filter(({ asksFirst }) => asksFirst).map(({ id }) => id)).toEqual([
    'weekly-pulse',
    'supervision-wellbeing',
  ]);
});

test('what fewer people answer than the programme asks for is neither shown nor promised', () => {
  for (const template of shipped.templates) {
    const asked = { ...template, smallest: 8 };
    for (const said of [privacySentence(asked), whatFacilitatorsSee(asked)]) {
      expect(said).not.toContain('five');
      if (template.mode === 'group' || template.mode === 'linked') expect(said).toContain('with eight');
    }
  }
});
