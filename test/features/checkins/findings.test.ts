import { expect, test } from 'vitest';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { checkinFindings } from '../../../src/features/checkins/findings.ts';
import type { Question } from '../../../src/features/checkins/question-kinds.ts';
import { postHeard, prepareHeard } from '../../../src/features/checkins/results/heard/heard.ts';
import { type Part, reportSchema, type Section, sectionIds } from '../../../src/features/findings.ts';
import { answer, asked, closeOn, forget, openOn, plan } from './comparing-support.ts';
import { type Group, givenBench, givenGroup, shipped } from './support.ts';

async function findings(group: Pick<Group, 'bench' | 'cohortId'>, until = '2026-12-31'): Promise<Section[]> {
  const { bench, cohortId } = group;
  const found = await checkinFindings(bench)(
    bench.db,
    { cohortId, from: '2026-01-01', until },
    bench.clock.now(),
  );
  // As the report takes it, and in the order in which it stands there.
  const report = reportSchema.parse({
    version: 1,
    group: 'Perinatal',
    from: '2026-01-01',
    until,
    madeOn: until,
    isClosed: false,
    purpose: '',
    method: [],
    sections: found,
    limits: [],
  });
  expect(report.sections).toEqual(found);
  const places = found.map(({ id }) => sectionIds.indexOf(id));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  const tables = found.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'table' ? [part] : [])));
  expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length);
  for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  return found;
}

const section = (found: readonly Section[], id: Section['id']): Part[] =>
  found.find((one) => one.id === id)?.parts ?? [];
const tableOf = (parts: readonly Part[], id: string) =>
  parts.find((part) => part.kind === 'table' && part.id === id);
const textsOf = (parts: readonly Part[]): string[] =>
  parts.flatMap((part) => (part.kind === 'text' || part.kind === 'heading' ? [part.text] : []));

const understand =
  'How confident do you feel explaining what adversity and trauma can mean for health and relationships?';
const approach = 'How confident do you feel using trauma-informed ideas in everyday work with families?';

