import type { WebClient } from '@slack/web-api';
import fc from 'fast-check';
import { checkBlocks } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { detailOf, type Shape, type Shown, summarise } from '../../../src/community/suppress.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import type { Question } from '../../../src/features/checkins/question-kinds.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import { exportOf, resultFiles } from '../../../src/features/checkins/results/export.ts';
import {
  findArrival,
  findGivable,
  keepBegunHeard,
  keptMeanwhile,
  postAgain,
  postHeard,
  prepareHeard,
} from '../../../src/features/checkins/results/heard/heard.ts';
import { findHeard } from '../../../src/features/checkins/results/heard/store.ts';
import { heardDialog } from '../../../src/features/checkins/results/heard/views.ts';
import { changeHidden, findWords } from '../../../src/features/checkins/results/hide-words.ts';
import { keepBegunNote, readNotes, writeNote } from '../../../src/features/checkins/results/notes.ts';
import {
  findNamesOf,
  findQuoted,
  holdsNameOf,
  holdsWordsOf,
} from '../../../src/features/checkins/results/quoted.ts';
import { type Results, readResults } from '../../../src/features/checkins/results/results.ts';
import { type Summed, sayForMembers, sayPast } from '../../../src/features/checkins/results/say.ts';
import { resultsPage, resultsView } from '../../../src/features/checkins/results/views.ts';
import { changePreferences } from '../../../src/outbox/outbox.ts';
import { maskIdentifiers } from '../../../src/safeguarding/identifiers.ts';
import { countCharts, withoutCharts } from '../../../src/slack/charts.ts';
import {
  beat,
  type Group,
  givenFacilitator,
  givenGroup,
  givenPerson,
  openRound,
  outboxOf,
  scheduled,
} from './support.ts';

const zone = 'Europe/London';

/** So many rounds a week apart, in each of which so many answered, each by their place. */
async function rounds(
  group: Group,
  many: number,
  answersOf: (round: number, person: number) => Answers | undefined,
  template = 'weekly-pulse',
): Promise<string[]> {
  const { bench } = group;
  const checkinId = await scheduled(group, { how: 'weekly', template, openDays: 3 });
  for (let round = 0; round < many; round += 1) {
    const day = new Date(Date.UTC(2026, 2, 4 + 7 * round, 9, 30));
    // The clock goes forward within the fourth week.
    if (day >= new Date('2026-03-29')) day.setUTCHours(8);
    await beat(bench, day.toISOString());
    const { id } = await bench.db
      .selectFrom('checkin_rounds')
      .select('id')
      .where('checkin_id', '=', checkinId)
      .where('status', '=', 'open')
      .executeTakeFirstOrThrow();
    for (const [person, actor] of group.actors.entries()) {
      const answers = answersOf(round, person);
      if (answers) await sendAnswers(bench, actor, id, { answers, share: false });
    }
    await closeNow(bench, group.jo, id);
  }
  const rows = await bench.db
    .selectFrom('checkin_rounds')
    .select('id')
    .where('checkin_id', '=', checkinId)
    .orderBy('due_at')
    .execute();
  return rows.map((row) => row.id);
}

async function read(group: Group, id: string): Promise<Results> {
  const found = await readResults(group.bench, group.jo, id, 'order');
  if (found.kind === 'not-allowed' || found.kind === 'none-yet') throw new Error(found.kind);
  return found;
}

const pageOf = (results: Results, page = 0) =>
  resultsPage(results, { page, zone, smallGroupWarning: 'A small group.', doors: [] });

