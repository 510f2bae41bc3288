import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import { isUnwritten, stepsOf } from '../../../src/features/reflections/body.ts';
import { purge } from '../../../src/features/reflections/jobs.ts';
import {
  clearEarlier,
  deleteReflection,
  openJournal,
  putBackEarlier,
  readEarlier,
  readReflection,
} from '../../../src/features/reflections/journal/journal.ts';
import {
  carryOn,
  keepDraft,
  startChange,
  startReflection,
} from '../../../src/features/reflections/writing/drafts.ts';
import { packedForm, readTyped } from '../../../src/features/reflections/writing/form.ts';
import { decideAndSave, saveAbout, saveReflection } from '../../../src/features/reflections/writing/save.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { newId } from '../../../src/lib/random.ts';
import { windowOf } from '../../../src/slack/routes.ts';
import { filled, type Given, given } from './given.ts';

/** What is read from a window in whose fields this stands. */
const typedIn = (values: unknown, draftId: string) =>
  readTyped(windowOf({ id: 'V1', state: { values } }), { draftId }).typed;

const textsOf = async ({ deps }: Given, actor: Given['robin'], id: string) => {
  const outcome = await readReflection(deps, actor, id);
  if (outcome.kind !== 'read') return outcome.kind;
  return Object.fromEntries((outcome.reflection.body?.parts ?? []).map(({ key, text }) => [key, text]));
};
const journalOf = async ({ deps }: Given, actor: Given['robin']) => (await openJournal(deps, actor)).entries;

