import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/community/permissions.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import { deleteLed, findLed, moveCheckIn, skipNext } from '../../../src/features/checkins/leading/manage.ts';
import { readMine } from '../../../src/features/checkins/mine/read.ts';
import { recordWanted } from '../../../src/features/checkins/offering/offer.ts';
import { beginChange, planLike, saveChange } from '../../../src/features/checkins/planning/change.ts';
import { basisOf, fromNothing, questionsOf } from '../../../src/features/checkins/planning/definition.ts';
import type { Plan } from '../../../src/features/checkins/planning/plan.ts';
import type { Typed } from '../../../src/features/checkins/planning/questions/own-kinds.ts';
import {
  leaveOut,
  mayAdd,
  moveQuestion,
  takeOwn,
  withQuestion,
} from '../../../src/features/checkins/planning/questions/questions.ts';
import { checkPlan, scheduleCheckIn } from '../../../src/features/checkins/planning/schedule.ts';
import {
  deleteOldPlans,
  findPlan,
  findUnfinished,
  savePlan,
} from '../../../src/features/checkins/planning/store.ts';
import type { OwnKind, Question } from '../../../src/features/checkins/question-kinds.ts';
import { startCheckIn } from '../../../src/features/checkins/starting/start.ts';
import { findCheckIn, findRound, listRounds } from '../../../src/features/checkins/store.ts';
import {
  beat,
  type Group,
  givenBench,
  givenGroup,
  givenPerson,
  markSent,
  openRound,
  outboxOf,
  planOf,
  scheduled,
  templates,
} from './support.ts';

const memberOf = (group: Group, index = 0): Actor => {
  const actor = group.actors[index];
  if (!actor) throw new Error('too few');
  return actor;
};
const kinds = async (group: Group, kind: string) =>
  (await outboxOf(group.bench)).filter((one) => one.kind === kind);
const basis = (plan: Plan) => {
  const found = basisOf(templates, plan);
  if (!found) throw new Error(plan.template);
  return found;
};
const own = (id: string, kind: OwnKind, typed: Typed): Question => {
  const taken = takeOwn(id, kind, typed, undefined);
  if (taken.kind === 'problems') throw new Error(JSON.stringify(taken.problems));
  return taken.question;
};
const texts = (questions: readonly Question[] | undefined) => questions?.map(({ text }) => text);

