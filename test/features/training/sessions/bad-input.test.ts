import { describe, expect, test } from 'vitest';
import { recordDeactivated } from '../../../../src/community/people.ts';
import { loadActor } from '../../../../src/community/permissions.ts';
import { offerProfessions } from '../../../../src/community/professions.ts';
import { book, giveUp } from '../../../../src/features/training/sessions/book.ts';
import { hearOfSessions } from '../../../../src/features/training/sessions/hearing.ts';
import { remindersOf } from '../../../../src/features/training/sessions/jobs.ts';
import { listSeries, usualMinutes } from '../../../../src/features/training/sessions/outlines.ts';
import {
  cancelSession,
  changeWhen,
  moveSession,
  removeSession,
  whereaboutsOf,
} from '../../../../src/features/training/sessions/plan.ts';
import { findSeen, listSeen } from '../../../../src/features/training/sessions/read.ts';
import { findSession, listBookings } from '../../../../src/features/training/sessions/store.ts';
import {
  meetingLink,
  oddDay,
  problemsOfPlaces,
  problemsOfTime,
  sayWhen,
  startOf,
} from '../../../../src/features/training/sessions/when.ts';
import { changePreferences } from '../../../../src/outbox/outbox.ts';
import { givenCohort, givenFacilitator, givenPerson, outboxOf } from '../../checkins/support.ts';
import { beat, content, givenBench, givenLead, givenPeople, givenSession, standing } from './support.ts';

const zone = 'Europe/London';
const now = new Date('2026-03-03T10:00:00Z');

describe('when it is', () => {
  test.each([
    ['2026-03-29', '01:30', 'does not come'],
    ['2026-10-25', '01:30', 'comes twice'],
  ])('%s %s: the clocks change', (date, time, words) => {
    expect(startOf({ date, time }, zone)).toMatchObject({
      kind: 'problem',
      words: expect.stringContaining(words),
    });
  });
  test('around them it is the time on the wall', () => {
    expect(startOf({ date: '2026-03-29', time: '02:00' }, zone)).toMatchObject({
      startsAt: new Date('2026-03-29T01:00:00Z'),
    });
    expect(startOf({ date: '2026-10-25', time: '02:00' }, zone)).toMatchObject({
      startsAt: new Date('2026-10-25T02:00:00Z'),
    });
  });
  test.each([
    ['yesterday', '2026-03-02T10:00:00Z', 90, 'date'],
    ['an hour ago', '2026-03-03T09:00:00Z', 90, 'time'],
    ['in three years', '2029-03-05T10:00:00Z', 90, 'date'],
    ['past midnight', '2026-03-17T23:00:00Z', 90, 'minutes'],
    ['no time at all', '2026-03-17T10:00:00Z', 0, 'minutes'],
    ['half a minute', '2026-03-17T10:00:00Z', 30.5, 'minutes'],
    ['for days', '2026-03-17T00:00:00Z', 5000, 'minutes'],
    ['no number', '2026-03-17T10:00:00Z', Number.NaN, 'minutes'],
  ])('%s is refused beside its field', (_what, startsAt, minutes, field) => {
    expect(Object.keys(problemsOfTime({ startsAt: new Date(startsAt), minutes }, { zone, now }))).toEqual([
      field,
    ]);
  });
  test('until midnight is still that day', () => {
    expect(
      problemsOfTime({ startsAt: new Date('2026-03-17T22:30:00Z'), minutes: 90 }, { zone, now }),
    ).toEqual({});
  });
  test.each([
    ['2026-04-03', 'bank holiday'],
    ['2026-03-14', 'Saturday'],
    ['2026-03-16', 'half-term'],
    ['2026-03-17', undefined],
  ])('%s is pointed out: %s', (date, words) => {
    const closed = [{ from: '2026-03-16', until: '2026-03-16', name: 'half-term' }];
    const odd = oddDay(date, { bankHolidays: [], closed });
    if (words === undefined) expect(odd).toBeUndefined();
    else expect(odd).toContain(words);
  });
  test('whoever is abroad reads their own time, and the day where it is another', () => {
    const span = { startsAt: new Date('2026-03-17T23:30:00Z'), minutes: 20 };
    expect(sayWhen(span, zone, zone)).toBe('Tuesday 17 March, 23:30 to 23:50');
    expect(sayWhen(span, 'Asia/Tokyo', zone)).toBe(
      'Wednesday 18 March, 08:30 to 08:50 your time (Tuesday 17 March, 23:30 in London)',
    );
    expect(sayWhen(span, 'Africa/Accra', zone), 'the same on the clock').toBe(
      'Tuesday 17 March, 23:30 to 23:50',
    );
  });
  test.each([
    ['in the afternoon', '2026-03-19T14:00:00Z', ['2026-03-17T10:00:00.000Z', '2026-03-19T08:00:00.000Z']],
    ['early', '2026-03-19T09:30:00Z', ['2026-03-17T10:00:00.000Z', '2026-03-18T15:00:00.000Z']],
    ['early on a Monday', '2026-03-23T09:00:00Z', ['2026-03-19T10:00:00.000Z', '2026-03-20T15:00:00.000Z']],
    ['on a Saturday', '2026-03-21T14:00:00Z', ['2026-03-19T10:00:00.000Z', '2026-03-20T15:00:00.000Z']],
    ['on a Monday', '2026-03-23T14:00:00Z', ['2026-03-20T10:00:00.000Z', '2026-03-23T08:00:00.000Z']],
    ['after Easter', '2026-04-07T09:00:00Z', ['2026-04-02T09:00:00.000Z', '2026-04-07T07:00:00.000Z']],
  ])('reminders of one %s', (_what, startsAt, expected) => {
    const deps = { timeZone: zone, daysOff: { bankHolidays: [], closed: [] } };
    expect(remindersOf({ startsAt: new Date(startsAt) }, deps).map((at) => at.toISOString())).toEqual(
      expected,
    );
  });
});

