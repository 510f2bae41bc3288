import { describe, expect, test } from 'vitest';
import { loadActor } from '../../../src/community/permissions.ts';
import { pilotCheckIn } from '../../../src/features/checkins/planning/pilot-part.ts';
import { pilotGroup } from '../../../src/features/cohorts/managing/pilot-part.ts';
import { loadContent } from '../../../src/features/content.ts';
import type { PilotDeps } from '../../../src/features/pilots/deps.ts';
import { lookAhead, makePilot, type WantedPilot } from '../../../src/features/pilots/make.ts';
import {
  type How,
  lookAtMove,
  type Move,
  markOf,
  movePart,
  undoMove,
} from '../../../src/features/pilots/move.ts';
import { findSeen, type PilotSeen } from '../../../src/features/pilots/read.ts';
import { removePilot } from '../../../src/features/pilots/remove.ts';
import { datedSessions } from '../../../src/features/training/index.ts';
import { pilotSession } from '../../../src/features/training/sessions/pilot-part.ts';
import { newId } from '../../../src/lib/random.ts';
import { retention } from '../../support/retention.ts';
import {
  beat,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenPerson,
  outboxOf,
} from '../checkins/support.ts';

const content = loadContent('data');

/** The parts of a pilot by the features that have them, on a database of its own. Tuesday 3 March 2026, 10:00. */
async function givenPilots(change: Partial<PilotDeps> = {}) {
  const bench = await givenBench(datedSessions);
  const jo = await givenPerson(bench, 'UJO');
  await givenFacilitator(bench, jo, null);
  const deps: PilotDeps = {
    ...bench,
    templates: content.pilots,
    checklists: [],
    retention,
    parts: {
      group: pilotGroup({ clock: bench.clock, vocabulary: content.vocabulary }),
      session: pilotSession({ ...bench, training: content.training }),
      checkin: pilotCheckIn(bench),
    },
    ...change,
  };
  const actor = await loadActor(bench.db, jo.id);
  const wanted: WantedPilot = {
    id: newId(bench.clock),
    templateId: 'perinatal',
    startsOn: '2026-04-14',
    time: '10:00',
    cohortId: undefined,
    name: 'Perinatal, spring',
  };
  const made = async (plan: Partial<WantedPilot> = {}): Promise<PilotSeen> => {
    const outcome = await makePilot(deps, actor, { ...wanted, ...plan });
    if (outcome.kind !== 'made') throw new Error(outcome.words);
    return outcome.seen;
  };
  const move = async (by: typeof actor, what: Move, how: How) => {
    const looked = await lookAtMove(deps, by, what, how);
    if (looked.kind !== 'moved') return looked;
    return movePart(deps, by, what, how, markOf(looked.differences));
  };
  return { bench, deps, jo: actor, wanted, made, move };
}

const daysOf = ({ parts }: PilotSeen) =>
  Object.fromEntries(parts.map(({ key, date, time }) => [key, time ? `${date} ${time}` : date]));
const many = async ({ db }: PilotDeps) => ({
  cohorts: (await db.selectFrom('cohorts').select('id').execute()).length,
  sessions: (await db.selectFrom('training_sessions').select('id').execute()).length,
  checkins: (await db.selectFrom('checkins').select('id').execute()).length,
});