describe('the page of Home', () => {
  test('eleven people over six rounds: bands and their change in a table and a chart, a sentence beside each, no names, no words', async () => {
    const group = await givenGroup(11);
    const scale = [1, 1, 3, 3, 5, 5];
    const ids = await rounds(
      group,
      7,
      (round, person) =>
        // In the third round too few answered.
        round === 3 && person > 2
          ? undefined
          : {
              useful: scale[round] ?? 5,
              heard: round < 4 ? 5 : 1,
              take_away: `words of ${person}`,
            },
      'post-session',
    );
    const results = await read(group, ids.at(-1) ?? '');
    const blocks = pageOf(results);
    expect(checkBlocks(blocks, 'home')).toMatchObject({ ok: true });
    expect(countCharts(blocks)).toBe(2);
    const all = JSON.stringify(blocks);
    expect(all).toContain(
      'In the last six rounds, oldest first: low, middle, high, high, high. One of them is not shown.',
    );
    expect(all).toContain('In the highest third, towards “Very useful”. The same as last time.');
    expect(all).toContain('"data_table"');
    expect(all).not.toMatch(/words of|Member \d|\b11\b(?! Mar)/);
    // Where Slack takes no charts, the same is said in words.
    const plain = withoutCharts(blocks);
    expect(countCharts(plain)).toBe(0);
    expect(JSON.stringify(plain)).toContain('oldest first: low, middle, high, high, high');
    expect(
      checkBlocks(resultsView(results, { page: 0, order: '', zone, smallGroupWarning: '' }).blocks, 'modal'),
    ).toMatchObject({
      ok: true,
    });
  });

  test('twelve: averages as a line, counts as bars, and at most two charts a page', async () => {
    const group = await givenGroup(17);
    const ids = await rounds(
      group,
      3,
      (round, person) => ({
        conf_understand: 3 + round + (person % 3),
        conf_approach: 8 - round,
        conf_talk: 2 * round,
        conf_strengths: 1 + round,
        hopes: `hope ${person}`,
      }),
      'confidence-baseline',
    );
    const results = await read(group, ids.at(-1) ?? '');
    const pages = [0, 1].map((page) => pageOf(results, page));
    for (const blocks of pages) {
      expect(checkBlocks(blocks, 'home')).toMatchObject({ ok: true });
      expect(countCharts(blocks)).toBe(2);
    }
    expect(JSON.stringify(pages[0])).toMatch(/"type":"line".*"value":4.*"value":5.*"value":6/);
    expect(JSON.stringify(pages)).not.toContain('hope 1');
  });

  test('the longest questions that are shipped: every page is one that Slack takes, and nothing is lost on the way', async () => {
    const group = await givenGroup(14);
    const longest = group.bench.templates.templates.toSorted(
      (a, b) => b.questions.length - a.questions.length,
    )[0];
    if (!longest) throw new Error('no templates');
    const ids = await rounds(
      group,
      3,
      (round, person): Answers =>
        Object.fromEntries(
          longest.questions.map((question, at) => {
            const { from = 0, to = 1 } = 'min' in question ? { from: question.min, to: question.max } : {};
            const value = from + ((person + at + round) % (to - from + 1));
            if (question.type === 'text') return [question.id, `words ${person}`];
            return [question.id, question.type === 'multi_choice' ? [value] : value];
          }),
        ),
      longest.id,
    );
    const results = await read(group, ids[2] ?? '');
    const pages = [0, 1, 2, 3, 4, 5, 6, 7].map((page) => pageOf(results, page));
    for (const blocks of pages) expect(checkBlocks(blocks, 'home')).toMatchObject({ ok: true });
    const all = JSON.stringify(pages);
    for (const question of longest.questions)
      expect(all.includes(JSON.stringify(`*${question.text}*`).slice(1, -1)), question.text).toBe(
        question.type !== 'text',
      );
  });

  test('one round alone, or one that stayed as it was, has no shape to draw', async () => {
    const group = await givenGroup(6);
    const ids = await rounds(group, 3, () => ({ week: 3 }));
    for (const id of ids) expect(countCharts(pageOf(await read(group, id)))).toBe(0);
    expect(JSON.stringify(pageOf(await read(group, ids[2] ?? '')))).toContain(
      'In the last three rounds: middle each time.',
    );
  });
});

