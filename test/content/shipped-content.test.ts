import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readGlossary } from '../../src/content/glossary.ts';
import { readPracticePrompts } from '../../src/content/practice-prompts.ts';
import { ContentFolder } from '../../src/content/read.ts';
import { readVocabulary } from '../../src/content/vocabulary.ts';
import { readCatalogue, readStartHere } from '../../src/features/resources/content.ts';
import { readTraining } from '../../src/features/training/content.ts';

const frameworks = new Set(['quick-note', 'trauma-informed-lens', 'appreciative']);
const checkins = new Set(['cpc-pilot-practitioner']);

function readAll(dir: string) {
  const folder = new ContentFolder(dir);
  const vocabulary = readVocabulary(folder);
  if (!vocabulary) return { folder };
  const catalogue = readCatalogue(folder, vocabulary);
  return {
    folder,
    vocabulary,
    catalogue,
    startHere: readStartHere(folder, catalogue),
    glossary: readGlossary(folder, vocabulary),
    training: readTraining(folder, vocabulary, { resources: catalogue?.ids, frameworks, checkins }),
    prompts: readPracticePrompts(folder, vocabulary, catalogue?.ids),
  };
}

test('the content that ships has no problems', () => {
  const { folder, catalogue, glossary, training, prompts } = readAll('data');
  expect(folder.problems).toEqual([]);
  expect([catalogue, glossary, training, prompts].every((one) => one !== undefined)).toBe(true);
});

test('copies on other sites are held back from lookups, and only those', () => {
  const { catalogue } = readAll('data');
  expect(catalogue?.shown.some(({ link_kind }) => link_kind === 'third-party-copy')).toBe(false);
  expect(catalogue?.heldBack.every(({ link_kind }) => link_kind === 'third-party-copy')).toBe(true);
  const { shown = [], heldBack = [], superseded = [], ids } = catalogue ?? {};
  expect(shown.length + heldBack.length + superseded.length).toBe(ids?.size);
  expect(catalogue?.byId.get('chatr-strategy-2020-25')).toBeUndefined();
});

test('what a newer page has replaced is seen through that page, wherever it is named', () => {
  const { catalogue } = readAll('data');
  expect(catalogue?.shown.some(({ superseded_by }) => superseded_by !== undefined)).toBe(false);
  for (const { id } of catalogue?.superseded ?? []) {
    const shown = catalogue?.byId.get(id);
    expect(shown, id).toBeDefined();
    expect(catalogue?.predecessors.get(shown?.id ?? '')?.map((old) => old.id)).toContain(id);
  }
  expect(catalogue?.byId.get('working-together-2023')?.id).toBe('working-together-2026');
});

test('nothing that people can find presents the edition of 2023 as the one in force', () => {
  const { catalogue } = readAll('data');
  const said = catalogue?.shown.filter(({ title, summary }) =>
    /working together.*2023/i.test(`${title} ${summary}`),
  );
  expect(said).toEqual([]);
});

test('every session of the training has an entry of its own, with its address or saying that there is none yet', () => {
  const { catalogue, training } = readAll('data');
  const ages = catalogue?.shown.filter(({ type }) => type === 'programme').flatMap((one) => one.age_groups);
  const sessions = training?.modules.flatMap((one) => (one.kind === 'series' ? one.sessions : []));
  expect(sessions?.length).toBeGreaterThan(0);
  for (const { age_group } of sessions ?? []) expect(ages, age_group).toContain(age_group);
});

