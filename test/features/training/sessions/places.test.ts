import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNeeds } from '../../../../src/features/training/access/store.ts';
import { book, giveUp, moveTo } from '../../../../src/features/training/sessions/book.ts';
import {
  bringPlacesTogether,
  bringWhenTogether,
  whenSeenNow,
} from '../../../../src/features/training/sessions/meanwhile.ts';
import {
  bookedMessage,
  changedMessage,
  reminderMessage,
  standsMessage,
} from '../../../../src/features/training/sessions/messages.ts';
import { freeFor, hasPlace, lastIn } from '../../../../src/features/training/sessions/places.ts';
import {
  cancelSession,
  changePlaces,
  changeWhen,
  whereaboutsOf,
} from '../../../../src/features/training/sessions/plan.ts';
import type { Booking, Session } from '../../../../src/features/training/sessions/session.ts';
import {
  findSession,
  listBookings,
  listUnsettled,
} from '../../../../src/features/training/sessions/store.ts';
import { days, later } from '../../../../src/lib/clock.ts';
import { localDate } from '../../../../src/scheduler/calendar.ts';
import { type Bench, beat, givenBench, givenLead, givenPeople, givenSession, standing } from './support.ts';

const taken = (status: Booking['status'], profession?: string) => ({ status, profession });

test.each([
  ['no limit', { places: undefined, mix: [] }, [taken('booked')], 'a', Number.POSITIVE_INFINITY],
  ['an offer is taken too', { places: 2, mix: [] }, [taken('booked'), taken('offered')], 'a', 0],
  ['waiting and given up are not', { places: 2, mix: [] }, [taken('waiting'), taken('cancelled')], 'a', 2],
  ['kept for others', { places: 5, mix: [{ profession: 'b', places: 3 }] }, [taken('booked', 'a')], 'a', 1],
  [
    'kept for one’s own',
    { places: 5, mix: [{ profession: 'b', places: 3 }] },
    [taken('booked', 'a')],
    'b',
    4,
  ],
  [
    'kept, and used up',
    { places: 5, mix: [{ profession: 'b', places: 1 }] },
    [taken('booked', 'b'), taken('booked', 'b')],
    'a',
    3,
  ],
  ['more than there are', { places: 1, mix: [] }, [taken('booked'), taken('booked')], 'a', -1],
] as const)('places left: %s', (_what, room, bookings, profession, expected) => {
  expect(
    freeFor({ ...room, mix: [...room.mix], mixUntil: undefined }, bookings, profession, '2026-03-03'),
  ).toBe(expected);
});

test('kept places are for everybody from the day after the last one on', () => {
  const room = { places: 1, mix: [{ profession: 'b', places: 1 }], mixUntil: '2026-03-10' };
  expect(freeFor(room, [], 'a', '2026-03-10')).toBe(0);
  expect(freeFor(room, [], 'a', '2026-03-11')).toBe(1);
});

describe('forty at once for twenty places', () => {
  test('twenty have one, twenty wait in the order in which they came, and nobody twice', async () => {
    const bench = await givenBench();
    const session = await givenSession(bench, await givenLead(bench));
    const people = await givenPeople(bench, 40);
    const asking = { sessionId: session.id, profession: undefined, mayWait: true };
    const outcomes = await Promise.all(
      // Each presses twice.
      people.flatMap((actor) => [book(bench, actor, asking), book(bench, actor, asking)]),
    );
    const bookings = await listBookings(bench.db, session.id);
    expect(bookings).toHaveLength(40);
    expect(bookings.filter(({ status }) => status === 'booked')).toHaveLength(20);
    expect(bookings.filter(({ status }) => status === 'waiting')).toHaveLength(20);
    expect(new Set(bookings.map(({ since }) => since.getTime())).size).toBe(40);
    expect(outcomes.filter(({ kind }) => kind === 'booked')).toHaveLength(20);
    expect(outcomes.filter(({ kind }) => kind === 'already')).toHaveLength(40);
    expect(new Set(bench.sentNow).size).toBe(20);
  });
});