describe('a pilot', () => {
  test('is made whole, once, and nobody is told of it', async () => {
    const { deps, bench, made } = await givenPilots();
    const seen = await made();
    expect(daysOf(seen)).toEqual({
      start: '2026-04-14',
      'pilot-group-start:before': '2026-04-14 09:30',
      'confidence-baseline:before': '2026-04-15 09:30',
      'session-1': '2026-04-21 10:00',
      'post-session:session-1': '2026-04-21 12:30',
      'session-2': '2026-05-05 10:00',
      'post-session:session-2': '2026-05-05 12:30',
      'session-3': '2026-05-19 10:00',
      'post-session:session-3': '2026-05-19 12:30',
      'confidence-follow-up:later': '2026-07-14 09:30',
      'perinatal-pilot-follow-up:later': '2026-07-15 09:30',
      'follow-up': '2026-07-21 10:00',
      'post-session:follow-up': '2026-07-21 12:30',
      report: '2026-08-04',
    });
    expect(seen.cohort).toMatchObject({
      name: 'Perinatal, spring',
      ageGroup: 'perinatal',
      startsOn: '2026-04-14',
      endsOn: '2026-08-04',
    });
    const before = await many(deps);
    expect(before).toEqual({ cohorts: 1, sessions: 4, checkins: 8 });
    await made();
    expect(await many(deps)).toEqual(before);
    expect(await outboxOf(bench)).toEqual([]);
  });

  test('looking ahead keeps nothing, and what cannot be is said beside what was typed', async () => {
    const { deps, jo, wanted, made } = await givenPilots();
    const look = async (change: Partial<WantedPilot>) => {
      const outcome = await lookAhead(deps, jo, { ...wanted, id: newId(deps.clock), ...change });
      return outcome.kind === 'problem' ? `${outcome.field}: ${outcome.words}` : outcome.kind;
    };
    expect(await look({})).toBe('made');
    expect(await many(deps)).toEqual({ cohorts: 0, sessions: 0, checkins: 0 });
    expect(await look({ startsOn: '2026-03-03' })).toContain(
      'start: Please choose a first day from tomorrow',
    );
    expect(await look({ startsOn: '2025-03-03' })).toContain('start: ');
    expect(await look({ startsOn: '2027-01-20' })).toContain(
      'start: After a session (follow-up): That would be on 28 April 2027',
    );
    expect(await look({ startsOn: '2027-06-01' })).toContain('start: Please choose a first day within');
    expect(await look({ time: '23:30' })).toContain(
      'time: Perinatal: session 1 of 3: It would end at 01:00 on the next day',
    );
    expect(await look({ templateId: 'gone' })).toContain('template: ');
    expect(await look({ cohortId: 'nobody’s' })).toContain('cohort: ');
    expect(await look({ name: '…' })).toContain('name: Please give the group a name');
    await made();
    expect(await look({})).toContain('name: There is a group called Perinatal, spring already');
    expect(await many(deps)).toEqual({ cohorts: 1, sessions: 4, checkins: 8 });
  });

  test('may be for a group that is there; its dates stay, and its closed days count', async () => {
    const { deps, bench, made, jo } = await givenPilots();
    const cohortId = await givenCohort(bench, [], 'Midwives');
    const closed = JSON.stringify([{ from: '2026-05-04', until: '2026-05-08', name: 'Half-term' }]);
    await bench.db.updateTable('cohorts').set({ closed_days: closed }).execute();
    const seen = await made({ cohortId });
    expect(seen.parts.find(({ key }) => key === 'session-2')).toMatchObject({
      date: '2026-05-11',
      otherwise: { wantedOn: '2026-05-05', why: 'closed: Half-term' },
    });
    expect(seen.cohort.startsOn).toBeUndefined();
    expect(await removePilot(deps, jo, seen.pilot.id)).toMatchObject({ kind: 'removed', groupStays: true });
    expect(await many(deps)).toEqual({ cohorts: 1, sessions: 0, checkins: 0 });
  });

  test('somebody who runs one group alone plans it for that group, and for no other', async () => {
    const { deps, bench, wanted, made } = await givenPilots();
    const [own, other] = [await givenCohort(bench, [], 'Own'), await givenCohort(bench, [], 'Other')];
    const fran = await givenPerson(bench, 'UFRAN');
    await givenFacilitator(bench, fran, own);
    const actor = await loadActor(bench.db, fran.id);
    const look = async (cohortId: string | undefined) =>
      (await lookAhead(deps, actor, { ...wanted, cohortId })).kind;
    expect([await look(own), await look(other), await look(undefined)]).toEqual([
      'made',
      'problem',
      'problem',
    ]);
    const seen = await made({ cohortId: other });
    expect(await findSeen(deps, actor, seen.pilot.id)).toBeUndefined();
    const member = await loadActor(bench.db, (await givenPerson(bench, 'UMEM')).id);
    expect((await removePilot(deps, member, seen.pilot.id)).kind).toBe('not-there');
  });
});

