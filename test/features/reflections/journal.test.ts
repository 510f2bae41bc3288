import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { homeSection } from '../../../src/features/reflections/home.ts';
import { purge } from '../../../src/features/reflections/jobs.ts';
import {
  deleteReflection,
  openJournal,
  putBackEarlier,
  readAll,
  readReflection,
  restoreReflection,
} from '../../../src/features/reflections/journal/journal.ts';
import { toMarkdown } from '../../../src/features/reflections/journal/markdown.ts';
import {
  discardDraft,
  keepDraft,
  restoreDraft,
  startChange,
} from '../../../src/features/reflections/writing/drafts.ts';
import { saveAbout, saveReflection } from '../../../src/features/reflections/writing/save.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { piecesOf } from '../../../src/slack/text.ts';
import { filled, type Given, given } from './given.ts';

async function write(community: Given, actor: Given['robin'], moment: string): Promise<string> {
  const outcome = await saveReflection(community.deps, actor, filled(community, { moment }));
  if (outcome.kind !== 'saved') throw new Error(outcome.kind);
  return outcome.id;
}

describe('reading', () => {
  test('only the author can read, change, delete or bring back; others hear the same as of what does not exist', async () => {
    const community = await given();
    const { deps, robin, sam, admin } = community;
    const id = await write(community, robin, 'Mine');
    for (const actor of [sam, admin]) {
      for (const wanted of [id, 'not-there', ''])
        expect(await readReflection(deps, actor, wanted)).toEqual({ kind: 'not-yours' });
      expect(await deleteReflection(deps, actor, id)).toEqual({ kind: 'not-yours' });
      expect(await restoreReflection(deps, actor, id)).toEqual({ kind: 'not-yours' });
      expect(await openJournal(deps, actor)).toMatchObject({ total: 0, entries: [] });
      expect(await readAll(deps, actor)).toEqual([]);
    }
    expect(await readReflection(deps, robin, id)).toMatchObject({ kind: 'read' });
  });

  test('someone who was deactivated reads nothing any more', async () => {
    const community = await given();
    const id = await write(community, community.robin, 'Mine');
    const gone = { ...community.robin, person: { ...community.robin.person, isDeactivated: true } };
    expect(await readReflection(community.deps, gone, id)).toEqual({ kind: 'not-yours' });
    expect(await openJournal(community.deps, gone)).toMatchObject({ total: 0, entries: [] });
  });

  test('five a page, newest first, and a page too far is the last', async () => {
    const community = await given();
    const { deps, robin, clock } = community;
    for (let number = 1; number <= 12; number += 1) {
      await write(community, robin, `Number ${number}`);
      clock.forward(1);
    }
    const said = async (page: number) =>
      (await openJournal(deps, robin, page)).entries.map(({ body }) => body?.parts[0]?.text);
    expect(await said(0)).toEqual([12, 11, 10, 9, 8].map((number) => `Number ${number}`));
    expect(await said(2)).toEqual(['Number 2', 'Number 1']);
    expect(await said(99)).toEqual(['Number 2', 'Number 1']);
    expect(await said(-1)).toEqual(await said(0));
    expect((await readAll(deps, robin)).map(({ body }) => body?.parts[0]?.text)[0]).toBe('Number 1');
  });

  test('one that cannot be opened says so, and the others are shown', async () => {
    const community = await given();
    const { deps, robin } = community;
    const old = await write(community, robin, 'Old key');
    const other = { ...community, deps: { ...deps, vault: createVault(Buffer.alloc(32, 8)) } };
    await write(other, robin, 'New key');
    const { entries } = await openJournal(other.deps, robin);
    expect(entries.map(({ body }) => body?.parts[0]?.text ?? 'closed').toSorted()).toEqual([
      'New key',
      'closed',
    ]);
    expect(await readReflection(other.deps, robin, old)).toMatchObject({ reflection: { body: undefined } });
    const text = toMarkdown(await readAll(other.deps, robin), 'Europe/London');
    expect(text).toContain('cannot be opened with the present key');
    expect(text).toContain('New key');
    // The words of one row do not open in the place of another.
    const rows = await deps.db.selectFrom('reflections').selectAll().execute();
    const [first, second] = rows;
    if (!first || !second) throw new Error('Two rows were expected.');
    await deps.db
      .updateTable('reflections')
      .set({ sealed: second.sealed })
      .where('id', '=', first.id)
      .execute();
    expect(await readReflection(deps, robin, first.id)).toMatchObject({ reflection: { body: undefined } });
  });
});

test('the earlier version is put back with its words alone: what was said of it later stays', async () => {
  const community = await given();
  const { deps, robin } = community;
  const id = await write(community, robin, 'Before');
  await saveReflection(deps, robin, filled(community, { moment: 'After' }, { changes: id }));
  const about = { title: 'A title', happenedOn: '2026-03-02', tags: ['visits'], minutes: 20 };
  const opened = await startChange(deps, robin, id);
  if (opened.kind !== 'open') throw new Error(opened.kind);
  await saveAbout(deps, robin, opened.form, about);
  await putBackEarlier(deps, robin, id);
  expect(await readReflection(deps, robin, id)).toMatchObject({
    reflection: { body: { about, parts: [{ text: 'Before' }] } },
  });
});

