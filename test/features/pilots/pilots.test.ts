import { describe, expect, test } from 'vitest';
import { loadActor } from '../../../src/community/permissions.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import { readLed } from '../../../src/features/checkins/leading/manage.ts';
import { readMine } from '../../../src/features/checkins/mine/read.ts';
import { pilotCheckIn } from '../../../src/features/checkins/planning/pilot-part.ts';
import { placesOf } from '../../../src/features/checkins/readers.ts';
import { startCheckIn } from '../../../src/features/checkins/starting/start.ts';
import { pilotGroup } from '../../../src/features/cohorts/managing/pilot-part.ts';
import type { PilotTemplate } from '../../../src/features/pilots/content.ts';
import type { PilotDeps } from '../../../src/features/pilots/deps.ts';
import { lookAhead, makePilot, type WantedPilot } from '../../../src/features/pilots/make.ts';
import {
  type How,
  lookAtMove,
  type Move,
  markOf,
  movePart,
  undoMarkOf,
  undoMove,
} from '../../../src/features/pilots/move.ts';
import { findSeen, type PilotSeen } from '../../../src/features/pilots/read.ts';
import { removePilot } from '../../../src/features/pilots/remove.ts';
import { tellReportDay } from '../../../src/features/pilots/report-day.ts';
import { tellUnbooked } from '../../../src/features/pilots/unbooked.ts';
import { checkView, pageView } from '../../../src/features/pilots/views.ts';
import { datedSessions } from '../../../src/features/training/index.ts';
import { pilotSession } from '../../../src/features/training/sessions/pilot-part.ts';
import { newId } from '../../../src/lib/random.ts';
import { retention } from '../../support/retention.ts';
import { shippedContent } from '../../support/shipped.ts';
import {
  beat,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenPerson,
  outboxOf,
} from '../checkins/support.ts';