describe('questions of one’s own', () => {
  test.each<[OwnKind, Typed, Partial<Question>]>([
    ['line', { text: 'A word?' }, { type: 'text', maxChars: 120 }],
    [
      'paragraph',
      { text: 'More?', help: 'As you like' },
      { type: 'text', maxChars: 1500, help: 'As you like' },
    ],
    ['scale', { text: 'How?', range: '0-10', low: 'Not', high: 'Very' }, { type: 'scale', min: 0, max: 10 }],
    [
      'single_choice',
      { text: 'Which?', options: '- One\n\n• Two ' },
      { type: 'single_choice', options: ['One', 'Two'] },
    ],
    ['multi_choice', { text: 'Which?', options: 'One\nTwo' }, { type: 'multi_choice' }],
    ['yes_no', { text: 'Did you?' }, { type: 'yes_no' }],
    ['date', { text: 'When?' }, { type: 'date' }],
  ])('%s is asked as it was written', (kind, typed, expected) => {
    expect(own('own-1', kind, typed)).toMatchObject({ text: typed.text, ...expected });
  });

  test.each<[string, OwnKind, Typed, string, RegExp]>([
    [
      'a scale with equal ends',
      'scale',
      { text: 'How?', low: 'Good', high: ' good' },
      'high',
      /read the same/,
    ],
    ['one option', 'single_choice', { text: 'Which?', options: 'One' }, 'options', /at least two/],
    [
      'an option twice',
      'multi_choice',
      { text: 'Which?', options: 'One\nTwo\none' },
      'options',
      /is there twice/,
    ],
    [
      '3,000 characters as an option',
      'single_choice',
      { text: 'W', options: `One\n${'x'.repeat(3000)}` },
      'options',
      /shorten/,
    ],
    [
      'too many options',
      'single_choice',
      { text: 'W', options: Array.from({ length: 21 }, (_, i) => `o${i}`).join('\n') },
      'options',
      /at most 20/,
    ],
  ])('%s is told beside its field', (_what, kind, typed, field, words) => {
    const taken = takeOwn('own-1', kind, typed, undefined);
    expect(taken).toMatchObject({ problems: { [field]: expect.stringMatching(words) } });
  });

  test('five at most; moved past what is left out; reworded it is the same question, asked otherwise it is another', async () => {
    const { clock } = await givenBench();
    let plan: Plan = { id: 'p', cohort: 'c', template: 'weekly-pulse', leftOut: [] };
    for (let index = 1; index <= 5; index += 1) {
      expect(mayAdd(basis(plan), plan)).toBe(true);
      plan = withQuestion(clock, basis(plan), plan, own(`own-${index}`, 'yes_no', { text: `Own ${index}?` }));
    }
    expect(mayAdd(basis(plan), plan)).toBe(false);
    plan = leaveOut(basis(plan), plan, 'used_learning');
    plan = moveQuestion(basis(plan), plan, 'word', -1);
    expect(texts(questionsOf(basis(plan), plan))?.slice(0, 2)).toEqual([
      'A word or a line about your week.',
      'Did you use something from the programme or this community this week?',
    ]);
    expect(moveQuestion(basis(plan), plan, 'word', -1)).toEqual(plan);

    const reworded = withQuestion(clock, basis(plan), plan, own('own-1', 'yes_no', { text: 'Mine?' }));
    expect(reworded.questions?.find(({ text }) => text === 'Mine?')?.id).toBe('own-1');
    const other = withQuestion(clock, basis(plan), plan, own('own-1', 'date', { text: 'Mine?' }));
    expect(other.questions?.find(({ text }) => text === 'Mine?')?.id).not.toBe('own-1');
  });

  test('from nothing: without a name or a question it is not scheduled; with them it is asked as it was written', async () => {
    const group = await givenGroup(2);
    const bare = planOf(group, { template: 'from-nothing', base: fromNothing('p', 5) });
    expect(await checkPlan(group.bench, group.jo, bare)).toMatchObject({
      problems: { questions: 'Please add at least one question.', label: 'Please give it a name.' },
    });
    const asked = [own('own-1', 'yes_no', { text: 'Did it help?' }), own('own-2', 'date', { text: 'When?' })];
    const roundId = await openRound(group, { ...bare, label: 'Mine', purpose: 'To see.', questions: asked });
    const round = await findRound(group.bench.db, roundId);
    expect(round?.definition).toMatchObject({ label: 'Mine', minutes: 1, mode: 'group', questions: asked });
    expect(
      await sendAnswers(group.bench, memberOf(group), roundId, {
        answers: { 'own-1': 0, 'own-2': '2026-03-01' },
        share: false,
      }),
    ).toMatchObject({ kind: 'sent' });
  });

  test('a template’s mode stays where its words rely on it', async () => {
    const group = await givenGroup(2);
    for (const [template, mode] of [
      ['supervision-wellbeing', 'private'],
      ['confidence-baseline', 'linked'],
      ['forum-value', 'group'],
      ['post-session', 'named'],
    ] as const)
      expect(
        await checkPlan(group.bench, group.jo, planOf(group, { template, mode: 'named' })),
      ).toMatchObject({
        definition: { mode },
      });
  });
});

describe('a plan on its way', () => {
  test('is its maker’s alone, can be gone on with, and goes after thirty days', async () => {
    const group = await givenGroup(1);
    const { db, clock } = group.bench;
    const [me, other] = [group.jo.person.id, memberOf(group).person.id];
    const plan = planOf(group);
    expect(await savePlan(db, plan, me, clock.now())).toBe(true);
    expect(await savePlan(db, { ...plan, time: '11:00' }, other, clock.now())).toBe(false);
    expect(await findPlan(db, plan.id, other)).toBeUndefined();
    expect(await findUnfinished(db, me)).toEqual(plan);
    await scheduleCheckIn(group.bench, group.jo, plan);
    expect(await findUnfinished(db, me)).toBeUndefined();
    await deleteOldPlans(db, new Date('2026-04-03T00:00:00Z'));
    expect(await findPlan(db, plan.id, me)).toBeUndefined();
  });
});