describe('writing', () => {
  test('what is saved is in the journal of its author', async () => {
    const community = await given();
    const { deps, robin } = community;
    const outcome = await saveReflection(
      deps,
      robin,
      filled(community, { moment: 'A calm talk.', next: '' }),
    );
    expect(outcome).toMatchObject({ kind: 'saved', isFirst: true, isChange: false, unchecked: false });
    const [entry] = await journalOf(community, robin);
    expect(entry?.body).toMatchObject({
      title: 'Two-minute note',
      parts: [{ key: 'moment', label: 'A moment', text: 'A calm talk.' }],
    });
    expect(community.homes).toEqual([robin.person.id]);
  });

  test('only the first reflection is a first one, even after it was deleted', async () => {
    const community = await given();
    const save = () =>
      saveReflection(community.deps, community.robin, filled(community, { moment: 'Words' }));
    expect(await save()).toMatchObject({ isFirst: true });
    expect(await save()).toMatchObject({ isFirst: false });
  });

  test.each([
    ['nothing', {}],
    ['spaces', { moment: ' \n\t ' }],
    ['invisible characters', { moment: '\u200b\u2060', learned: '\ufeff' }],
  ])('%s is not saved', async (_, texts) => {
    const community = await given();
    expect(await saveReflection(community.deps, community.robin, filled(community, texts))).toEqual({
      kind: 'unwritten',
    });
    expect(await journalOf(community, community.robin)).toEqual([]);
  });

  test('ticks are kept with the framework that has them', async () => {
    const community = await given();
    const form = filled(
      community,
      { nature: 'Some feedback' },
      { framework: 'nmc-reflective-account', choices: { code: ['Preserve safety'] } },
    );
    await saveReflection(community.deps, community.robin, form);
    const [entry] = await journalOf(community, community.robin);
    expect(entry?.body?.choices).toEqual([{ key: 'code', label: 'The Code', selected: ['Preserve safety'] }]);
  });

  test('sending the same form twice saves once', async () => {
    const community = await given();
    const { deps, robin } = community;
    const form = filled(community, { moment: 'Once' });
    const [first, second] = await Promise.all([
      saveReflection(deps, robin, form),
      saveReflection(deps, robin, form),
    ]);
    expect(await journalOf(community, robin)).toHaveLength(1);
    expect([first, second].map((one) => one.kind === 'saved' && one.id)).toEqual([
      form.form.draftId,
      form.form.draftId,
    ]);
    expect([first, second].filter((one) => one.kind === 'saved' && one.isFirst)).toHaveLength(1);
  });

  test('the same draft finished in two windows keeps both texts, and each only once', async () => {
    const community = await given();
    const { deps, robin } = community;
    const { form } = filled(community, {});
    const save = (moment: string) =>
      saveReflection(deps, robin, { form, typed: { texts: { moment }, choices: {} } });
    for (const moment of ['On my phone', 'On the desk', 'On the desk', 'On my phone']) await save(moment);
    const said = (await journalOf(community, robin)).map((entry) => entry.body?.parts[0]?.text ?? 'closed');
    expect(said.toSorted()).toEqual(['On my phone', 'On the desk']);
  });

  test('3,000 characters of anything come back as they were', async () => {
    const community = await given();
    const { deps, robin } = community;
    const unit = fc.oneof(
      fc.constantFrom(
        '🙂',
        '👩‍👩‍👧',
        'שלום',
        'مرحبا',
        '\u202e',
        '\u200b',
        '<!channel>',
        '*b*',
        '<@U1>',
        '&amp;',
        '`',
        '\r\n',
        '"',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
    );
    const long = fc
      .array(unit, { minLength: 1, maxLength: 400 })
      .map((parts) => Array.from(parts.join('').repeat(60)).slice(0, 3000).join(''))
      .filter(
        (text) =>
          !isUnwritten({ version: 1, title: '', choices: [], parts: [{ key: 'a', label: '', text }] }),
      );
    await fc.assert(
      fc.asyncProperty(long, async (text) => {
        const { form } = filled(community, {});
        const typed = typedIn({ [`text:${form.draftId}:moment`]: { field: { value: text } } }, form.draftId);
        const outcome = await saveReflection(deps, robin, { form, typed });
        const saved =
          outcome.kind === 'found' ? await decideAndSave(deps, robin, outcome.draftId, 'keep') : outcome;
        if (saved.kind !== 'saved') throw new Error(saved.kind);
        expect(await textsOf(community, robin, saved.id)).toEqual({ moment: text });
      }),
      { numRuns: 60 },
    );
  });

  test('nothing of the words stands in the database file, or in the log', async () => {
    const community = await given();
    const { deps, robin, file, log } = community;
    const secret = 'the twins from the fire';
    await saveReflection(deps, robin, filled(community, { moment: secret }));
    await keepDraft(deps, robin, ...both(filled(community, { learned: `${secret} again` })));
    await saveReflection(deps, robin, filled(community, { next: `${secret}, ring 07700 900123` }));
    const bytes = readdirSync(dirname(file)).map((name) => readFileSync(join(dirname(file), name), 'latin1'));
    expect(bytes.length).toBeGreaterThan(1);
    expect(bytes.join('')).toContain('quick-note');
    for (const words of ['twins', '900123', Buffer.from(secret).toString('base64url').slice(4, 20)])
      expect(bytes.join('') + log.join('')).not.toContain(words);
  });

  test('someone who declined the agreement keeps nothing, drafts included', async () => {
    const community = await given();
    const { deps, clock, robin } = community;
    await giveConsent(deps.db, clock, { personId: robin.person.id, kind: 'declined', version: '1' });
    const form = filled(community, { moment: 'Words' });
    expect(await startReflection(deps, robin)).toEqual({ kind: 'declined' });
    expect(await saveReflection(deps, robin, form)).toEqual({ kind: 'declined' });
    expect(await keepDraft(deps, robin, form.form, form.typed)).toEqual({ kind: 'declined' });
    expect(await openJournal(deps, robin)).toMatchObject({ total: 0, drafts: [] });
  });
});

test('two windows editing one reflection: the later one is kept, told of the other, and has it as the earlier version', async () => {
  const community = await given();
  const { deps, robin, sam, admin, clock } = community;
  const { form } = filled(community, {});
  await saveReflection(deps, robin, { form, typed: { texts: { moment: 'First' }, choices: {} } });
  const windows = [
    await startChange(deps, robin, form.draftId),
    await startChange(deps, robin, form.draftId),
  ];
  const [phone, desk] = windows.flatMap((one) => (one.kind === 'open' ? one.form : []));
  if (!phone || !desk) throw new Error('It should have opened.');
  const save = (of: typeof form, moment: string) => {
    clock.forward(1);
    return saveReflection(deps, robin, { form: of, typed: { texts: { moment }, choices: {} } });
  };
  expect(await save(phone, 'Phone')).toMatchObject({ keptEarlier: true, meanwhile: false });
  expect(await save(desk, 'Desk')).toMatchObject({ keptEarlier: true, meanwhile: true });
  expect(await textsOf(community, robin, form.draftId)).toEqual({ moment: 'Desk' });
  expect(await readEarlier(deps, robin, form.draftId)).toMatchObject({
    version: { body: { parts: [{ text: 'Phone' }] } },
  });
  for (const actor of [sam, admin]) {
    expect(await readEarlier(deps, actor, form.draftId)).toEqual({ kind: 'not-yours' });
    expect(await putBackEarlier(deps, actor, form.draftId)).toEqual({ kind: 'not-yours' });
    expect(await clearEarlier(deps, actor, form.draftId)).toEqual({ kind: 'not-yours' });
  }
  // Another title alone does not push out words.
  const about = { title: 'A title' };
  const opened = await startChange(deps, robin, form.draftId);
  if (opened.kind !== 'open') throw new Error(opened.kind);
  expect(await saveAbout(deps, robin, opened.form, about)).toMatchObject({ keptEarlier: false });
  expect(await readEarlier(deps, robin, form.draftId)).toMatchObject({ kind: 'earlier' });
  // Gone with it.
  await deleteReflection(deps, robin, form.draftId);
  clock.forward(25 * 60);
  await purge(deps).run(clock.now());
  expect(await deps.db.selectFrom('reflection_versions').selectAll().execute()).toEqual([]);
});

const both = <A, B>({ form, typed }: { form: A; typed: B }): [A, B] => [form, typed];

describe('the check before saving', () => {
  const texts = {
    moment: 'Ring her on 07700 900123',
    learned: 'She lives at E8 1EA. MASH is 020 8356 5500.',
  };

  test('asks first, and the words wait in the draft', async () => {
    const community = await given();
    const { deps, robin } = community;
    const form = filled(community, texts);
    const outcome = await saveReflection(deps, robin, form);
    expect(outcome).toMatchObject({ kind: 'found', findings: [{ kind: 'phone' }, { kind: 'postcode' }] });
    expect(await journalOf(community, robin)).toEqual([]);
    expect(await carryOn(deps, robin, form.form.draftId)).toMatchObject({
      body: { parts: [{ text: texts.moment }, { text: texts.learned }] },
    });
  });

  test.each<['mask' | 'keep', Record<string, string>]>([
    ['keep', texts],
    [
      'mask',
      {
        moment: 'Ring her on [phone number removed]',
        learned: 'She lives at [postcode removed]. MASH is 020 8356 5500.',
      },
    ],
  ])('%s saves, once, and leaves no draft', async (decision, expected) => {
    const community = await given();
    const { deps, robin } = community;
    const form = filled(community, texts);
    await saveReflection(deps, robin, form);
    const first = await decideAndSave(deps, robin, form.form.draftId, decision);
    const again = await decideAndSave(deps, robin, form.form.draftId, decision);
    expect([first, again]).toMatchObject([{ kind: 'saved' }, { kind: 'saved', id: form.form.draftId }]);
    expect(await openJournal(deps, robin)).toMatchObject({ total: 1, drafts: [] });
    expect(await textsOf(community, robin, form.form.draftId)).toEqual(expected);
  });

  test('nobody else can decide about it', async () => {
    const community = await given();
    const form = filled(community, texts);
    await saveReflection(community.deps, community.robin, form);
    for (const actor of [community.sam, community.admin])
      expect(await decideAndSave(community.deps, actor, form.form.draftId, 'keep')).toEqual({
        kind: 'not-yours',
      });
    expect(await decideAndSave(community.deps, community.sam, newId(community.clock), 'keep')).toEqual({
      kind: 'not-yours',
    });
  });
});

describe('drafts', () => {
  test('are offered the next time, as they were left', async () => {
    const community = await given();
    const { deps, robin, sam } = community;
    const form = filled(community, { learned: 'Half a thought' }, { framework: 'swe-cpd', step: 0 });
    expect(await keepDraft(deps, robin, form.form, form.typed)).toMatchObject({ kind: 'kept' });
    expect(await startReflection(deps, robin)).toMatchObject({ unfinished: { id: form.form.draftId } });
    expect(await startReflection(deps, sam)).toMatchObject({ unfinished: undefined });
    expect(await carryOn(deps, robin, form.form.draftId)).toMatchObject({
      kind: 'open',
      form: { framework: 'swe-cpd', draftId: form.form.draftId },
      body: { parts: [{ key: 'learned', text: 'Half a thought' }] },
    });
    for (const actor of [sam, community.admin])
      expect(await carryOn(deps, actor, form.form.draftId)).toEqual({ kind: 'not-yours' });
  });

  test('an empty form leaves none', async () => {
    const community = await given();
    const form = filled(community, { moment: '' });
    expect(await keepDraft(community.deps, community.robin, form.form, form.typed)).toMatchObject({
      kind: 'nothing-to-keep',
    });
  });

  test('a form closed after it was saved leaves none', async () => {
    const community = await given();
    const { deps, robin } = community;
    const form = filled(community, { moment: 'Saved' });
    await saveReflection(deps, robin, form);
    expect(await keepDraft(deps, robin, form.form, form.typed)).toMatchObject({ kind: 'nothing-to-keep' });
    const change = await startChange(deps, robin, form.form.draftId);
    if (change.kind !== 'open') throw new Error(change.kind);
    expect(await keepDraft(deps, robin, change.form, form.typed)).toMatchObject({ kind: 'nothing-to-keep' });
  });

  test('stay until they are saved or discarded, however long', async () => {
    const community = await given();
    const { deps, robin, clock } = community;
    const form = filled(community, { moment: 'Later' });
    await keepDraft(deps, robin, form.form, form.typed);
    clock.forward(400 * 24 * 60);
    await purge(deps).run(clock.now());
    expect(await openJournal(deps, robin)).toMatchObject({ drafts: [{ id: form.form.draftId }] });
  });

  test("nobody can write over another's draft or reflection", async () => {
    const community = await given();
    const { deps, robin, sam } = community;
    const draft = filled(community, { moment: 'Mine' });
    await keepDraft(deps, robin, draft.form, draft.typed);
    const saved = filled(community, { moment: 'Mine too' });
    await saveReflection(deps, robin, saved);
    const typed = { texts: { moment: 'Not yours' }, choices: {} };
    for (const form of [
      draft.form,
      saved.form,
      { ...filled(community, {}).form, changes: saved.form.draftId },
    ]) {
      expect(await saveReflection(deps, sam, { form, typed })).toEqual({ kind: 'not-yours' });
      if (form !== saved.form) expect(await keepDraft(deps, sam, form, typed)).toEqual({ kind: 'not-yours' });
    }
    expect(await textsOf(community, robin, saved.form.draftId)).toEqual({ moment: 'Mine too' });
    expect(await carryOn(deps, robin, draft.form.draftId)).toMatchObject({
      body: { parts: [{ text: 'Mine' }] },
    });
  });
});

describe('changing', () => {
  test('replaces the words and keeps the day it was written', async () => {
    const community = await given();
    const { deps, robin, clock } = community;
    const form = filled(community, { moment: 'First' });
    await saveReflection(deps, robin, form);
    clock.forward(60);
    const change = await startChange(deps, robin, form.form.draftId);
    if (change.kind !== 'open') throw new Error(change.kind);
    const typed = { texts: { moment: 'Second' }, choices: {} };
    const outcome = await saveReflection(deps, robin, { form: change.form, typed });
    expect(outcome).toMatchObject({ kind: 'saved', id: form.form.draftId, isChange: true });
    const [entry, ...others] = await journalOf(community, robin);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ writtenAt: new Date('2026-03-03T10:00:00Z'), updatedAt: clock.now() });
    expect(await textsOf(community, robin, form.form.draftId)).toEqual({ moment: 'Second' });
  });

  test('what was deleted meanwhile stays deleted, and the new words are kept', async () => {
    const community = await given();
    const { deps, robin } = community;
    const form = filled(community, { moment: 'First' });
    await saveReflection(deps, robin, form);
    const change = await startChange(deps, robin, form.form.draftId);
    if (change.kind !== 'open') throw new Error(change.kind);
    await deleteReflection(deps, robin, form.form.draftId);
    await saveReflection(deps, robin, {
      form: change.form,
      typed: { texts: { moment: 'Second' }, choices: {} },
    });
    expect(await journalOf(community, robin)).toMatchObject([{ body: { parts: [{ text: 'Second' }] } }]);
  });

  test('with another key nothing is opened, nothing is written over, and new words are kept', async () => {
    const community = await given();
    const { deps, robin } = community;
    const form = filled(community, { moment: 'Old key' });
    await saveReflection(deps, robin, form);
    const other = { ...deps, vault: createVault(Buffer.alloc(32, 8)) };
    expect(await startChange(other, robin, form.form.draftId)).toEqual({ kind: 'unreadable' });
    await saveReflection(other, robin, filled(community, { moment: 'New key' }));
    await saveReflection(other, robin, {
      form: { ...filled(community, {}).form, changes: form.form.draftId },
      typed: { texts: { moment: 'Forged change' }, choices: {} },
    });
    const entries = await openJournal(other, robin);
    expect(entries.entries.map(({ body }) => body?.parts[0]?.text ?? 'closed').toSorted()).toEqual([
      'Forged change',
      'New key',
      'closed',
    ]);
    expect(await textsOf(community, robin, form.form.draftId)).toEqual({ moment: 'Old key' });
  });
});

