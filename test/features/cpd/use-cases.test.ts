import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import type { Actor } from '../../../src/community/permissions.ts';
import { ContentFolder } from '../../../src/content/read.ts';
import { begin, choose, tick } from '../../../src/features/cpd/choosing/choose.ts';
import { chooseView, entriesView, pageOfEntries } from '../../../src/features/cpd/choosing/views.ts';
import { formOf, readCpdForms } from '../../../src/features/cpd/content.ts';
import type { CpdDeps } from '../../../src/features/cpd/deps.ts';
import { findChosen } from '../../../src/features/cpd/entries.ts';
import { fill, openFilling } from '../../../src/features/cpd/filling/fill.ts';
import { overviewView } from '../../../src/features/cpd/filling/views.ts';
import { addedToHeld, cpdHeld } from '../../../src/features/cpd/holdings.ts';
import { purge } from '../../../src/features/cpd/jobs.ts';
import { findAdded } from '../../../src/features/cpd/store.ts';
import { makeRecord } from '../../../src/features/cpd/taking/document.ts';
import type { LearningSource } from '../../../src/features/feature.ts';
import { bodySchema } from '../../../src/features/reflections/body.ts';
import { learningFrom } from '../../../src/features/reflections/learning.ts';
import {
  insertReflection,
  markReflectionDeleted,
  purgeDeleted,
} from '../../../src/features/reflections/store.ts';
import { newId } from '../../../src/lib/random.ts';
import { given as givenJournal } from '../reflections/given.ts';
import { content, stepsOfFrameworks } from './given.ts';

/** A journal with so many reflections, a day apart, and what comes from another feature. */
async function given({
  many = 0,
  role,
  sources = [],
}: {
  many?: number;
  role?: string;
  sources?: LearningSource[];
} = {}) {
  const journal = await givenJournal();
  const { robin, clock } = journal;
  const deps: CpdDeps = {
    ...journal.deps,
    forms: content,
    sources: () => [learningFrom(journal.deps), ...sources],
    roleOf: async () => role,
    writeButton: { text: 'Write a reflection', actionId: 'reflections.write' },
  };
  const ids: string[] = [];
  for (let day = 0; day < many; day += 1) {
    const id = newId(clock);
    ids.push(`reflection:${id}`);
    const on = new Date(Date.UTC(2025, 11, 1 + day, 12));
    await insertReflection(deps.db, deps.vault, {
      id,
      personId: robin.person.id,
      framework: 'quick-note',
      body: bodySchema.parse({
        version: 1,
        title: 'Two-minute note',
        parts: [
          { key: 'moment', label: 'A moment', text: `Day ${day}` },
          { key: 'from_elsewhere', label: 'Check-in', text: 'a check-in answer' },
        ],
        choices: [],
        about: { title: `Title ${day}`, minutes: 90, hasDiscussed: true },
      }),
      at: on,
    });
  }
  return { ...journal, deps, ids };
}

/** How much of the two things that are kept there is. */
const countsOf = ({ db, vault, forms }: CpdDeps, { person }: Actor): Promise<number[]> =>
  Promise.all(cpdHeld(vault, forms).holdings.map((one) => one.count(db, person.id)));

const entryForm = formOf(content, 'swe-cpd-entry') ?? expect.unreachable();
const swe = { record: 'swe', from: '2025-12-01', until: '2026-11-30', forms: ['swe-cpd-entry'] };

