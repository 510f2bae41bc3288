import type { Person } from '../../../../src/community/people.ts';
import { type Actor, loadActor } from '../../../../src/community/permissions.ts';
import { createReach } from '../../../../src/community/reach.ts';
import type { SessionDeps } from '../../../../src/features/training/sessions/deps.ts';
import { sessionJobs } from '../../../../src/features/training/sessions/jobs.ts';
import { createSession, type SessionPlan } from '../../../../src/features/training/sessions/plan.ts';
import type { Session } from '../../../../src/features/training/sessions/session.ts';
import { listBookings } from '../../../../src/features/training/sessions/store.ts';
import { ManualClock } from '../../../../src/lib/clock.ts';
import { createVault } from '../../../../src/lib/crypto.ts';
import { createLog } from '../../../../src/lib/log.ts';
import { systemRandom } from '../../../../src/lib/random.ts';
import { agreement } from '../../../support/agreed.ts';
import { shippedContent } from '../../../support/shipped.ts';
import { givenStore } from '../../../support/store.ts';
import { givenFacilitator, givenPerson } from '../../checkins/support.ts';

export const content = shippedContent();

export type Bench = SessionDeps & { clock: ManualClock; logged: string[]; sentNow: string[] };

/** What sessions need, on a migrated database of its own. Tuesday 3 March 2026, 10:00 in London. */
export async function givenBench(): Promise<Bench> {
  const { db } = await givenStore();
  const [logged, sentNow]: [string[], string[]] = [[], []];
  return {
    db,
    clock: new ManualClock('2026-03-03T10:00:00Z'),
    random: systemRandom,
    log: createLog({ level: 'warn', write: (line) => logged.push(line) }),
    timeZone: 'Europe/London',
    homeChanged: () => {},
    notes: {
      changed: async () => {},
      bring: () => {},
      job: { name: 'sessions.notes', run: async () => {} },
      settled: async () => {},
    },
    did: async () => {},
    training: content.training,
    professions: content.professions,
    daysOff: content.daysOff,
    retention: content.retention,
    vault: createVault(Buffer.alloc(32, 5)),
    signposts: content.signposts,
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    async sendNow(key) {
      sentNow.push(key);
      return 'waiting';
    },
    roleOf: async () => undefined,
    accessNeedsOf: async () => undefined,
    logged,
    sentNow,
  };
}

/** Somebody who leads the whole programme. */
export async function givenLead(bench: Bench): Promise<Actor> {
  const jo = await givenPerson(bench, 'UJO', { name: 'Jo Madeup' });
  await givenFacilitator(bench, jo, null);
  return loadActor(bench.db, jo.id);
}

export const givenPeople = async (bench: Bench, many: number): Promise<Actor[]> => {
  const people: Person[] = [];
  for (let index = 1; index <= many; index += 1) people.push(await givenPerson(bench, `UP${index}`));
  return Promise.all(people.map(({ id }) => loadActor(bench.db, id)));
};

/** In two weeks, for everybody, with 20 places. */
export const givenSession = (bench: Bench, jo: Actor, change: Partial<SessionPlan> = {}): Promise<Session> =>
  bench.db.transaction().execute((trx) =>
    createSession(trx, bench, jo, {
      seriesId: 'series-perinatal',
      outline: { label: 'Perinatal', shape: [], notes: [] },
      cohortId: undefined,
      title: 'Perinatal',
      startsAt: new Date('2026-03-17T10:00:00Z'),
      minutes: 90,
      place: undefined,
      link: undefined,
      places: 20,
      mix: [],
      mixUntil: undefined,
      asksAccess: false,
      hosts: [jo.person.id],
      ...change,
    }),
  );

export async function beat(bench: Bench, at?: string): Promise<void> {
  if (at !== undefined) bench.clock.moveTo(at);
  for (const job of sessionJobs(bench)) await job.run(bench.clock.now());
}

/** By status, who stands so, in order. */
export async function standing(bench: Bench, { id }: Session): Promise<Record<string, string[]>> {
  const bookings = await listBookings(bench.db, id);
  const people = await bench.db.selectFrom('people').select(['id', 'display_name']).execute();
  const nameOf = (personId: string) => people.find((one) => one.id === personId)?.display_name ?? '';
  return Object.fromEntries(
    [...Map.groupBy(bookings, ({ status }) => status)].map(([status, of]) => [
      status,
      of.map(({ personId }) => nameOf(personId)),
    ]),
  );
}