describe('a form', () => {
  test('is written and read, and anything else is refused', () => {
    const form = {
      draftId: '0195a1b0-0000-7000-8000-000000000000',
      framework: 'gibbs',
      step: 1,
      changes: undefined,
    };
    expect(packedForm.open(packedForm.pack(form))).toEqual(form);
    for (const bad of [
      '',
      'x',
      '{}',
      '[]',
      'null',
      'undefined',
      '{"d":"1","f":"x","s":0}',
      `{"d":"${form.draftId}"}`,
    ])
      expect(packedForm.open(bad)).toBeUndefined();
  });

  test('whatever arrives as its state is read without a crash', () => {
    const draftId = '0195a1b0-0000-7000-8000-000000000000';
    fc.assert(
      fc.property(fc.anything(), (state) => {
        expect(typedIn(state, draftId)).toEqual({ texts: {}, choices: {} });
        typedIn({ [`text:${draftId}:moment`]: state, [`choice:${draftId}:code`]: { field: state } }, draftId);
      }),
    );
  });

  test('of whose fields nothing was told is not taken for one that was cleared', () => {
    const blocks = [{ type: 'input', block_id: 'text:a:moment' }];
    for (const state of [undefined, {}, { values: {} }])
      expect(readTyped(windowOf({ id: 'V1', blocks, state }), { draftId: 'a' })).toEqual({
        typed: { texts: {}, choices: {} },
        problems: undefined,
      });
  });

  test('holds what Slack lets anybody type, and says so of more than that', () => {
    const [draftId, id] = ['a', 'text:a:moment'];
    const read = (value: string) =>
      readTyped(windowOf({ id: 'V1', state: { values: { [id]: { value: { value } } } } }), { draftId });
    expect(read(' x '.repeat(4_000))).toEqual({
      typed: { texts: { moment: ' x '.repeat(4_000) }, choices: {} },
      problems: undefined,
    });
    expect(read('x'.repeat(60_001)).problems).toEqual({ [id]: expect.any(String) });
  });

  test('has at most five inputs a step, evenly, none lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
        const fields = Array.from({ length: count }, (_, index) => ({
          kind: 'text' as const,
          key: `k${index}`,
          label: '',
          help: undefined,
          text: '',
        }));
        const steps = stepsOf(fields);
        expect(steps.flat()).toEqual(fields);
        for (const step of steps) {
          expect(step.length).toBeGreaterThan(0);
          expect(step.length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});