describe('places', () => {
  const around = { today: '2026-03-03', on: '2026-03-17' };
  const kept = (places: number) => [{ profession: 'midwifery', places }];
  test.each([
    [{ places: 0 }, 'places'],
    [{ places: 5000 }, 'places'],
    [{ places: 2.5 }, 'places'],
    [{ places: undefined, mix: kept(2) }, 'places'],
    [{ places: 3, mix: [...kept(2), { profession: 'housing', places: 2 }] }, 'kept'],
    [{ places: 3, mix: kept(0) }, 'kept'],
    [{ places: 3, mix: kept(1), mixUntil: '2026-03-02' }, 'until'],
    [{ places: 3, mix: kept(1), mixUntil: '2026-03-18' }, 'until'],
  ])('%o is refused', (given, field) => {
    const all = { mix: [], mixUntil: undefined, ...given };
    expect(Object.keys(problemsOfPlaces(all, around))).toEqual([field]);
  });
  test('all kept, until the day itself, is fine', () => {
    expect(problemsOfPlaces({ places: 2, mix: kept(2), mixUntil: '2026-03-17' }, around)).toEqual({});
  });
});

test.each([
  ['https://meet.example.org/x', 'https://meet.example.org/x'],
  ['http://meet.example.org', 'http://meet.example.org/'],
  ['javascript:alert(1)', undefined],
  ['ftp://example.org', undefined],
  ['https://somebody@example.org', undefined],
  ['meet.example.org', undefined],
  ['https://localhost/x', undefined],
])('the link %s', (typed, expected) => {
  expect(meetingLink(typed)).toBe(expected);
});

test.each([
  ['Midwife', ['midwifery']],
  ['senior school nurse (band 6)', ['health-visiting']],
  ['Children’s centre lead', ['early-years']],
  ['police officer and youth worker', ['police-and-justice']],
  ['Astronaut', []],
  ['', []],
])('of the role “%s” is offered: %o', (role, expected) => {
  expect(offerProfessions(content.professions, role).map(({ id }) => id)).toEqual(expected);
});

