import { describe, expect, test } from 'vitest';
import { giveConsent, withdrawConsent } from '../../../src/community/consents.ts';
import type { Person } from '../../../src/community/people.ts';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import { promptsAhead } from '../../../src/features/checkins/asking/ahead.ts';
import { keys } from '../../../src/features/checkins/asking/messages.ts';
import { askAgain, putOff, skipRound, stopCheckIn } from '../../../src/features/checkins/asking/put-off.ts';
import { checkins } from '../../../src/features/checkins/index.ts';
import { readMine } from '../../../src/features/checkins/mine/read.ts';
import { checkPlan } from '../../../src/features/checkins/planning/schedule.ts';
import { confirmView } from '../../../src/features/checkins/planning/views.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { resultsView } from '../../../src/features/checkins/results/views.ts';
import { cancelQueued, changePreferences } from '../../../src/outbox/outbox.ts';
import { agreement, givenAgreed } from '../../support/agreed.ts';
import {
  type Bench,
  beat,
  givenBench,
  givenCohort,
  givenGroup,
  leave,
  markSent,
  openRound,
  outboxOf,
  planOf,
  scheduled,
} from './support.ts';

const draft = (answers: Record<string, number | string>) => ({ answers, share: false });
const kinds = async (bench: Parameters<typeof outboxOf>[0]) =>
  (await outboxOf(bench)).map(({ kind, status }) => `${kind} ${status}`);