describe('how often', () => {
  test('three times: one that is closed or skipped does not count, and after the third it is over', async () => {
    const bench = await givenBench({
      daysOff: { bankHolidays: [], closed: [{ from: '2026-03-11', until: '2026-03-11', name: 'Strike' }] },
    });
    const group = await givenGroup(1, bench);
    const id = await scheduled(group, { how: 'weekly', times: 3, openDays: 2 });
    await beat(bench, '2026-03-04T09:30:00Z');
    await skipNext(bench, group.jo, id, new Date('2026-03-18T09:30:00Z'));
    for (const day of ['11', '18', '25']) await beat(bench, `2026-03-${day}T09:30:00Z`);
    await beat(bench, '2026-04-01T08:30:00Z');
    await beat(bench, '2026-04-09T08:30:00Z');
    const rounds = await listRounds(bench.db, id);
    expect(rounds.map(({ dueAt }) => dueAt.toISOString().slice(0, 10)).toReversed()).toEqual([
      '2026-03-04',
      '2026-03-25',
      '2026-04-01',
    ]);
    expect(await findCheckIn(bench.db, id)).toMatchObject({ status: 'finished', timesLeft: 0 });
  });

  test('counted from the group’s first day it moves with it, until it has been asked or was moved by hand', async () => {
    const group = await givenGroup(1);
    const { bench, cohortId } = group;
    const startsOn = (date: string | null) =>
      bench.db.updateTable('cohorts').set({ starts_on: date }).where('id', '=', cohortId).execute();
    await startsOn('2026-03-09');
    const id = await scheduled(group, { how: 'relative', from: 'start', offset: 14, date: undefined });
    const next = async () => (await findCheckIn(bench.db, id))?.nextAt?.toISOString();
    expect(await next()).toBe('2026-03-23T09:30:00.000Z');
    await startsOn('2026-03-15');
    await beat(bench);
    expect(await next(), 'a Sunday becomes the Monday after it').toBe('2026-03-30T08:30:00.000Z');
    for (const gone of [null, '2026-01-05']) {
      await startsOn(gone);
      await beat(bench);
      expect(await next()).toBe('2026-03-30T08:30:00.000Z');
    }
    await moveCheckIn(bench, group.jo, id, { date: '2026-03-12', time: '09:30' });
    await startsOn('2026-03-16');
    await beat(bench);
    expect(await next()).toBe('2026-03-12T09:30:00.000Z');
  });

  test('one on several days moves to one of these, and no further than its end', async () => {
    const group = await givenGroup(1);
    const id = await scheduled(group, {
      how: 'weekly',
      days: ['TU', 'TH'],
      openDays: 2,
      until: '2026-03-31',
    });
    expect(await moveCheckIn(group.bench, group.jo, id, { date: '2026-03-11', time: '11:00' })).toMatchObject(
      {
        problems: { date: expect.stringContaining('It comes on Tuesday and Thursday') },
      },
    );
    expect(await moveCheckIn(group.bench, group.jo, id, { date: '2026-04-02', time: '11:00' })).toMatchObject(
      {
        problems: { date: expect.stringContaining('It ends on') },
      },
    );
    expect(await moveCheckIn(group.bench, group.jo, id, { date: '2026-03-12', time: '11:00' })).toMatchObject(
      {
        checkin: { nextAt: new Date('2026-03-12T11:00:00Z') },
      },
    );
  });
});

