import { clearName, type Person, toPerson } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import { type Journey, toJourney } from '../store.ts';

/** Who waits to be welcomed and is known to be one of us, in the order they came. */
export async function listExpected(db: Db, limit: number): Promise<Journey[]> {
  const rows = await db
    .selectFrom('journeys')
    .innerJoin('people', 'people.id', 'journeys.person_id')
    .selectAll('journeys')
    .where('journeys.status', '=', 'expected')
    .where('journeys.away_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'in', ['member', 'guest'])
    .orderBy('journeys.id')
    .limit(limit)
    .execute();
  return rows.map(toJourney);
}

/** Who was in the forum when the bot last heard of it. */
export async function listInForum(db: Db): Promise<Person[]> {
  const rows = await db
    .selectFrom('journeys')
    .innerJoin('people', 'people.id', 'journeys.person_id')
    .selectAll('people')
    .where('journeys.met_how', '=', 'in-forum')
    .where('journeys.away_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .execute();
  return rows.map(toPerson);
}

/** Who agreed to another version of the agreement and was not asked about this one, in the order they came. */
export async function listToAskAgain(db: Db, version: string, limit: number): Promise<Journey[]> {
  const agreedTo = (which: '<' | '>') =>
    db.selectFrom('journeys').select('id').where('agreement_version', which, version);
  const rows = await db
    .selectFrom('journeys')
    .innerJoin('people', 'people.id', 'journeys.person_id')
    .selectAll('journeys')
    // Whoever said no, or nothing yet, has none. An index knows what is smaller and larger, not what differs.
    .where('journeys.id', 'in', agreedTo('<').unionAll(agreedTo('>')))
    .where((eb) =>
      eb.or([eb('journeys.agreement_asked', 'is', null), eb('journeys.agreement_asked', '!=', version)]),
    )
    .where('journeys.away_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .orderBy('journeys.id')
    .limit(limit)
    .execute();
  return rows.map(toJourney);
}

/**
 * Steps, profile, name and zone: what goes when somebody says no. Not that they wait for a hello, as everybody does who comes:
 * whoever is missing on that list would be known to have said no.
 */
export async function deleteDetails(db: Db, { id: journeyId, personId }: Journey): Promise<void> {
  await db.deleteFrom('journey_steps').where('journey_id', '=', journeyId).execute();
  await db.deleteFrom('profiles').where('person_id', '=', personId).execute();
  await clearName(db, personId);
}
