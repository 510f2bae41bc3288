import { describe, expect, test } from 'vitest';
import type { Db } from '../../../src/db/schema.ts';
import {
  cancelCheckIn,
  moveCheckIn,
  readLed,
  resumeCheckIn,
} from '../../../src/features/checkins/leading/manage.ts';
import { describeLed } from '../../../src/features/checkins/leading/views.ts';
import { beginChange, saveChange } from '../../../src/features/checkins/planning/change.ts';
import { pilotCheckIn } from '../../../src/features/checkins/planning/pilot-part.ts';
import type { Plan } from '../../../src/features/checkins/planning/plan.ts';
import { placesOf } from '../../../src/features/checkins/readers.ts';
import { findCheckIn, findOpenRound, listRounds } from '../../../src/features/checkins/store.ts';
import { datedSessions } from '../../../src/features/training/index.ts';
import type { Session } from '../../../src/features/training/sessions/session.ts';
import { recordCancelled, updateSession } from '../../../src/features/training/sessions/store.ts';
import { newId } from '../../../src/lib/random.ts';
import { givenSession } from '../training/support.ts';
import { beat, type Group, givenBench, givenCohort, givenGroup, outboxOf, scheduled } from './support.ts';

type Beside = NonNullable<Plan['beside']>['from'];
const beside = (session: Session, from: Beside, many: number, time = '09:30'): Partial<Plan> => ({
  how: 'relative',
  from: 'session',
  session: session.id,
  beside: { from, many },
  time,
  date: undefined,
});