describe('asking first', () => {
  test('each is asked once, silence is no, a joiner is asked too, and a yes can be taken back and given again', async () => {
    const group = await givenGroup(3);
    const { bench } = group;
    const id = await scheduled(group, { how: 'weekly', asksFirst: true });
    await beat(bench);
    expect(await kinds(group, 'checkins.offer'), 'there is time to undo it').toEqual([]);
    for (const at of ['2026-03-03T10:10:00Z', '2026-03-03T10:30:00Z']) await beat(bench, at);
    expect(await kinds(group, 'checkins.offer')).toHaveLength(3);
    const [yes, no, silent] = [memberOf(group, 0), memberOf(group, 1), memberOf(group, 2)];
    expect(await recordWanted(bench, yes, id, true)).toMatchObject({ kind: 'wanted' });
    expect(await recordWanted(bench, no, id, false)).toMatchObject({ kind: 'not-wanted' });
    const joiner = await givenPerson(bench, 'UNEW');
    await bench.db
      .insertInto('cohort_members')
      .values({
        cohort_id: group.cohortId,
        person_id: joiner.id,
        joined_at: bench.clock.now().toISOString(),
        left_at: null,
      })
      .execute();
    await beat(bench, '2026-03-04T09:30:00Z');
    expect(await kinds(group, 'checkins.offer')).toHaveLength(4);
    const prompted = async () => (await kinds(group, 'checkins.prompt')).map(({ person }) => person);
    expect(await prompted()).toEqual([yes.person.id]);
    expect((await readMine(bench, silent)).coming).toMatchObject([{ isStopped: true }]);

    await recordWanted(bench, silent, id, true);
    expect(await prompted(), 'what is open is asked at once').toEqual([yes.person.id, silent.person.id]);
    await recordWanted(bench, yes, id, false);
    await beat(bench, '2026-03-11T09:30:00Z');
    expect(await prompted()).toEqual([yes.person.id, silent.person.id, silent.person.id]);
  });

  test('a no that comes after the prompt ends the reminder, and holds when everybody is asked later', async () => {
    const group = await givenGroup(2);
    const { bench, jo } = group;
    const id = await scheduled(group, { how: 'weekly', asksFirst: true });
    await beat(bench, '2026-03-03T10:30:00Z');
    const [first, second] = [memberOf(group, 0), memberOf(group, 1)];
    for (const actor of [first, second]) await recordWanted(bench, actor, id, true);
    await beat(bench, '2026-03-04T09:30:00Z');
    for (const { blocks } of await kinds(group, 'checkins.prompt'))
      expect(blocks).toContain('For those who want it in Perinatal');
    await markSent(bench);
    await recordWanted(bench, first, id, false);
    await beat(bench, '2026-03-09T10:00:00Z');
    const reminded = (await kinds(group, 'checkins.reminder')).map(({ person }) => person);
    expect(reminded).toEqual([second.person.id]);
    const begun = await beginChange(bench, jo, id);
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    expect(await saveChange(bench, jo, { ...begun.plan, asksFirst: false })).toMatchObject({
      kind: 'changed',
    });
    await beat(bench, '2026-03-11T09:30:00Z');
    const prompts = (await kinds(group, 'checkins.prompt')).filter(
      ({ person }) => person === first.person.id,
    );
    expect(prompts, 'not asked again').toHaveLength(1);
  });

  test('nobody is offered anything before they agreed, and nothing after it has ended', async () => {
    const group = await givenGroup(1);
    const { bench } = group;
    await givenPerson(bench, 'UNO', { hasAgreed: false });
    const id = await scheduled(group, { how: 'weekly', asksFirst: true });
    await bench.db.updateTable('checkins').set({ status: 'cancelled' }).where('id', '=', id).execute();
    await beat(bench, '2026-03-03T11:00:00Z');
    expect(await kinds(group, 'checkins.offer')).toEqual([]);
    expect(await recordWanted(bench, memberOf(group), id, true)).toMatchObject({ kind: 'over' });
  });
});