type Op =
  | { kind: 'book'; who: number; as: string; mayWait: boolean }
  | { kind: 'give-up'; who: number }
  | { kind: 'hours'; hours: number }
  | { kind: 'places'; places: number; fewer: 'keep' | 'move' };

const ops: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('book' as const),
      who: fc.nat(7),
      as: fc.constantFrom('midwifery', 'police-and-justice'),
      mayWait: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('give-up' as const), who: fc.nat(7) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('places' as const),
      places: fc.integer({ min: 2, max: 6 }),
      fewer: fc.constantFrom('keep' as const, 'move' as const),
    }),
  },
);

/** Somebody who could have a place now, could be told, and is left waiting. */
function leftWaiting(session: Session, bookings: readonly Booking[], today: string): Booking | undefined {
  return bookings.find(
    (one) => one.status === 'waiting' && freeFor(session, bookings, one.profession, today) > 0,
  );
}

test('whatever people do, no place is sold twice, none that is free is kept from who waits, and the order stays', async () => {
  // Making a database takes longer than all the rest, on a server at least: each run has a session of its own.
  const bench: Bench = await givenBench();
  const jo = await givenLead(bench);
  const people = await givenPeople(bench, 8);
  await fc.assert(
    fc.asyncProperty(fc.array(ops, { maxLength: 25 }), async (steps) => {
      const begun = bench.clock.now();
      const made = await givenSession(bench, jo, {
        places: 4,
        mix: [{ profession: 'midwifery', places: 2 }],
        mixUntil: localDate(later(begun, days(3)), bench.timeZone),
        startsAt: later(begun, days(45)),
      });
      let isOver = false;
      for (const step of steps) {
        const before = await listBookings(bench.db, made.id);
        const actor = 'who' in step ? people[step.who] : undefined;
        if (step.kind === 'book' && actor)
          await book(bench, actor, { sessionId: made.id, profession: step.as, mayWait: step.mayWait });
        if (step.kind === 'give-up' && actor) await giveUp(bench, actor, made.id);
        if (step.kind === 'hours') bench.clock.forward(step.hours * 60);
        if (step.kind === 'places') {
          const session = await findSession(bench.db, made.id);
          const held = before.filter(hasPlace).length;
          if (session)
            await changePlaces(bench, jo, made.id, {
              ...session,
              places: step.places,
              hosts: [jo.person.id],
              fewer: step.fewer,
            });
          isOver = step.fewer === 'keep' && held > step.places;
        }
        await beat(bench);
        const now = bench.clock.now();
        const session = await findSession(bench.db, made.id);
        const bookings = await listBookings(bench.db, made.id);
        if (!session) throw new Error('It is gone.');
        const places = session.places ?? 0;
        const held = bookings.filter(hasPlace).length;
        if (held <= places) isOver = false;
        // Nobody may be let in while there are more than there are places.
        expect(held).toBeLessThanOrEqual(isOver ? Math.max(places, before.filter(hasPlace).length) : places);
        expect(new Set(bookings.map(({ personId }) => personId)).size).toBe(bookings.length);
        expect(new Set(bookings.map(({ since }) => since.getTime())).size).toBe(bookings.length);
        for (const one of bookings)
          if (one.status === 'offered') expect(one.offeredUntil?.getTime()).toBeGreaterThan(now.getTime());
        const waited = (one: Booking) =>
          before.find((other) => other.personId === one.personId && other.status === 'waiting');
        for (const offered of bookings
          .filter(({ status }) => status === 'offered')
          .flatMap((one) => waited(one) ?? []))
          for (const left of bookings
            .filter(({ status }) => status === 'waiting')
            .flatMap((one) => waited(one) ?? []))
            if (left.profession === offered.profession)
              expect(offered.since.getTime(), 'nobody is passed by').toBeLessThan(left.since.getTime());
        expect(leftWaiting(session, bookings, localDate(now, bench.timeZone))).toBeUndefined();
      }
      await cancelSession(bench, jo, made.id, '');
      expect(bench.logged).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test('those who lose their place to fewer places are the last who got one', async () => {
  const bench = await givenBench();
  const jo = await givenLead(bench);
  const session = await givenSession(bench, jo, { places: 3 });
  for (const actor of await givenPeople(bench, 5)) {
    await book(bench, actor, { sessionId: session.id, profession: undefined, mayWait: true });
  }
  const change = { ...session, places: 1, hosts: [jo.person.id] };
  expect(await changePlaces(bench, jo, session.id, { ...change, fewer: undefined })).toMatchObject({
    kind: 'fewer',
    taken: 3,
  });
  expect(await standing(bench, session)).toEqual({ booked: ['up1', 'up2', 'up3'], waiting: ['up4', 'up5'] });
  expect(lastIn(await listBookings(bench.db, session.id), 1)).toHaveLength(2);
  expect(await changePlaces(bench, jo, session.id, { ...change, fewer: 'move' })).toMatchObject({
    kind: 'changed',
    told: 2,
  });
  expect(await standing(bench, session)).toEqual({ booked: ['up1'], waiting: ['up2', 'up3', 'up4', 'up5'] });
  // The first to have lost it is the first to get it back.
  expect(await changePlaces(bench, jo, session.id, { ...change, places: 2, fewer: undefined })).toMatchObject(
    { kind: 'changed' },
  );
  expect(await standing(bench, session)).toEqual({
    booked: ['up1'],
    offered: ['up2'],
    waiting: ['up3', 'up4', 'up5'],
  });
});

test('two who move to the last place of another date: one has it, the other keeps theirs, and nobody is without', async () => {
  const bench = await givenBench();
  const jo = await givenLead(bench);
  const first = await givenSession(bench, jo, { asksAccess: true });
  const second = await givenSession(bench, jo, {
    startsAt: new Date('2026-03-24T10:00:00Z'),
    places: 1,
    asksAccess: true,
  });
  const people = await givenPeople(bench, 2);
  for (const actor of people)
    await book(bench, actor, {
      sessionId: first.id,
      profession: 'housing',
      mayWait: false,
      needs: 'Step-free',
    });
  const outcomes = await Promise.all(
    // Each presses twice.
    [...people, ...people].map((actor) => moveTo(bench, actor, { from: first.id, to: second.id })),
  );
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['full', 'full', 'had-none', 'moved']);
  const [here, there] = [await standing(bench, first), await standing(bench, second)];
  expect(here.booked).toHaveLength(1);
  expect(here.cancelled).toEqual(there.booked);
  const moved = (await listBookings(bench.db, second.id))[0];
  expect(moved?.profession).toBe('housing');
  const of = { sessionId: second.id, personId: moved?.personId ?? '' };
  expect((await findNeeds(bench.db, bench.vault, of))?.words, 'goes with them').toBe('Step-free');
  expect(await findNeeds(bench.db, bench.vault, { ...of, sessionId: first.id })).toBeUndefined();
  expect(outcomes.find(({ kind }) => kind === 'moved')).toMatchObject({ leftNeeds: false });

  // A date that does not ask keeps nothing of it, and they hear so.
  const unasked = await givenSession(bench, jo, { startsAt: new Date('2026-03-31T10:00:00Z') });
  const mover = people.find(({ person }) => person.id === moved?.personId);
  if (!mover) throw new Error('Nobody moved.');
  expect(await moveTo(bench, mover, { from: second.id, to: unasked.id })).toMatchObject({
    kind: 'moved',
    leftNeeds: true,
  });
  expect(await findNeeds(bench.db, bench.vault, { ...of, sessionId: unasked.id })).toBeUndefined();
});

test('a full session is left alone, however many wait; looked at are one with a place to give, and one whose offer is over', async () => {
  const bench = await givenBench();
  const jo = await givenLead(bench);
  const [full, roomy, offered] = [
    await givenSession(bench, jo, { places: 1 }),
    await givenSession(bench, jo, { places: 1 }),
    await givenSession(bench, jo, { places: 1 }),
  ];
  const people = await givenPeople(bench, 3);
  for (const { id: sessionId } of [full, roomy, offered])
    for (const actor of people) await book(bench, actor, { sessionId, profession: undefined, mayWait: true });
  const unsettled = async () => (await listUnsettled(bench.db, bench.clock.now())).toSorted();
  expect(await unsettled()).toEqual([]);
  await bench.db.updateTable('training_sessions').set({ places: 2 }).where('id', '=', roomy.id).execute();
  expect(await unsettled()).toEqual([roomy.id]);
  if (people[0]) await giveUp(bench, people[0], offered.id);
  expect(await unsettled(), 'it is kept for a day').toEqual([roomy.id]);
  bench.clock.moveTo('2026-03-04T10:01:00Z');
  expect(await unsettled()).toEqual([roomy.id, offered.id].toSorted());
});

test('whoever was told of their place after a change is not told of that change again', async () => {
  const bench = await givenBench();
  const jo = await givenLead(bench);
  const session = await givenSession(bench, jo, { places: 2 });
  const people = await givenPeople(bench, 2);
  for (const actor of people)
    await book(bench, actor, { sessionId: session.id, profession: undefined, mayWait: false });
  bench.clock.forward(5);
  await changeWhen(bench, jo, session.id, {
    ...whereaboutsOf(session),
    startsAt: new Date('2026-03-17T13:00:00Z'),
  });
  bench.clock.forward(5);
  const places = { ...session, places: 1, hosts: [jo.person.id] };
  await changePlaces(bench, jo, session.id, { ...places, fewer: 'move' });
  bench.clock.forward(5);
  // A new name is no news of the time.
  await changePlaces(bench, jo, session.id, { ...places, title: 'Bumps', fewer: 'keep' });
  bench.clock.forward(60);
  await beat(bench);
  const told = await bench.db
    .selectFrom('outbox')
    .select(['person_id', 'kind'])
    .where('kind', 'in', ['sessions.changed', 'sessions.moved-down'])
    .orderBy('kind')
    .execute();
  expect(told.map(({ person_id, kind }) => [kind, person_id])).toEqual([
    ['sessions.changed', people[0]?.person.id],
    ['sessions.moved-down', people[1]?.person.id],
  ]);
});

test('cancelled before people were told that it has moved: each reads when and where they know it to be', async () => {
  const bench = await givenBench();
  const jo = await givenLead(bench);
  const [early, waits, late, host] = await givenPeople(bench, 4);
  if (!early || !waits || !late || !host) throw new Error('Nobody');
  const cancelled = async (startsAt: Date, booksLate: boolean) => {
    const { id } = await givenSession(bench, jo, {
      startsAt,
      place: 'Room 1',
      places: 1,
      hosts: [jo.person.id, host.person.id],
    });
    for (const actor of [early, waits])
      await book(bench, actor, { sessionId: id, profession: undefined, mayWait: true });
    bench.clock.forward(5);
    const moved = { startsAt: later(startsAt, 30 * 60_000), minutes: 60, place: 'Room 2', link: undefined };
    await changeWhen(bench, jo, id, moved);
    const now = await findSession(bench.db, id);
    if (!now) throw new Error('Gone');
    const hosts = [jo.person.id, host.person.id];
    await changePlaces(bench, jo, id, { ...now, title: 'Bumps', hosts, fewer: 'keep' });
    bench.clock.forward(5);
    if (booksLate) await book(bench, late, { sessionId: id, profession: undefined, mayWait: true });
    bench.clock.forward(5);
    await cancelSession(bench, jo, id, '');
    const rows = await bench.db
      .selectFrom('outbox')
      .select(['person_id', 'message'])
      .where('topic', '=', `session:${id}`)
      .where('kind', 'in', ['sessions.cancelled', 'sessions.hosted-cancelled'])
      .execute();
    const said = (actor: typeof early) => rows.find((row) => row.person_id === actor.person.id)?.message;
    return { said, stands: await findSession(bench.db, id) };
  };
  for (const booksLate of [false, true]) {
    const at = new Date(booksLate ? '2026-03-18T13:30:00Z' : '2026-03-17T13:30:00Z');
    const { said, stands } = await cancelled(at, booksLate);
    for (const actor of [early, waits, host]) {
      expect(said(actor)).toContain('13:30 to 15:00');
      expect(said(actor)).toContain('*Perinatal*');
      expect(said(actor)).toContain('Room 1');
      expect(said(actor)).not.toMatch(/14:00|Bumps/);
    }
    if (booksLate) expect(said(late)).toMatch(/Bumps.*14:00.*Room 2/su);
    // What their earlier messages, the list and their calendars are brought to.
    expect(stands).toMatchObject({ isCancelled: true, place: booksLate ? 'Room 2' : 'Room 1' });
  }
});

test('what two typed at once: what one alone changed is kept, and only what both changed otherwise clashes', () => {
  const field = fc.constantFrom('a', 'b', 'c', undefined);
  const when = fc.record({
    startsAt: fc.constantFrom(1, 2, 3).map((hour) => new Date(Date.UTC(2026, 2, 17, hour))),
    minutes: fc.constantFrom(60, 90),
    place: field,
    link: field,
  });
  fc.assert(
    fc.property(when, when, when, (seen, mine, now) => {
      const { together, clashes } = bringWhenTogether({ seen, mine, now });
      for (const name of ['startsAt', 'minutes', 'place', 'link'] as const) {
        const [was, typed, stands] = [seen[name], mine[name], now[name]].map(String);
        const expected = typed === was ? now[name] : mine[name];
        expect(String(together[name])).toBe(String(expected));
        expect(clashes.includes(name)).toBe(typed !== was && stands !== was && typed !== stands);
      }
      const next = whenSeenNow(seen, now, clashes);
      expect(bringWhenTogether({ seen: next, mine, now }).clashes, 'it is asked once').toEqual([]);
    }),
  );
  const places = { title: 'Play', places: 8, asksAccess: false, mix: [], mixUntil: undefined };
  expect(
    bringPlacesTogether({
      seen: { ...places, hosts: ['jo', 'sam'] },
      mine: { ...places, hosts: ['jo', 'sam', 'robin'] },
      now: { ...places, hosts: ['jo', 'toni'] },
    }),
  ).toMatchObject({ together: { hosts: ['jo', 'toni', 'robin'] }, clashes: [] });
});

test('messages say what is so for whoever waits, and how far away it is', async () => {
  const bench = await givenBench();
  const jo = await givenLead(bench);
  const session = await givenSession(bench, jo, { link: 'https://meet.example.org/x' });
  const told = { zone: 'Europe/London', home: 'Europe/London', now: bench.clock.now() };
  const before = { ...whereaboutsOf(session), link: undefined };
  const changed = (hasPlace: boolean) => JSON.stringify(changedMessage(session, before, hasPlace, told));
  expect(changed(true)).toContain('behind “Open”');
  expect(changed(false)).toContain('it comes with a place');
  expect(changed(false)).not.toContain('behind “Open”');
  const own = {
    sessionId: session.id,
    personId: jo.person.id,
    status: 'offered' as const,
    profession: undefined,
    since: bench.clock.now(),
    offeredUntil: new Date('2026-03-04T10:00:00Z'),
  };
  expect(JSON.stringify(standsMessage(session, own, told))).toContain(
    'It is kept until Wednesday 4 March, 10:00.',
  );
  const reminded = (on: string) => JSON.stringify(reminderMessage(session, new Date(on), told));
  expect(reminded('2026-03-15T10:00:00Z')).toContain('In 2 days');
  expect(reminded('2026-03-16T15:00:00Z')).toContain('Tomorrow');
  expect(reminded('2026-03-17T08:00:00Z')).toContain('Today');
  const far = { ...session, startsAt: new Date('2027-12-20T10:00:00Z') };
  expect(JSON.stringify(bookedMessage(far, told))).toContain('Monday 20 December 2027, 10:00 to 11:30');
});
