import { WebClient } from '@slack/web-api';
import { type Person, recordSlackUser } from '../../../src/community/people.ts';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import { ContentFolder } from '../../../src/content/read.ts';
import { listBoxed, listOwn } from '../../../src/features/checkins/answering/store.ts';
import { jobs } from '../../../src/features/checkins/asking/jobs.ts';
import { type CheckinContent, readCheckins } from '../../../src/features/checkins/content.ts';
import type { CheckInDeps } from '../../../src/features/checkins/deps.ts';
import type { Plan } from '../../../src/features/checkins/planning/plan.ts';
import { scheduleCheckIn } from '../../../src/features/checkins/planning/schedule.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { createLog } from '../../../src/lib/log.ts';
import { newId, systemRandom } from '../../../src/lib/random.ts';
import { readSignposts } from '../../../src/safeguarding/signposts.ts';
import { noDaysOff } from '../../../src/scheduler/days-off.ts';
import { agreement, givenAgreed } from '../../support/agreed.ts';
import { retention } from '../../support/retention.ts';
import { givenStore } from '../../support/store.ts';

const never = (): never => {
  throw new Error('The content does not fit.');
};

const folder = new ContentFolder('data');
export const shipped: CheckinContent = readCheckins(folder) ?? never();
export const signposts = readSignposts(folder) ?? never();
folder.finish();

/** The shipped templates, and one of them again with names. */
export const templates: CheckinContent = {
  ...shipped,
  templates: [
    ...shipped.templates,
    ...shipped.templates
      .filter(({ id }) => id === 'weekly-pulse')
      .map((one) => ({ ...one, id: 'named-pulse', templateId: 'named-pulse', mode: 'named' as const })),
  ],
};

export type Bench = CheckInDeps & {
  clock: ManualClock;
  homes: string[];
  answeredBy: string[];
  logged: string[];
};

/** Everything the feature needs, on a migrated database of its own. Tuesday 3 March 2026, 10:00 in London. */
export async function givenBench(
  change: Partial<Pick<CheckInDeps, 'templates' | 'daysOff' | 'sessionsOf' | 'findSession'>> = {},
): Promise<Bench> {
  const store = await givenStore();
  const [homes, answeredBy, logged]: [string[], string[], string[]] = [[], [], []];
  return {
    db: store.db,
    clock: new ManualClock('2026-03-03T10:00:00Z'),
    random: systemRandom,
    log: createLog({ level: 'trace', write: (line) => logged.push(line) }),
    timeZone: 'Europe/London',
    retention,
    homeChanged: (personId) => void homes.push(personId),
    vault: createVault(Buffer.alloc(32, 5)),
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    settle: () => store.settle(),
    signposts,
    templates,
    daysOff: noDaysOff,
    readFile: async () => ({ kind: 'not-fetched' }),
    // Nobody answers there, and nothing can be sent before somebody gives a sender.
    sendNow: async () => 'waiting',
    turnHome: async () => {},
    sessionsOf: async () => [],
    findSession: async () => undefined,
    client: new WebClient('', { slackApiUrl: 'http://127.0.0.1:9/', retryConfig: { retries: 0 } }),
    async did(personId, deed) {
      if (deed.kind === 'answered') answeredBy.push(`${personId}:${deed.templateId}`);
    },
    ...change,
    homes,
    answeredBy,
    logged,
  };
}

/** They have agreed to be asked, unless it is said. */
export async function givenPerson(
  { db, clock }: Pick<Bench, 'db' | 'clock'>,
  slackId: string,
  change: { isAdmin?: boolean; tz?: string; name?: string; hasAgreed?: boolean } = {},
): Promise<Person> {
  const user = {
    id: slackId,
    team_id: 'T1',
    profile: { display_name: change.name ?? slackId.toLowerCase() },
    tz: change.tz ?? 'Europe/London',
    is_admin: change.isAdmin ?? false,
  };
  const { person } = await recordSlackUser(db, clock, user, 'T1');
  if (change.hasAgreed ?? true) await givenAgreed({ db, clock }, person);
  return person;
}

export async function givenCohort(
  { db, clock }: Pick<Bench, 'db' | 'clock'>,
  members: readonly Person[],
  name = 'Perinatal',
): Promise<string> {
  const id = newId(clock);
  const at = clock.now().toISOString();
  await db
    .insertInto('cohorts')
    .values({
      id,
      name,
      age_group: null,
      starts_on: null,
      ends_on: null,
      channel_id: null,
      created_by: 'system',
      created_at: at,
      archived_at: null,
    })
    .execute();
  for (const member of members)
    await db
      .insertInto('cohort_members')
      .values({ cohort_id: id, person_id: member.id, joined_at: at, left_at: null })
      .execute();
  return id;
}