test('a pilot of fourteen: who answered, what changed, what affected practice, what they chose, what was heard', async () => {
  const group = await givenGroup(14);
  const { bench, jo } = group;
  const after = await plan(group, 'after');
  const pairs = [3, 4, 2, 5, 6, 3, 4, 5, 2, 7, 3, 4, 5, 4].map((x, nth) => [
    x,
    [5, 6, 5, 6, 6, 4, 7, 8, 4, 7, 6, 5, 7, 5][nth] ?? 0,
  ]);
  await asked(
    group,
    'before',
    pairs.map(([x = 0], nth) => ({
      conf_understand: x,
      conf_approach: 5,
      ...(nth < 9 && { conf_strengths: 2 }),
      ...(nth < 4 && { conf_pathways: 8 }),
      hopes: 'A secret hope',
    })),
  );
  const waiting = await findings(group);
  expect(textsOf(section(waiting, 'change')).join()).toContain(
    'The answers to “Confidence: before we start” are not in this report yet',
  );
  const second = await openOn(group, 'after', after);
  await answer(
    group,
    second,
    pairs.map(([, y = 0], nth) => ({
      conf_understand: y,
      conf_approach: 5,
      ...(nth < 9 && { conf_strengths: 6 }),
      ...(nth < 4 && { conf_pathways: 9 }),
      retro_before: 4,
      used: 'A secret use',
    })),
  );
  await closeOn(group, 'after');
  const followUp = await plan(group, 'later', { template: 'perinatal-pilot-follow-up' });
  const third = await asked(
    group,
    'later',
    Array.from(
      { length: 13 },
      (_, nth): Answers => ({
        sessions_effect: 4,
        resources_effect: 3,
        forum_effect: nth < 6 ? 2 : 3,
        contact_other_team: nth < 7 ? 0 : 2,
        next_support: nth < 6 ? [0, 1] : [1],
        barriers: 'A secret barrier',
        ...(nth < 3 && { keep_going: 0 }),
      }),
    ),
    followUp,
  );
  await prepareHeard(bench, jo, third, {
    heard: 'You want more case-based discussion.',
    willDo: 'We will plan two.',
    numbers: ['sessions_effect'],
    to: 'people',
  });
  expect(textsOf(section(await findings(group), 'heard')), 'a draft is nobody’s yet').toEqual([]);
  const prepared = await prepareHeard(bench, jo, third, {
    heard: 'You want more case-based discussion.',
    willDo: 'We will plan two.',
    numbers: ['sessions_effect'],
    to: 'people',
  });
  if (prepared.kind !== 'preview') throw new Error(prepared.kind);
  await postHeard(bench, jo, third, prepared.kept.mark);

  const found = await findings(group);
  expect(found.map(({ id }) => id)).toEqual(['response', 'change', 'effect', 'answers', 'heard']);
  expect(tableOf(section(found, 'response'), 'response')).toMatchObject({
    rows: [
      [
        'Confidence: before we start',
        'more than half',
        '4 March 2026',
        'under a random key, apart from names',
      ],
      ['Confidence: looking back', 'more than half', '6 May 2026', 'under a random key, apart from names'],
      ['Perinatal pilot group: two-month follow-up', 'more than half', '8 July 2026', 'without names'],
    ],
  });
  const change = section(found, 'change');
  // As they are worked out by hand in the stories of the comparison.
  expect(tableOf(change, 'change')).toMatchObject({
    caption:
      'Averages, where twelve or more people answered both times, from 0 (Not at all confident) to 10 (Completely confident)',
    rows: [
      [understand, 4, 6, 2, 1, 2.5],
      [approach, 5, 5, 0, -0.5, 0.5],
    ],
  });
  expect(change.find(({ kind }) => kind === 'chart')).toMatchObject({
    type: 'pairs',
    finding: `Of 2 questions, the average rose in 1, stayed as it was in 1. Most in “${understand}”: from 4 to 6 (+2).`,
    from: 0,
    to: 10,
    points: [
      { label: understand, before: 4, value: 6 },
      { label: approach, before: 5, value: 5 },
    ],
  });
  expect(tableOf(change, 'change-roughly')).toMatchObject({
    rows: [[expect.any(String), 'low', 'middle', 'higher']],
  });
  const why = change.findIndex((part) => 'text' in part && part.text.startsWith('Not compared'));
  expect(change.slice(why, why + 2)).toMatchObject([
    { text: 'Not compared, since fewer than five people answered both times:' },
    { kind: 'list', items: expect.arrayContaining([expect.stringContaining('who does what locally')]) },
  ]);
  const effect = section(found, 'effect');
  expect(textsOf(effect)[0]).toContain('no channel was read');
  expect(tableOf(effect, 'effect')).toMatchObject({
    rows: [
      [expect.stringContaining('sessions'), 4, '1 (Not at all) to 5 (A great deal)', '8 July 2026'],
      [expect.stringContaining('resources'), 3, '1 (Not at all) to 5 (A great deal)', '8 July 2026'],
      [expect.stringContaining('forum'), 2.5, '1 (Not at all) to 5 (A great deal)', '8 July 2026'],
    ],
  });
  const answers = section(found, 'answers');
  expect(tableOf(answers, 'answers-learning')).toMatchObject({
    rows: [[expect.stringContaining('Looking back'), 4, expect.any(String), '6 May 2026']],
  });
  const contact = 'Have you got in touch with someone from another service whom you met through the group?';
  expect(tableOf(answers, 'answers-applied-choices')).toMatchObject({
    rows: [
      [contact, '8 July 2026', 'Yes, more than once', 7],
      [contact, '8 July 2026', 'Yes, once', 'few'],
      [contact, '8 July 2026', 'Not yet, but I plan to', 'few'],
      [contact, '8 July 2026', 'No', 'few'],
    ],
  });
  expect(answers).toContainEqual({ kind: 'list', items: ['Would you like the group to carry on?'] });
  expect(section(found, 'heard').map((part) => ('text' in part ? part.text : part))).toEqual([
    'What those who run the group told it after it had answered.',
    'Perinatal pilot group: two-month follow-up, 8 July 2026',
    'What we heard: You want more case-based discussion.',
    'What we will do: We will plan two.',
    {
      kind: 'list',
      items: [expect.stringMatching(/^“Over the last two months.*” Towards “A great deal”\.$/)],
    },
  ]);
  // No words of anybody's, and nothing moves with whoever goes.
  expect(JSON.stringify(found)).not.toContain('secret');
  for (const index of [0, 5]) await forget(group, index);
  expect(await findings(group)).toEqual(found);
  // What was asked later than the report reaches is not in it.
  expect((await findings(group, '2026-06-30')).map(({ id }) => id)).toEqual([
    'response',
    'change',
    'answers',
  ]);
});