test('ticks of one page leave those of the others alone, in the order of the dates', async () => {
  const { deps, robin, ids } = await given({ many: 25 });
  expect(await choose(deps, robin, swe)).toBe(true);
  const chosen = async () => {
    const found = await findChosen(deps, robin);
    if (!found) throw new Error('nothing chosen');
    return found;
  };
  const on = async (page: number) => pageOfEntries(await chosen(), entryForm, page).shown.map(({ id }) => id);
  await tick(deps, robin, 'swe-cpd-entry', { shown: await on(1), ticked: [ids[12] ?? '', ids[11] ?? ''] });
  await tick(deps, robin, 'swe-cpd-entry', { shown: await on(0), ticked: [ids[3] ?? '', ids[24] ?? ''] });
  expect((await chosen()).ticked.map(({ entry }) => entry.title)).toEqual([
    'Title 3',
    'Title 11',
    'Title 12',
  ]);
  await tick(deps, robin, 'swe-cpd-entry', { shown: await on(1), ticked: [] });
  expect((await chosen()).ticked.map(({ entry }) => entry.title)).toEqual(['Title 3']);
  // Other dates leave out what lies outside, and bring it back.
  await choose(deps, robin, { ...swe, until: '2025-12-02' });
  expect((await chosen()).ticked).toEqual([]);
  await choose(deps, robin, swe);
  expect((await chosen()).ticked).toHaveLength(1);
  // Nothing of somebody else's.
  expect(await findChosen(deps, (await given()).sam)).toBeUndefined();
});

test('500 reflections: each screen stays within what Slack draws', async () => {
  const { deps, robin, ids } = await given({ many: 500 });
  await choose(deps, robin, { ...swe, until: '2027-12-31' });
  await tick(deps, robin, 'swe-cpd-entry', { shown: ids, ticked: ids });
  const chosen = await findChosen(deps, robin);
  if (!chosen) throw new Error('nothing chosen');
  for (const view of [
    entriesView(chosen, { form: 0, page: 49, turn: 0 }),
    overviewView(content, chosen, 0),
  ]) {
    expect(view.blocks.length).toBeLessThan(50);
    expect((view.private_metadata ?? '').length).toBeLessThan(3_000);
  }
  expect(JSON.stringify(entriesView(chosen, { form: 0, page: 99, turn: 0 }))).toContain('page 50 of 50');
  expect((await makeRecord(deps, robin))?.document.parts[0]?.entries).toHaveLength(500);
});

test('what a check-in brought into a reflection stays in the journal; minutes and a talk with a peer count for nothing', async () => {
  const { deps, robin, ids } = await given({ many: 1 });
  await choose(deps, robin, swe);
  await tick(deps, robin, 'swe-cpd-entry', { shown: ids, ticked: ids });
  const made = await makeRecord(deps, robin);
  expect(JSON.stringify(made?.document)).not.toContain('check-in answer');
  const filled = made?.document.parts[0]?.entries[0]?.fields.filter(({ text }) => text !== '');
  expect(filled?.map(({ id, text }) => [id, text])).toEqual([
    ['date', '1 December 2025'],
    ['activity', 'Day 0'],
  ]);
});

test('what was added goes with the entry for good, and no sooner', async () => {
  const { deps, robin, ids, clock } = await given({ many: 2 });
  const [entry = '', other = ''] = ids;
  for (const one of [entry, other])
    expect(
      await fill(deps, robin, { form: 'swe-cpd-entry', entry: one, step: 0 }, { 'type.text': 'reading' }),
    ).toEqual({ kind: 'kept', isLast: false });
  const counts = () => countsOf(deps, robin);
  expect(await counts()).toEqual([0, 2]);
  await markReflectionDeleted(deps.db, entry.slice('reflection:'.length), clock.now());
  await purge(deps).run(clock.now());
  expect(await counts()).toEqual([0, 2]);
  expect(await openFilling(deps, robin, { form: 'swe-cpd-entry', entry, step: 0 })).toBeUndefined();
  clock.moveTo('2026-03-05T10:00:00Z');
  await purgeDeleted(deps.db, clock.now());
  await purge(deps).run(clock.now());
  expect(await counts()).toEqual([0, 1]);
  expect((await findAdded(deps.db, deps.vault, robin.person.id, other))?.added).toEqual({
    'swe-cpd-entry': { 'type.text': 'reading' },
  });
  // Deleted with the journal, which is not asked entry by entry.
  const added = addedToHeld('reflection', { id: 'a', what: 'b' });
  expect(await added.count(deps.db, robin.person.id)).toBe(1);
  await added.forget(deps.db, 'somebody-else', clock.now());
  expect(await counts()).toEqual([0, 1]);
  await added.forget(deps.db, robin.person.id, clock.now());
  expect(await counts()).toEqual([0, 0]);
});