describe('whenever a member says so', () => {
  test('nobody is prompted; a month has one round for all; a second time within it goes into the next month’s', async () => {
    const group = await givenGroup(3);
    const { bench } = group;
    const id = await scheduled(group, {
      template: 'cpc-pilot-practitioner',
      how: 'members',
      date: undefined,
      time: undefined,
    });
    await beat(bench, '2026-03-10T10:00:00Z');
    expect(await outboxOf(bench)).toEqual([]);
    expect((await readMine(bench, memberOf(group))).startable).toHaveLength(1);
    const start = async (index: number) => {
      const started = await startCheckIn(bench, memberOf(group, index), id);
      return started.kind === 'started' ? started.roundId : started.kind;
    };
    const march = await start(0);
    expect(await start(1)).toBe(march);
    expect(await start(0), 'begun and not sent is gone on with').toBe(march);
    await sendAnswers(bench, memberOf(group, 0), march, { answers: { prepared: 0 }, share: false });
    const april = await start(0);
    expect(april).not.toBe(march);
    expect(await start(1), 'whoever has not answered in March still does').toBe(march);
    expect(await findRound(bench.db, april)).toMatchObject({ dueAt: new Date('2026-03-31T23:00:00Z') });
    for (const more of [april, await start(0), await start(0)])
      await sendAnswers(bench, memberOf(group, 0), more, { answers: { prepared: 1 }, share: false });

    await beat(bench, '2026-04-01T00:00:00Z');
    expect(await findCheckIn(bench.db, id), 'it goes on').toMatchObject({ status: 'running' });
    expect(await findRound(bench.db, march)).toMatchObject({ status: 'closed' });
    expect(await start(1)).toBe(april);
    const outsider = await givenPerson(bench, 'UOUT');
    expect(await startCheckIn(bench, { ...memberOf(group), person: outsider }, id)).toEqual({
      kind: 'not-yours',
    });
  });
});