test('what is asked after each of two sessions stands together, and what it moved is drawn', async () => {
  const group = await givenGroup(13);
  const given = (useful: number) =>
    Array.from({ length: 13 }, (_, nth): Answers => ({ useful, heard: nth % 2 ? 3 : 4 }));
  for (const [when, useful] of [
    ['before', 3],
    ['after', 5],
  ] as const)
    await asked(group, when, given(useful), await plan(group, when, { template: 'post-session' }));
  const answers = section(await findings(group), 'answers');
  const question = 'How useful was the session for your work?';
  const scale = '1 (Not useful) to 5 (Very useful)';
  expect(tableOf(answers, 'answers-reaction-again')).toMatchObject({
    caption: `${question} From ${scale}`,
    said: 2,
    rows: [
      [question, scale, '4 March 2026', 3],
      [question, scale, '6 May 2026', 5],
    ],
  });
  expect(tableOf(answers, 'answers-reaction-again-2')).toMatchObject({
    sheet: { id: 'answers-reaction-again' },
    rows: [expect.arrayContaining([3.5]), expect.arrayContaining([3.5])],
  });
  // Of what has not moved there is no picture.
  expect(answers.filter(({ kind }) => kind === 'chart')).toMatchObject([
    {
      title: question,
      finding: 'On average 3 on 4 March 2026 and 5 on 6 May 2026.',
      points: [{ label: '4 March 2026' }, { label: '6 May 2026' }],
    },
  ]);
});

test('nobody was asked, nobody answered, and four did', async () => {
  const group = await givenGroup(9);
  expect(await findings(group)).toEqual([
    {
      id: 'response',
      title: 'Who was asked, and how many answered',
      parts: [{ kind: 'text', text: 'No questions to this group have closed in this time.' }],
    },
  ]);
  const after = await plan(group, 'after');
  await asked(group, 'before', []);
  await asked(group, 'after', Array<Answers>(4).fill({ conf_understand: 5 }), after);
  const found = await findings(group);
  expect(found.map(({ id }) => id)).toEqual(['response', 'change']);
  expect(tableOf(section(found, 'response'), 'response')).toMatchObject({
    rows: [expect.arrayContaining(['fewer than five']), expect.arrayContaining(['fewer than five'])],
  });
  expect(JSON.stringify(section(found, 'change'))).not.toMatch(/"kind":"table"/);
});

test('a follow-up without a baseline says why nothing is compared, and shows what was answered', async () => {
  const group = await givenGroup(12);
  await asked(group, 'after', Array<Answers>(12).fill({ conf_understand: 5 }));
  const found = await findings(group);
  expect(textsOf(section(found, 'change')).join('\n')).toContain(
    '“Confidence: looking back”, asked on 6 May 2026, has nothing to be compared with: this group was not asked the same before.',
  );
  expect(tableOf(section(found, 'answers'), 'answers-learning')).toMatchObject({
    rows: [[understand, 5, expect.any(String), '6 May 2026']],
  });
});