export async function givenFacilitator(
  { db, clock }: Pick<Bench, 'db' | 'clock'>,
  person: Person,
  cohortId: string | null,
): Promise<void> {
  await db
    .insertInto('roles')
    .values({
      id: newId(clock),
      person_id: person.id,
      role: 'facilitator',
      cohort_id: cohortId,
      granted_by: 'settings',
      granted_at: clock.now().toISOString(),
      revoked_at: null,
    })
    .execute();
}

export const leave = ({ db, clock }: Bench, cohortId: string, person: Person): Promise<unknown> =>
  db
    .updateTable('cohort_members')
    .set({ left_at: clock.now().toISOString() })
    .where('cohort_id', '=', cohortId)
    .where('person_id', '=', person.id)
    .execute();

export type Group = {
  bench: Bench;
  cohortId: string;
  members: Person[];
  /** Runs this group only. */
  jo: Actor;
  actors: Actor[];
};

/** A group with some members and a facilitator of its own. */
export async function givenGroup(size: number, bench?: Bench): Promise<Group> {
  const made = bench ?? (await givenBench());
  const members: Person[] = [];
  for (let index = 1; index <= size; index += 1)
    members.push(await givenPerson(made, `UM${index}`, { name: `Member ${index}` }));
  const cohortId = await givenCohort(made, members);
  const facilitator = await givenPerson(made, 'UJO', { name: 'Jo Madeup' });
  await givenFacilitator(made, facilitator, cohortId);
  const actors = await Promise.all(members.map((member) => loadActor(made.db, member.id)));
  return { bench: made, cohortId, members, jo: await loadActor(made.db, facilitator.id), actors };
}

/** Tomorrow at 09:30, once, open for a week. */
export const planOf = (group: Pick<Group, 'bench' | 'cohortId'>, change: Partial<Plan> = {}): Plan => ({
  id: newId(group.bench.clock),
  cohort: group.cohortId,
  template: 'weekly-pulse',
  date: '2026-03-04',
  time: '09:30',
  how: 'once',
  openDays: 7,
  leftOut: [],
  // What asks first has its own stories.
  asksFirst: false,
  ...change,
});

/** Schedules it, or fails with what was wrong. @returns the check-in's id. */
export async function scheduled(group: Group, change: Partial<Plan> = {}): Promise<string> {
  const outcome = await scheduleCheckIn(group.bench, group.jo, planOf(group, change));
  if (outcome.kind !== 'scheduled') throw new Error(JSON.stringify(outcome.problems));
  return outcome.checkin.id;
}

/** One beat of the feature's jobs at this instant. */
export async function beat(bench: Bench, at?: string): Promise<void> {
  if (at !== undefined) bench.clock.moveTo(at);
  for (const job of jobs(bench, () => {})) await job.run(bench.clock.now());
}

/** Scheduled for tomorrow 09:30, and open since then. @returns the round's id. */
export async function openRound(group: Group, change: Partial<Plan> = {}): Promise<string> {
  const checkinId = await scheduled(group, change);
  await beat(group.bench, '2026-03-04T09:30:00Z');
  const round = await group.bench.db
    .selectFrom('checkin_rounds')
    .select('id')
    .where('checkin_id', '=', checkinId)
    .executeTakeFirstOrThrow();
  return round.id;
}

/** Everything that is kept of answers, opened: unnamed, and each person's own. */
export async function keptIn({ db, vault }: Pick<Bench, 'db' | 'vault'>) {
  const unnamed = [];
  for (const { round_id: id } of await db.selectFrom('answer_boxes').select('round_id').execute())
    unnamed.push(...(await listBoxed(db, vault, id)).answers);
  const own = [];
  for (const { id } of await db.selectFrom('checkin_rounds').select('id').execute())
    own.push(...(await listOwn(db, vault, id)).answers);
  return { unnamed, own };
}

export type Queued = {
  key: string;
  kind: string;
  person: string | null;
  sendAfter: string;
  status: string;
  text: string;
  blocks: string;
};

export async function outboxOf({ db }: Pick<Bench, 'db'>): Promise<Queued[]> {
  const rows = await db.selectFrom('outbox').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map((row) => {
    const message = JSON.parse(row.message) as { text: string; blocks: unknown };
    return {
      key: row.idempotency_key,
      kind: row.kind,
      person: row.person_id,
      sendAfter: row.send_after,
      status: row.status,
      text: message.text,
      blocks: JSON.stringify(message.blocks),
    };
  });
}

/** As if the sender had sent everything that was due. */
export async function markSent({ db, clock }: Pick<Bench, 'db' | 'clock'>): Promise<void> {
  const now = clock.now().toISOString();
  await db
    .updateTable('outbox')
    .set({ status: 'sent', sent_at: now, sent_channel: 'D1', sent_ts: '1.000001' })
    .where('status', '=', 'queued')
    .where('send_after', '<=', now)
    .execute();
}