const content = shippedContent();

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
    startsOn: '2026-04-07',
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
  const undoLast = async (pilotId: string) => {
    const seen = await findSeen(deps, actor, pilotId);
    return undoMove(deps, actor, pilotId, (seen && undoMarkOf(seen)) ?? '');
  };
  return { bench, deps, jo: actor, wanted, made, move, undoLast };
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
      start: '2026-04-07',
      'pilot-group-start:before': '2026-04-07 09:30',
      'confidence-baseline:before': '2026-04-14 09:30',
      'session-1': '2026-04-21 10:00',
      'post-session:session-1': '2026-04-21 12:30',
      'session-2': '2026-05-05 10:00',
      'post-session:session-2': '2026-05-05 12:30',
      'session-3': '2026-05-19 10:00',
      'post-session:session-3': '2026-05-19 12:30',
      'confidence-follow-up:later': '2026-07-14 09:30',
      'perinatal-pilot-follow-up:later': '2026-07-27 09:30',
      'follow-up': '2026-07-21 10:00',
      'post-session:follow-up': '2026-07-21 12:30',
      report: '2026-08-04',
    });
    expect(seen.cohort).toMatchObject({
      name: 'Perinatal, spring',
      ageGroup: 'perinatal',
      startsOn: '2026-04-07',
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
    expect(await look({ startsOn: '2027-01-13' })).toContain(
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

describe('beside others', () => {
  test('the same pilot of one group, and what comes to the same people at once, are pointed out before it is made', async () => {
    const { deps, bench, jo, made, wanted } = await givenPilots();
    const people = await Promise.all(['UA', 'UB'].map((id) => givenPerson(bench, id)));
    const cohortId = await givenCohort(bench, people, 'Midwives');
    const first = await made({ cohortId, name: '' });
    const again = { ...wanted, id: newId(bench.clock), cohortId };
    const looked = await lookAhead(deps, jo, again);
    if (looked.kind !== 'made') throw new Error(looked.words);
    expect(looked.besides.map(({ pilot }) => pilot.id)).toEqual([first.pilot.id]);
    const said = looked.clashes.join('\n');
    expect(said).toContain('is at that hour, for some of the same people');
    expect(said).toContain('2 of 2 would not be sent it');
    const view = JSON.stringify(checkView(again, looked, deps.templates[0] as PilotTemplate, undefined));
    expect(view).toContain('Midwives has this pilot already');
    expect(view).toContain('At the same time for the same people');
    expect(await makePilot(deps, jo, again), 'not seen').toMatchObject({ kind: 'problem', field: 'cohort' });
    const known = { ...again, besides: [first.pilot.id] };
    expect((await makePilot(deps, jo, known)).kind).toBe('made');
    const other = await givenCohort(bench, [], 'Health visitors');
    const alone = await lookAhead(deps, jo, { ...again, id: newId(bench.clock), cohortId: other });
    expect(alone).toMatchObject({ kind: 'made', besides: [], clashes: [] });
  });

  test('only a name that was typed stays when another kind is chosen; a group that ends too soon is said', async () => {
    const { deps, bench, jo, wanted, made } = await givenPilots();
    const named = async (templateId: string) => {
      const looked = await lookAhead(deps, jo, { ...wanted, templateId, name: '' });
      return looked.kind === 'made' ? looked.seen.cohort.name : looked.words;
    };
    expect(await named('perinatal')).toBe('Perinatal pilot, April 2026');
    expect(await named('early-years')).toBe('Early years pilot, April 2026');
    const cohortId = await givenCohort(bench, [], 'Midwives');
    await bench.db.updateTable('cohorts').set({ ends_on: '2026-05-31' }).where('id', '=', cohortId).execute();
    const page = JSON.stringify(pageView(await made({ cohortId }), 0));
    expect(page).toContain('The group ends before its pilot');
  });

  test('a check-in about a session is never before it, nor one that is asked before it after it', async () => {
    const { deps, jo, made, move } = await givenPilots();
    const pilotId = (await made()).pilot.id;
    const later = { pilotId, key: 'confidence-follow-up:later', time: '10:00' };
    const early = await lookAtMove(deps, jo, { ...later, date: '2026-04-16' }, 'only');
    expect(early).toMatchObject({ kind: 'problem', field: 'date' });
    expect(early.kind === 'problem' && early.words).toContain('is asked after');
    const before = { pilotId, key: 'confidence-baseline:before', time: '10:00', date: '2026-06-02' };
    expect(await lookAtMove(deps, jo, before, 'only')).toMatchObject({ kind: 'problem', field: 'date' });
    // Given a day of its own, its session cannot pass it alone either.
    expect((await move(jo, { ...later, date: '2026-05-22' }, 'only')).kind).toBe('moved');
    const pass = { pilotId, key: 'session-3', date: '2026-05-26', time: '10:00' };
    expect(await lookAtMove(deps, jo, pass, 'only')).toMatchObject({ kind: 'problem' });
    expect((await lookAtMove(deps, jo, pass, 'all')).kind).toBe('moved');
  });
});

describe('moving', () => {
  test('a session takes along what is counted from it, and what hangs on it if that is wanted; undone, all is as it was', async () => {
    const { deps, jo, made, move, undoLast } = await givenPilots();
    const seen = await made();
    const before = daysOf(seen);
    const pilotId = seen.pilot.id;
    const what = { pilotId, key: 'session-2', date: '2026-05-12', time: '10:00' };

    const alone = await move(jo, what, 'only');
    expect(alone.kind === 'moved' && alone.differences.map(({ after }) => after.key)).toEqual([
      'session-2',
      'post-session:session-2',
    ]);
    expect((await undoLast(pilotId)).kind).toBe('undone');
    expect(daysOf((await findSeen(deps, jo, pilotId)) as PilotSeen)).toEqual(before);

    const all = await move(jo, what, 'all');
    expect(all.kind === 'moved' && daysOf(all.seen)).toEqual({
      ...before,
      'session-2': '2026-05-12 10:00',
      'post-session:session-2': '2026-05-12 12:30',
      'session-3': '2026-05-26 10:00',
      'post-session:session-3': '2026-05-26 12:30',
      'confidence-follow-up:later': '2026-07-21 09:30',
      'perinatal-pilot-follow-up:later': '2026-08-03 09:30',
      'follow-up': '2026-07-28 10:00',
      'post-session:follow-up': '2026-07-28 12:30',
      report: '2026-08-11',
    });
    expect(all.kind === 'moved' && all.seen.cohort.endsOn).toBe('2026-08-11');
    expect((await undoLast(pilotId)).kind).toBe('undone');
    expect(daysOf((await findSeen(deps, jo, pilotId)) as PilotSeen)).toEqual(before);
    expect((await undoLast(pilotId)).kind).toBe('too-late');
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
    const { deps, jo, made, move, undoLast } = await givenPilots();
    const pilotId = (await made()).pilot.id;
    const key = 'confidence-follow-up:later';
    await move(jo, { pilotId, key, date: '2026-07-16', time: '14:00' }, 'only');
    const findPart = async () =>
      (await findSeen(deps, jo, pilotId))?.parts.find((part) => part.key === key) ?? { date: '' };
    expect(await findPart()).toMatchObject({ date: '2026-07-16', time: '14:00', counted: undefined });
    await move(jo, { pilotId, key: 'session-3', date: '2026-05-26', time: '10:00' }, 'only');
    expect(await findPart()).toMatchObject({ date: '2026-07-16', time: '14:00' });
    await undoLast(pilotId);
    await move(jo, { pilotId, key: 'session-3', date: '2026-05-26', time: '10:00' }, 'all');
    expect(await findPart()).toMatchObject({ date: '2026-07-23', time: '14:00' });
    await undoLast(pilotId);
    await move(jo, { pilotId, key, date: '2026-07-20', time: '14:00' }, 'only');
    await undoLast(pilotId);
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

  test('an undo undoes the move it stands beside, and never a later one of somebody else', async () => {
    const { deps, bench, jo, made, move } = await givenPilots();
    const kim = await givenPerson(bench, 'UKIM');
    await givenFacilitator(bench, kim, null);
    const pilotId = (await made()).pilot.id;
    const own = await move(jo, { pilotId, key: 'report', date: '2026-08-11', time: undefined }, 'only');
    const mark = own.kind === 'moved' ? (undoMarkOf(own.seen) ?? '') : '';
    expect((await undoMove(deps, jo, pilotId, mark)).kind, 'nobody has moved anything since').toBe('undone');
    await move(jo, { pilotId, key: 'report', date: '2026-08-11', time: undefined }, 'only');
    const others = { pilotId, key: 'session-2', date: '2026-05-07', time: '10:00' };
    const other = await move(await loadActor(bench.db, kim.id), others, 'only');
    const stood = other.kind === 'moved' ? daysOf(other.seen) : {};
    const undone = await undoMove(deps, jo, pilotId, mark);
    expect(undone.kind).toBe('too-late');
    expect('seen' in undone && daysOf(undone.seen)).toEqual(stood);
    expect(stood).toMatchObject({ report: '2026-08-11', 'session-2': '2026-05-07 10:00' });
  });

  test('what has begun or was sent stays; the rest moves, and the whole is not removed any more', async () => {
    const { deps, bench, jo, made, move } = await givenPilots();
    const cohortId = await givenCohort(
      bench,
      await Promise.all(['UA', 'UB'].map((id) => givenPerson(bench, id))),
      'Midwives',
    );
    const pilotId = (await made({ cohortId })).pilot.id;
    await beat(bench, '2026-04-07T08:30:00Z');
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
    const { deps, bench, jo, made, move, undoLast } = await givenPilots();
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
    expect((await undoLast(pilotId)).kind).toBe('too-late');
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

  test('whether a member has begun one of their own accord shows nowhere; it begins after its session, and ends the same', async () => {
    const told: unknown[] = [];
    for (const does of ['nothing', 'opens', 'answers']) {
      const { deps, bench, jo, made } = await givenPilots();
      const ann = await givenPerson(bench, 'UANN');
      const cohortId = await givenCohort(bench, [ann], 'Conference group');
      const member = await loadActor(bench.db, ann.id);
      const seen = await made({ cohortId, templateId: 'child-protection-conferences' });
      const pilotId = seen.pilot.id;
      const own = seen.parts.find(({ key }) => key === 'cpc-pilot-practitioner:own');
      const ref = own?.ref ?? '';
      expect(own?.says).toContain('from');
      expect((await startCheckIn(bench, member, ref)).kind).toBe('not-yet');
      expect((await readMine(bench, member)).startable).toEqual([]);
      // The other parts stay ahead as far as this test is concerned: nothing of them is sent without a beat.
      bench.clock.moveTo('2026-04-22T09:00:00Z');
      expect((await readMine(bench, member)).startable).toHaveLength(1);
      const started = does === 'nothing' ? undefined : await startCheckIn(bench, member, ref);
      if (does === 'answers' && started?.kind === 'started')
        await sendAnswers(bench, member, started.roundId, { answers: { prepared: 0 }, share: false });
      const page = await findSeen(deps, jo, pilotId);
      const led = await readLed(bench, placesOf(jo), {
        goingOn: false,
        offset: 0,
        limit: 20,
      });
      const row = led.find(({ checkin }) => checkin.id === ref);
      const removed = await removePilot(deps, jo, pilotId);
      const after = await readLed(bench, placesOf(jo), {
        goingOn: false,
        offset: 0,
        limit: 20,
      });
      expect(removed).toMatchObject({ kind: 'removed', groupStays: true });
      told.push({
        parts: page?.parts.map(({ key, state, says, isUntouched }) => ({ key, state, says, isUntouched })),
        row: { open: row?.open, hasResults: row?.hasResults },
        after: after.map((one) => [one.checkin.status, one.open, one.hasResults]),
      });
      const kept = await bench.db.selectFrom('checkin_rounds').select('status').execute();
      expect(kept.length).toBe(does === 'nothing' ? 0 : 1);
      expect(kept.filter(({ status }) => status === 'open')).toEqual([]);
    }
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });
});

test('what is asked about a session names it and its day, and its row says which it is', async () => {
  const { bench, made } = await givenPilots();
  const cohortId = await givenCohort(bench, [await givenPerson(bench, 'UA')], 'Midwives');
  await made({ cohortId });
  await beat(bench, '2026-04-21T11:30:00Z');
  const sent = JSON.stringify(await outboxOf(bench));
  expect(sent).toContain('session 1 of 3” on Tuesday 21 April, if you were there.');
  const rows = await bench.db.selectFrom('checkins').select('definition').execute();
  expect(rows.map(({ definition }) => definition).join()).toContain('After a session (1 of 3)');
});

test('whoever runs the group hears once, with the others of the week, that nobody has booked a session that is near', async () => {
  const { bench, deps, made } = await givenPilots();
  const cohortId = await givenCohort(bench, [await givenPerson(bench, 'UA')], 'Midwives');
  const kim = await givenPerson(bench, 'UKIM');
  await givenFacilitator(bench, kim, cohortId);
  await made({ cohortId });
  const told = () =>
    bench.db
      .selectFrom('outbox')
      .select(['person_id', 'status', 'message'])
      .where('kind', '=', 'pilots.unbooked')
      .execute();
  await tellUnbooked(deps, new Date('2026-04-10T09:00:00Z'));
  expect(await told()).toEqual([]);
  for (const _twice of [1, 2]) await tellUnbooked(deps, new Date('2026-04-11T09:00:00Z'));
  expect(await told()).toMatchObject([{ person_id: kim.id, status: 'gathering' }]);
  expect((await told())[0]?.message).toContain('session 1 of 3” yet*, on Tuesday 21 April');
});

test('whoever runs the group hears once, on the day of its report, that it can be made; and again where that is moved', async () => {
  const { bench, deps, made, move, jo } = await givenPilots();
  const cohortId = await givenCohort(bench, [await givenPerson(bench, 'UA')], 'Midwives');
  const kim = await givenPerson(bench, 'UKIM');
  await givenFacilitator(bench, kim, cohortId);
  const seen = await made({ cohortId });
  expect(seen.parts.at(-1)).toMatchObject({ key: 'report', date: '2026-08-04' });
  const told = async (at: string) => {
    bench.clock.moveTo(at);
    for (const _twice of [1, 2]) await tellReportDay(deps, new Date(at));
    return (
      await bench.db
        .selectFrom('outbox')
        .select(['person_id', 'weight', 'message'])
        .where('kind', '=', 'pilots.report')
        .orderBy('created_at')
        .execute()
    ).map(({ message, ...row }) => ({ ...row, words: /planned it for [^:]*/.exec(message)?.[0] }));
  };
  const first = { person_id: kim.id, weight: 'reminder', words: 'planned it for Tuesday 4 August' };
  expect(await told('2026-08-03T10:00:00Z')).toEqual([]);
  expect(await told('2026-08-04T10:00:00Z')).toEqual([first]);
  // As long as it is not over it moves, and is said of the new day.
  const moved = await move(
    jo,
    { pilotId: seen.pilot.id, key: 'report', date: '2026-08-18', time: undefined },
    'only',
  );
  expect(moved.kind).toBe('moved');
  expect(await told('2026-08-17T10:00:00Z')).toEqual([first]);
  // The bot was stopped for two days.
  expect(await told('2026-08-20T10:00:00Z')).toEqual([
    first,
    { ...first, words: 'planned it for Tuesday 18 August' },
  ]);
  await bench.db.updateTable('cohorts').set({ archived_at: '2026-08-20T10:00:00Z' }).execute();
  await bench.db.deleteFrom('outbox').execute();
  expect(await told('2026-08-20T11:00:00Z'), 'of a group that is put away nothing is said').toEqual([]);
});