test('a field that a last look names is opened on the step that has it', async () => {
  const { deps, robin, ids } = await given({ many: 1 });
  const at = async (field: string) =>
    (await openFilling(deps, robin, { form: 'swe-cpd-entry', entry: ids[0] ?? '', step: 0, field }))?.step;
  expect([await at('type'), await at('impact'), await at('peer'), await at('gone')]).toEqual([0, 0, 1, 0]);
});

test('what is longer than a field goes out whole, and is changed in the journal', async () => {
  const { deps, robin } = await given();
  const long = 'x'.repeat(2_995);
  await insertReflection(deps.db, deps.vault, {
    id: newId(deps.clock),
    personId: robin.person.id,
    framework: 'quick-note',
    body: bodySchema.parse({
      version: 1,
      title: 'Two-minute note',
      parts: [
        { key: 'learned', label: 'One thing', text: 'a' },
        { key: 'learned__2', label: 'One thing, continued', text: long },
        { key: 'next', label: 'One small step', text: long },
      ],
      choices: [],
    }),
    at: deps.clock.now(),
  });
  await choose(deps, robin, swe);
  const entry = (await findChosen(deps, robin))?.offered[0]?.id ?? '';
  const opened = await openFilling(deps, robin, { form: 'swe-cpd-entry', entry, step: 0 });
  expect(opened?.tooLong).toEqual([
    'Positive impact on your role, your practice and the people you work with',
  ]);
  expect(opened?.answers).toMatchObject({ learned: `a${long}`, impact: `Planned: ${long}` });
  await tick(deps, robin, 'swe-cpd-entry', { shown: [entry], ticked: [entry] });
  await fill(deps, robin, { form: 'swe-cpd-entry', entry, step: 0 }, { 'type.text': 'a talk', impact: '' });
  const fields = (await makeRecord(deps, robin))?.document.parts[0]?.entries[0]?.fields;
  expect(fields?.find(({ id }) => id === 'impact')?.text).toBe(`Planned: ${long}`);
});

test('what is kept for a record is in somebody’s copy, and is deleted with it or apart', async () => {
  const { deps, robin, ids } = await given({ many: 1 });
  await choose(deps, robin, swe);
  await tick(deps, robin, 'swe-cpd-entry', { shown: ids, ticked: ids });
  await fill(
    deps,
    robin,
    { form: 'swe-cpd-entry', entry: ids[0] ?? '', step: 0 },
    { 'type.text': 'reading' },
  );
  const { holdings } = cpdHeld(deps.vault, deps.forms);
  const read = await Promise.all(holdings.map((one) => one.read(deps.db, robin.person.id)));
  expect(read).toEqual([
    [
      {
        Record: 'Social Work England CPD',
        From: '2025-12-01',
        Until: '2026-11-30',
        Parts: ['CPD entry'],
        'Entries ticked': 1,
      },
    ],
    [{ 'CPD entry: Type of CPD': 'reading' }],
  ]);
  for (const one of holdings) await one.forget(deps.db, robin.person.id, deps.clock.now());
  expect(await countsOf(deps, robin)).toEqual([0, 0]);
});

test('what other features bring is offered beside the journal, and ticked by nobody', async () => {
  const session: LearningSource = {
    kind: 'session',
    list: async () => [
      {
        id: 'session:1',
        on: '2026-01-05',
        what: 'Session',
        title: undefined,
        texts: {},
        choices: {},
        line: 'Perinatal session 1',
      },
    ],
    keeps: async (_person, ids) => new Set(ids),
  };
  const { deps, robin } = await given({ many: 1, sources: [session] });
  await choose(deps, robin, swe);
  const chosen = await findChosen(deps, robin);
  expect(chosen?.offered.map(({ what }) => what)).toEqual(['Two-minute note', 'Session']);
  expect(chosen?.ticked).toEqual([]);
});

