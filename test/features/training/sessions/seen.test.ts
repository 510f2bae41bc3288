import { expect, test } from 'vitest';
import { listCohortsOf } from '../../../../src/community/cohorts.ts';
import { giveConsent } from '../../../../src/community/consents.ts';
import { type Actor, loadActor, may } from '../../../../src/community/permissions.ts';
import { filters, listNext, listRun, listSeen } from '../../../../src/features/training/sessions/read.ts';
import { mayRun } from '../../../../src/features/training/sessions/rights.ts';
import { hasEnded, type Session } from '../../../../src/features/training/sessions/session.ts';
import {
  listBookingsBy,
  listHostedBy,
  listSessions,
  saveBooking,
  setHosts,
} from '../../../../src/features/training/sessions/store.ts';
import { hours, later } from '../../../../src/lib/clock.ts';
import { givenCohort, givenFacilitator } from '../../checkins/support.ts';
import { givenSession } from '../support.ts';
import { type Bench, givenBench, givenLead, givenPeople } from './support.ts';

/**
 * Sessions of three groups, one of them archived, and for all; each over, under way, to come, to come in a series, or
 * cancelled. Some members have a place, wait or gave theirs up; one hosts.
 */
async function givenSessions() {
  const bench = await givenBench();
  const { db, clock } = bench;
  const jo = await givenLead(bench);
  const [robin, sam, toni, kim] = (await givenPeople(bench, 4)) as [Actor, Actor, Actor, Actor];
  const cohorts = [
    await givenCohort(bench, [robin.person, kim.person], 'A'),
    await givenCohort(bench, [robin.person, sam.person], 'B'),
    await givenCohort(bench, [robin.person, toni.person], 'C'),
  ];
  await db
    .updateTable('cohorts')
    .set({ archived_at: clock.now().toISOString() })
    .where('id', '=', cohorts[2] ?? '')
    .execute();
  await givenFacilitator(bench, sam.person, cohorts[0] ?? '');
  await givenFacilitator(bench, toni.person, cohorts[2] ?? '');
  await giveConsent(db, clock, { personId: kim.person.id, kind: 'declined', version: '1' });
  const statuses = ['booked', 'waiting', 'offered', 'cancelled'] as const;
  let nth = 0;
  for (const cohortId of [...cohorts, undefined])
    for (const [startsIn, change] of [
      [-5, {}],
      [-1, {}],
      [48, {}],
      [72, { seriesId: 'series-perinatal' }],
      [96, { isCancelled: true }],
    ] as const) {
      nth += 1;
      const startsAt = later(clock.now(), hours(startsIn));
      const { id } = await givenSession(db, jo.person.id, { cohortId, startsAt, ...change });
      if (change && 'isCancelled' in change)
        await db.updateTable('training_sessions').set({ status: 'cancelled' }).where('id', '=', id).execute();
      for (const [index, { person }] of [robin, sam, kim].entries())
        await saveBooking(db, {
          sessionId: id,
          personId: person.id,
          status: statuses[(nth + index) % 4] ?? 'booked',
          profession: undefined,
          since: later(clock.now(), nth * 10 + index),
          offeredUntil: undefined,
        });
      if (nth % 3 === 0) await setHosts(db, id, [toni.person.id, kim.person.id]);
    }
  return { bench, people: [jo, robin, sam, toni, kim] };
}

/** Told one by one, from everything there is. */
async function visible({ db, clock }: Bench, actor: Actor) {
  const running = await db.selectFrom('cohorts').select('id').where('archived_at', 'is', null).execute();
  const cohorts = new Set([
    ...(await listCohortsOf(db, actor.person.id)).map(({ id }) => id),
    ...running.map(({ id }) => id).filter((cohortId) => may(actor, 'cohorts.manage', { cohortId })),
  ]);
  const own = new Map(
    (await listBookingsBy(db, actor.person.id))
      .filter(({ status }) => status !== 'cancelled')
      .map((one) => [one.sessionId, one.status]),
  );
  const hosted = new Set(await listHostedBy(db, actor.person.id));
  return (await listSessions(db, {}))
    .filter(
      ({ id, cohortId }) =>
        own.has(id) ||
        hosted.has(id) ||
        (actor.hasDeclined !== true && (cohortId === undefined || cohorts.has(cohortId))),
    )
    .filter((session) => !hasEnded(session, clock.now()))
    .map((session) => ({ session, own: own.get(session.id), isHost: hosted.has(session.id) }));
}

type Visible = Awaited<ReturnType<typeof visible>>[number];
const fits: Record<(typeof filters)[number] | 'series', (one: Visible) => boolean> = {
  coming: ({ session }) => !session.isCancelled,
  mine: ({ session, own, isHost }) => (session.isCancelled ? own === 'booked' : own !== undefined || isHost),
  open: ({ session }) => !session.isCancelled && session.cohortId === undefined,
  groups: ({ session }) => !session.isCancelled && session.cohortId !== undefined,
  series: ({ session }) => !session.isCancelled && session.seriesId === 'series-perinatal',
};

/** Page after page, as somebody turns them. */
async function turned(
  read: (page: number) => Promise<{ pages: number; total: number; shown: { session: Session }[] }>,
) {
  const ids: string[] = [];
  for (let page = 0, pages = 1; page < pages; page += 1) {
    const found = await read(page);
    pages = found.pages;
    ids.push(...found.shown.map(({ session }) => session.id));
    if (page === pages - 1) expect(found.total).toBe(ids.length);
  }
  return ids;
}

test('whoever looks at sessions finds all that are theirs to see, on one page after another, and no other', async () => {
  const { bench, people } = await givenSessions();
  for (const { person } of people) {
    const actor = await loadActor(bench.db, person.id);
    const all = await visible(bench, actor);
    for (const filter of [...filters, 'series'] as const) {
      const asked = { filter, seriesId: 'series-perinatal', size: 3 };
      const ids = await turned((page) => listSeen(bench, actor, { ...asked, page }));
      const expected = all.filter(fits[filter]).map(({ session }) => session.id);
      expect(ids, `${person.slackId}: ${filter}`).toEqual(expected);
    }
    const next = (await listNext(bench, actor, 100)).map(({ session, own, isHost }) => ({
      id: session.id,
      own: own?.status,
      isHost,
    }));
    expect(next).toEqual(
      all.filter(fits.mine).map(({ session, own, isHost }) => ({ id: session.id, own, isHost })),
    );
    const run: string[] = [];
    for (const { session } of all)
      if (!session.isCancelled && (await mayRun(bench.db, actor, session))) run.push(session.id);
    expect(await turned((page) => listRun(bench, actor, { page, size: 2 })), person.slackId).toEqual(run);
  }
});