/** Everything that is newly shown of a question, from what was shown already. */
function newlyShown(question: Question, past: (Shown | undefined)[]): string {
  const at = (index: number) => new Date(Date.UTC(2026, 2, 4 + 7 * index));
  const shown = past.at(-1);
  if (!shown) return '';
  const summed: Summed = {
    kind: 'summed',
    question,
    shown,
    compared: [],
    paper: undefined,
    change: undefined,
    past: past.map((one, index) => ({
      dueAt: at(index),
      askedAt: at(index),
      shown: one,
      isForMembers: true,
    })),
  };
  return JSON.stringify([sayForMembers(summed), sayPast(summed)?.text]);
}

describe('what members are told back', () => {
  const scale: Question = { id: 'q', text: 'Q', type: 'scale', min: 1, max: 5, low: 'low', high: 'high' };
  const choice: Question = { id: 'q', text: 'Q', type: 'single_choice', options: ['a', 'b', 'c'] };
  const shapes: [Question, Shape][] = [
    [scale, { kind: 'scale', from: 1, to: 5 }],
    [choice, { kind: 'choice', from: 0, to: 2 }],
  ];

  /** Every way in which so many people can answer: how many gave each value. */
  function ways(people: number, values: number): number[][] {
    if (values === 1) return [[people]];
    return Array.from({ length: people + 1 }, (_, count) =>
      ways(people - count, values - 1).map((rest) => [count, ...rest]),
    ).flat();
  }

  test('tells nobody who knows their own answer what any of the others gave, from six people on; of five nothing is told', () => {
    let seen = 0;
    for (const [question, shape] of shapes)
      for (const people of [5, 6, 7, 11, 12, 13]) {
        const detail = detailOf({ answered: people, readers: 0 }, 5);
        const mayTell = detailOf({ answered: people, readers: 1 }, 5) !== 'nothing';
        expect(mayTell).toBe(people > 5);
        if (!mayTell || detail === 'nothing') continue;
        const values = shape.to - shape.from + 1;
        for (let own = 0; own < values; own += 1) {
          // What the others can have given, for each thing that can be said.
          const possible = new Map<string, Set<number>>();
          for (const others of ways(people - 1, values)) {
            const counts = others.map((count, value) => count + (value === own ? 1 : 0));
            const given = counts.flatMap((count, value) => Array<number>(count).fill(shape.from + value));
            const shown = summarise(shape, given, { detail, leftOut: 0, smallest: 5 });
            const said = newlyShown(question, [shown]);
            const gave = possible.get(said) ?? new Set();
            for (const [value, count] of others.entries()) if (count > 0) gave.add(value);
            possible.set(said, gave);
            seen += 1;
          }
          for (const [said, gave] of possible) expect(gave.size, `${people}: ${said}`).toBeGreaterThan(1);
        }
      }
    expect(seen).toBeGreaterThan(5000);
  });

  test('is never finer than a band, whatever detail facilitators are shown and however many rounds stand beside it', () => {
    const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 5, maxLength: 16 });
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 6 }), (all) => {
        const past = all.map((given): Shown => {
          const detail = detailOf({ answered: given.length, readers: 0 }, 5) === 'fine' ? 'fine' : 'rough';
          return summarise({ kind: 'scale', from: 1, to: 5 }, given, { detail, leftOut: 0, smallest: 5 });
        });
        const [forMembers = ''] = JSON.parse(newlyShown(scale, past)) as string[];
        expect(forMembers).toMatch(
          /^(Towards “(low|high)”\.|In the middle, between “low” and “high”\.)( (Higher|Lower) than last time\.)?$/,
        );
      }),
    );
  });
});

