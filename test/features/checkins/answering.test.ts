import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import type { Person } from '../../../src/community/people.ts';
import type { Actor } from '../../../src/community/permissions.ts';
import { beginAnswer, keepDraft, sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { everythingTyped, keepLate } from '../../../src/features/checkins/answering/late.ts';
import { startOwn } from '../../../src/features/checkins/answering/own.ts';
import { skipRound } from '../../../src/features/checkins/asking/put-off.ts';
import { checkinsHeld } from '../../../src/features/checkins/holdings.ts';
import { cancelCheckIn } from '../../../src/features/checkins/leading/manage.ts';
import { readMine, readMyAnswers } from '../../../src/features/checkins/mine/read.ts';
import { mineAnswer } from '../../../src/features/checkins/mine/views.ts';
import { withdrawAnswers } from '../../../src/features/checkins/mine/withdraw.ts';
import { sayAnswer } from '../../../src/features/checkins/question-kinds.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { beat, type Group, givenBench, givenGroup, keptIn, leave, openRound } from './support.ts';

const draft = (answers: Answers, share = false) => ({ answers, share });

const one = <T>(list: readonly T[], index = 0): T => {
  const found = list[index];
  if (found === undefined) throw new Error('too few');
  return found;
};

const kept = ({ bench }: Group) => keptIn(bench);
const nothing = { unnamed: [], own: [] };
const everything = async ({ bench: { db } }: Group) =>
  JSON.stringify([
    await db.selectFrom('answer_boxes').selectAll().execute(),
    await db.selectFrom('own_answers').selectAll().execute(),
    await db.selectFrom('round_results').selectAll().execute(),
    await db.selectFrom('participations').selectAll().execute(),
    await db.selectFrom('answer_keys').selectAll().execute(),
    await db.selectFrom('answer_drafts').selectAll().execute(),
    await db.selectFrom('outbox').selectAll().execute(),
    await db.selectFrom('audit_log').selectAll().execute(),
  ]);

test('whoever said no to the community agreement meanwhile is told so, and nothing of theirs is kept', async () => {
  const group = await givenGroup(6);
  const roundId = await openRound(group);
  const actor = one(group.actors);
  const { db, clock } = group.bench;
  await giveConsent(db, clock, { personId: actor.person.id, kind: 'declined', version: '1' });
  expect((await beginAnswer(group.bench, actor, roundId)).kind).toBe('declined');
  const sent = await sendAnswers(group.bench, actor, roundId, draft({ week: 4, word: 'hopeful' }));
  expect(sent.kind).toBe('declined');
  expect((await keepDraft(group.bench, actor, roundId, draft({ word: 'hopeful' }))).kind).toBe('declined');
  expect(await kept(group)).toEqual(nothing);
});

describe('what is kept', () => {
  test('group mode: no person, no key, no time, and nothing readable in the database or the log', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    const actor = one(group.actors);
    await sendAnswers(group.bench, actor, roundId, draft({ week: 4, word: 'heavy and hopeful' }));
    expect(await kept(group)).toEqual({
      unnamed: expect.arrayContaining([
        { question: 'week', value: 4 },
        { question: 'word', value: 'heavy and hopeful' },
      ]),
      own: [],
    });
    // One row for the round, whoever answered.
    const boxes = await group.bench.db.selectFrom('answer_boxes').selectAll().execute();
    expect(boxes.map((row) => Object.keys(row))).toEqual([['round_id', 'sealed']]);
    expect(await everything(group)).not.toContain('hopeful');
    expect(group.bench.logged.join()).not.toContain('hopeful');
    const taken = await group.bench.db.selectFrom('participations').selectAll().execute();
    expect(Object.keys(one(taken)).toSorted()).toEqual([
      'later_count',
      'person_id',
      'round_id',
      'shared',
      'status',
    ]);
  });

  test('answers lie in no order, and their box does not grow with what people write', async () => {
    const group = await givenGroup(12);
    const roundId = await openRound(group);
    const sizes = new Set<number>();
    for (const [index, actor] of group.actors.entries()) {
      const word = `word ${String(index).padStart(2, '0')} ${'x'.repeat(index === 6 ? 190 : 0)}`;
      await sendAnswers(group.bench, actor, roundId, draft({ word }));
      const boxes = await group.bench.db.selectFrom('answer_boxes').select('sealed').execute();
      // Once everybody has answered it closes, and is packed.
      if (index < 11) for (const { sealed } of boxes) sizes.add(sealed.length);
    }
    const words = (await kept(group)).unnamed.map(({ value }) => String(value));
    expect(words).toHaveLength(12);
    // One in 12! (479,001,600) by chance.
    expect(words).not.toEqual(words.toSorted());
    expect(sizes.size).toBe(1);
  });

  test('linked mode: a random key and no person; the same key before and after; the name only for who has the vault', async () => {
    const group = await givenGroup(2);
    const actor = one(group.actors);
    const before = await openRound(group, { template: 'confidence-baseline' });
    await sendAnswers(group.bench, actor, before, draft({ conf_understand: 3 }));
    group.bench.clock.moveTo('2026-03-09T12:00:00Z');
    const own = await startOwn(group.bench, actor.person.id, 'confidence-follow-up');
    await sendAnswers(group.bench, actor, own?.roundId ?? '', draft({ conf_understand: 7 }));
    const { unnamed, own: named } = await kept(group);
    expect(named).toEqual([]);
    const [key] = unnamed.map((answer) => answer.key);
    expect(unnamed.map((answer) => answer.key)).toEqual([key, key]);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(await everything(group)).not.toContain(key);
  });

  test('named mode: with the person', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'named-pulse' });
    await sendAnswers(group.bench, one(group.actors), roundId, draft({ week: 2 }));
    expect((await kept(group)).own).toEqual([{ personId: one(group.members).id, answers: { week: 2 } }]);
  });

  test('deleting a person takes what is theirs and severs the rest', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'confidence-baseline' });
    await sendAnswers(group.bench, one(group.actors), roundId, draft({ conf_understand: 3 }));
    await group.bench.db.deleteFrom('people').where('id', '=', one(group.members).id).execute();
    expect(await group.bench.db.selectFrom('answer_keys').selectAll().execute()).toEqual([]);
    expect((await kept(group)).unnamed).toHaveLength(1);
  });
});

