import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadActor } from '../../../src/community/permissions.ts';
import { saySoFar } from '../../../src/community/suppress.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { askLater } from '../../../src/features/checkins/asking/open-rounds.ts';
import { createPrompts } from '../../../src/features/checkins/asking/prompts.ts';
import { countParticipation } from '../../../src/features/checkins/asking/store.ts';
import { openOf } from '../../../src/features/checkins/mine/read.ts';
import {
  bringList,
  enterPaper,
  noteOnPaper,
  readOnPaper,
  removeEntered,
  takeBroughtList,
} from '../../../src/features/checkins/paper/enter.ts';
import { readPapers } from '../../../src/features/checkins/paper/read-list.ts';
import type { Question } from '../../../src/features/checkins/question-kinds.ts';
import { listReaders } from '../../../src/features/checkins/readers.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import { postHeard, prepareHeard } from '../../../src/features/checkins/results/heard/heard.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { findFrozen } from '../../../src/features/checkins/results/store.ts';
import { resultsView } from '../../../src/features/checkins/results/views.ts';
import { startCheckIn } from '../../../src/features/checkins/starting/start.ts';
import { findRound } from '../../../src/features/checkins/store.ts';
import { anyCharacter } from '../../support/any-text.ts';
import {
  beat,
  type Group,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenGroup,
  givenPerson,
  keptIn,
  openRound,
  outboxOf,
  scheduled,
} from './support.ts';

const questions: Question[] = [
  { id: 'week', text: 'How has your week felt?', type: 'scale', min: 1, max: 5, low: 'Heavy', high: 'Light' },
  { id: 'used', text: 'Did you use it?', type: 'single_choice', options: ['Yes', 'A little', 'No'] },
  {
    id: 'which',
    text: 'Which, of “all”?',
    type: 'multi_choice',
    options: ['Video', 'Article, or report', 'None'],
    maxChoices: 2,
  },
  { id: 'word', text: 'A word', type: 'text', maxChars: 20 },
  { id: 'again', text: 'Would you come again?', type: 'yes_no' },
  { id: 'on', text: 'When was it?', type: 'date' },
];
const read = (list: string | Uint8Array) => readPapers(list, questions, 50);

