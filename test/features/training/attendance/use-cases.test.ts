import fc from 'fast-check';
import { expect, test } from 'vitest';
import { giveConsent, withdrawConsent } from '../../../../src/community/consents.ts';
import type { Actor } from '../../../../src/community/permissions.ts';
import { forgetOldLists, thankAfterwards } from '../../../../src/features/training/attendance/afterwards.ts';
import { attendanceHeld } from '../../../../src/features/training/attendance/holdings.ts';
import { learningFrom } from '../../../../src/features/training/attendance/learning.ts';
import { listPast, sayThere, takeBack } from '../../../../src/features/training/attendance/say.ts';
import {
  confirmSaid,
  openTaking,
  type Ticks,
  takeAttendance,
} from '../../../../src/features/training/attendance/take.ts';
import { changedMeanwhile, ticksOf } from '../../../../src/features/training/attendance/views.ts';
import { book } from '../../../../src/features/training/sessions/book.ts';
import type { Session } from '../../../../src/features/training/sessions/session.ts';
import { dayAfter } from '../../../../src/lib/clock.ts';
import { givenCohort } from '../../checkins/support.ts';
import { givenLead, givenPeople, givenSession } from '../sessions/support.ts';
import { type AttendanceBench, givenAttendanceBench } from './support.ts';

type Given = { bench: AttendanceBench; jo: Actor; people: Actor[]; session: Session };

/** In the room: of five people three have a place. */
async function givenInTheRoom(): Promise<Given> {
  const bench = await givenAttendanceBench();
  const jo = await givenLead(bench);
  const people = await givenPeople(bench, 5);
  return { bench, jo, people, session: await givenBegun({ bench, jo, people }, '2026-03-17') };
}

/** The next one. @param day at ten, UTC. */
async function givenBegun({ bench, jo, people }: Omit<Given, 'session'>, day: string): Promise<Session> {
  const session = await givenSession(bench, jo, { startsAt: new Date(`${day}T10:00:00Z`) });
  for (const actor of people.slice(0, 3))
    await book(bench, actor, { sessionId: session.id, profession: undefined, mayWait: false });
  bench.clock.moveTo(`${day}T10:05:00Z`);
  return session;
}

const idsOf = (actors: readonly (Actor | undefined)[]) => actors.flatMap((one) => one?.person.id ?? []);
const slackIdsOf = (actors: readonly (Actor | undefined)[]) =>
  actors.flatMap((one) => one?.person.slackId ?? []);

async function confirmed({ bench, jo, session }: Given): Promise<string[]> {
  const opened = await openTaking(bench, jo, session.id);
  return opened.kind === 'opened'
    ? opened.taking.present.filter(({ presence }) => presence === 'confirmed').map(({ person }) => person.id)
    : [];
}

test('of two who save at once from the same list one is shown what the other ticked, and nothing is lost', async () => {
  const given = await givenInTheRoom();
  const { bench, jo, people, session } = given;
  const [a, b, c, d] = people as [Actor, Actor, Actor, Actor];
  await sayThere(bench, d, session.id);
  const outcomes = await Promise.all([
    takeAttendance(bench, jo, session.id, 0, { there: idsOf([a, b]), walkIns: [], others: 1 }),
    takeAttendance(bench, jo, session.id, 0, { there: idsOf([c]), walkIns: slackIdsOf([d]), others: 0 }),
  ]);
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['changed-meanwhile', 'taken']);
  const second = outcomes.find((one) => one.kind === 'changed-meanwhile');
  if (second?.kind !== 'changed-meanwhile') throw new Error('Nobody was shown anything.');
  expect(new Set(second.ticks.there)).toEqual(new Set(idsOf([a, b, c])));
  expect(second.ticks).toMatchObject({ walkIns: slackIdsOf([d]), others: 1 });
  const { version } = second.taking.register;
  expect(await takeAttendance(bench, jo, session.id, version, second.ticks)).toMatchObject({ kind: 'taken' });
  // Sent twice it changes nothing more, from whatever state it was drawn.
  expect(await takeAttendance(bench, jo, session.id, version, second.ticks)).toMatchObject({ kind: 'taken' });
  expect(new Set(await confirmed(given))).toEqual(new Set(idsOf([a, b, c, d])));
});