describe('when a check-in is due', () => {
  test('each member gets one prompt, at their own hour, and running the job again changes nothing', async () => {
    const group = await givenGroup(3);
    const { bench, members } = group;
    const [first] = members;
    await changePreferences(bench.db, first?.id ?? '', { quietUntil: '11:00' }, bench.clock.now());
    const roundId = await openRound(group);
    await beat(bench);
    const queued = await outboxOf(bench);
    expect(queued.map(({ key }) => key)).toEqual(members.map(({ id }) => keys.prompt(roundId, id)));
    expect(queued.map(({ sendAfter }) => sendAfter)).toEqual([
      '2026-03-04T11:00:00.000Z',
      '2026-03-04T09:30:00.000Z',
      '2026-03-04T09:30:00.000Z',
    ]);
    expect(new Set(queued.map(({ text }) => text))).toEqual(new Set(['Your check-in is ready']));
    expect(bench.homes).toEqual(expect.arrayContaining(members.map(({ id }) => id)));
  });

  test('one that cannot be opened does not keep the others from going out', async () => {
    const group = await givenGroup(2);
    const { db } = group.bench;
    const broken = await scheduled(group);
    const sound = await scheduled(group);
    const recurrence = JSON.stringify({ rule: 'once', startsAt: 'never', zone: 'Nowhere/Else' });
    await db.updateTable('checkins').set({ recurrence }).where('id', '=', broken).execute();
    await beat(group.bench, '2026-03-04T09:30:00Z');
    const rounds = await db.selectFrom('checkin_rounds').select('checkin_id').execute();
    expect(rounds).toEqual([{ checkin_id: sound }]);
    expect(group.bench.logged.join()).toContain('One of several could not be done');
  });

  test.each<[string, (bench: Bench, personId: string) => Promise<unknown>]>([
    [
      'said no to the agreement',
      async ({ db, clock }, personId) => {
        await withdrawConsent(db, clock, personId, 'agreement');
        await giveConsent(db, clock, { personId, kind: 'declined', version: agreement });
      },
    ],
    ['never answered it', ({ db, clock }, personId) => withdrawConsent(db, clock, personId, 'agreement')],
    [
      'agreed to an earlier version',
      async ({ db, clock }, personId) => {
        await withdrawConsent(db, clock, personId, 'agreement');
        await giveConsent(db, clock, { personId, kind: 'agreement', version: 'earlier' });
      },
    ],
    [
      'said "No messages, thank you"',
      ({ db, clock }, personId) => changePreferences(db, personId, { wantsMessages: false }, clock.now()),
    ],
  ])('whoever %s is not asked', async (_, notToBeAsked) => {
    const group = await givenGroup(2);
    const [first, second] = group.members;
    await notToBeAsked(group.bench, first?.id ?? '');
    await openRound(group);
    expect((await outboxOf(group.bench)).map(({ person }) => person)).toEqual([second?.id]);
    const asked = await group.bench.db.selectFrom('participations').select('person_id').execute();
    expect(asked).toEqual([{ person_id: second?.id }]);
  });

  test('where nobody has agreed yet it opens all the same; whoever agrees while it is open is then asked, once', async () => {
    const group = await givenGroup(3);
    const { bench, members } = group;
    const { db, clock } = bench;
    const feature = checkins(bench);
    const [first, second, late] = members;
    if (!first || !second || !late) throw new Error('too few');
    for (const { id } of members) await withdrawConsent(db, clock, id, 'agreement');
    await db
      .updateTable('cohort_members')
      .set({ joined_at: '2026-03-05T12:00:00.000Z' })
      .where('person_id', '=', late.id)
      .execute();
    await openRound(group);
    expect(await outboxOf(bench)).toEqual([]);

    clock.moveTo('2026-03-05T16:00:00Z');
    const saysYes = async (person: Person): Promise<void> => {
      await givenAgreed(bench, person);
      await feature.hears?.(person.id, { kind: 'agreed' });
    };
    await saysYes(first);
    await saysYes(first);
    // Who joined later is not asked in this one, whether they have agreed or not.
    await saysYes(late);
    expect((await outboxOf(bench)).map(({ person, kind }) => [person, kind])).toEqual([
      [first.id, 'checkins.prompt'],
    ]);
    clock.moveTo('2026-03-11T09:30:00Z');
    await saysYes(second);
    expect(await outboxOf(bench), 'it has closed').toHaveLength(1);
  });

  test('it does not close early when all who were asked have answered, while others may still agree', async () => {
    const group = await givenGroup(3);
    const { bench, members, actors } = group;
    const { db, clock } = bench;
    const [, second, third] = members;
    if (!second || !third) throw new Error('too few');
    for (const { id } of [second, third]) await withdrawConsent(db, clock, id, 'agreement');
    const roundId = await openRound(group);
    const answer = (index: number) =>
      sendAnswers(bench, actors[index] ?? group.jo, roundId, draft({ week: 3 }));
    expect((await answer(0)).kind).toBe('sent');
    const status = async () =>
      (await db.selectFrom('checkin_rounds').select('status').executeTakeFirstOrThrow()).status;
    expect(await status()).toBe('open');
    for (const [index, person] of [second, third].entries()) {
      await givenAgreed(bench, person);
      await checkins(bench).hears?.(person.id, { kind: 'agreed' });
      expect((await answer(index + 1)).kind).toBe('sent');
    }
    expect(await status()).toBe('closed');
  });

  test('whoever wants messages again while one is open is asked after all', async () => {
    const group = await givenGroup(1);
    const { bench, members } = group;
    const personId = members[0]?.id ?? '';
    await changePreferences(bench.db, personId, { wantsMessages: false }, bench.clock.now());
    await openRound(group);
    expect(await outboxOf(bench)).toEqual([]);
    await changePreferences(bench.db, personId, { wantsMessages: true }, bench.clock.now());
    await checkins(bench).hears?.(personId, { kind: 'wants-messages' });
    expect((await outboxOf(bench)).map(({ person }) => person)).toEqual([personId]);
  });

  test('how many get it is no number for whoever plans it: it is for the whole group', async () => {
    const group = await givenGroup(6);
    const { db, clock } = group.bench;
    for (const { id } of group.members.slice(0, 4)) await withdrawConsent(db, clock, id, 'agreement');
    expect(await checkPlan(group.bench, group.jo, planOf(group))).toMatchObject({ people: 6 });
  });

  test('a weekly one comes every week at the same time on the wall, across the clock change', async () => {
    const group = await givenGroup(1);
    await scheduled(group, { how: 'weekly', openDays: 2 });
    const opened: string[] = [];
    for (let day = 4; day <= 31; day += 1)
      for (const hour of ['08:30', '09:30']) {
        const at = `2026-03-${String(day).padStart(2, '0')}T${hour}:00Z`;
        const before = (await outboxOf(group.bench)).filter(({ kind }) => kind === 'checkins.prompt').length;
        await beat(group.bench, at);
        const after = (await outboxOf(group.bench)).filter(({ kind }) => kind === 'checkins.prompt').length;
        if (after > before) opened.push(at);
      }
    await beat(group.bench, '2026-04-01T08:30:00Z');
    expect(opened).toEqual([
      '2026-03-04T09:30:00Z',
      '2026-03-11T09:30:00Z',
      '2026-03-18T09:30:00Z',
      '2026-03-25T09:30:00Z',
    ]);
    expect((await outboxOf(group.bench)).filter(({ kind }) => kind === 'checkins.prompt')).toHaveLength(5);
  });

  test('a day late it still goes out, and closes when it would have', async () => {
    const group = await givenGroup(1);
    await scheduled(group);
    await beat(group.bench, '2026-03-05T10:00:00Z');
    expect(await kinds(group.bench)).toEqual(['checkins.prompt queued']);
    const round = await group.bench.db.selectFrom('checkin_rounds').selectAll().executeTakeFirstOrThrow();
    expect(round.closes_at).toBe('2026-03-11T09:30:00.000Z');
  });

  test('after three weeks of downtime only the present one goes out, and the facilitator hears once of the rest', async () => {
    const group = await givenGroup(2);
    await scheduled(group, { how: 'weekly' });
    await beat(group.bench, '2026-03-25T12:00:00Z');
    const queued = await outboxOf(group.bench);
    expect(queued.filter(({ kind }) => kind === 'checkins.prompt')).toHaveLength(2);
    const notes = queued.filter(({ kind }) => kind === 'checkins.missed');
    expect(notes).toHaveLength(1);
    expect(notes[0]?.person).toBe(group.jo.person.id);
    expect(notes[0]?.blocks).toContain('3 of them, the first of Wednesday 4 March, 09:30, did not go out');
    await beat(group.bench, '2026-03-25T12:01:00Z');
    expect(await outboxOf(group.bench)).toHaveLength(3);
  });

  test('a group that emptied meanwhile: nobody is asked, and the facilitator is told what to do', async () => {
    const group = await givenGroup(1);
    await scheduled(group);
    for (const member of group.members) await leave(group.bench, group.cohortId, member);
    await beat(group.bench, '2026-03-04T09:30:00Z');
    const [note] = await outboxOf(group.bench);
    expect(note?.kind).toBe('checkins.missed');
    expect(note?.blocks).toContain('nobody in the group to ask');
  });

  test('an archived group gets nothing more', async () => {
    const group = await givenGroup(2);
    await scheduled(group, { how: 'weekly' });
    await group.bench.db.updateTable('cohorts').set({ archived_at: '2026-03-03T12:00:00.000Z' }).execute();
    await beat(group.bench, '2026-03-04T09:30:00Z');
    expect(await outboxOf(group.bench)).toEqual([]);
    expect((await group.bench.db.selectFrom('checkins').select('status').executeTakeFirst())?.status).toBe(
      'finished',
    );
  });
});

