import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

/** What is kept of somebody's groups. */
export async function listHoldings(db: Db, personId: string): Promise<Holding[]> {
  return [
    { what: 'Groups you are or were in', count: await countRows(db, 'cohort_members', personId) },
    {
      what: 'Channels of yours that a group follows',
      count: await countRows(db, 'cohort_channel_members', personId),
    },
    {
      what: 'Role and agency from a list of trainees, until you agree or say no',
      count: await countRows(db, 'profile_hints', personId),
    },
    {
      what: 'Lists of trainees that are being matched with you',
      count: await countRows(db, 'expected_trainees', personId),
    },
  ];
}
