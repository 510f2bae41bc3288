import type { WebClient } from '@slack/web-api';
import type { OrganisationContent } from '../../../src/community/organisations/content.ts';
import { type Person, recordSlackUser, type SlackUser } from '../../../src/community/people.ts';
import { type Actor, actorOf } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import { insertRole } from '../../../src/community/roles.ts';
import type { Vocabulary } from '../../../src/content/vocabulary.ts';
import type { CohortsDeps } from '../../../src/features/cohorts/deps.ts';
import { makeCohort } from '../../../src/features/cohorts/managing/make.ts';
import { fillProfile } from '../../../src/features/onboarding/profile/store.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { createLog } from '../../../src/lib/log.ts';
import { newId, systemRandom } from '../../../src/lib/random.ts';
import { createComings } from '../../../src/slack/comings.ts';
import { agreement } from '../../support/agreed.ts';
import { retention } from '../../support/retention.ts';
import { givenStore } from '../../support/store.ts';

const organisations: OrganisationContent = { sectors: [], boroughs: [], general: [], listed: [] };

export const teamId = 'T0PRACTICE';

const vocabulary: Pick<Vocabulary, 'age_groups'> = {
  age_groups: [
    { id: 'perinatal', label: 'Perinatal', synonyms: [] },
    { id: '0-5', label: 'Early years, 0 to 5', synonyms: [] },
  ],
};

export type Bench = CohortsDeps & {
  clock: ManualClock;
  /** "personId in cohortId" and "personId out cohortId", in the order the rest of the bot heard of it. */
  heard: string[];
  homes: Set<string>;
};

/** Everything the use cases need, on a migrated database of its own. */
export async function givenBench(change: Partial<CohortsDeps> = {}): Promise<Bench> {
  const store = await givenStore();
  const heard: string[] = [];
  const homes = new Set<string>();
  const vault = createVault(Buffer.alloc(32, 3));
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  return {
    db: store.db,
    random: systemRandom,
    log: createLog({ level: 'silent' }),
    timeZone: 'Europe/London',
    retention,
    homeChanged: (personId) => void homes.add(personId),
    vault,
    fillProfile: (db, personId, said) => fillProfile(db, { vault, clock, organisations }, personId, said),
    vocabulary: vocabulary as Vocabulary,
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    teamId,
    botUserId: 'U0BOT',
    // Whoever asks Slack something is given a client that answers.
    client: {} as WebClient,
    comings: createComings(),
    async did(personId, deed) {
      if (deed.kind === 'joined-cohort') heard.push(`${personId} in ${deed.cohortId}`);
      if (deed.kind === 'left-cohort') heard.push(`${personId} out ${deed.cohortId}`);
    },
    ...change,
    clock,
    heard,
    homes,
  };
}

let met = 0;

export async function givenPerson(
  { db, clock }: Bench,
  change: Partial<SlackUser & { id: string }> = {},
): Promise<Person> {
  met += 1;
  const user = {
    id: `U1000${met}`,
    team_id: teamId,
    real_name: `Person ${met}`,
    tz: 'Europe/London',
    ...change,
  };
  return (await recordSlackUser(db, clock, user, teamId)).person;
}

export const givenPeople = async (bench: Bench, count: number): Promise<Person[]> => {
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) people.push(await givenPerson(bench));
  return people;
};

/** A facilitator of all cohorts, or of one. */
export async function givenFacilitator(bench: Bench, cohortId?: string): Promise<Actor> {
  const person = await givenPerson(bench);
  await insertRole(bench.db, bench.clock, {
    personId: person.id,
    role: 'facilitator',
    cohortId,
    by: 'system',
  });
  return actorOf(bench.db, person);
}

export async function givenCohort(bench: Bench, actor: Actor, name = 'Perinatal pilot'): Promise<string> {
  const id = newId(bench.clock);
  const fields = { name, ageGroup: undefined, startsOn: undefined, endsOn: undefined };
  const outcome = await makeCohort(bench, { actor, id, fields, evenSo: true });
  if (outcome.kind !== 'made') throw new Error(`The group was not made: ${outcome.kind}.`);
  return id;
}

export const actorFor = ({ db }: Bench, person: Person): Promise<Actor> => actorOf(db, person);

export async function membersOf({ db }: Bench, cohortId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cohort_members')
    .select('person_id')
    .where('cohort_id', '=', cohortId)
    .where('left_at', 'is', null)
    .execute();
  return rows.map((row) => row.person_id).sort();
}

export async function queued(
  { db }: Bench,
  kind?: string,
): Promise<{ to: string | null; text: string; status: string }[]> {
  let query = db.selectFrom('outbox').select(['person_id', 'message', 'status']).orderBy('id');
  if (kind !== undefined) query = query.where('kind', '=', kind);
  return (await query.execute()).map((row) => ({ to: row.person_id, text: row.message, status: row.status }));
}

export async function audited({ db }: Bench, action: string): Promise<number> {
  return (await db.selectFrom('audit_log').select('id').where('action', '=', action).execute()).length;
}