describe('sending', () => {
  test('twice saves once, in every mode', async () => {
    for (const template of ['weekly-pulse', 'named-pulse', 'confidence-baseline', 'supervision-wellbeing']) {
      const group = await givenGroup(2);
      const roundId = await openRound(group, { template });
      const question = { 'weekly-pulse': 'week', 'named-pulse': 'week', 'confidence-baseline': 'conf_talk' }[
        template
      ];
      const answers = draft({ [question ?? 'energy']: 3 });
      const both = await Promise.all([
        sendAnswers(group.bench, one(group.actors), roundId, answers),
        sendAnswers(group.bench, one(group.actors), roundId, answers),
      ]);
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(
        template === 'weekly-pulse' ? ['already-answered', 'sent'] : ['sent', 'sent'],
      );
      const { unnamed, own } = await kept(group);
      expect([...unnamed, ...own], template).toHaveLength(1);
      expect(group.bench.answeredBy).toEqual([`${one(group.members).id}:${template}`]);
    }
  });

  test('nothing filled in is not sent', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    expect(await sendAnswers(group.bench, one(group.actors), roundId, draft({}))).toMatchObject({
      kind: 'empty',
    });
  });

  test('3,000 characters, markup, mentions, right-to-left and emoji come back as they were written', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'named-pulse' });
    const text = `<!channel> <@U1> *bold* \`x\` & > \u200b\u202e שלום 🙂 ${'a'.repeat(2900)}`;
    await sendAnswers(group.bench, one(group.actors), roundId, draft({ word: text }));
    const mine = await readMyAnswers(group.bench, one(group.actors), roundId);
    expect(mine).toMatchObject({ kind: 'mine', answers: [{ text, isWords: true }] });
  });

  test('identifying detail is named by kind and kept in the draft; "as it is" sends it', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    const actor = one(group.actors);
    const words = draft({ week: 2, word: 'Rang mum on 07700 900123' });
    const found = await sendAnswers(group.bench, actor, roundId, words);
    expect(found).toMatchObject({ kind: 'found', findings: [{ kind: 'phone' }] });
    expect(await kept(group)).toEqual(nothing);
    expect(await everything(group)).not.toContain('07700');
    expect(group.bench.logged.join()).not.toContain('07700');
    const again = await beginAnswer(group.bench, actor, roundId);
    expect(again).toMatchObject({ kind: 'form', draft: words });
    expect(await sendAnswers(group.bench, actor, roundId, words, { asItIs: true })).toMatchObject({
      kind: 'sent',
    });
    expect(await group.bench.db.selectFrom('answer_drafts').selectAll().execute()).toEqual([]);
  });

  test('a helpline is no identifying detail', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    const outcome = await sendAnswers(
      group.bench,
      one(group.actors),
      roundId,
      draft({ word: 'Samaritans 116 123, MASH 020 8356 5500' }),
    );
    expect(outcome.kind).toBe('sent');
  });
});