describe('hiding words', () => {
  test('they go from the results and whatever is made of them, can be shown again, and only that somebody did it is written down', async () => {
    const group = await givenGroup(6);
    const { bench } = group;
    const [id = ''] = await rounds(group, 1, (_, person) => ({ week: 3, word: `line ${person}` }));
    const at = { round: id, question: 'word' };
    const found = await findWords(bench, group.jo, at);
    if (found.kind !== 'found') throw new Error(found.kind);
    const mark = bench.vault.markOf('line 4');
    expect(await changeHidden(bench, group.jo, at, { hide: [mark], show: [] })).toEqual({ kind: 'changed' });
    const hidden = await read(group, id);
    expect(
      JSON.stringify(resultsView(hidden, { page: 0, order: '', zone, smallGroupWarning: '' }).blocks),
    ).not.toContain('line 4');
    expect(JSON.stringify(pageOf(hidden))).not.toContain('line 4');
    // Two at once do not undo each other.
    await Promise.all([
      changeHidden(bench, group.jo, at, { hide: [bench.vault.markOf('line 1')], show: [] }),
      changeHidden(bench, group.jo, at, { hide: [bench.vault.markOf('line 2')], show: [] }),
    ]);
    const now = await findWords(bench, group.jo, at);
    if (now.kind !== 'found') throw new Error(now.kind);
    expect(now.words.hidden.toSorted()).toEqual(['line 1', 'line 2', 'line 4']);
    await changeHidden(bench, group.jo, at, { hide: [], show: [mark] });
    expect(JSON.stringify(await read(group, id))).toContain('line 4');
    const log = await bench.db
      .selectFrom('audit_log')
      .selectAll()
      .where('action', 'like', 'checkins.%-words')
      .execute();
    expect(log.map(({ action, actor, detail }) => [action, actor, detail])).toEqual(
      ['hide', 'hide', 'hide', 'show'].map((what) => [
        `checkins.${what}-words`,
        group.jo.person.id,
        '{"question":"word","number":1}',
      ]),
    );
    const [row] = await bench.db.selectFrom('hidden_words').selectAll().execute();
    expect(JSON.stringify(row)).not.toContain('line');
    const member = group.actors[0];
    if (member)
      expect(await changeHidden(bench, member, at, { hide: [mark], show: [] })).toEqual({
        kind: 'not-allowed',
      });
  });
});

describe('notes on a round', () => {
  test('each reader has one, all readers see them, nobody else, and an empty one is gone', async () => {
    const group = await givenGroup(6);
    const { bench, members, cohortId } = group;
    const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
    await writeNote(bench, group.jo, id, 'Ask for the other room.');
    const [second, outsider] = members;
    if (!second || !outsider) throw new Error('too few');
    await givenFacilitator(bench, second, cohortId);
    const other = await loadActor(bench.db, second.id);
    expect(await readNotes(bench, other, id)).toMatchObject({
      mine: '',
      others: [{ name: 'Jo Madeup', text: 'Ask for the other room.' }],
    });
    const member = await loadActor(bench.db, members[2]?.id ?? '');
    expect(await readNotes(bench, member, id)).toEqual({ kind: 'not-allowed' });
    expect(await writeNote(bench, member, id, 'mine')).toEqual({ kind: 'not-allowed' });
    expect(JSON.stringify(await bench.db.selectFrom('round_notes').selectAll().execute())).not.toContain(
      'room',
    );
    expect(await writeNote(bench, group.jo, id, '')).toMatchObject({ kind: 'taken-away' });
    expect(await bench.db.selectFrom('round_notes').selectAll().execute()).toEqual([]);
  });
});

test('what somebody typed into a note and closed is theirs alone, and no note before they save it', async () => {
  const group = await givenGroup(6);
  const { bench, members, cohortId } = group;
  const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
  await keepBegunNote(bench, group.jo, id, 'Half a thought');
  expect(await readNotes(bench, group.jo, id)).toMatchObject({ mine: '', begun: 'Half a thought' });
  const [second] = members;
  if (!second) throw new Error('too few');
  await givenFacilitator(bench, second, cohortId);
  expect(await readNotes(bench, await loadActor(bench.db, second.id), id)).toMatchObject({ others: [] });
  await writeNote(bench, group.jo, id, 'A thought');
  await keepBegunNote(bench, group.jo, id, 'A longer thought');
  expect(await readNotes(bench, group.jo, id)).toMatchObject({
    mine: 'A thought',
    begun: 'A longer thought',
  });
  await keepBegunNote(bench, group.jo, id, 'A thought');
  expect((await readNotes(bench, group.jo, id)) as object).toMatchObject({ begun: undefined });
  await writeNote(bench, group.jo, id, '');
  expect(await bench.db.selectFrom('round_notes').selectAll().execute()).toEqual([]);
});