test('dates that were chosen before stay, and it is said where they have run out', async () => {
  const { deps, robin, clock } = await given();
  await choose(deps, robin, { ...swe, until: '2026-03-03' });
  const shown = async () => {
    const outcome = await begin(deps, robin);
    return JSON.stringify(chooseView(content, outcome.kind === 'begin' ? outcome.beginning : undefined));
  };
  expect(await shown()).not.toContain('It ends on');
  clock.moveTo('2026-03-04T10:00:00Z');
  expect(await shown()).toContain('It ends on 3 March 2026: what came after that day is not in it.');
});

describe('which record comes first', () => {
  test.each([
    ['Midwife', 'nmc'],
    ['Community Midwife, band 7', 'nmc'],
    ['Social worker', 'swe'],
    ['GP', 'gmc'],
    ['School or college staff', 'teachers'],
    ['Youth worker', undefined],
    ['Housing officer', undefined],
  ])('%s: %s', async (role, record) => {
    const { deps, robin } = await given({ role });
    const outcome = await begin(deps, robin);
    expect(outcome.kind === 'begin' && outcome.beginning?.record.id).toBe(record);
    if (record && outcome.kind === 'begin')
      expect(outcome.beginning?.because).toEqual({ kind: 'role', role });
  });

  test('none for whoever said nothing, and nothing at all is kept of whoever declined', async () => {
    const { deps, robin, sam } = await given();
    expect(await begin(deps, robin)).toEqual({ kind: 'begin', beginning: undefined });
    await giveConsent(deps.db, deps.clock, { personId: sam.person.id, kind: 'declined', version: '1' });
    expect(await begin(deps, sam)).toEqual({ kind: 'keeps-nothing' });
    expect(await choose(deps, sam, swe)).toBe(false);
    expect(await countsOf(deps, sam)).toEqual([0, 0]);
  });
});

describe('what is wrong in cpd-forms.yaml is told by file and line', () => {
  const dir = mkdtempSync(join(tmpdir(), 'cpd-'));
  test.each([
    [
      'framework: quick-note, form: nmc-cpd-log',
      'framework: quicknote, form: nmc-cpd-log',
      'there is no framework "quicknote"',
    ],
    ['steps: {moment: topic}', 'steps: {moment: topics}', 'there is no section or column "topics"'],
    ['use: row', 'use: rows', 'use'],
    ["review_by: '2027-04-30'", 'review_by: soon', 'give a date as year-month-day'],
    [
      'choices_from: nmc-code-themes',
      'choices_from: code-themes',
      'there is no list of choices "code-themes"',
    ],
    ['page: nmc-cpd', 'page: nmc-cdp', 'there is no source "nmc-cdp"'],
    ['- id: hours\n', '- id: all_hours\n', 'there is no column "hours"'],
    ['what_was_done: topic', '', '"what_was_done" has to name'],
    [
      'begin_with: [hcpc-cpd-list]',
      'begin_with: [plain-record]',
      'there is no form of this record "plain-record"',
    ],
    ['roles: [GP]', 'roles: [G.P.]', 'there is no role "G.P."'],
  ])('%s', (right, wrong, words) => {
    cpSync('data', dir, { recursive: true });
    const file = join(dir, 'cpd-forms.yaml');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(right);
    writeFileSync(file, text.replace(right, wrong));
    const folder = new ContentFolder(dir);
    readCpdForms(folder, { frameworks: stepsOfFrameworks, roles: new Set(['GP', 'Midwife']) });
    const found = folder.problems.filter(({ message }) => message.includes(words));
    expect(found.length, JSON.stringify(folder.problems)).toBeGreaterThan(0);
    expect(found[0]?.line).toBeGreaterThan(1);
    expect(found[0]?.file).toBe(file);
  });
});