test('a choice list that is edited, or a template that is gone, while somebody has the form open: the round keeps its own', async () => {
  const bench = await givenBench();
  const group = await givenGroup(6, bench);
  const actor = one(group.actors);
  const roundId = await openRound(group);
  const begun = await beginAnswer(bench, actor, roundId);
  const before = begun.kind === 'form' ? begun.round.definition : undefined;
  const edited = bench.templates.templates.map((template) => ({
    ...template,
    questions: template.questions.map((question) =>
      question.type === 'single_choice'
        ? { ...question, options: question.options.toReversed().slice(1) }
        : question,
    ),
  }));
  for (const templates of [edited, []]) {
    bench.templates = { ...bench.templates, templates };
    const next = one(group.actors, templates.length > 0 ? 0 : 1);
    const again = await beginAnswer(bench, next, roundId);
    expect(again.kind === 'form' && again.round.definition).toEqual(before);
    // The last of four options, of which the edited list has three.
    expect((await sendAnswers(bench, next, roundId, draft({ used_learning: 3 }))).kind).toBe('sent');
  }
  const used = before?.questions.find(({ id }) => id === 'used_learning');
  expect(used && sayAnswer(used, 3)).toBe('Not sure');
  expect((await kept(group)).unnamed).toEqual([
    { question: 'used_learning', value: 3 },
    { question: 'used_learning', value: 3 },
  ]);
});

describe('who may answer', () => {
  test('not whoever was never asked, not with an id that is none, and not somebody else in their place', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    for (const [actor, id] of [
      [group.jo, roundId],
      [one(group.actors), 'nothing'],
      [one(group.actors), ''],
    ] as [Actor, string][])
      expect(await sendAnswers(group.bench, actor, id, draft({ week: 1 }))).toEqual({ kind: 'not-yours' });
  });

  test('whoever left the group is told kindly, and nothing is kept', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    await leave(group.bench, group.cohortId, one(group.members) as Person);
    expect(await beginAnswer(group.bench, one(group.actors), roundId)).toMatchObject({ kind: 'left' });
    expect(await sendAnswers(group.bench, one(group.actors), roundId, draft({ week: 1 }))).toMatchObject({
      kind: 'left',
    });
    expect(await readMine(group.bench, one(group.actors))).toMatchObject({ open: [] });
  });

  test('after closing; but whoever has answered hears that rather than "too late"', async () => {
    const group = await givenGroup(3);
    const roundId = await openRound(group);
    await sendAnswers(group.bench, one(group.actors), roundId, draft({ week: 1 }));
    group.bench.clock.moveTo('2026-03-11T09:30:00Z');
    expect(await beginAnswer(group.bench, one(group.actors), roundId)).toMatchObject({
      kind: 'already-answered',
    });
    expect(await beginAnswer(group.bench, one(group.actors, 1), roundId)).toMatchObject({ kind: 'closed' });
  });

  test('whoever skipped can answer after all; whoever answered is not undone by an old button', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'named-pulse' });
    const actor = one(group.actors);
    expect(await skipRound(group.bench, actor, roundId)).toMatchObject({ kind: 'skipped' });
    expect(await readMine(group.bench, actor)).toMatchObject({ open: [{ isSkipped: true }] });
    expect(await sendAnswers(group.bench, actor, roundId, draft({ week: 1 }))).toMatchObject({
      kind: 'sent',
    });
    expect(await skipRound(group.bench, actor, roundId)).toMatchObject({ kind: 'already-answered' });
    expect((await kept(group)).own).toHaveLength(1);
  });
});

