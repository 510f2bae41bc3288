import { checkBlocks } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { checkinFindings } from '../../../src/features/checkins/findings.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import {
  changeThemes,
  type ForThemes,
  findForThemes,
  longestTheme,
  mostThemes,
  type ThemeChange,
  tagWords,
} from '../../../src/features/checkins/themes/tag.ts';
import { mergeView, tagView, themesView } from '../../../src/features/checkins/themes/views.ts';
import type { Part } from '../../../src/features/findings.ts';
import { answer, asked, forget } from './comparing-support.ts';
import { type Group, givenGroup, openRound } from './support.ts';

const found = async (group: Group, roundId: string): Promise<ForThemes> => {
  const read = await findForThemes(group.bench, group.jo, roundId);
  if (read.kind !== 'found') throw new Error(read.kind);
  return read;
};
const labels = async (group: Group, roundId: string) =>
  (await found(group, roundId)).kept.themes.map(({ label }) => label).toSorted();
const idOf = async (group: Group, roundId: string, label: string): Promise<string> =>
  (await found(group, roundId)).kept.themes.find((one) => one.label === label)?.id ?? label;

async function change(group: Group, roundId: string, what: ThemeChange) {
  const done = await changeThemes(group.bench, group.jo, roundId, what);
  return done.kind === 'wrong' ? done.words : done.kind;
}

/** Words by what they are about, by the themes' names. */
async function tag(group: Group, roundId: string, about: Record<string, readonly string[]>) {
  const { words, kept } = await found(group, roundId);
  const given = words.flatMap(({ text, mark }) => {
    const named = about[text];
    return named
      ? [[mark, named.flatMap((label) => kept.themes.find((one) => one.label === label)?.id ?? [])] as const]
      : [];
  });
  await tagWords(group.bench, group.jo, roundId, new Map(given));
}

async function section({ bench, cohortId }: Group): Promise<Part[]> {
  const sections = await checkinFindings(bench)(
    bench.db,
    { cohortId, from: '2026-01-01', until: '2026-12-31' },
    bench.clock.now(),
  );
  return sections.find(({ id }) => id === 'themes')?.parts ?? [];
}
const rows = async (group: Group) =>
  (await section(group)).flatMap((part) => (part.kind === 'table' ? part.rows : []));

const hopes = (size: number, of = 'hope') =>
  Array.from({ length: size }, (_, nth) => ({ hopes: `${of} ${nth}` }));