test('of answers with names the numbers count, by the same rules; of private ones what was shared', async () => {
  const group = await givenGroup(14);
  const { members } = group;
  const named = await plan(group, 'before', { template: 'named-pulse' });
  const round = await openOn(group, 'before', named);
  await answer(
    group,
    round,
    Array.from(
      { length: 13 },
      (_, nth): Answers => ({ week: 3, used_learning: nth < 7 ? 1 : 0, word: 'secret' }),
    ),
  );
  await closeOn(group, 'before');
  const found = await findings(group);
  const rows = section(found, 'answers').flatMap((part) => (part.kind === 'table' ? part.rows : []));
  expect(rows).toContainEqual([expect.any(String), '4 March 2026', 'A little', 7]);
  expect(rows).toContainEqual([expect.any(String), 3, expect.any(String), '4 March 2026']);
  const said = JSON.stringify(found);
  expect(said).not.toContain('secret');
  for (const { displayName } of members) expect(said).not.toContain(displayName);
  await forget(group, 0);
  expect(await findings(group)).toEqual(found);
});

test('of private ones only what people asked to be counted', async () => {
  const group = await givenGroup(9);
  const { bench, actors } = group;
  const own = await plan(group, 'before', { template: 'supervision-wellbeing' });
  const round = await openOn(group, 'before', own);
  for (const [nth, actor] of actors.entries())
    await sendAnswers(bench, actor, round, {
      // Those who do not share it are high.
      answers: { energy: nth < 6 ? 1 : 5, can_talk: nth < 4 ? 3 : 5 },
      share: nth < 6,
    });
  await closeOn(group, 'before');
  const found = await findings(group);
  const rows = section(found, 'answers').flatMap((part) => (part.kind === 'table' ? part.rows : []));
  expect(rows).toContainEqual([
    expect.stringContaining('energy'),
    'low third',
    expect.any(String),
    '4 March 2026',
  ]);
  await forget(group, 0);
  expect(await findings(group)).toEqual(found);
});

test('forty people and twenty-five questions: tables that can be read, and one line for each question', async () => {
  const questions = Array.from({ length: 25 }, (_, nth): Question => {
    const asked = { id: `q${nth}`, text: `<b>Question</b> *${nth}* & more?`, pair: 'p' };
    return nth % 5 === 4
      ? { ...asked, type: 'yes_no' }
      : { ...asked, type: 'scale', min: 1, max: 5, low: 'Not', high: 'Very' };
  });
  const templates = shipped.templates.map((one) =>
    one.id.startsWith('confidence') ? { ...one, questions } : one,
  );
  const group = await givenGroup(40, await givenBench({ templates: { ...shipped, templates } }));
  const after = await plan(group, 'after');
  const answers = (by: number) =>
    Array.from(
      { length: 40 },
      (_, who): Answers =>
        Object.fromEntries(
          questions.map(({ id, type }, nth) => [id, type === 'scale' ? ((who + nth) % 4) + by : who % 2]),
        ),
    );
  await asked(group, 'before', answers(1));
  await asked(group, 'after', answers(2), after);
  const change = section(await findings(group), 'change');
  expect(tableOf(change, 'change')).toMatchObject({
    // Each one more, whoever they are: it does not show that it was each.
    rows: Array.from({ length: 20 }, () => [expect.any(String), 2.5, 3.5, 1, 0.5, 1.5]),
  });
  expect(tableOf(change, 'change-choices')).toMatchObject({
    rows: Array.from({ length: 10 }, () => [expect.any(String), expect.any(String), 20, 20]),
  });
  expect(change.filter(({ kind }) => kind === 'chart')).toMatchObject([
    { points: { length: 20 }, from: 1, to: 5 },
  ]);
  expect(JSON.stringify(change)).toContain('<b>Question</b> *0* & more?');
});