describe('a list of answers', () => {
  test.each<[what: string, list: string | Uint8Array, answers: Answers[]]>([
    ['by number', '1,2,4\n3,1,fine', [{ week: 3, used: 0, word: 'fine' }]],
    [
      'by the questions’ words, as a form exports them, with semicolons',
      'Timestamp;1. How has your week felt?;"Which, of ""all""";Name\n2026;5 (Light);"Video, Article, or report";Jo',
      [{ week: 5, which: [0, 1] }],
    ],
    [
      'by ends of a scale and in capitals',
      'HOW HAS YOUR WEEK FELT\nheavy\nLIGHT',
      [{ week: 1 }, { week: 5 }],
    ],
    ['several by bars, lines and places', 'q3\nVideo|None\n"1\n2"', [{ which: [0, 2] }, { which: [0, 1] }]],
    [
      'with turned quotation marks',
      'week,word\n2,“a, b”\n3,a “b” c',
      [
        { week: 2, word: 'a, b' },
        { week: 3, word: 'a "b" c' },
      ],
    ],
    ['with one that is somebody’s own', 'week,word\n2,“oh', [{ week: 2, word: '“oh' }]],
    [
      'with tabs, a mark of its separator and empty lines',
      '\n\nweek\tused\n\n2.0\tno\n',
      [{ week: 2, used: 2 }],
    ],
    [
      'yes or no, and days as a calendar or a program writes them',
      'again,on\nYes,3/12/2026\n2,2026-12-03\nno,',
      [{ again: 0, on: '2026-12-03' }, { again: 1, on: '2026-12-03' }, { again: 1 }],
    ],
    ['as Excel says its separator', 'sep=;\nweek;word\n2;a, b', [{ week: 2, word: 'a, b' }]],
    ['in UTF-16', Buffer.from('\uFEFFweek,word\n2,café', 'utf16le'), [{ week: 2, word: 'café' }]],
    [
      'in the old encoding of Windows',
      Buffer.from('week,word\r\n2,caf\xe9', 'latin1'),
      [{ week: 2, word: 'café' }],
    ],
  ])('%s', (_what, list, answers) => {
    const rows = read(list);
    if ('problem' in rows) throw new Error(JSON.stringify(rows));
    expect(rows.refused).toEqual([]);
    expect(rows.taken.map((one) => one.answers)).toEqual(answers);
  });

  test.each<[list: string | Uint8Array, problem: object]>([
    ['', { kind: 'empty' }],
    [' \n\n', { kind: 'empty' }],
    ['week,used\n', { kind: 'empty' }],
    ['Colour,Size\nred,2', { kind: 'no-questions', headings: ['Colour', 'Size'] }],
    ['week,1\n2,3', { kind: 'twice', question: 'How has your week felt?' }],
    ['week,word\n2,"oh', { kind: 'broken', line: 2 }],
    [Buffer.from('PK\u0003\u0004'), { kind: 'not-text' }],
    [`week\n${'1\n'.repeat(51)}`, { kind: 'too-many', rows: 51 }],
  ])('%j is refused as a whole', (list, problem) => {
    expect(read(list)).toMatchObject({ problem });
  });

  test('a row that is not right is left out, with its line and why; the others are taken', () => {
    const rows = read(
      `week,used,which,word,Name\n1,Yes,,ok,Ann\n7,,,,\n,Perhaps,,,\n,,Video;Video;None;Article\n,,1;2;3,,\n3,No,,ok,Ann,more\n,,,${'x'.repeat(3000)},\n,,,,Ann\n5\n8,Never,,,`,
    );
    if ('problem' in rows) throw new Error(JSON.stringify(rows));
    expect(rows.taken).toEqual([
      { line: 2, answers: { week: 1, used: 0, word: 'ok' } },
      { line: 10, answers: { week: 5 } },
    ]);
    expect(rows.leftOut).toEqual(['Name']);
    expect(rows.refused).toEqual([
      { line: 3, why: '“How has your week felt?”: “7” is not on the scale from 1 to 5.' },
      { line: 4, why: '“Did you use it?”: “Perhaps” is none of the answers to choose from.' },
      { line: 5, why: '“Which, of “all”?”: “Article” is none of the answers to choose from.' },
      { line: 6, why: '“Which, of “all”?”: 3 answers are chosen, and it takes 2.' },
      { line: 7, why: 'it has 6 columns, and the first line has 5.' },
      { line: 8, why: '“A word”: 3000 characters, and it takes 20.' },
      { line: 9, why: 'nothing is answered.' },
      {
        line: 11,
        why: '“How has your week felt?”: “8” is not on the scale from 1 to 5. “Did you use it?”: “Never” is none of the answers to choose from.',
      },
    ]);
  });

  test('whatever it holds, what is taken is an answer to its question', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter }), fc.uint8Array()), (rest) => {
        const head = 'week,used,which,word\n';
        const list = typeof rest === 'string' ? head + rest : Buffer.concat([Buffer.from(head), rest]);
        const rows = read(list);
        if ('problem' in rows) return;
        for (const { answers } of rows.taken) {
          if ('week' in answers) expect([1, 2, 3, 4, 5]).toContain(answers.week);
          if ('used' in answers) expect([0, 1, 2]).toContain(answers.used);
        }
      }),
    );
  });
});

/** So many answer here, in order, then the facilitator enters papers. */
async function given(
  here: readonly Answers[],
  papers: readonly Answers[],
  { size = 12, template = 'weekly-pulse' } = {},
) {
  const group = await givenGroup(size);
  const roundId = await openRound(group, { template });
  for (const [index, answers] of here.entries()) {
    const actor = group.actors[index];
    if (actor) await sendAnswers(group.bench, actor, roundId, { answers, share: false });
  }
  for (const paper of papers)
    expect(await enterPaper(group.bench, group.jo, roundId, paper)).toMatchObject({ kind: 'entered' });
  return { group, roundId };
}