describe('moving', () => {
  test('a session takes along what is counted from it, and what hangs on it if that is wanted; undone, all is as it was', async () => {
    const { deps, jo, made, move } = await givenPilots();
    const seen = await made();
    const before = daysOf(seen);
    const pilotId = seen.pilot.id;
    const what = { pilotId, key: 'session-2', date: '2026-05-12', time: '10:00' };

    const alone = await move(jo, what, 'only');
    expect(alone.kind === 'moved' && alone.differences.map(({ after }) => after.key)).toEqual([
      'session-2',
      'post-session:session-2',
    ]);
    expect((await undoMove(deps, jo, pilotId)).kind).toBe('undone');
    expect(daysOf((await findSeen(deps, jo, pilotId)) as PilotSeen)).toEqual(before);

    const all = await move(jo, what, 'all');
    expect(all.kind === 'moved' && daysOf(all.seen)).toEqual({
      ...before,
      'session-2': '2026-05-12 10:00',
      'post-session:session-2': '2026-05-12 12:30',
      'session-3': '2026-05-26 10:00',
      'post-session:session-3': '2026-05-26 12:30',
      'confidence-follow-up:later': '2026-07-21 09:30',
      'perinatal-pilot-follow-up:later': '2026-07-22 09:30',
      'follow-up': '2026-07-28 10:00',
      'post-session:follow-up': '2026-07-28 12:30',
      report: '2026-08-11',
    });
    expect(all.kind === 'moved' && all.seen.cohort.endsOn).toBe('2026-08-11');
    expect((await undoMove(deps, jo, pilotId)).kind).toBe('undone');
    expect(daysOf((await findSeen(deps, jo, pilotId)) as PilotSeen)).toEqual(before);
    expect((await undoMove(deps, jo, pilotId)).kind).toBe('too-late');
  });

  test('onto a bank holiday it comes on the next open day, and says so; the start cannot pass its end alone', async () => {
    const { jo, made, move } = await givenPilots();
    const pilotId = (await made()).pilot.id;
    const start = (date: string) => ({ pilotId, key: 'start', date, time: undefined });
    expect(await move(jo, start('2026-08-20'), 'only')).toMatchObject({
      kind: 'problem',
      field: 'date',
      words: expect.stringContaining('not before “Perinatal: session 1 of 3” (Tuesday 21 April)'),
    });
    expect(await move(jo, start('2026-03-02'), 'all')).toMatchObject({ kind: 'problem', field: 'date' });
    const moved = await move(jo, start('2026-05-25'), 'all');
    expect(moved.kind === 'moved' && moved.seen.parts.slice(0, 2)).toMatchObject([
      { key: 'start', date: '2026-05-26', otherwise: { wantedOn: '2026-05-25', why: 'a bank holiday' } },
      { key: 'pilot-group-start:before', date: '2026-05-26' },
    ]);
    expect(moved.kind === 'moved' && moved.seen.cohort.startsOn).toBe('2026-05-26');
  });

  test('a check-in with a day of its own is not counted any more, goes with its session when asked, and is counted again when undone', async () => {
    const { deps, jo, made, move } = await givenPilots();
    const pilotId = (await made()).pilot.id;
    const key = 'confidence-follow-up:later';
    await move(jo, { pilotId, key, date: '2026-07-16', time: '14:00' }, 'only');
    const findPart = async () =>
      (await findSeen(deps, jo, pilotId))?.parts.find((part) => part.key === key) ?? { date: '' };
    expect(await findPart()).toMatchObject({ date: '2026-07-16', time: '14:00', counted: undefined });
    await move(jo, { pilotId, key: 'session-3', date: '2026-05-26', time: '10:00' }, 'only');
    expect(await findPart()).toMatchObject({ date: '2026-07-16', time: '14:00' });
    await undoMove(deps, jo, pilotId);
    await move(jo, { pilotId, key: 'session-3', date: '2026-05-26', time: '10:00' }, 'all');
    expect(await findPart()).toMatchObject({ date: '2026-07-23', time: '14:00' });
    await undoMove(deps, jo, pilotId);
    await move(jo, { pilotId, key, date: '2026-07-20', time: '14:00' }, 'only');
    await undoMove(deps, jo, pilotId);
    expect(await findPart()).toMatchObject({ date: '2026-07-16' });
  });

  test('two at once: one moves it, the other is shown how it stands; what was not seen before is never moved', async () => {
    const { deps, bench, jo, made } = await givenPilots();
    const fran = await givenPerson(bench, 'UFRAN');
    await givenFacilitator(bench, fran, null);
    const other = await loadActor(bench.db, fran.id);
    const pilotId = (await made()).pilot.id;
    const what = { pilotId, key: 'session-1', date: '2026-04-28', time: '10:00' };
    const looked = await lookAtMove(deps, jo, what, 'all');
    const mark = looked.kind === 'moved' ? markOf(looked.differences) : '';
    const both = await Promise.all([
      movePart(deps, jo, what, 'all', mark),
      movePart(deps, other, what, 'all', mark),
    ]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['changed-meanwhile', 'moved']);
    const seen = await findSeen(deps, jo, pilotId);
    expect(seen && daysOf(seen)).toMatchObject({ 'session-1': '2026-04-28 10:00', report: '2026-08-11' });
  });

  test('what has begun or was sent stays; the rest moves, and the whole is not removed any more', async () => {
    const { deps, bench, jo, made, move } = await givenPilots();
    const cohortId = await givenCohort(
      bench,
      await Promise.all(['UA', 'UB'].map((id) => givenPerson(bench, id))),
      'Midwives',
    );
    const pilotId = (await made({ cohortId })).pilot.id;
    await beat(bench, '2026-04-14T08:30:00Z');
    const seen = await findSeen(deps, jo, pilotId);
    expect(seen?.parts.find(({ key }) => key === 'pilot-group-start:before')).toMatchObject({
      state: 'begun',
      isUntouched: false,
    });
    expect((await removePilot(deps, jo, pilotId)).kind).toBe('touched');
    expect(await many(deps)).toMatchObject({ sessions: 4, checkins: 8 });
    const moved = await move(jo, { pilotId, key: 'session-1', date: '2026-04-28', time: '10:00' }, 'all');
    const keys = moved.kind === 'moved' ? moved.differences.map(({ after }) => after.key) : [];
    expect(keys).toContain('session-3');
    expect(keys).toContain('confidence-baseline:before');
    const begun = { pilotId, key: 'pilot-group-start:before', date: '2026-04-20', time: '10:00' };
    expect((await move(jo, begun, 'only')).kind).toBe('fixed');
  });

  test('a group that is archived, a part that is gone and a template that left the file are told, and nothing breaks', async () => {
    const { deps, bench, jo, made, move } = await givenPilots();
    const seen = await made();
    const { id: pilotId, parts } = seen.pilot;
    const ref = parts.find(({ key }) => key === 'session-2')?.ref ?? '';
    await bench.db.transaction().execute((trx) => deps.parts.session.remove(trx, jo, ref));
    const without = { ...deps, templates: [] };
    const now = await findSeen(without, jo, pilotId);
    expect(now?.parts.find(({ key }) => key === 'session-2')).toMatchObject({ state: 'gone' });
    const what = { pilotId, key: 'session-3', date: '2026-05-26', time: '10:00' };
    expect((await move(jo, what, 'all')).kind).toBe('moved');
    await bench.db.updateTable('cohorts').set({ archived_at: bench.clock.now().toISOString() }).execute();
    expect((await move(jo, { ...what, date: '2026-06-02' }, 'all')).kind).toBe('archived');
    expect((await undoMove(deps, jo, pilotId)).kind).toBe('too-late');
  });
});

describe('removing', () => {
  test('takes everything away in one go while nobody is concerned; a group with people in it stays', async () => {
    const { deps, jo, made } = await givenPilots();
    const seen = await made();
    expect(await removePilot(deps, jo, seen.pilot.id)).toMatchObject({ kind: 'removed', groupStays: false });
    expect(await many(deps)).toEqual({ cohorts: 0, sessions: 0, checkins: 0 });
    const again = await made({ id: newId(deps.clock) });
    await deps.db
      .insertInto('cohort_members')
      .values({
        cohort_id: again.cohort.id,
        person_id: jo.person.id,
        joined_at: deps.clock.now().toISOString(),
        left_at: null,
      })
      .execute();
    expect(await removePilot(deps, jo, again.pilot.id)).toMatchObject({ kind: 'removed', groupStays: true });
    expect(await many(deps)).toEqual({ cohorts: 1, sessions: 0, checkins: 0 });
  });
});