/** A group of six, and a session of theirs: Tuesday 17 March 2026, 14:00 to 16:00. It is Tuesday 3 March, 10:00. */
async function givenGroupWithSession(change: Partial<Session> = {}) {
  const group = await givenGroup(6, await givenBench(datedSessions));
  const { db } = group.bench;
  const session = await givenSession(db, group.jo.person.id, { cohortId: group.cohortId, ...change });
  const move = (startsAt: string) =>
    updateSession(db, { ...session, startsAt: new Date(startsAt), sequence: 1 });
  return { group, session, move };
}
const nextOf = async ({ bench }: Group, id: string) => {
  const checkin = await findCheckIn(bench.db, id);
  return { status: checkin?.status, nextAt: checkin?.nextAt?.toISOString() };
};
const notes = async ({ bench }: Group) =>
  (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.lost').map(({ blocks }) => blocks);
const cardOf = async ({ bench, jo }: Group) => {
  const which = { goingOn: false, offset: 0, limit: 10 };
  const led = await readLed(bench, placesOf(jo), which);
  return led.map((one) => describeLed(one, bench.timeZone).text).join('\n');
};

describe('counted from a session', () => {
  test('it moves with its session until it is sent, over the change of clocks too', async () => {
    const { group, session, move } = await givenGroupWithSession();
    const { bench } = group;
    const until = await scheduled(group, beside(session, 'session-begins', 7));
    const after = await scheduled(group, beside(session, 'session-over', 60));
    const sameDay = await scheduled(group, beside(session, 'session-day', 0, '17:30'));
    const weeks = await scheduled(group, beside(session, 'session-day', 56));
    const times = async () =>
      Promise.all([until, after, sameDay, weeks].map(async (id) => (await nextOf(group, id)).nextAt));
    expect(await times()).toEqual([
      '2026-03-10T09:30:00.000Z',
      '2026-03-17T17:00:00.000Z',
      '2026-03-17T17:30:00.000Z',
      '2026-05-12T08:30:00.000Z',
    ]);
    await move('2026-04-01T16:00:00Z');
    await beat(bench);
    expect(await times(), '17:00 to 19:00 in summer time: the evening of that day is over for one').toEqual([
      '2026-03-25T09:30:00.000Z',
      '2026-04-01T19:00:00.000Z',
      '2026-04-01T18:00:00.000Z',
      '2026-05-27T08:30:00.000Z',
    ]);
    await move('2026-03-17T14:00:00Z');
    await beat(bench);
    expect(await times(), 'its own time of day is back').toMatchObject({ 2: '2026-03-17T17:30:00.000Z' });
    expect(await notes(group)).toEqual([]);
  });

  test('one that closes as its session begins does so wherever that is moved to; who was asked reads it', async () => {
    const { group, session, move } = await givenGroupWithSession();
    const { bench } = group;
    const id = await scheduled(group, beside(session, 'session-begins', 7));
    await beat(bench, '2026-03-10T09:30:00Z');
    const closes = async () => (await findOpenRound(bench.db, id))?.closesAt?.toISOString();
    expect(await closes()).toBe('2026-03-17T14:00:00.000Z');
    const prompts = async () =>
      (await outboxOf(bench)).filter(({ kind }) => kind === 'checkins.prompt').map(({ blocks }) => blocks);
    expect((await prompts()).every((blocks) => blocks.includes('Tuesday 17 March'))).toBe(true);
    await move('2026-03-19T15:00:00Z');
    await beat(bench, '2026-03-10T09:31:00Z');
    expect(await closes()).toBe('2026-03-19T15:00:00.000Z');
    expect((await prompts()).every((blocks) => blocks.includes('Thursday 19 March'))).toBe(true);
    await move('2026-03-12T10:00:00Z');
    await beat(bench, '2026-03-11T10:00:00Z');
    expect(await closes()).toBe('2026-03-12T10:00:00.000Z');
    await beat(bench, '2026-03-12T10:00:00Z');
    expect(await listRounds(bench.db, id)).toMatchObject([{ status: 'closed' }]);
    // What is over stays over.
    await move('2026-03-25T10:00:00Z');
    await beat(bench, '2026-03-12T10:01:00Z');
    expect(await listRounds(bench.db, id)).toMatchObject([{ status: 'closed' }]);
  });

  test('moved so near that it should be open, it opens as soon as people may be asked; nearer still, it waits', async () => {
    const { group, session, move } = await givenGroupWithSession();
    const { bench } = group;
    const id = await scheduled(group, beside(session, 'session-begins', 7));
    await move('2026-03-05T14:00:00Z');
    await beat(bench, '2026-03-03T19:00:00Z');
    expect(await nextOf(group, id)).toEqual({ status: 'running', nextAt: '2026-03-04T09:00:00.000Z' });
    await beat(bench, '2026-03-03T19:30:00Z');
    expect(await nextOf(group, id), 'and it stays so').toMatchObject({ nextAt: '2026-03-04T09:00:00.000Z' });
    await move('2026-03-04T10:00:00Z');
    await beat(bench, '2026-03-03T20:00:00Z');
    expect(await nextOf(group, id)).toMatchObject({ status: 'paused' });
    expect((await notes(group)).join()).toContain('begins too soon for anybody to answer first');
    await beat(bench, '2026-03-04T09:00:00Z');
    expect(await listRounds(bench.db, id)).toEqual([]);
  });

  test('its session is cancelled: it is never sent by itself; they are told once, and the card says why it waits', async () => {
    const { group, session } = await givenGroupWithSession({ title: 'Cases & <places>' });
    const { bench, jo } = group;
    const ids = [];
    for (const [from, many] of [
      ['session-begins', 7],
      ['session-over', 60],
      ['session-day', 1],
      ['session-day', 2],
    ] as const)
      ids.push(await scheduled(group, beside(session, from, many)));
    const [all = '', moved = '', other = '', ended = ''] = ids;
    await recordCancelled(bench.db, session.id, bench.clock.now());
    await beat(bench, '2026-03-03T10:01:00Z');
    await beat(bench, '2026-03-03T10:02:00Z');
    expect(await notes(group)).toHaveLength(4);
    expect(
      (await notes(group)).every((note) => note.includes('“Cases &amp; &lt;places&gt;” is cancelled')),
    ).toBe(true);
    expect(await cardOf(group)).toContain('waits for you, since “Cases &amp; &lt;places&gt;” is cancelled');
    // To be asked all the same, at its date; at another; after another session; or not.
    expect(await resumeCheckIn(bench, jo, all)).toMatchObject({ kind: 'done' });
    expect(await moveCheckIn(bench, jo, moved, { date: '2026-03-12', time: '10:00' })).toMatchObject({
      kind: 'done',
      checkin: { status: 'running' },
    });
    const next = await givenSession(bench.db, jo.person.id, {
      cohortId: group.cohortId,
      startsAt: new Date('2026-03-24T14:00:00Z'),
    });
    const begun = await beginChange(bench, jo, other);
    if (begun.kind !== 'begun') throw new Error(begun.kind);
    expect(await saveChange(bench, jo, begun.plan), 'as it stands it cannot be saved').toMatchObject({
      problems: { from: expect.stringContaining('does not take place') },
    });
    expect(await saveChange(bench, jo, { ...begun.plan, session: next.id })).toMatchObject({
      kind: 'changed',
    });
    await cancelCheckIn(bench, jo, ended);
    await beat(bench, '2026-03-03T10:03:00Z');
    expect(await nextOf(group, all)).toEqual({ status: 'running', nextAt: '2026-03-10T09:30:00.000Z' });
    expect(await nextOf(group, moved)).toEqual({ status: 'running', nextAt: '2026-03-12T10:00:00.000Z' });
    expect(await nextOf(group, other)).toEqual({ status: 'running', nextAt: '2026-03-25T09:30:00.000Z' });
    await beat(bench, '2026-03-10T09:30:00Z');
    expect((await findOpenRound(bench.db, all))?.closesAt?.toISOString(), 'open for its days').toBe(
      '2026-03-17T09:30:00.000Z',
    );
    expect(await notes(group)).toHaveLength(4);
  });

  test('cancelled in the minute in which it was due, it does not go out; one that is open stays as people were told', async () => {
    const { group, session } = await givenGroupWithSession();
    const { bench } = group;
    const open = await scheduled(group, beside(session, 'session-begins', 7));
    const due = await scheduled(group, beside(session, 'session-begins', 5));
    await beat(bench, '2026-03-10T09:30:00Z');
    await recordCancelled(bench.db, session.id, bench.clock.now());
    await beat(bench, '2026-03-12T09:30:00Z');
    expect(await listRounds(bench.db, due)).toEqual([]);
    expect((await findOpenRound(bench.db, open))?.closesAt?.toISOString()).toBe('2026-03-17T14:00:00.000Z');
    const told = await notes(group);
    expect(told).toHaveLength(2);
    expect(told.filter((note) => note.includes('It stays open until'))).toHaveLength(1);
  });

  test('paused by hand it follows, and goes on with its session', async () => {
    const { group, session, move } = await givenGroupWithSession();
    const { bench, jo } = group;
    const id = await scheduled(group, beside(session, 'session-day', 1));
    await bench.db.updateTable('checkins').set({ status: 'paused' }).where('id', '=', id).execute();
    await move('2026-03-18T14:00:00Z');
    await beat(bench);
    expect(await nextOf(group, id)).toEqual({ status: 'paused', nextAt: '2026-03-19T09:30:00.000Z' });
    await resumeCheckIn(bench, jo, id);
    await move('2026-03-19T14:00:00Z');
    await beat(bench);
    expect(await nextOf(group, id)).toEqual({ status: 'running', nextAt: '2026-03-20T09:30:00.000Z' });
  });
});

test('a pilot makes them for a group that has nobody in it yet, once each, and takes them away before they go out', async () => {
  const { group, session } = await givenGroupWithSession();
  const { bench, jo } = group;
  const part = pilotCheckIn(bench);
  const cohortId = await givenCohort(bench, [], 'A new pilot');
  await bench.db.updateTable('roles').set({ cohort_id: null }).execute();
  const wanted = {
    id: newId(bench.clock),
    cohortId,
    templateId: 'weekly-pulse',
    title: 'Weekly pulse',
    counted: { from: 'session-begins', session: session.id, days: 7, time: '09:30' },
  } as const;
  const lead = { ...jo, roles: jo.roles.map((role) => ({ ...role, cohortId: undefined })) };
  const within = <T>(work: (trx: Db) => Promise<T>) => bench.db.transaction().execute(work);
  for (const _twice of [1, 2]) expect(await within((trx) => part.create(trx, lead, wanted))).toBeUndefined();
  expect(await part.listIn(bench.db, cohortId)).toEqual([wanted.id]);
  expect(await part.describe(bench.db, wanted.id)).toMatchObject({
    title: 'Weekly pulse',
    at: { date: '2026-03-10', time: '09:30', counted: wanted.counted },
    state: 'ahead',
    isUntouched: true,
    says: 'until the session begins',
  });
  const late = { ...wanted, id: newId(bench.clock), counted: { ...wanted.counted, days: 60 } };
  expect(await within((trx) => part.create(trx, lead, late))).toContain('passed already');
  // A day of its own, and back to its session.
  expect(
    await within((trx) => part.move(trx, lead, wanted.id, { date: '2026-03-12', time: '11:00' })),
  ).toBeUndefined();
  expect((await part.describe(bench.db, wanted.id))?.at).toEqual({
    date: '2026-03-12',
    time: '11:00',
    counted: undefined,
  });
  const back = { date: '', time: '', counted: wanted.counted };
  expect(await within((trx) => part.move(trx, lead, wanted.id, back))).toBeUndefined();
  expect((await part.describe(bench.db, wanted.id))?.at).toMatchObject({ date: '2026-03-10', time: '09:30' });
  expect(await within((trx) => part.remove(trx, lead, wanted.id))).toBe(true);
  expect(await part.describe(bench.db, wanted.id)).toBeUndefined();
  await beat(bench, '2026-03-10T09:30:00Z');
  expect(await listRounds(bench.db, wanted.id)).toEqual([]);
});