describe('themes', () => {
  test('named, renamed, put together, removed, and each of it undone: words keep what they were given', async () => {
    const group = await givenGroup(12);
    const roundId = await asked(group, 'before', hopes(12));
    expect(await change(group, roundId, { kind: 'add', labels: ['Time', ' time ', '', 'Listening'] })).toBe(
      'changed',
    );
    expect(await change(group, roundId, { kind: 'add', labels: ['Time'] })).toContain('not there yet');
    await change(group, roundId, { kind: 'add', labels: ['Pay'] });
    const about = (from: number, to: number, label: string) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, nth) => [`hope ${from + nth}`, [label]]));
    await tag(group, roundId, {
      ...about(0, 6, 'Time'),
      ...about(6, 9, 'Listening'),
      ...about(9, 11, 'Pay'),
    });
    const asked1 = 'Confidence: before we start, 4 March 2026';
    const first = [
      ['Time', 6, asked1],
      ['Listening', 'fewer than five', ''],
      ['Pay', 'fewer than five', ''],
    ];
    expect(await rows(group)).toEqual(first);
    const listening = await idOf(group, roundId, 'Listening');
    const pay = await idOf(group, roundId, 'Pay');
    expect(await change(group, roundId, { kind: 'merge', id: pay, into: listening })).toBe('changed');
    expect(await rows(group)).toEqual([
      ['Time', 6, asked1],
      ['Listening', 5, asked1],
    ]);
    expect((await section(group)).at(-1)).toMatchObject({
      kind: 'chart',
      finding: 'Most comments were about “Time”: 6.',
    });
    expect(await change(group, roundId, { kind: 'undo' })).toBe('changed');
    expect(await rows(group)).toEqual(first);
    expect(await change(group, roundId, { kind: 'undo' })).toBe('gone');
    expect(await change(group, roundId, { kind: 'rename', id: pay, label: 'Time' })).toContain(
      'put the two together',
    );
    expect(await change(group, roundId, { kind: 'rename', id: pay, label: 'Being valued' })).toBe('changed');
    expect(await labels(group, roundId)).toEqual(['Being valued', 'Listening', 'Time']);
    expect(await change(group, roundId, { kind: 'remove', id: pay })).toBe('changed');
    expect(await change(group, roundId, { kind: 'remove', id: pay })).toBe('gone');
    expect(await rows(group)).toEqual(first.slice(0, 2));
    expect(await change(group, roundId, { kind: 'undo' })).toBe('changed');
    expect((await rows(group)).map(([label]) => label)).toEqual(['Time', 'Being valued', 'Listening']);
    // What lies in the database tells no word and no label.
    const kept = JSON.stringify([
      await group.bench.db.selectFrom('tagged_words').selectAll().execute(),
      await group.bench.db.selectFrom('group_themes').selectAll().execute(),
    ]);
    expect(kept).not.toMatch(/hope|Time|Listening/);
  });

  test('over several rounds; whoever is deleted since changes no number', async () => {
    const group = await givenGroup(6);
    const before = await asked(group, 'before', hopes(6));
    const after = await asked(
      group,
      'after',
      Array.from({ length: 6 }, (_, nth) => ({ used: `used ${nth}` })),
    );
    await change(group, before, { kind: 'add', labels: ['Time'] });
    await tag(group, before, { 'hope 0': ['Time'], 'hope 1': ['Time'], 'hope 2': ['Time'] });
    expect((await rows(group)).map(([, comments]) => comments)).toEqual(['fewer than five']);
    await tag(group, after, { 'used 0': ['Time'], 'used 5': ['Time'] });
    const shown = await rows(group);
    expect(shown).toEqual([
      ['Time', 5, 'Confidence: before we start, 4 March 2026; Confidence: looking back, 6 May 2026'],
    ]);
    await forget(group, 0);
    expect(await rows(group)).toEqual(shown);
    // Of a round whose key is gone nothing is known any more.
    group.bench.vault.forget({ round: after });
    expect((await rows(group)).map(([, comments]) => comments)).toEqual(['fewer than five']);
  });

  test('words that may be used for nothing are not there; the same words count as often as they were written', async () => {
    const group = await givenGroup(9);
    const roundId = await openRound(group);
    await answer(
      group,
      roundId,
      Array.from({ length: 9 }, (_, nth) => ({
        week: 3,
        word: nth < 7 ? 'Tired' : `Rare ${nth}`,
        'words-in-report': nth < 6 ? 1 + (nth % 2) : 0,
      })),
    );
    await closeNow(group.bench, group.jo, roundId);
    const { words } = await found(group, roundId);
    expect(words.map(({ text, comments }) => ({ text, comments }))).toEqual([{ text: 'Tired', comments: 6 }]);
    await change(group, roundId, { kind: 'add', labels: ['Tiredness'] });
    await tag(group, roundId, { Tired: ['Tiredness'] });
    expect((await rows(group))[0]?.slice(0, 2)).toEqual(['Tiredness', 6]);
  });

  test('names, identifying detail, length, too many, others, and a report that is closed', async () => {
    const group = await givenGroup(6);
    const roundId = await asked(group, 'before', hopes(6));
    const add = (...all: string[]) => change(group, roundId, { kind: 'add', labels: all });
    expect(await add('Rang 07700 900123')).toContain('phone number');
    expect(await add('What Member 2 said')).toContain('name');
    expect(await add('x'.repeat(longestTheme + 1))).toContain('too long');
    expect(await add(...Array.from({ length: mostThemes + 1 }, (_, nth) => `Theme ${nth}`))).toContain(
      'at most',
    );
    expect(await labels(group, roundId)).toEqual([]);
    expect(await add('*Bold* <!channel> &amp;')).toBe('changed');
    const [member] = group.actors;
    if (!member) throw new Error('too few');
    expect(await changeThemes(group.bench, member, roundId, { kind: 'add', labels: ['Mine'] })).toEqual({
      kind: 'not-allowed',
    });
    expect(await findForThemes(group.bench, member, roundId)).toEqual({ kind: 'not-allowed' });
    group.bench.reportedUntil = async () => '2026-03-31';
    await tag(group, roundId, { 'hope 0': ['*Bold* <!channel> &amp;'] });
    expect(await rows(group)).toEqual([]);
  });

  test('forty people, long words and every theme there can be fit each screen', async () => {
    const group = await givenGroup(40);
    const roundId = await asked(
      group,
      'before',
      Array.from({ length: 40 }, (_, nth) => ({ hopes: `${nth} ${'<b>&amp; *x* '.repeat(100)}`.trim() })),
    );
    await change(group, roundId, {
      kind: 'add',
      labels: Array.from({ length: mostThemes }, (_, nth) => `${nth} `.padEnd(longestTheme, 'y')),
    });
    const now = await found(group, roundId);
    const [theme] = now.kept.themes;
    if (!theme) throw new Error('none');
    for (const view of [
      themesView(now, 'Saved.'),
      tagView(now, 0),
      tagView(now, 7),
      tagView(now, 99),
      mergeView(roundId, theme, now.kept.themes),
    ]) {
      expect(checkBlocks(view.blocks, 'modal')).toMatchObject({ ok: true });
      expect(view.private_metadata?.length ?? 0).toBeLessThan(3000);
    }
  });
});