test('what is typed by a client for others counts only where it can: no strangers, no one without a place among those with one', async () => {
  const given = await givenInTheRoom();
  const { bench, jo, people, session } = given;
  const [a, , , d] = people;
  const ticks = { there: [...idsOf([a, d]), 'nobody'], walkIns: [], others: 0 };
  await takeAttendance(bench, jo, session.id, 0, ticks);
  expect(await confirmed(given)).toEqual(idsOf([a]));
  const strange = { there: [], walkIns: ['UNOBODY', ...slackIdsOf([d])], others: 2 };
  const outcome = await takeAttendance(bench, jo, session.id, 1, strange);
  // Whoever came without a place is a number, and whether they could stand there by name shows nowhere.
  expect(outcome).toMatchObject({ kind: 'taken', asked: 2, taking: { register: { others: 4 } } });
  expect(await confirmed(given)).toEqual([]);
  expect(await openTaking(bench, jo, session.id)).toMatchObject({ taking: { present: [] } });
});

test('whoever came without a place is asked where they agreed, counted without a name until they say so, and confirmed then', async () => {
  const given = await givenInTheRoom();
  const { bench, jo, people, session } = given;
  const [, , , d, e] = people as [Actor, Actor, Actor, Actor, Actor];
  await withdrawConsent(bench.db, bench.clock, e.person.id, 'agreement');
  await giveConsent(bench.db, bench.clock, { personId: e.person.id, kind: 'declined', version: '1' });
  const ticks = { there: [], walkIns: slackIdsOf([d, e]), others: 1 };
  const first = await takeAttendance(bench, jo, session.id, 0, ticks);
  // The same for one alone: neither the answer nor what is read afterwards tells who agreed.
  for (const one of [d, e]) {
    const alone = { there: [], walkIns: slackIdsOf([one]), others: 3 };
    const { version } = (first.kind === 'taken' && first.taking.register) || { version: 0 };
    expect(await takeAttendance(bench, jo, session.id, version + [d, e].indexOf(one), alone)).toMatchObject({
      kind: 'taken',
      asked: 1,
      taking: { present: [], register: { others: 4 } },
    });
  }
  const asked = await bench.db
    .selectFrom('outbox')
    .select(['person_id', 'send_after'])
    .where('kind', '=', 'training.afterwards')
    .execute();
  expect(asked).toEqual([{ person_id: d.person.id, send_after: '2026-03-17T14:30:00.000Z' }]);
  await sayThere(bench, d, session.id);
  expect(await confirmSaid(bench, jo, session.id)).toMatchObject({
    kind: 'taken',
    taking: { present: [{ person: { id: d.person.id }, presence: 'confirmed' }], register: { others: 3 } },
  });
});

test('in a correction nobody is counted twice, whatever they agreed to, and whoever said so since is taken off the number', async () => {
  const given = await givenInTheRoom();
  const { bench, jo, people, session } = given;
  const [, , , d, e] = people as [Actor, Actor, Actor, Actor, Actor];
  await withdrawConsent(bench.db, bench.clock, e.person.id, 'agreement');
  const all = slackIdsOf([d, e]);
  const take = async (ticks: Omit<Ticks, 'there'>) => {
    const opened = await openTaking(bench, jo, session.id);
    const version = opened.kind === 'opened' ? opened.taking.register.version : 0;
    return takeAttendance(bench, jo, session.id, version, { there: [], ...ticks });
  };
  const others = (many: number) => ({ kind: 'taken', taking: { register: { others: many } } });
  expect(await take({ walkIns: all, others: 2 })).toMatchObject(others(4));
  const opened = await openTaking(bench, jo, session.id);
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  expect(ticksOf(opened.taking)).toMatchObject({ walkIns: [], others: 4, areAll: true });
  for (const walkIns of [all, slackIdsOf([d]), slackIdsOf([e]), []])
    expect(await take({ walkIns, others: 4, areAll: true })).toMatchObject(others(4));
  // Never fewer than are chosen.
  expect(await take({ walkIns: all, others: 0, areAll: true })).toMatchObject(others(2));
  await sayThere(bench, d, session.id);
  expect(await take({ walkIns: all, others: 2, areAll: true })).toMatchObject(others(1));
  expect(await confirmed(given)).toEqual([d.person.id]);
});