describe('taking it away', () => {
  test('a file holds what is shown, and neither words nor names; nothing in it is a formula', async () => {
    const group = await givenGroup(6);
    const { bench } = group;
    const ids = await rounds(group, 2, (round, person) => ({
      week: 1 + 2 * round,
      used_learning: 1,
      word: `=HYPERLINK("x") ${person}`,
    }));
    const results = await read(group, ids[1] ?? '');
    const { csv, json } = exportOf(
      {
        ...results,
        cohortName: '=1+1',
        round: { ...results.round, definition: { ...results.round.definition, label: '@SUM(A1)' } },
      },
      zone,
    );
    expect(csv).not.toMatch(/(^|[\n,"])[=@+]/);
    expect(csv).toContain("'@SUM(A1),'=1+1,2026-03-11,More than half have answered.");
    expect(csv).toContain('third of the scale,middle');
    expect(csv).toContain('against the round before,higher');
    expect(csv).toContain('chosen by more than half');
    expect(`${csv}${json}`).not.toMatch(/HYPERLINK|Member|Jo/);
    expect(JSON.parse(json)).toMatchObject({
      questions: [
        {
          shown: [{ measure: 'third of the scale', value: 'middle' }, { value: 'higher' }],
          rounds: [
            { due: '2026-03-04', third: 'low' },
            { due: '2026-03-11', third: 'middle' },
          ],
        },
        {},
        { shown: [{ value: 'read in Slack only' }] },
      ],
    });
    // A round that begins with a summer's month is of that month.
    const questions =
      results.kind === 'shown'
        ? results.questions.map((one) =>
            one.kind === 'summed'
              ? {
                  ...one,
                  past: one.past.map((round) => ({ ...round, dueAt: new Date('2026-06-30T23:00:00Z') })),
                }
              : one,
          )
        : [];
    expect(JSON.parse(exportOf({ ...results, kind: 'shown', questions }, zone).json)).toMatchObject({
      questions: [{ rounds: [{ due: '2026-07-01' }, { due: '2026-07-01' }] }, {}, {}],
    });
    const [member] = group.actors;
    for (const file of resultFiles(bench)) {
      if (member) expect((await file.make(member, ids[1] ?? '')).kind).toBe('refused');
      expect(await file.make(group.jo, ids[1] ?? '')).toMatchObject({
        kind: 'file',
        title: 'Weekly pulse, 2026-03-11',
        name: `Weekly pulse, 2026-03-11.${file.id.slice(-4).replace('-', '')}`,
      });
    }
  });

  test('answers on paper stand in rows of their own', async () => {
    const group = await givenGroup(6);
    const [id = ''] = await rounds(group, 1, () => ({ week: 3, used_learning: 1 }));
    const results = await read(group, id);
    if (results.kind !== 'shown') throw new Error(results.kind);
    const questions = results.questions.map((one) =>
      one.question.id === 'week' && one.kind === 'summed'
        ? { ...one, paper: { kind: 'third', third: 'high' } as const }
        : one,
    );
    const { csv, json } = exportOf({ ...results, questions, onPaper: 6 }, zone);
    expect(csv).toContain('third of the scale,middle');
    expect(csv).toContain('on paper: third of the scale,high');
    expect(JSON.parse(json)).toMatchObject({ onPaper: '6 answered on paper.' });
    expect(JSON.parse(exportOf(results, zone).json)).toMatchObject({ onPaper: '' });
  });

  test('of too few it says only that', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    for (const actor of group.actors.slice(0, 4))
      await sendAnswers(group.bench, actor, roundId, { answers: { week: 1 }, share: false });
    await closeNow(group.bench, group.jo, roundId);
    const { csv } = exportOf(await read(group, roundId), zone);
    expect(csv.trim().split('\n')).toHaveLength(1);
  });
});

describe('what we heard, what we will do', () => {
  const written = {
    heard: 'More time to talk.',
    willDo: 'We begin earlier.',
    numbers: ['week'],
    to: 'people' as 'people' | 'channel',
  };

  async function prepared(group: Group, id: string, change: Partial<typeof written> = {}) {
    const found = await prepareHeard(group.bench, group.jo, id, { ...written, ...change });
    if (found.kind !== 'preview') throw new Error(found.kind);
    return found;
  }

  test('what stood in the form when it was closed is there again, and no colleague’s words are written over', async () => {
    const group = await givenGroup(8);
    const { bench, jo } = group;
    const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
    const heardNow = async () => (await findHeard(bench.db, bench, id))?.heard;
    await keepBegunHeard(bench, jo, id, { willDo: '' }, '');
    expect(await heardNow()).toBeUndefined();
    await keepBegunHeard(bench, jo, id, { heard: 'More ti', willDo: '' }, '');
    expect(await heardNow()).toMatchObject({ heard: 'More ti', to: 'people' });
    const from = (await findHeard(bench.db, bench, id))?.mark ?? '';
    await keepBegunHeard(bench, jo, id, { heard: 'More time', willDo: '' }, from);
    expect(await heardNow()).toMatchObject({ heard: 'More time' });
    await keepBegunHeard(bench, jo, id, { heard: 'Less noise', willDo: 'Ask' }, from);
    expect(await heardNow(), 'opened before the other was kept').toMatchObject({
      heard: 'More time\n\nLess noise',
      willDo: 'Ask',
    });
    const person = await givenPerson(bench, 'UKIM', { name: 'Kim Madeup' });
    await givenFacilitator(bench, person, group.cohortId);
    const kim = await loadActor(bench.db, person.id);
    const mine = { heard: 'Mine', willDo: '' };
    const meanwhile = (actor: Actor, seen: string) =>
      keptMeanwhile(bench, actor, id, { ...mine, from: seen });
    expect(await meanwhile(kim, from), 'it is shown before it is written over').toMatchObject({
      heard: 'More time\n\nLess noise',
    });
    expect(await meanwhile(jo, from), 'one’s own').toBeUndefined();
    expect(await meanwhile(kim, (await findHeard(bench.db, bench, id))?.mark ?? '')).toBeUndefined();
    const { kept } = await prepared(group, id);
    await postHeard(bench, jo, id, kept.mark);
    await keepBegunHeard(bench, jo, id, { heard: 'Too late' }, kept.mark);
    expect(await heardNow()).toMatchObject({ heard: written.heard });
  });

  test.each([
    ['We heard that nobody had time to eat lunch at all.', true],
    ['“NOBODY had time, to eat lunch!” said one', true],
    ['Nobody had time to eat.', false],
    ['Lunch is short.', true],
    ['We heard: lunch is short, and more.', true],
    ['Lunch is often short.', false],
    ['Somebody said “six minutes”.', true],
    ['It was steady', true],
    ['Yes, fine, and not sure', false],
    ['Some said rota changes without any warning.', true],
    ['The rota often changes.', false],
  ])(
    'six words in a row are somebody’s, four that not everybody writes, or a whole answer: %s',
    (text, expected) => {
      expect(
        holdsWordsOf(text, [
          'Lunch is short.',
          'This week nobody had time to eat lunch.',
          'Six minutes!',
          'Honestly the rota changes without warning and I cannot plan',
          'Steady.',
          'yes',
          'fine',
          'Not sure',
          '',
        ]),
      ).toBe(expected);
    },
  );

  test.each([
    ['Sam scored 5.', true],
    ['That is Sam’s idea', true],
    ['The same again', false],
    ['sam', false],
    ['Jo', false],
    ['Ask O’Brien-Lee, please', true],
  ])('a member is named: %s', (text, expected) => {
    expect(holdsNameOf(text, ['Sam Invented', 'Jo Madeup', 'O’Brien-Lee', ''])).toBe(expected);
  });

  test('a mask leaves no part of a name that stands whole', () => {
    const text = 'Sam Invented’s week, jo madeup and Sam';
    expect(maskIdentifiers(text, findNamesOf(text, ['Sam Invented', 'Jo Madeup', '']))).toBe(
      '[name removed]’s week, [name removed] and [name removed]',
    );
  });

  test('what quotes or names a member is asked about in the form, and the channel is offered where there is one', async () => {
    const group = await givenGroup(8);
    const { bench, jo } = group;
    const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
    const found = await findGivable(bench, jo, id);
    if (found.kind !== 'found') throw new Error(found.kind);
    expect(await findQuoted(bench.db, found, { heard: '', willDo: 'Member 3 wants more time' })).toEqual({
      willDo: ['name'],
    });
    expect(await findQuoted(bench.db, found, { heard: 'More time', willDo: '' })).toEqual({});
    const dialog = (channelId?: string) =>
      JSON.stringify(
        heardDialog(
          { ...found, cohort: { ...found.cohort, channelId } },
          { kept: undefined, quoted: { heard: ['words', 'name'], willDo: ['name'] } },
        ),
      );
    expect(dialog()).toMatch(
      /_What we heard_ holds, word for word.*_What we heard_ names somebody.*_What we will do_ names somebody/,
    );
    expect(dialog()).not.toContain('To the group’s channel');
    expect(dialog('C1')).toContain('To the group’s channel');
  });

  test('goes once to those who were asked, are still there, agreed and want messages; a second click sends nothing', async () => {
    const group = await givenGroup(8);
    const { bench, members } = group;
    const [id = ''] = await rounds(group, 1, (_, person) => (person < 6 ? { week: 3 } : undefined));
    // The evening: it waits for the morning.
    bench.clock.moveTo('2026-03-04T21:00:00Z');
    const { kept } = await prepared(group, id);
    expect(kept.heard.lines).toEqual([
      {
        question: 'How has your working week felt?',
        said: 'In the middle, between “Very heavy” and “Light enough”.',
      },
    ]);
    const [gone, silent] = members.slice(6);
    await bench.db
      .updateTable('cohort_members')
      .set({ left_at: bench.clock.now().toISOString() })
      .where('person_id', '=', gone?.id ?? '')
      .execute();
    if (silent) await changePreferences(bench.db, silent.id, { wantsMessages: false }, bench.clock.now());
    const outcomes = await Promise.all([
      postHeard(bench, group.jo, id, kept.mark),
      postHeard(bench, group.jo, id, kept.mark),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['posted', 'posted-before']);
    expect((await postHeard(bench, group.jo, id, kept.mark)).kind).toBe('posted-before');
    const rows = await bench.db
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', 'checkins.heard')
      .execute();
    expect(rows.map((row) => row.person_id ?? '').toSorted()).toEqual(
      members
        .slice(0, 6)
        .map((person) => person.id)
        .toSorted(),
    );
    for (const row of rows) {
      expect(row.send_after).toBe('2026-03-05T09:00:00.000Z');
      expect(row.message).not.toContain('time to talk');
    }
    // What went out is not written over.
    expect((await prepareHeard(bench, group.jo, id, { ...written, heard: 'Other' })).kind).toBe('posted');
  });

  test('what stands in it is what was looked at: another draft, or other readers, and it is shown again first', async () => {
    const group = await givenGroup(7);
    const { bench } = group;
    const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
    const first = await prepared(group, id);
    const second = await prepared(group, id, { heard: 'Something else.' });
    expect((await postHeard(bench, group.jo, id, first.kept.mark)).kind).toBe('changed');
    const [member] = group.members;
    if (member) await givenFacilitator(bench, member, group.cohortId);
    // Beside two who know their own answers five others are too few.
    const outcome = await postHeard(bench, group.jo, id, second.kept.mark);
    expect(outcome).toMatchObject({ kind: 'changed', prepared: { kept: { heard: { lines: [] } } } });
    expect((await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.heard')).toEqual([]);
    const another = group.actors[3];
    if (another) expect((await postHeard(bench, another, id, second.kept.mark)).kind).toBe('not-allowed');
  });

  test('of a round of five, no number goes along; of one that nobody may see, there is nothing to give back', async () => {
    const group = await givenGroup(5);
    const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
    expect((await prepared(group, id)).kept.heard.lines).toEqual([]);
    // Nor where people were asked before they were told that it might.
    const six = await givenGroup(6);
    const [older = ''] = await rounds(six, 1, () => ({ week: 3 }));
    expect((await prepared(six, older)).kept.heard.lines).toHaveLength(1);
    await six.bench.db.updateTable('checkin_rounds').set({ told_of_giving_back: 0 }).execute();
    expect((await prepared(six, older)).kept.heard.lines).toEqual([]);
    // Nor does a change against a round of five say how those five stood.
    const grown = await givenGroup(7);
    const [, second = ''] = await rounds(grown, 2, (round, person) =>
      round === 0 && person > 4 ? undefined : { week: round === 0 ? 1 : 5 },
    );
    expect((await prepared(grown, second)).kept.heard.lines[0]?.said).toBe('Towards “Light enough”.');
    const few = await givenGroup(4);
    const [other = ''] = await rounds(few, 1, () => ({ week: 3 }));
    expect((await prepareHeard(few.bench, few.jo, other, written)).kind).toBe('not-allowed');
    expect(await findArrival(few.bench.db, other)).toBeUndefined();
  });

  test('in a channel what was unclear is posted again only by a person who has looked, once, and at a civil hour', async () => {
    const group = await givenGroup(6);
    const { bench, cohortId } = group;
    // Slack says that the bot is in it.
    const info = async () => ({ ok: true, channel: { is_member: true } });
    bench.client = { conversations: { info } } as unknown as WebClient;
    await bench.db.updateTable('cohorts').set({ channel_id: 'C1' }).where('id', '=', cohortId).execute();
    const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
    const { kept } = await prepared(group, id, { to: 'channel' });
    expect((await postHeard(bench, group.jo, id, kept.mark)).kind).toBe('posted');
    const row = () =>
      bench.db.selectFrom('outbox').selectAll().where('channel_id', '=', 'C1').executeTakeFirstOrThrow();
    expect((await postAgain(bench, group.jo, id)).kind, 'it is on its way').toBe('not-now');
    await bench.db
      .updateTable('outbox')
      .set({ status: 'failed', reason: 'unclear' })
      .where('id', '=', (await row()).id)
      .execute();
    expect(await findArrival(bench.db, id)).toBe('unclear');
    bench.clock.moveTo('2026-03-06T22:00:00Z');
    const [member] = group.actors;
    if (member) expect((await postAgain(bench, member, id)).kind).toBe('not-allowed');
    expect((await postAgain(bench, group.jo, id)).kind).toBe('again');
    expect((await postAgain(bench, group.jo, id)).kind).toBe('not-now');
    // Friday night: on Monday morning.
    expect(await row()).toMatchObject({ status: 'queued', send_after: '2026-03-09T09:00:00.000Z' });
  });

  test('a group without a channel is told so, and what was written is kept', async () => {
    const group = await givenGroup(6);
    const [id = ''] = await rounds(group, 1, () => ({ week: 3 }));
    const outcome = await prepareHeard(group.bench, group.jo, id, { ...written, to: 'channel' });
    expect(outcome.kind).toBe('no-channel');
    expect(await group.bench.db.selectFrom('given_back').select('posted_at').execute()).toEqual([
      { posted_at: null },
    ]);
  });
});