describe('deleting', () => {
  test('can be undone for a day, then it is gone for good', async () => {
    const community = await given();
    const { deps, robin, clock } = community;
    const id = await write(community, robin, 'Words');
    expect(await deleteReflection(deps, robin, id)).toEqual({
      kind: 'deleted',
      until: new Date('2026-03-04T10:00:00Z'),
    });
    expect(await openJournal(deps, robin)).toMatchObject({ total: 0, entries: [], deleted: [{ id }] });
    expect(await readReflection(deps, robin, id)).toEqual({ kind: 'not-yours' });

    clock.forward(23 * 60);
    await purge(deps).run(clock.now());
    // Deleting it again does not make it last longer.
    await deleteReflection(deps, robin, id);
    expect(await restoreReflection(deps, robin, id)).toEqual({ kind: 'restored' });
    expect(await readReflection(deps, robin, id)).toMatchObject({ kind: 'read' });

    await deleteReflection(deps, robin, id);
    clock.forward(24 * 60);
    expect(await restoreReflection(deps, robin, id)).toEqual({ kind: 'too-late' });
    expect(await openJournal(deps, robin)).toMatchObject({ deleted: [] });
    await purge(deps).run(clock.now());
    await purge(deps).run(clock.now());
    expect(await restoreReflection(deps, robin, id)).toEqual({ kind: 'not-yours' });
    expect(await deps.db.selectFrom('reflections').selectAll().execute()).toEqual([]);
  });

  test('a discarded draft can be brought back for a day, by its author', async () => {
    const community = await given();
    const { deps, robin, sam, clock } = community;
    const { form, typed } = filled(community, { moment: 'Half' });
    await keepDraft(deps, robin, form, typed);
    expect(await discardDraft(deps, sam, form.draftId)).toEqual({ kind: 'not-yours' });
    await discardDraft(deps, robin, form.draftId);
    expect(await openJournal(deps, robin)).toMatchObject({ drafts: [], discarded: [{ id: form.draftId }] });
    expect(await restoreDraft(deps, sam, form.draftId)).toEqual({ kind: 'not-yours' });
    expect(await restoreDraft(deps, robin, form.draftId)).toEqual({ kind: 'restored' });
    expect(await openJournal(deps, robin)).toMatchObject({ drafts: [{ id: form.draftId }] });
    await discardDraft(deps, robin, form.draftId);
    clock.forward(24 * 60);
    await purge(deps).run(clock.now());
    expect(await restoreDraft(deps, robin, form.draftId)).toEqual({ kind: 'not-yours' });
  });

  test('a person who is removed takes everything with them', async () => {
    const community = await given();
    const { deps, robin } = community;
    await write(community, robin, 'Words');
    const { form, typed } = filled(community, { moment: 'Half' });
    await keepDraft(deps, robin, form, typed);
    await deps.db.deleteFrom('people').where('id', '=', robin.person.id).execute();
    expect(await deps.db.selectFrom('reflections').selectAll().execute()).toEqual([]);
    expect(await deps.db.selectFrom('reflection_drafts').selectAll().execute()).toEqual([]);
  });
});

describe('taking it away', () => {
  test('Markdown with the words as they were written', async () => {
    const community = await given();
    await write(community, community.robin, '*Not* markup & <not> html');
    const text = toMarkdown(await readAll(community.deps, community.robin), 'Europe/London');
    expect(text).toBe(
      '## Tuesday 3 March 2026, 10:00: Two-minute note\n\n### A moment\n\n*Not* markup & <not> html',
    );
  });

  test('pieces joined are the whole, none longer than a block holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 600 }),
        fc.integer({ min: 1, max: 90 }),
        (text, max) => {
          const pieces = piecesOf(text, max);
          expect(pieces.join('')).toBe(text);
          for (const piece of pieces) expect(Array.from(piece).length).toBeLessThanOrEqual(max);
        },
      ),
    );
  });
});

test('App Home tells how many and when, and nothing of the words', async () => {
  const community = await given();
  const { deps, robin, sam } = community;
  const home = (actor: Given['robin']) =>
    homeSection(deps).blocks({ person: actor.person, actor, now: deps.clock.now(), zone: 'Europe/London' });
  expect(JSON.stringify(await home(robin))).toContain('Empty so far');
  await write(community, robin, 'Secret words');
  const { form, typed } = filled(community, { moment: 'Half a secret' });
  await keepDraft(deps, robin, form, typed);
  const said = JSON.stringify(await home(robin));
  expect(said).toMatch(/1 reflection\. .*• {2}[^•]+, Tuesday 3 March/);
  expect(said).toContain('1 draft is not saved yet');
  expect(said.toLowerCase()).not.toContain('secret');
  expect(JSON.stringify(await home(sam))).toContain('Empty so far');
});