test('every role of the profile is offered a group, and every series a length', () => {
  for (const role of content.journey.roles)
    expect(offerProfessions(content.professions, role), role).not.toEqual([]);
  const series = listSeries(content.training);
  expect(series.map(({ id }) => id)).toEqual([
    'series-perinatal',
    'series-0-5',
    'series-5-11',
    'series-11-18',
    'series-18-25',
    'series-adults',
    'trauma-informed-child-protection-conferences',
    'follow-up',
    'own',
  ]);
  expect(series.filter(({ id }) => id !== 'own').map(usualMinutes)).toEqual(Array(8).fill(90));
});

describe('what may happen meanwhile', () => {
  const asking = { profession: undefined, mayWait: true };
  const messages = async (bench: Awaited<ReturnType<typeof givenBench>>) =>
    await bench.db.selectFrom('outbox').select(['kind', 'status', 'message']).orderBy('id').execute();

  test('a series that left the file keeps its sessions as they were', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo, {
      seriesId: 'series-gone',
      outline: { label: 'Gone', shape: [{ part: 'Arrive', minutes: 90 }], notes: ['Be kind'] },
    });
    const [robin] = await givenPeople(bench, 1);
    if (!robin) throw new Error('Nobody');
    await book(bench, robin, { sessionId: session.id, ...asking });
    expect((await findSeen(bench, robin, session.id))?.session.outline).toMatchObject({
      label: 'Gone',
      notes: ['Be kind'],
    });
    expect((await listSeen(bench, robin, { filter: 'mine' })).shown).toHaveLength(1);
  });

  test('changed back before it was told: nobody hears of it', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo);
    const [robin] = await givenPeople(bench, 1);
    if (!robin) throw new Error('Nobody');
    await book(bench, robin, { sessionId: session.id, ...asking });
    const { minutes, place, link } = session;
    const to = (startsAt: Date) => changeWhen(bench, jo, session.id, { startsAt, minutes, place, link });
    expect(await to(new Date('2026-03-18T10:00:00Z'))).toMatchObject({ kind: 'changed', told: 1 });
    expect(await to(session.startsAt)).toMatchObject({ kind: 'changed', told: 0 });
    await beat(bench, '2026-03-03T12:00:00Z');
    expect((await messages(bench)).map(({ kind }) => kind)).toEqual(['sessions.booked']);
    expect((await findSession(bench.db, session.id))?.sequence).toBe(2);
  });

  test('whoever booked after the change knows it; what is near is told at once', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo, { startsAt: new Date('2026-03-03T15:00:00Z') });
    const [robin, sam] = await givenPeople(bench, 2);
    if (!robin || !sam) throw new Error('Nobody');
    await book(bench, robin, { sessionId: session.id, ...asking });
    bench.clock.forward(150);
    await bench.db.transaction().execute((trx) => moveSession(trx, bench, session.id, { place: 'Library' }));
    bench.clock.forward(1);
    await book(bench, sam, { sessionId: session.id, ...asking });
    await beat(bench);
    const changed = (await outboxOf(bench)).filter(({ text }) => text.startsWith('A change'));
    expect(changed).toHaveLength(1);
  });

  test('a session can be removed only while nobody has anything of it', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo);
    const [robin] = await givenPeople(bench, 1);
    if (!robin) throw new Error('Nobody');
    await book(bench, robin, { sessionId: session.id, ...asking });
    await giveUp(bench, robin, session.id);
    const remove = () => bench.db.transaction().execute((trx) => removeSession(trx, bench, jo, session.id));
    expect(await remove()).toBe(false);
    await bench.db.deleteFrom('training_bookings').execute();
    expect(await remove()).toBe(true);
    expect(await findSession(bench.db, session.id)).toBeUndefined();
  });

  test('cancelled with a waiting list, once: each is told once, and nothing more happens to it', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo, { places: 1 });
    const people = await givenPeople(bench, 3);
    for (const actor of people) await book(bench, actor, { sessionId: session.id, ...asking });
    expect(await cancelSession(bench, jo, session.id, 'I am ill')).toMatchObject({
      kind: 'cancelled',
      told: 3,
      late: 0,
    });
    expect(await cancelSession(bench, jo, session.id, '')).toMatchObject({ kind: 'over' });
    await beat(bench, '2026-03-16T10:00:00Z');
    const told = (await messages(bench)).filter(({ kind }) => kind === 'sessions.cancelled');
    expect(told).toHaveLength(3);
    expect(JSON.stringify(told), 'words of somebody are sealed').not.toContain('I am ill');
    expect((await messages(bench)).filter(({ kind }) => kind === 'sessions.reminder')).toEqual([]);
    expect(await book(bench, people[2] ?? jo, { sessionId: session.id, ...asking })).toMatchObject({
      kind: 'cancelled',
    });
  });

  test('who run it besides, and who planned it, hear that it is moved, cancelled or removed, and not who does it', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const [robin, sam] = await givenPeople(bench, 2);
    if (!robin || !sam) throw new Error('Nobody');
    const hosts = [robin.person.id, sam.person.id];
    const [moved, gone] = [
      await givenSession(bench, jo, { hosts }),
      await givenSession(bench, jo, { hosts: [jo.person.id, ...hosts] }),
    ];
    const queued = async (kind: 'sessions.hosted-changed' | 'sessions.hosted-cancelled') =>
      (
        await bench.db
          .selectFrom('outbox')
          .select(['person_id', 'send_after'])
          .where('kind', '=', kind)
          .where('status', '=', 'queued')
          .orderBy('person_id')
          .execute()
      ).map(({ person_id, send_after }) => [person_id, send_after]);
    const at = (personIds: string[], when: string) => personIds.toSorted().map((id) => [id, when]);
    // Twice within the hour is one message.
    for (const minutes of [60, 75]) {
      await changeWhen(bench, robin, moved.id, { ...whereaboutsOf(moved), minutes });
      bench.clock.forward(10);
    }
    expect(await queued('sessions.hosted-changed')).toEqual(
      at([jo.person.id, sam.person.id], '2026-03-03T11:10:00.000Z'),
    );
    expect(await cancelSession(bench, robin, moved.id, '')).toMatchObject({ told: 0 });
    expect(await queued('sessions.hosted-changed')).toEqual([]);
    const cancelled = at([jo.person.id, sam.person.id], '2026-03-03T10:20:00.000Z');
    expect(await queued('sessions.hosted-cancelled')).toEqual(cancelled);
    await bench.db.transaction().execute((trx) => removeSession(trx, bench, jo, gone.id));
    expect(await queued('sessions.hosted-cancelled')).toEqual(
      [...cancelled, ...at(hosts, '2026-03-03T10:20:00.000Z')].toSorted((one, other) =>
        String(one[0]).localeCompare(String(other[0])),
      ),
    );
  });

  test('whoever is away for days is passed over and stays first; whoever leaves gives up their place', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo, { places: 1 });
    const [robin, sam, toni] = await givenPeople(bench, 3);
    if (!robin || !sam || !toni) throw new Error('Nobody');
    for (const actor of [robin, sam, toni]) await book(bench, actor, { sessionId: session.id, ...asking });
    await changePreferences(bench.db, sam.person.id, { awayUntil: '2026-03-09' }, bench.clock.now());
    await hearOfSessions(bench, robin.person.id, { kind: 'left-programme' });
    expect(await standing(bench, session)).toEqual({
      cancelled: ['up1'],
      offered: ['up3'],
      waiting: ['up2'],
    });
    // Not taken for a day; sam is still away.
    await beat(bench, '2026-03-04T10:01:00Z');
    expect(await standing(bench, session)).toMatchObject({ waiting: ['up2'], cancelled: ['up1', 'up3'] });
    await beat(bench, '2026-03-10T10:00:00Z');
    expect(await standing(bench, session)).toMatchObject({ offered: ['up2'] });
    // Their account is closed.
    await recordDeactivated(bench.db, bench.clock, sam.person.id);
    await beat(bench, '2026-03-10T11:00:00Z');
    expect(await standing(bench, session)).toEqual({ cancelled: ['up1', 'up3', 'up2'] });
  });

  test('nobody loses their turn by a weekend', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo, { places: 1 });
    const [robin, sam, toni] = await givenPeople(bench, 3);
    if (!robin || !sam || !toni) throw new Error('Nobody');
    for (const actor of [robin, sam]) await book(bench, actor, { sessionId: session.id, ...asking });
    bench.clock.moveTo('2026-03-06T19:00:00Z');
    await giveUp(bench, robin, session.id);
    expect(await book(bench, toni, { sessionId: session.id, ...asking })).toMatchObject({ kind: 'waiting' });
    const offered = (await listBookings(bench.db, session.id)).find(({ status }) => status === 'offered');
    expect(offered).toMatchObject({
      personId: sam.person.id,
      offeredUntil: new Date('2026-03-10T09:00:00Z'),
    });
  });

  test('an offer in the evening counts from the morning, and never beyond the beginning', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    bench.clock.moveTo('2026-03-03T19:00:00Z');
    const session = await givenSession(bench, jo, { places: 1, startsAt: new Date('2026-03-05T10:00:00Z') });
    const late = await givenSession(bench, jo, { places: 1, startsAt: new Date('2026-03-04T15:00:00Z') });
    const [robin, sam] = await givenPeople(bench, 2);
    if (!robin || !sam) throw new Error('Nobody');
    for (const one of [session, late]) {
      for (const actor of [robin, sam]) await book(bench, actor, { sessionId: one.id, ...asking });
      await giveUp(bench, robin, one.id);
    }
    const until = async (id: string) =>
      (await listBookings(bench.db, id))
        .find(({ status }) => status === 'offered')
        ?.offeredUntil?.toISOString();
    expect(await until(session.id)).toBe('2026-03-05T09:00:00.000Z');
    expect(await until(late.id)).toBe('2026-03-04T15:00:00.000Z');
  });

  test('a facilitator who leaves: the session stays, and the others of the group hear once that nobody hosts it', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const cohortId = await givenCohort(bench, []);
    const gale = await givenPerson(bench, 'UGALE', { name: 'Gale' });
    await givenFacilitator(bench, gale, cohortId);
    const session = await givenSession(bench, jo, { cohortId });
    await hearOfSessions(bench, jo.person.id, { kind: 'left-programme' });
    await beat(bench, '2026-03-03T11:00:00Z');
    await beat(bench, '2026-03-03T12:00:00Z');
    expect((await outboxOf(bench)).map(({ text }) => text)).toEqual([
      expect.stringContaining('Nobody hosts a session'),
    ]);
    expect((await findSeen(bench, await loadActor(bench.db, gale.id), session.id))?.hosts).toEqual([]);
  });

  test('a session of a group is nobody else’s: neither seen nor booked, whatever is sent', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const session = await givenSession(bench, jo, { cohortId: await givenCohort(bench, []) });
    const [robin] = await givenPeople(bench, 1);
    if (!robin) throw new Error('Nobody');
    expect(await findSeen(bench, robin, session.id)).toBeUndefined();
    expect(await book(bench, robin, { sessionId: session.id, ...asking })).toEqual({ kind: 'not-for-you' });
    expect(await cancelSession(bench, robin, session.id, '')).toEqual({ kind: 'not-allowed' });
    const { startsAt, minutes, place, link } = session;
    expect(await changeWhen(bench, robin, session.id, { startsAt, minutes, place, link })).toEqual({
      kind: 'not-allowed',
    });
    const toni = await givenPerson(bench, 'UTONI', { hasAgreed: false });
    const open = await givenSession(bench, jo);
    expect(await book(bench, await loadActor(bench.db, toni.id), { sessionId: open.id, ...asking })).toEqual({
      kind: 'not-for-you',
    });
  });
});