test('nobody is asked to take attendance of a session at which nobody had a place, until somebody says that they came', async () => {
  const { bench, jo, people } = await givenInTheRoom();
  const [, , , d] = people as [Actor, Actor, Actor, Actor];
  const empty = await givenSession(bench, jo, { startsAt: new Date('2026-03-17T10:05:00Z') });
  const asked = async () => {
    await thankAfterwards(bench).run(bench.clock.now());
    const rows = await bench.db
      .selectFrom('outbox')
      .select('idempotency_key')
      .where('kind', '=', 'training.attendance')
      .execute();
    return rows.some(({ idempotency_key: key }) => key.includes(empty.id));
  };
  bench.clock.moveTo('2026-03-17T15:00:00Z');
  expect(await asked()).toBe(false);
  await sayThere(bench, d, empty.id);
  expect(await asked()).toBe(true);
});

test('two numbers of others: both are said, and the larger stands', async () => {
  const { bench, jo, session } = await givenInTheRoom();
  const none = { there: [], walkIns: [] };
  await takeAttendance(bench, jo, session.id, 0, { ...none, others: 3 });
  const second = await takeAttendance(bench, jo, session.id, 0, { ...none, others: 5 });
  if (second.kind !== 'changed-meanwhile') throw new Error(second.kind);
  expect(second.ticks).toMatchObject({ others: 5, areAll: true });
  expect(changedMeanwhile(second.taking, { zone: 'Europe/London', mine: second.mine }).text).toContain(
    'There it says 3 without a name, and you had 5',
  );
});

test('whoever came to a group’s session from elsewhere says so once a host wrote them down, and is confirmed', async () => {
  const given = await givenInTheRoom();
  const { bench, jo, people } = given;
  const [, , , d, e] = people as [Actor, Actor, Actor, Actor, Actor];
  const session = await givenSession(bench, jo, {
    cohortId: await givenCohort(bench, []),
    startsAt: new Date('2026-03-17T10:05:00Z'),
  });
  await takeAttendance(bench, jo, session.id, 0, { there: [], walkIns: slackIdsOf([d]), others: 0 });
  expect(await sayThere(bench, e, session.id)).toEqual({ kind: 'not-yours' });
  expect(await sayThere(bench, d, session.id)).toMatchObject({ kind: 'said' });
  expect((await listPast(bench, d)).map((one) => one.session.id)).toContain(session.id);
  await confirmSaid(bench, jo, session.id);
  expect(await confirmed({ ...given, session })).toEqual([d.person.id]);
});

test('whoever hosts nothing here takes nothing, and says only what is theirs', async () => {
  const { bench, people, session } = await givenInTheRoom();
  const [a, b, , d] = people as [Actor, Actor, Actor, Actor];
  const ticks = { there: idsOf([a]), walkIns: [], others: 0 };
  expect(await takeAttendance(bench, a, session.id, 0, ticks)).toEqual({ kind: 'not-yours' });
  expect(await confirmSaid(bench, a, session.id)).toEqual({ kind: 'not-yours' });
  expect(await sayThere(bench, a, 'nothing')).toEqual({ kind: 'not-yours' });
  expect(await sayThere(bench, d, session.id)).toMatchObject({ kind: 'said', presence: 'said' });
  expect((await listPast(bench, b)).map(({ presence }) => presence)).toEqual([undefined]);
  // Two weeks later nobody says that they came without a place; what was said stays theirs.
  bench.clock.moveTo('2026-04-01T10:00:00Z');
  const [, , , , e] = people as [Actor, Actor, Actor, Actor, Actor];
  expect(await sayThere(bench, e, session.id)).toEqual({ kind: 'not-yours' });
  expect(await sayThere(bench, b, session.id)).toMatchObject({ kind: 'said' });
  expect(await takeBack(bench, b, session.id)).toMatchObject({ kind: 'taken-back', presence: undefined });
});

type Op =
  | { kind: 'say' | 'take-back'; who: number }
  | { kind: 'confirm'; who: number | undefined }
  | { kind: 'take'; there: number[]; walkIns: number[] };
const who = fc.nat(4);
const ops: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ kind: fc.constantFrom('say' as const, 'take-back' as const), who }),
  fc.record({ kind: fc.constant('confirm' as const), who: fc.option(who, { nil: undefined }) }),
  fc.record({
    kind: fc.constant('take' as const),
    there: fc.uniqueArray(fc.nat(2)),
    walkIns: fc.uniqueArray(fc.constantFrom(3, 4)),
  }),
);