describe('changing and taking back', () => {
  test('linked answers can be changed and withdrawn until it closes, and not after', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'confidence-baseline' });
    const actor = one(group.actors);
    await sendAnswers(group.bench, actor, roundId, draft({ conf_understand: 3, hopes: 'To learn' }));
    expect(await beginAnswer(group.bench, actor, roundId)).toMatchObject({
      isChange: true,
      draft: { answers: { conf_understand: 3, hopes: 'To learn' } },
    });
    await sendAnswers(group.bench, actor, roundId, draft({ conf_understand: 6 }));
    expect(await readMyAnswers(group.bench, actor, roundId)).toMatchObject({
      answers: [{ text: '6' }],
      canChange: true,
    });
    expect(await withdrawAnswers(group.bench, actor, roundId)).toMatchObject({
      kind: 'withdrawn',
      canAnswerAgain: true,
    });
    expect(await kept(group)).toEqual(nothing);
    await sendAnswers(group.bench, actor, roundId, draft({ conf_understand: 5 }));
    await beat(group.bench, '2026-03-11T09:30:00Z');
    expect(await withdrawAnswers(group.bench, actor, roundId)).toMatchObject({ kind: 'too-late' });
    expect(await beginAnswer(group.bench, actor, roundId)).toMatchObject({ kind: 'already-answered' });
  });

  test('group answers cannot be told apart, so neither seen nor taken back', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    await sendAnswers(group.bench, one(group.actors), roundId, draft({ week: 3 }));
    expect(await withdrawAnswers(group.bench, one(group.actors), roundId)).toMatchObject({
      kind: 'too-late',
    });
    expect(await readMyAnswers(group.bench, one(group.actors), roundId)).toEqual({ kind: 'nothing-there' });
  });

  test('private answers are seen by their author alone and can be deleted at any time', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group, { template: 'supervision-wellbeing' });
    const actor = one(group.actors);
    await sendAnswers(group.bench, actor, roundId, draft({ energy: 2, one_ask: 'A walk' }));
    expect(await readMyAnswers(group.bench, one(group.actors, 1), roundId)).toEqual({
      kind: 'nothing-there',
    });
    expect(await readMyAnswers(group.bench, group.jo, roundId)).toEqual({ kind: 'nothing-there' });
    await beat(group.bench, '2026-03-11T09:30:00Z');
    expect(await readMyAnswers(group.bench, actor, roundId)).toMatchObject({
      canChange: false,
      canWithdraw: true,
    });
    expect(await withdrawAnswers(group.bench, actor, roundId)).toMatchObject({
      kind: 'withdrawn',
      canAnswerAgain: false,
    });
    expect(await kept(group)).toEqual(nothing);
  });

  test('a draft is sealed, comes back, outlives the closing over the working day after its author was told, and is gone after that', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    const actor = one(group.actors);
    await keepDraft(group.bench, actor, roundId, draft({ word: 'half a thought' }));
    expect(await everything(group)).not.toContain('half');
    expect(await beginAnswer(group.bench, actor, roundId)).toMatchObject({
      draft: { answers: { word: 'half a thought' } },
    });
    const mine = await readMine(group.bench, actor);
    expect(JSON.stringify(mineAnswer(mine, 0, 'Europe/London'))).toMatch(/begun, not sent.*"text":"Go on"/s);
    const drafts = () => group.bench.db.selectFrom('answer_drafts').selectAll().execute();
    await beat(group.bench, '2026-03-11T09:30:00Z');
    expect(await drafts()).toHaveLength(1);
    // They are told first, and it stays until they were.
    await beat(group.bench, '2026-03-12T09:31:00Z');
    expect(await drafts()).toHaveLength(1);
    const { db } = group.bench;
    const warnings = await db
      .selectFrom('outbox')
      .selectAll()
      .where('kind', '=', 'checkins.unfinished')
      .execute();
    expect(warnings.map((row) => row.person_id)).toEqual([actor.person.id]);
    expect(warnings.map((row) => row.message).join()).not.toContain('half');
    await db
      .updateTable('outbox')
      .set({ status: 'sent', sent_at: '2026-03-12T09:40:00.000Z', sent_channel: 'D1', sent_ts: '1.2' })
      .where('kind', '=', 'checkins.unfinished')
      .execute();
    expect(warnings.map((row) => row.message).join()).toContain('I delete it on Friday 13 March');
    // It came a day later than was thought: Friday is the working day after it.
    await beat(group.bench, '2026-03-13T23:59:00Z');
    expect(await drafts()).toHaveLength(1);
    // Whether or not Slack lets the note about it go.
    await beat(group.bench, '2026-03-14T00:00:00Z');
    expect(await drafts()).toEqual([]);
  });

  test('whoever puts it into their journal before they were told is not told any more', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    const actor = one(group.actors);
    await keepDraft(group.bench, actor, roundId, draft({ word: 'half a thought' }));
    await beat(group.bench, '2026-03-11T09:30:00Z');
    const refusal = await beginAnswer(group.bench, actor, roundId);
    if (refusal.kind !== 'closed') throw new Error(`it is ${refusal.kind}`);
    const asides: string[] = [];
    const keepAside = async (_: unknown, { text }: { text: string }) => {
      asides.push(text);
      return { text: 'Open it', actionId: 'open', value: '1' };
    };
    const typed = await everythingTyped(group.bench, actor, refusal.round);
    await keepLate({ ...group.bench, keepAside }, actor, refusal, typed);
    expect(asides.join()).toContain('half a thought');
    const { db } = group.bench;
    const warnings = await db
      .selectFrom('outbox')
      .select('status')
      .where('kind', '=', 'checkins.unfinished')
      .execute();
    expect(warnings).toEqual([{ status: 'cancelled' }]);
  });

  test('whoever deletes what they began is not told that it goes', async () => {
    const group = await givenGroup(2);
    const { bench } = group;
    const actor = one(group.actors);
    await keepDraft(bench, actor, await openRound(group), draft({ word: 'half a thought' }));
    await beat(bench, '2026-03-11T09:30:00Z');
    const began = checkinsHeld(bench).holdings.find(({ id }) => id === 'answer-drafts');
    await began?.forget(bench.db, actor.person.id, bench.clock.now());
    expect(await bench.db.selectFrom('answer_drafts').selectAll().execute()).toEqual([]);
    const warnings = await bench.db
      .selectFrom('outbox')
      .select('status')
      .where('kind', '=', 'checkins.unfinished')
      .execute();
    expect(warnings).toEqual([{ status: 'cancelled' }]);
  });

  test('whoever cannot be told keeps nothing waiting: what they began goes with the warning', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    await keepDraft(group.bench, one(group.actors), roundId, draft({ word: 'half a thought' }));
    const { db } = group.bench;
    await beat(group.bench, '2026-03-11T09:30:00Z');
    await db
      .updateTable('outbox')
      .set({ status: 'cancelled' })
      .where('kind', '=', 'checkins.unfinished')
      .execute();
    await beat(group.bench, '2026-03-12T23:59:00Z');
    expect(await db.selectFrom('answer_drafts').selectAll().execute()).toHaveLength(1);
    await beat(group.bench, '2026-03-13T00:00:00Z');
    expect(await db.selectFrom('answer_drafts').selectAll().execute()).toEqual([]);
  });

  test('whoever could not be told yet loses nothing: the note waits without an end, and the words with it', async () => {
    const group = await givenGroup(2);
    const { bench } = group;
    await keepDraft(bench, one(group.actors), await openRound(group), draft({ word: 'half a thought' }));
    await cancelCheckIn(
      bench,
      group.jo,
      (await bench.db.selectFrom('checkins').select('id').executeTakeFirstOrThrow()).id,
    );
    const note = bench.db.selectFrom('outbox').selectAll().where('kind', '=', 'checkins.unfinished');
    expect(await note.execute(), 'one that is called off is told as well').toMatchObject([
      { status: 'queued', expires_at: null },
    ]);
    for (const status of ['queued', 'failed', 'expired']) {
      await bench.db
        .updateTable('outbox')
        .set({ status })
        .where('kind', '=', 'checkins.unfinished')
        .execute();
      await beat(bench, '2026-03-30T09:30:00Z');
      expect(await bench.db.selectFrom('answer_drafts').selectAll().execute(), status).toHaveLength(1);
    }
  });

  test('with another key nothing crashes: the form is empty, and the rest works', async () => {
    const group = await givenGroup(2);
    const roundId = await openRound(group);
    const actor = one(group.actors);
    await keepDraft(group.bench, actor, roundId, draft({ word: 'half' }));
    const other = { ...group.bench, vault: createVault(Buffer.alloc(32, 6)) };
    expect(await beginAnswer(other, actor, roundId)).toMatchObject({ kind: 'form', draft: { answers: {} } });
  });
});

test('answering by oneself: one shared round, once each, and nothing in it says whose', async () => {
  const group = await givenGroup(2);
  const ids = group.members.map(({ id }) => id);
  const rounds = await Promise.all(ids.map((id) => startOwn(group.bench, id, 'confidence-baseline')));
  expect(new Set(rounds.map((round) => round?.roundId)).size).toBe(1);
  expect(await startOwn(group.bench, one(ids), 'nothing')).toBeUndefined();
  const roundId = rounds[0]?.roundId ?? '';
  await sendAnswers(group.bench, one(group.actors), roundId, draft({ conf_talk: 4 }));
  expect(group.bench.answeredBy).toEqual([`${one(ids)}:confidence-baseline`]);
  expect((await kept(group)).unnamed).toEqual([expect.objectContaining({ question: 'conf_talk', value: 4 })]);
  expect(await startOwn(group.bench, one(ids), 'confidence-baseline')).toEqual({
    roundId,
    hasAnswered: true,
  });
});