describe('a slip in a shipped file is found, with its line', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'chatr-content-'));
    cpSync('data', dir, { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test.each([
    [
      'resources.yaml',
      '      - workforce-development\n',
      '      - workforce-developement\n',
      'Did you mean "workforce-development"?',
    ],
    [
      'resources.yaml',
      '      - perinatal\n',
      '      - perinatel\n',
      'there is no age group "perinatel". Did you mean "perinatal"?',
    ],
    [
      'resources.yaml',
      '      - all-practitioners\n',
      '      - everybody\n',
      'there is no audience "everybody". Check the spelling.',
    ],
    [
      'resources.yaml',
      '    type: report\n',
      '    type: reports\n',
      '"reports" cannot stand here. Did you mean "report"?',
    ],
    [
      'resources.yaml',
      '  - id: chatr-strategy-2020-25\n',
      '  - id: chtip-portal-about\n',
      '"chtip-portal-about" is used twice. Give each its own id.',
    ],
    [
      'resources.yaml',
      'url: https://chscp.org.uk/child-protection-conferences/',
      'url: http://www.chtipportal.hackney.gov.uk/about-us/',
      '"chtip-portal-about" has this address already. Delete one of the two entries.',
    ],
    [
      'resources.yaml',
      'url: https://chscp.org.uk/child-protection-conferences/',
      'url: chscp.org.uk',
      'give the whole web address',
    ],
    ['resources.yaml', '    verified: archived copy\n', '    verified: yes\n', 'how the address was seen'],
    [
      'resources.yaml',
      '    superseded_by: working-together-2026\n',
      '    superseded_by: working-together-2025\n',
      'there is no resource "working-together-2025". Did you mean',
    ],
    [
      'resources.yaml',
      '    superseded_by: working-together-2026\n',
      '    superseded_by: working-together-2023\n',
      '"working-together-2023" comes back to itself here.',
    ],
    [
      'resources.yaml',
      '    superseded_by: working-together-2026\n',
      '    superseded_by: chatr-strategy-2020-25\n',
      'so people would see neither',
    ],
    [
      'resources.yaml',
      '    url: https://chtipportal.hackney.gov.uk/about-us\n',
      '    owner: Somebody\n',
      'is only for the programme\u2019s own material',
    ],
    [
      'resources.yaml',
      '    owner: ChATR programme team\n',
      '    version: "2"\n',
      'there is no "url". Give one, or delete this.',
    ],
    [
      'start-here.yaml',
      '      - mk-tip-snap-guide\n',
      '      - mk-tip-snap\n',
      'there is no resource "mk-tip-snap"',
    ],
    [
      'start-here.yaml',
      '      - mk-tip-snap-guide\n',
      '      - ohid-working-definition-tip\n',
      'stands here twice',
    ],
    [
      'start-here.yaml',
      '      - working-together-2026\n',
      '      - working-together-2023\n',
      'is superseded. Name "working-together-2026" in its place.',
    ],
    [
      'start-here.yaml',
      '      - mk-tip-snap-guide\n',
      '      - chatr-strategy-2020-25\n',
      'is held back, so nobody would see it here',
    ],
    [
      'start-here.yaml',
      '      - mk-tip-snap-guide\n',
      '      - programme-core-module\n',
      'has no address yet',
    ],
    ['glossary.yaml', '      - routine-enquiry\n', '      - routine\n', 'there is no topic "routine"'],
    [
      'glossary.yaml',
      '    source_fit: direct\n',
      '    source_fit: exact\n',
      'Choose one of: direct, general',
    ],
    [
      'training.yaml',
      '          - ohid-working-definition-tip\n',
      '          - ohid-definition\n',
      'there is no resource "ohid-definition"',
    ],
    [
      'training.yaml',
      '        reflect_with: quick-note\n',
      '        reflect_with: quick\n',
      'there is no framework "quick"',
    ],
    [
      'training.yaml',
      '        age_group: perinatal\n',
      '        age_group: babies\n',
      'there is no age group "babies"',
    ],
    ['training.yaml', '    kind: core\n', '    kind: cor\n', 'none of the allowed kinds fits here'],
    ['training.yaml', '        suggested_minutes: 20\n', '        suggested_minutes: 2000\n', '480'],
    ['training.yaml', 'checkin: cpc-pilot-practitioner', 'checkin: cpc', 'there is no check-in "cpc"'],
    ['practice-prompts.yaml', '    kind: case-starter\n', '    kind: case\n', 'there is no kind "case"'],
    [
      'practice-prompts.yaml',
      '    content_note: Mentions',
      '    content-note: Mentions',
      'Did you mean "content_note"?',
    ],
    [
      'practice-prompts.yaml',
      '      - mbb-circle-of-trauma\n',
      '      - mbb-circle\n',
      'there is no resource "mbb-circle"',
    ],
    ['topics.yaml', '    group: foundations\n', '    group: foundation\n', 'Did you mean "foundations"?'],
  ])('%s: %j → %j', (name, before, after, expected) => {
    const file = join(dir, name);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(before);
    writeFileSync(file, text.replace(before, after));
    const lineOfSlip = text.slice(0, text.indexOf(before)).split('\n').length;
    const { folder } = readAll(dir);
    const found = folder.problems.find(({ message }) => message.includes(expected));
    expect(found, folder.problems.map(({ message }) => message).join('\n')).toBeDefined();
    expect(found?.file).toBe(file);
    expect(found?.line).toBe(lineOfSlip);
  });
});

test('a vocabulary that could not be read is one problem, not one for every reference to it', () => {
  const folder = new ContentFolder('data');
  const nothing = {
    version: 0,
    language: '',
    places: [],
    groups: [],
    topics: [],
    age_groups: [],
    audiences: [],
  };
  const vocabulary = { ...nothing, abbreviations: [], ambiguous: [] };
  readCatalogue(folder, vocabulary);
  readGlossary(folder, vocabulary);
  readTraining(folder, vocabulary, {});
  readPracticePrompts(folder, vocabulary, undefined);
  expect(folder.problems).toEqual([]);
});

test('the quick reader and the careful one read the same values', () => {
  for (const file of readdirSync('data').filter((name) => name.endsWith('.yaml'))) {
    const text = readFileSync(join('data', file), 'utf8');
    expect(load(text), file).toEqual(parse(text));
  }
});