describe('the one reminder', () => {
  test('goes in the middle, at a civil hour, to those who have neither answered, skipped, put off, left nor stopped it', async () => {
    const group = await givenGroup(7);
    const { bench, members, actors } = group;
    const roundId = await openRound(group);
    await markSent(bench);
    const [answers, skips, later, leaves, , , stops] = actors;
    if (!answers || !skips || !later || !leaves || !stops) throw new Error('too few');
    await sendAnswers(bench, answers, roundId, draft({ week: 3 }));
    await skipRound(bench, skips, roundId);
    await putOff(bench, later, roundId);
    await leave(bench, group.cohortId, leaves.person);
    await stopCheckIn(bench, stops, roundId);
    // Its middle is on Saturday evening.
    await beat(bench, '2026-03-07T21:30:00Z');
    expect(await kinds(bench)).not.toContain('checkins.reminder queued');
    await beat(bench, '2026-03-09T09:00:00Z');
    await beat(bench, '2026-03-09T09:01:00Z');
    const reminded = (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.reminder');
    expect(reminded.map(({ person }) => person)).toEqual([members[4]?.id, members[5]?.id]);
    expect(new Set(reminded.map(({ sendAfter }) => sendAfter))).toEqual(
      new Set(['2026-03-09T09:00:00.000Z']),
    );
  });

  test('does not come to whoever wanted to put it off and heard that no time is left', async () => {
    const group = await givenGroup(1);
    const [actor] = group.actors;
    if (!actor) throw new Error('too few');
    // Open from Wednesday to Monday, with its middle on Friday at noon.
    const roundId = await openRound(group, { openDays: 5 });
    await markSent(group.bench);
    group.bench.clock.moveTo('2026-03-06T11:00:00Z');
    expect((await putOff(group.bench, actor, roundId, 'tomorrow')).kind).toBe('no-time-left');
    await beat(group.bench, '2026-03-06T21:30:00Z');
    expect(await kinds(group.bench)).toEqual(['checkins.prompt sent']);
  });

  test('comes on another day than that of another check-in, where there is one in time', async () => {
    const group = await givenGroup(1);
    const { bench } = group;
    for (const time of ['09:30', '10:30']) await scheduled(group, { time });
    for (const at of ['2026-03-04T09:30:00Z', '2026-03-04T10:30:00Z']) await beat(bench, at);
    await markSent(bench);
    for (const at of ['2026-03-09T09:00:00Z', '2026-03-09T10:30:00Z']) await beat(bench, at);
    const reminded = (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.reminder');
    expect(reminded.map(({ sendAfter }) => sendAfter)).toEqual([
      '2026-03-09T09:00:00.000Z',
      '2026-03-10T09:00:00.000Z',
    ]);
  });

  test('is not for somebody who got the prompt only yesterday', async () => {
    const group = await givenGroup(1);
    await openRound(group);
    group.bench.clock.moveTo('2026-03-08T10:00:00Z');
    await markSent(group.bench);
    await beat(group.bench, '2026-03-09T09:00:00Z');
    expect(await kinds(group.bench)).toEqual(['checkins.prompt sent']);
  });

  test.each([
    ['open from Thursday to Sunday: the weekend leaves no civil moment', '2026-03-05', 3],
    ['open for two days: there is no middle', '2026-03-04', 2],
  ])('does not go when it is %s', async (_what, date, openDays) => {
    const group = await givenGroup(1);
    await scheduled(group, { date, openDays });
    await beat(group.bench, `${date}T09:30:00Z`);
    await markSent(group.bench);
    for (let hour = 1; hour < openDays * 24; hour += 1)
      await beat(group.bench, new Date(Date.parse(`${date}T09:30:00Z`) + hour * 3_600_000).toISOString());
    expect(await kinds(group.bench)).toEqual(['checkins.prompt sent']);
  });

  test('is not sent once the last day has begun, were the bot away until then', async () => {
    const group = await givenGroup(1);
    await openRound(group);
    await markSent(group.bench);
    await beat(group.bench, '2026-03-09T09:00:00Z');
    const [, reminder] = await group.bench.db
      .selectFrom('outbox')
      .selectAll()
      .orderBy('created_at')
      .execute();
    expect(reminder?.expires_at).toBe('2026-03-10T09:00:00.000Z');
  });

  test('from Tuesday to Tuesday it goes on Friday; were the bot, or they, away then, not on Monday instead', async () => {
    const group = await givenGroup(2);
    const { bench, members } = group;
    await scheduled(group, { how: 'weekly', date: '2026-03-10', time: '10:00', openDays: 7 });
    await beat(bench, '2026-03-10T10:00:00Z');
    await markSent(bench);
    await changePreferences(bench.db, members[0]?.id ?? '', { awayUntil: '2026-03-13' }, bench.clock.now());
    await beat(bench, '2026-03-13T10:00:00Z');
    const reminded = (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.reminder');
    expect(reminded.map(({ person, sendAfter }) => [person, sendAfter])).toEqual([
      [members[1]?.id, '2026-03-13T10:00:00.000Z'],
    ]);
    await beat(bench, '2026-03-17T10:00:00Z');
    await markSent(bench);
    await beat(bench, '2026-03-23T09:00:00Z');
    expect((await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.reminder')).toHaveLength(1);
  });

  test('answering takes back what still waits', async () => {
    const group = await givenGroup(2);
    const [first] = group.actors;
    if (!first) throw new Error('too few');
    const roundId = await openRound(group);
    await sendAnswers(group.bench, first, roundId, draft({ week: 3 }));
    expect(await kinds(group.bench)).toEqual(['checkins.prompt cancelled', 'checkins.prompt queued']);
  });
});

describe('closing', () => {
  test('facilitators get a note with the count, once; what waited is taken back', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    for (const actor of group.actors.slice(0, 5))
      await sendAnswers(group.bench, actor, roundId, draft({ week: 3 }));
    await beat(group.bench, '2026-03-11T09:30:00Z');
    await beat(group.bench, '2026-03-11T09:31:00Z');
    const notes = (await outboxOf(group.bench)).filter(({ kind }) => kind === 'checkins.closed');
    expect(notes).toHaveLength(1);
    expect(notes[0]?.blocks).toContain('More than half have answered.');
    expect(new Set((await outboxOf(group.bench)).map(({ status }) => status))).toEqual(
      new Set(['cancelled', 'gathering']),
    );
    expect((await group.bench.db.selectFrom('checkins').select('status').executeTakeFirst())?.status).toBe(
      'finished',
    );
  });

  test('under five there is no number in the note', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group);
    for (const actor of group.actors.slice(0, 3))
      await sendAnswers(group.bench, actor, roundId, draft({ week: 3 }));
    await beat(group.bench, '2026-03-11T09:30:00Z');
    const note = (await outboxOf(group.bench)).find(({ kind }) => kind === 'checkins.closed');
    expect(note?.blocks).toContain('Fewer than five have answered.');
    expect(note?.blocks).not.toMatch(/\b3\b/);
    expect(note?.blocks, 'there is nothing to see').not.toContain('See results');
  });

  test('that too few have answered is said once of a check-in, until one of it can be shown', async () => {
    const group = await givenGroup(6);
    const { bench } = group;
    await scheduled(group, { how: 'weekly', openDays: 5 });
    const notes = async () =>
      (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.closed').map(({ blocks }) => blocks);
    const week = async (day: number, answers: number) => {
      await beat(bench, new Date(Date.UTC(2026, 2, day, 9, 30)).toISOString());
      const open = await bench.db
        .selectFrom('checkin_rounds')
        .select('id')
        .where('status', '=', 'open')
        .executeTakeFirstOrThrow();
      for (const actor of group.actors.slice(0, answers))
        await sendAnswers(bench, actor, open.id, draft({ week: 3 }));
      await beat(bench, new Date(Date.UTC(2026, 2, day + 6, 9, 30)).toISOString());
      return (await notes()).length;
    };
    expect(await week(4, 3)).toBe(1);
    expect((await notes())[0]).toContain('I say this once, until a round of it can be shown.');
    expect(await week(11, 2)).toBe(1);
    expect(await week(18, 5)).toBe(2);
    expect(await week(25, 3)).toBe(3);
  });

  test('a group so small that nothing can ever be shown hears it once, not each week', async () => {
    const group = await givenGroup(3);
    const { bench } = group;
    await scheduled(group, { how: 'weekly' });
    for (const day of ['04', '11', '18', '25']) await beat(bench, `2026-03-${day}T09:30:00Z`);
    const notes = (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.closed');
    expect(notes).toHaveLength(1);
    expect(notes[0]?.blocks).toContain('I do not say it again');
    expect(notes[0]?.blocks).not.toContain('See results');
  });

  test('a group mode closes as soon as everybody has answered', async () => {
    const group = await givenGroup(5);
    const roundId = await openRound(group);
    for (const actor of group.actors) await sendAnswers(group.bench, actor, roundId, draft({ week: 3 }));
    const round = await group.bench.db.selectFrom('checkin_rounds').selectAll().executeTakeFirstOrThrow();
    expect(round.status).toBe('closed');
  });
});

describe('fewer messages', () => {
  test('"Later today" asks once more, hours later, however often it is pressed', async () => {
    const group = await givenGroup(1);
    const [actor] = group.actors;
    if (!actor) throw new Error('too few');
    const roundId = await openRound(group);
    await markSent(group.bench);
    expect(await putOff(group.bench, actor, roundId)).toMatchObject({
      kind: 'put-off',
      at: new Date('2026-03-04T12:30:00Z'),
    });
    await putOff(group.bench, actor, roundId);
    expect(await kinds(group.bench)).toEqual([
      'checkins.prompt sent',
      'checkins.later cancelled',
      'checkins.later queued',
    ]);
  });

  test('"Later today" in the afternoon is the next morning; after the end it says so', async () => {
    const group = await givenGroup(1);
    const [actor] = group.actors;
    if (!actor) throw new Error('too few');
    const roundId = await openRound(group, { openDays: 2 });
    group.bench.clock.moveTo('2026-03-04T16:00:00Z');
    expect(await putOff(group.bench, actor, roundId)).toMatchObject({ at: new Date('2026-03-05T09:00:00Z') });
    group.bench.clock.moveTo('2026-03-05T17:00:00Z');
    await putOff(group.bench, actor, roundId);
    group.bench.clock.moveTo('2026-03-06T08:00:00Z');
    expect(await putOff(group.bench, actor, roundId)).toMatchObject({ kind: 'no-time-left' });
  });

  test('"Later today" is not put off to the morning on which it closes, or the next one comes', async () => {
    const group = await givenGroup(1);
    const [actor] = group.actors;
    if (!actor) throw new Error('too few');
    const roundId = await openRound(group, { how: 'weekly', openDays: 7 });
    group.bench.clock.moveTo('2026-03-09T16:00:00Z');
    expect(await putOff(group.bench, actor, roundId)).toMatchObject({ kind: 'put-off' });
    const [row] = await group.bench.db
      .selectFrom('outbox')
      .select('expires_at')
      .where('kind', '=', 'checkins.later')
      .execute();
    expect(row?.expires_at).toBe('2026-03-10T09:30:00.000Z');
    group.bench.clock.moveTo('2026-03-10T16:00:00Z');
    expect(await putOff(group.bench, actor, roundId)).toMatchObject({ kind: 'no-time-left' });
    const waiting = (await kinds(group.bench)).filter((kind) => kind.endsWith('queued'));
    expect(waiting, 'nothing more, as it says, and no reminder either').toEqual([]);
  });

  test('"Ask me tomorrow" asks at the hour at which it came, on the next day that is one', async () => {
    const group = await givenGroup(1);
    const [actor] = group.actors;
    if (!actor) throw new Error('too few');
    const roundId = await openRound(group);
    group.bench.clock.moveTo('2026-03-04T16:00:00Z');
    expect(await putOff(group.bench, actor, roundId, 'tomorrow')).toMatchObject({
      at: new Date('2026-03-05T09:30:00Z'),
    });
    group.bench.clock.moveTo('2026-03-06T16:00:00Z');
    expect(await putOff(group.bench, actor, roundId, 'tomorrow')).toMatchObject({
      at: new Date('2026-03-09T09:00:00Z'),
    });
    await putOff(group.bench, actor, roundId);
    expect((await kinds(group.bench)).filter((kind) => kind === 'checkins.later queued')).toHaveLength(1);
  });

  test('the second prompt is short, and the one of whoever never had the first is whole', async () => {
    const group = await givenGroup(3);
    const [had, held, skipped] = group.members.map(({ id }) => id);
    const roundId = await openRound(group, { how: 'weekly', openDays: 7 });
    const prompt = { kind: 'checkins.prompt' as const, personId: held ?? '' };
    await cancelQueued(group.bench.db, prompt, 'away');
    if (group.actors[2]) await skipRound(group.bench, group.actors[2], roundId);
    await markSent(group.bench);
    await beat(group.bench, '2026-03-11T09:30:00Z');
    const second = (await outboxOf(group.bench)).filter(({ sendAfter }) => sendAfter > '2026-03-11');
    const blocksOf = (person: string | undefined) => second.find((one) => one.person === person)?.blocks;
    for (const person of [had, skipped]) {
      expect(blocksOf(person)).toContain('Weekly pulse, week of 9 March');
      expect(blocksOf(person)).not.toMatch(/A moment to notice|never which answer/);
    }
    expect(blocksOf(held)).toMatch(/A moment to notice.*never which answer/);
  });

  test('whoever stopped it gets no reminder and sees it in Home no more; the others are told which week it is', async () => {
    const group = await givenGroup(2);
    const { bench, actors, members } = group;
    const [actor, other] = actors;
    if (!actor || !other) throw new Error('too few');
    const roundId = await openRound(group, { how: 'weekly', openDays: 7 });
    await markSent(bench);
    await stopCheckIn(bench, actor, roundId);
    expect(bench.homes.at(-1)).toBe(actor.person.id);
    const inHome = async (of: Actor) => (await readMine(bench, of)).open.map(({ isStopped }) => isStopped);
    expect([await inHome(actor), await inHome(other)]).toEqual([[true], [false]]);
    await beat(bench, '2026-03-09T09:00:00Z');
    const reminded = (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.reminder');
    expect(reminded.map(({ person }) => person)).toEqual([members[1]?.id]);
    expect(reminded[0]?.blocks).toContain('Weekly pulse, week of 2 March* is still open');
    await askAgain(bench, actor, (await readMine(bench, actor)).open[0]?.round.checkinId ?? '');
    expect(await inHome(actor)).toEqual([false]);
  });

  test('whoever stopped it is not asked the next time; the others are', async () => {
    const group = await givenGroup(2);
    const [actor] = group.actors;
    if (!actor) throw new Error('too few');
    const roundId = await openRound(group, { how: 'weekly' });
    await stopCheckIn(group.bench, actor, roundId);
    await beat(group.bench, '2026-03-11T09:30:00Z');
    const second = (await outboxOf(group.bench)).filter(
      ({ kind, status }) => kind === 'checkins.prompt' && status === 'queued',
    );
    expect(second.map(({ person }) => person)).toEqual([group.members[1]?.id]);
  });

  test('whoever is away until after the end gets no message, and can still answer', async () => {
    const bench = await givenBench();
    const group = await givenGroup(1, bench);
    const [actor] = group.actors;
    if (!actor) throw new Error('too few');
    await changePreferences(bench.db, actor.person.id, { awayUntil: '2026-03-20' }, bench.clock.now());
    const roundId = await openRound(group);
    expect(await outboxOf(bench)).toEqual([]);
    expect(await sendAnswers(bench, actor, roundId, draft({ week: 3 }))).toMatchObject({ kind: 'sent' });
  });
});

test('one that would close on a weekend or a closed day closes at the end of the next working day; that is said before it is scheduled', async () => {
  const group = await givenGroup(5);
  const { bench, jo } = group;
  const says = async (openDays: number, daysOff = bench.daysOff) => {
    const checked = await checkPlan(bench, jo, planOf(group, { openDays }));
    if (checked.kind !== 'ok') throw new Error('It cannot be planned.');
    return JSON.stringify(confirmView(checked, { zone: 'Europe/London', now: bench.clock.now(), daysOff }));
  };
  expect(await says(3)).toContain('*Open until:* Monday 9 March, 18:00');
  expect(await says(5)).toContain('*Open until:* Monday 9 March, 09:30');
  const closed = [{ from: '2026-03-09', until: '2026-03-09', name: 'Strike' }];
  expect(await says(5, { ...bench.daysOff, closed })).toContain('*Open until:* Tuesday 10 March, 18:00');
});

describe('where the same people are in several groups', () => {
  const asked = async (size: number, also: number) => {
    const group = await givenGroup(size);
    const { bench, members } = group;
    const other = await givenCohort(bench, members.slice(0, also), 'Schools');
    return { ...group, other };
  };
  const inBoth = { how: 'weekly', date: '2026-03-04', time: '09:30', openDays: 7 } as const;

  test('whoever plans another for them on that day reads so, with a number from five on, and with its name where they run it', async () => {
    const group = await asked(11, 9);
    const { bench, jo, other } = group;
    await scheduled(group, inBoth);
    const planned = { ...planOf(group, inBoth), cohort: other };
    const both = { ...jo, roles: [...jo.roles, { role: 'facilitator' as const, cohortId: other }] };
    const there = await checkPlan(bench, both, planned);
    expect(there).toMatchObject({
      crowded: { kind: 'day', people: 9, of: 9, other: { label: 'Weekly pulse', cohortName: 'Perinatal' } },
    });
    const someone = { ...jo, roles: [{ role: 'facilitator' as const, cohortId: other }] };
    expect(await checkPlan(bench, someone, planned)).toMatchObject({
      crowded: { kind: 'day', other: undefined },
    });
    const dayAfter = { ...planned, date: '2026-03-05' };
    expect(await checkPlan(bench, both, dayAfter)).toMatchObject({ crowded: undefined });
    const second = await checkPlan(bench, jo, planOf(group, { ...inBoth, date: '2026-03-05' }));
    if (second.kind !== 'ok') throw new Error('It cannot be planned.');
    expect(
      JSON.stringify(
        confirmView(second, { zone: 'Europe/London', now: bench.clock.now(), daysOff: bench.daysOff }),
      ),
    ).toContain('also asked every week by “Weekly pulse”. With reminders that is up to four messages a week');
    if (there.kind !== 'ok') throw new Error('It cannot be planned.');
    const says = (people: number) =>
      JSON.stringify(
        confirmView(
          {
            ...there,
            crowded: { kind: 'day', people, of: 11, other: { label: 'Pulse', cohortName: 'Schools' } },
          },
          { zone: 'Europe/London', now: bench.clock.now(), daysOff: bench.daysOff },
        ),
      );
    expect(says(9)).toContain('9 of these people also get “Pulse” for Schools on that day');
    expect(says(4)).toContain('some of these people also get');
    expect(says(11)).toContain('all of these people also get');
  });

  test('more than three a week counts over all groups somebody is in', async () => {
    const group = await asked(6, 5);
    const { bench, jo, other } = group;
    const both = { ...jo, roles: [...jo.roles, { role: 'facilitator' as const, cohortId: other }] };
    for (const date of ['2026-03-04', '2026-03-05', '2026-03-06'])
      await scheduled({ ...group, cohortId: other, jo: both }, { ...inBoth, date });
    expect(await checkPlan(bench, both, planOf(group, { ...inBoth, how: 'once' }))).toMatchObject({
      crowded: { kind: 'week', asked: 4, people: 5, of: 6 },
    });
  });

  test('what is planned for somebody is known ahead; what they stopped is not theirs', async () => {
    const group = await asked(6, 5);
    const { bench, members, other } = group;
    const [first] = members;
    const both = {
      ...group.jo,
      roles: [...group.jo.roles, { role: 'facilitator' as const, cohortId: other }],
    };
    await scheduled(group, inBoth);
    const roundId = await openRound({ ...group, cohortId: other, jo: both }, { ...inBoth, time: '09:00' });
    const ahead = async () =>
      (
        await promptsAhead(
          bench.db,
          first?.id ?? '',
          new Date('2026-03-04T10:00:00Z'),
          new Date('2026-03-12'),
        )
      ).map((at) => at.toISOString());
    expect(await ahead()).toEqual(['2026-03-11T09:00:00.000Z', '2026-03-11T09:30:00.000Z']);
    await stopCheckIn(bench, await loadActor(bench.db, first?.id ?? ''), roundId);
    expect(await ahead()).toEqual(['2026-03-11T09:30:00.000Z']);
  });

  test('facilitators learn that some could not be asked by message, neither how many nor who', async () => {
    const group = await givenGroup(6);
    const { bench, members, jo } = group;
    const roundId = await openRound(group);
    await bench.db
      .updateTable('outbox')
      .set({ status: 'expired', reason: 'held:weekly-cap' })
      .where('person_id', '=', members[0]?.id ?? '')
      .execute();
    await beat(bench, '2026-03-11T09:30:00Z');
    const note = (await outboxOf(bench)).find(({ kind }) => kind === 'checkins.closed');
    expect(note?.blocks).toContain('Some people were not asked by message: they had 3 others that week.');
    const results = await readResults(bench, jo, roundId, '');
    if (!('round' in results)) throw new Error('There are no results.');
    const view = resultsView(results, { page: 0, order: '', zone: 'Europe/London', smallGroupWarning: '' });
    expect(JSON.stringify(view)).toContain('It stood in their Home.');
  });
});