describe('afterwards', () => {
  test('a change counts from the next round; the one that is open keeps its own questions, whoever has its form open', async () => {
    const group = await givenGroup(2);
    const { bench, jo } = group;
    const roundId = await openRound(group, { how: 'weekly' });
    const before = await findRound(bench.db, roundId);
    const begun = await beginChange(bench, jo, before?.checkinId ?? '');
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    expect(begun.plan).toMatchObject({ date: '2026-03-11', how: 'weekly', edits: before?.checkinId });
    const asked = own('own-1', 'single_choice', { text: 'Which?', options: 'One\nTwo' });
    const plan = withQuestion(bench.clock, basis(begun.plan), begun.plan, asked);
    expect(await saveChange(bench, jo, { ...plan, mode: 'named', reminds: false })).toMatchObject({
      kind: 'changed',
    });
    expect(await findRound(bench.db, roundId)).toEqual(before);
    expect(
      await sendAnswers(bench, memberOf(group), roundId, { answers: { week: 3 }, share: false }),
    ).toMatchObject({ kind: 'sent' });
    await beat(bench, '2026-03-11T09:30:00Z');
    const [newest] = await listRounds(bench.db, before?.checkinId ?? '');
    expect(newest).toMatchObject({ remindAt: undefined, definition: { mode: 'named' } });
    expect(texts(newest?.definition.questions)).toContain('Which?');
  });

  test('a choice list that is edited while somebody has the form open counts as they saw it', async () => {
    const group = await givenGroup(2);
    const { bench, jo } = group;
    const asked = own('own-1', 'single_choice', { text: 'Which?', options: 'One\nTwo\nThree' });
    const roundId = await openRound(group, { how: 'weekly', questions: [asked] });
    const begun = await beginChange(bench, jo, (await findRound(bench.db, roundId))?.checkinId ?? '');
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    const shorter = own('own-1', 'single_choice', { text: 'Which?', options: 'Four\nFive' });
    const plan = withQuestion(bench.clock, basis(begun.plan), begun.plan, shorter);
    expect(await saveChange(bench, jo, plan)).toMatchObject({ kind: 'changed' });
    const answer = (value: number) => ({ answers: { 'own-1': value }, share: false });
    expect(await sendAnswers(bench, memberOf(group), roundId, answer(2))).toMatchObject({ kind: 'sent' });
    await beat(bench, '2026-03-11T09:30:00Z');
    const [next] = await listRounds(bench.db, begun.plan.edits ?? '');
    expect(next?.definition.questions).toMatchObject([{ options: ['Four', 'Five'] }]);
    expect(next?.definition.questions[0]?.id, 'nothing is compared').not.toBe('own-1');
  });

  test('who sees what stays from the first answer on; the rest can change, and not into what is open', async () => {
    const group = await givenGroup(2);
    const { bench, jo } = group;
    const roundId = await openRound(group, { how: 'weekly' });
    await sendAnswers(bench, memberOf(group), roundId, { answers: { week: 3 }, share: false });
    const id = (await findRound(bench.db, roundId))?.checkinId ?? '';
    const begun = await beginChange(bench, jo, id);
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    expect(await saveChange(bench, jo, { ...begun.plan, mode: 'named' })).toMatchObject({
      problems: { mode: expect.stringContaining('Somebody has answered') },
    });
    expect(await saveChange(bench, jo, { ...begun.plan, date: '2026-03-10' })).toMatchObject({
      problems: { date: expect.stringContaining('open until Wednesday 11 March') },
    });
    expect(await saveChange(bench, memberOf(group), begun.plan)).toMatchObject({ kind: 'problems' });
    expect(await saveChange(bench, jo, { ...begun.plan, time: '11:00' })).toMatchObject({
      checkin: { nextAt: new Date('2026-03-11T11:00:00Z') },
    });
  });

  test('one that was skipped stays skipped when something else is changed', async () => {
    const group = await givenGroup(1);
    const id = await scheduled(group, { how: 'weekly' });
    await skipNext(group.bench, group.jo, id, new Date('2026-03-04T09:30:00Z'));
    const begun = await beginChange(group.bench, group.jo, id);
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    expect(await saveChange(group.bench, group.jo, { ...begun.plan, openDays: 2 })).toMatchObject({
      checkin: {
        openDays: 2,
        nextAt: new Date('2026-03-11T09:30:00Z'),
        recurrence: { startsAt: '2026-03-04T09:30' },
      },
    });
  });

  test('a template that left the YAML goes on as it was, can be changed and copied', async () => {
    const bench = await givenBench();
    const group = await givenGroup(1, bench);
    const id = await scheduled(group, { how: 'weekly' });
    const gone = {
      ...bench,
      templates: {
        ...templates,
        templates: templates.templates.filter(({ templateId }) => templateId !== 'weekly-pulse'),
      },
    };
    const begun = await beginChange(gone, group.jo, id);
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    expect(await saveChange(gone, group.jo, { ...begun.plan, openDays: 3 })).toMatchObject({
      checkin: { openDays: 3, isOwn: true, definition: { label: 'Weekly pulse' } },
    });
    const checkin = await findCheckIn(bench.db, id);
    const copy = checkin && planLike(gone, checkin, 'copy');
    expect(copy).toMatchObject({ how: 'weekly', base: { label: 'Weekly pulse' } });
    expect(copy?.date).toBeUndefined();
  });

  test('deleted with its answers half a year after; what people keep for themselves is never', async () => {
    const group = await givenGroup(2);
    const { bench, jo } = group;
    const roundId = await openRound(group);
    const id = (await findRound(bench.db, roundId))?.checkinId ?? '';
    expect(await deleteLed(bench, jo, id), 'while it is open').toMatchObject({ kind: 'not-now' });
    await sendAnswers(bench, memberOf(group), roundId, { answers: { week: 3 }, share: false });
    await beat(bench, '2026-03-12T10:00:00Z');
    expect(await deleteLed(bench, memberOf(group), id)).toEqual({ kind: 'not-allowed' });
    expect(await deleteLed(bench, jo, id)).toMatchObject({
      kind: 'too-early',
      from: new Date('2026-09-10T10:00:00Z'),
    });
    bench.clock.moveTo('2026-09-10T10:00:00Z');
    expect(await deleteLed(bench, jo, id)).toMatchObject({ kind: 'done' });
    expect(await findLed(bench, jo, id)).toEqual({ kind: 'not-allowed' });
    expect(await bench.db.selectFrom('answer_boxes').selectAll().execute()).toEqual([]);

    const own = await scheduled(group, { template: 'supervision-wellbeing', date: '2026-09-11' });
    await beat(bench, '2026-09-11T08:30:00Z');
    const [round] = await listRounds(bench.db, own);
    await sendAnswers(bench, memberOf(group), round?.id ?? '', { answers: { energy: 3 }, share: false });
    await beat(bench, '2027-09-12T10:00:00Z');
    expect(await deleteLed(bench, jo, own)).toMatchObject({ kind: 'theirs' });
  });
});