async function shown({ bench, jo }: Group, roundId: string): Promise<string> {
  const results = await readResults(bench, jo, roundId, 'a');
  if (results.kind === 'not-allowed' || results.kind === 'none-yet') throw new Error(results.kind);
  return JSON.stringify(
    resultsView(results, { page: 0, order: 'a', zone: 'Europe/London', smallGroupWarning: '' }).blocks,
  );
}

const weeks = (...values: number[]): Answers[] =>
  values.map((week, index) => ({ week, word: `here ${index}` }));
const sheets = (...values: number[]): Answers[] =>
  values.map((week, index) => ({ week, word: `sheet ${index}` }));

describe('what is shown of answers on paper', () => {
  test.each([
    // Four others and any number of papers: neither part.
    [4, 20, { third: false, paper: false, words: false }],
    [5, 4, { third: true, paper: false, words: true }],
    [5, 5, { third: true, paper: true, words: true }],
    [0, 12, { third: false, paper: false, words: false }],
  ])('%i here and %i on paper', async (here, papers, expected) => {
    const { group, roundId } = await given(weeks(...Array(here).fill(1)), sheets(...Array(papers).fill(5)));
    await closeNow(group.bench, group.jo, roundId);
    const screen = await shown(group, roundId);
    // Of those here: the lowest. Papers move it nowhere.
    expect(screen.includes('In the lowest third')).toBe(expected.third);
    expect(screen.includes('On paper:')).toBe(expected.paper);
    expect(screen.includes('here 0')).toBe(expected.words);
    expect(screen.includes('sheet 0')).toBe(expected.words);
    if (expected.third && !expected.paper) expect(screen).toContain('Fewer than five answered on paper');
    if (!expected.third) expect(screen).not.toMatch(/on paper/i);
  });

  test('papers make nothing finer: eleven here and twelve on paper stay thirds here', async () => {
    const { group, roundId } = await given(weeks(...Array(11).fill(3)), sheets(...Array(12).fill(5)), {
      size: 30,
    });
    await closeNow(group.bench, group.jo, roundId);
    const screen = await shown(group, roundId);
    expect(screen).toContain('In the middle third');
    expect(screen).toContain('On paper: On average 5');
    expect(screen).toContain('12 answered on paper');
  });

  test('what is shown of those here is the same whatever the papers say, and their number', async () => {
    const without = await given(weeks(1, 2, 3, 4, 5, 5), []);
    await closeNow(without.group.bench, without.group.jo, without.roundId);
    const frozen = (one: typeof without) =>
      findFrozen(one.group.bench.db, one.group.bench.vault, one.roundId);
    const alone = await frozen(without);
    for (const papers of [sheets(1, 1, 1), sheets(5, 5, 5, 5, 5, 5, 5)]) {
      const withPapers = await given(weeks(1, 2, 3, 4, 5, 5), papers);
      await closeNow(withPapers.group.bench, withPapers.group.jo, withPapers.roundId);
      expect((await frozen(withPapers))?.questions).toEqual(alone?.questions);
    }
  });

  test('once closed nothing tells which answers those were, and how many words to keep is theirs', async () => {
    const { group, roundId } = await given(weeks(1, 2, 3, 4, 5), sheets(1, 2, 3, 4, 5));
    await closeNow(group.bench, group.jo, roundId);
    const { unnamed } = await keptIn(group.bench);
    const words = unnamed.filter(({ question }) => question === 'word');
    expect(words).toHaveLength(10);
    expect(new Set(words.map((one) => Object.keys(one).join()))).toEqual(new Set(['question,value']));
    expect(unnamed.filter(({ question }) => question === 'week')).toHaveLength(5);
    expect(await enterPaper(group.bench, group.jo, roundId, { week: 1 })).toMatchObject({ kind: 'closed' });
  });

  test('yes or no is summed up, and days stand among the words', async () => {
    const group = await givenGroup(6);
    const { bench, jo } = group;
    const asked = questions.filter(({ id }) => id === 'again' || id === 'on');
    const roundId = await openRound(group, { questions: asked });
    for (const actor of group.actors.slice(0, 5))
      await sendAnswers(bench, actor, roundId, { answers: { again: 0, on: '2026-03-02' }, share: false });
    for (let paper = 1; paper <= 5; paper += 1)
      await enterPaper(bench, jo, roundId, { again: 1, on: `2026-02-0${paper}` });
    await closeNow(bench, jo, roundId);
    const screen = await shown(group, roundId);
    expect(screen).toMatch(/Most chose “Yes”.*On paper: Most chose “No”/s);
    expect(screen).toContain('2 March');
    expect(screen).toContain('5 February');
  });

  test('in one that members start themselves papers stand beside it as well, and it can be given back', async () => {
    const group = await givenGroup(7);
    const { bench, jo, actors } = group;
    const checkinId = await scheduled(group, { how: 'members' });
    let roundId = '';
    for (const actor of actors.slice(0, 6)) {
      const started = await startCheckIn(bench, actor, checkinId);
      if (started.kind !== 'started') throw new Error(started.kind);
      roundId = started.roundId;
      await sendAnswers(bench, actor, roundId, { answers: { week: 1 }, share: false });
    }
    for (let paper = 0; paper < 5; paper += 1)
      expect(await enterPaper(bench, jo, roundId, { week: 5 })).toMatchObject({ kind: 'entered' });
    const last = actors[6]?.person.id ?? '';
    expect(await noteOnPaper(bench, createPrompts(bench), jo, roundId, [last])).toMatchObject({ people: 1 });
    await beat(bench, '2026-04-01T08:30:00Z');
    const results = await readResults(bench, jo, roundId, '');
    expect(results).toMatchObject({ kind: 'shown', onPaper: 5 });
    expect('questions' in results && results.questions[0]).toMatchObject({
      shown: { kind: 'third', third: 'low' },
      paper: { kind: 'third', third: 'high' },
      change: undefined,
      past: [{ isForMembers: true }],
    });
    const to = { heard: 'Heavy.', willDo: '', numbers: ['week'], to: 'people' as const };
    const prepared = await prepareHeard(bench, jo, roundId, to);
    if (prepared.kind !== 'preview') throw new Error(prepared.kind);
    expect(await postHeard(bench, jo, roundId, prepared.kept.mark)).toMatchObject({ kind: 'posted' });
    const sent = (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.heard');
    expect(sent, 'those who started it').toHaveLength(6);
    expect(JSON.stringify(sent)).not.toContain('highest');
  });

  test('people of another group whose results are shown, or come to be, are not told by it', async () => {
    const bench = await givenBench();
    const group = await givenGroup(6, bench);
    const roundId = await openRound(group);
    const cohortId = await givenCohort(bench, group.members, 'Early years');
    await givenFacilitator(bench, group.jo.person, cohortId);
    const jo = await loadActor(bench.db, group.jo.person.id);
    const other: Group = { ...group, cohortId, jo };
    await scheduled(other, { date: '2026-03-05' });
    for (const [index, answers] of weeks(1, 1, 1, 1, 1).entries()) {
      const actor = group.actors[index];
      if (actor) await sendAnswers(bench, actor, roundId, { answers, share: false });
    }
    for (const paper of sheets(5, 5, 5, 5, 5)) await enterPaper(bench, jo, roundId, paper);
    await closeNow(bench, jo, roundId);
    expect(await shown({ ...group, jo }, roundId)).toContain('On paper:');
    await beat(bench, '2026-03-05T09:30:00Z');
    const second = (
      await bench.db
        .selectFrom('checkin_rounds')
        .selectAll()
        .orderBy('due_at', 'desc')
        .executeTakeFirstOrThrow()
    ).id;
    for (const actor of group.actors)
      await sendAnswers(bench, actor, second, { answers: { week: 2 }, share: false });
    await closeNow(bench, jo, second);
    expect(await shown(other, second)).toContain('Some of these people are also in Perinatal');
  });
});

describe('whoever answered on paper', () => {
  test('is not asked or reminded, is told so, and may say that it is not so', async () => {
    const group = await givenGroup(8);
    const { bench, jo, members, actors } = group;
    const roundId = await openRound(group);
    const [ann, bea] = members;
    const [annActs] = actors;
    if (!ann || !bea || !annActs) throw new Error('too few');
    await sendAnswers(bench, annActs, roundId, { answers: { week: 1 }, share: false });
    const late = await givenPerson(bench, 'ULATE', { hasAgreed: false, name: 'Late' });
    await bench.db
      .insertInto('cohort_members')
      .values({
        cohort_id: group.cohortId,
        person_id: late.id,
        joined_at: '2026-03-03T10:00:00Z',
        left_at: null,
      })
      .execute();

    const before = await readOnPaper(bench, jo, roundId);
    if (before.kind !== 'people') throw new Error(before.kind);
    expect(before.members.map(({ displayName }) => displayName)).toContain('Late');
    const prompts = createPrompts(bench);
    const noted = await noteOnPaper(bench, prompts, jo, roundId, [ann.id, bea.id, late.id, 'somebody else']);
    // Ann has answered here as well, which nobody sees by this.
    expect(noted).toMatchObject({ kind: 'noted', people: 3 });
    await prompts.settled();
    const queued = (await outboxOf(bench)).filter(({ status }) => status === 'queued');
    expect(queued.map(({ person }) => person)).not.toContain(bea.id);
    const cohort = { id: group.cohortId, name: 'Perinatal' };
    expect(await openOf(bench, await loadActor(bench.db, bea.id), [cohort as never])).toEqual([]);
    await askLater(bench, late.id);
    expect((await outboxOf(bench)).map(({ person }) => person)).not.toContain(late.id);
    await beat(bench, '2026-03-09T09:30:00Z');
    const reminded = (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.reminder');
    expect(reminded.map(({ person }) => person)).not.toContain(bea.id);
    // A facilitator may be wrong.
    const beaActs = await loadActor(bench.db, bea.id);
    expect(await sendAnswers(bench, beaActs, roundId, { answers: { week: 3 }, share: false })).toMatchObject({
      kind: 'sent',
    });
  });

  test('is none of the silent, whether or not they have answered here, and no number tells how few are', async () => {
    const { group, roundId } = await given(weeks(1, 2, 3, 4, 5), []);
    const { bench, jo, members } = group;
    expect(await shown(group, roundId)).toContain('counted once a day');
    const ids = (from: number, to: number) => members.slice(from, to).map(({ id }) => id);
    const said = async (people: string[]) => {
      await noteOnPaper(bench, createPrompts(bench), jo, roundId, people);
      const readers = await listReaders(bench.db, group.cohortId);
      return saySoFar(await countParticipation(bench.db, roundId, readers, group.cohortId), 5);
    };
    // Seven have not; three of them noted leaves four. The same is said where three are noted who have.
    expect(await said(ids(6, 8))).toBe('At the last count, five or more had answered.');
    expect(await said(ids(0, 2))).toBe('At the last count, five or more had answered.');
    expect(await said(ids(6, 9))).toBe('At the last count, more than half had answered.');
    expect(await said(ids(0, 3))).toBe('At the last count, more than half had answered.');
    expect(await said([])).toBe('At the last count, five or more had answered.');
    for (const paper of sheets(1, 1, 1)) await enterPaper(bench, jo, roundId, paper);
    expect(await said([])).toBe('At the last count, more than half had answered.');
  });

  test('a round with papers waits for whoever enters them, though everybody else has answered', async () => {
    const { group, roundId } = await given(weeks(1, 2, 3, 4, 5), [], { size: 6 });
    const { bench, jo, members, actors } = group;
    await noteOnPaper(bench, createPrompts(bench), jo, roundId, [members[5]?.id ?? '']);
    const again = actors[5];
    if (again) await sendAnswers(bench, again, roundId, { answers: { week: 1 }, share: false });
    expect((await findRound(bench.db, roundId))?.status).toBe('open');
    expect(await enterPaper(bench, jo, roundId, { week: 2 })).toMatchObject({ kind: 'entered' });
    await closeNow(bench, jo, roundId);
    await beat(bench, '2026-03-20T09:30:00Z');
    expect(await bench.db.selectFrom('paper_people').selectAll().execute()).toEqual([]);
    expect(await bench.db.selectFrom('paper_boxes').selectAll().execute()).toEqual([]);
  });
});

describe('entering', () => {
  test('is for those who run the group, in the modes that take it', async () => {
    const { group, roundId } = await given([], []);
    const { bench, actors } = group;
    const [member] = actors;
    if (!member) throw new Error('too few');
    expect(await enterPaper(bench, member, roundId, { week: 1 })).toEqual({ kind: 'not-allowed' });
    expect(await bringList(bench, member, roundId, 'week\n1')).toEqual({ kind: 'not-allowed' });
    await enterPaper(bench, group.jo, roundId, { week: 1 });
    const guess = (actor: typeof member) => bringList(bench, actor, roundId, 'week\n1\n1\n2');
    expect(await guess(group.jo), 'what they entered themselves').toMatchObject({ before: 1, same: [2] });
    await givenFacilitator(bench, member.person, group.cohortId);
    const colleague = await loadActor(bench.db, member.person.id);
    expect(await guess(colleague), 'a list of guesses').toMatchObject({ before: 1, same: [] });
    await enterPaper(bench, colleague, roundId, { week: 2 });
    expect(await guess(group.jo)).toMatchObject({ before: 2, same: [] });
    expect(await enterPaper(bench, group.jo, roundId, {})).toEqual({ kind: 'empty' });
    for (const template of ['named-pulse', 'supervision-wellbeing']) {
      const other = await givenGroup(6);
      const open = await openRound(other, { template });
      expect(await enterPaper(other.bench, other.jo, open, { week: 1 })).toMatchObject({
        kind: 'not-in-this-mode',
      });
      expect(await shown(other, open)).not.toContain('Answers on paper');
    }
    expect(await shown(group, roundId)).toContain('Answers on paper');
  });

  test('what could tell who somebody is is masked, to be read again; a list masks it and says so', async () => {
    const { group, roundId } = await given([], []);
    const { bench, jo } = group;
    const word = 'Ring 07700 900123';
    const first = await enterPaper(bench, jo, roundId, { word });
    if (first.kind !== 'masked') throw new Error(first.kind);
    expect(String(first.answers.word)).not.toContain('900123');
    expect(await enterPaper(bench, jo, roundId, { word }, { asItIs: true })).toMatchObject({
      kind: 'entered',
    });
    expect(await bringList(bench, jo, roundId, `word\n${word}\nfine`)).toMatchObject({
      kind: 'read',
      masked: 1,
    });
  });

  test('a list is taken in once, by whoever brought it, and goes after a day; what was entered can be begun again', async () => {
    const { group, roundId } = await given([], []);
    const { bench, jo, cohortId } = group;
    const brought = await bringList(bench, jo, roundId, 'week,word\n1,a\n9,b\n2,c');
    if (brought.kind !== 'read') throw new Error(brought.kind);
    const other = await givenPerson(bench, 'UOTHER');
    await givenFacilitator(bench, other, cohortId);
    const colleague = await loadActor(bench.db, other.id);
    expect(await takeBroughtList(bench, colleague, roundId, brought.listId)).toEqual({ kind: 'empty' });
    expect(await takeBroughtList(bench, jo, roundId, brought.listId)).toMatchObject({
      kind: 'entered',
      papers: 2,
    });
    expect(await takeBroughtList(bench, jo, roundId, brought.listId)).toEqual({ kind: 'empty' });
    expect((await bench.db.selectFrom('paper_boxes').select('papers').executeTakeFirst())?.papers).toBe(2);
    expect(await removeEntered(bench, jo, roundId)).toMatchObject({ kind: 'removed' });
    expect(await bench.db.selectFrom('paper_boxes').selectAll().execute()).toEqual([]);

    await bringList(bench, jo, roundId, 'week\n1');
    await beat(bench, '2026-03-05T10:00:00Z');
    expect(await bench.db.selectFrom('paper_lists').selectAll().execute()).toEqual([]);
    expect(bench.logged.join()).not.toContain('900123');
  });
});
