import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

/** What is kept of somebody's first weeks. */
export async function listHoldings(db: Db, personId: string): Promise<Holding[]> {
  const steps = await db
    .selectFrom('journey_steps')
    .innerJoin('journeys', 'journeys.id', 'journey_steps.journey_id')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('journeys.person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return [
    {
      what: 'Your profile, and who has opened what makes taking part easier for you',
      count: await countRows(db, 'profiles', personId),
    },
    {
      what: 'When you were welcomed, your pace, and where your first steps stand',
      count: await countRows(db, 'journeys', personId),
    },
    { what: 'First steps, and which you have done or skipped', count: Number(steps.many) },
    { what: 'Whether a facilitator has said hello', count: await countRows(db, 'greetings', personId) },
  ];
}