test('whatever is said and ticked, each is thanked once, and a record says what was said last', async () => {
  const community = await givenInTheRoom();
  let day = '2026-03-17';
  await fc.assert(
    fc.asyncProperty(fc.array(ops, { maxLength: 12 }), async (all) => {
      // A Tuesday later each time.
      day = dayAfter(day, 7);
      const session = await givenBegun(community, day);
      const given = { ...community, session };
      const { bench, jo, people } = given;
      const said = new Set<number>();
      let ticked = new Set<number>();
      let isTaken = false;
      for (const op of all) {
        if (op.kind === 'say') {
          if (!ticked.has(op.who)) said.add(op.who);
          await sayThere(bench, people[op.who] as Actor, session.id);
        }
        if (op.kind === 'take-back') {
          said.delete(op.who);
          await takeBack(bench, people[op.who] as Actor, session.id);
        }
        if (op.kind === 'confirm') {
          for (const one of said) if (op.who === undefined || op.who === one) ticked.add(one);
          await confirmSaid(
            bench,
            jo,
            session.id,
            op.who === undefined ? undefined : people[op.who]?.person.id,
          );
        }
        if (op.kind === 'take') {
          const opened = await openTaking(bench, jo, session.id);
          const version = opened.kind === 'opened' ? opened.taking.register.version : 0;
          ticked = new Set([...op.there, ...op.walkIns.filter((one) => said.has(one) || ticked.has(one))]);
          isTaken = true;
          await takeAttendance(bench, jo, session.id, version, {
            there: idsOf(op.there.map((one) => people[one])),
            walkIns: slackIdsOf(op.walkIns.map((one) => people[one])),
            others: 0,
          });
        }
      }
      expect(new Set(await confirmed(given))).toEqual(new Set(idsOf([...ticked].map((one) => people[one]))));
      const source = learningFrom(bench);
      const there = new Set([...ticked, ...said]);
      for (const [at, person] of people.entries())
        expect(
          (await source.list(person, 'Europe/London')).filter(({ id }) => id === `session:${session.id}`),
        ).toEqual(there.has(at) ? [expect.objectContaining({ on: day, minutes: 90 })] : []);
      bench.clock.moveTo(`${day}T15:00:00Z`);
      for (let nth = 0; nth < 2; nth += 1) await thankAfterwards(bench).run(bench.clock.now());
      const thanked = await bench.db
        .selectFrom('outbox')
        .select('person_id')
        .where('idempotency_key', 'like', `training.afterwards:${session.id}:%`)
        .execute();
      const expected = isTaken ? there : new Set([...there, 0, 1, 2]);
      expect(thanked.map(({ person_id: personId }) => personId ?? '').toSorted()).toEqual(
        idsOf([...expected].map((one) => people[one])).toSorted(),
      );
    }),
    { numRuns: 15 },
  );
});

test('the list goes, the record stays until its person deletes it, and so does what is kept beside it', async () => {
  const { bench, jo, people, session } = await givenInTheRoom();
  const [a] = people as [Actor];
  await takeAttendance(bench, jo, session.id, 0, { there: idsOf([a]), walkIns: [], others: 0 });
  const { db } = bench;
  const [record, taken] = attendanceHeld;
  expect([await record?.count(db, a.person.id), await taken?.count(db, jo.person.id)]).toEqual([1, 1]);
  const source = learningFrom(bench);
  const id = `session:${session.id}`;
  expect(await source.keeps(a.person.id, [id, 'session:other'])).toEqual(new Set([id]));

  bench.clock.moveTo('2026-09-20T10:00:00Z');
  await forgetOldLists(bench).run(bench.clock.now());
  expect(await openTaking(bench, jo, session.id)).toEqual({ kind: 'no-longer-kept' });
  expect(await db.selectFrom('training_bookings').selectAll().execute()).toEqual([]);
  expect(await taken?.count(db, jo.person.id)).toBe(0);
  expect(await record?.read(db, a.person.id)).toEqual([
    expect.objectContaining({ Session: 'Perinatal', Length: '1 hour 30 minutes' }),
  ]);
  await record?.forget(db, a.person.id, bench.clock.now());
  expect(await source.keeps(a.person.id, [id])).toEqual(new Set());
  expect(await source.list(a, 'Europe/London')).toEqual([]);
});
