import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

export async function listHoldings(db: Db, personId: string): Promise<Holding[]> {
  return [
    {
      what: 'Things you noted to try, encrypted, and how you said they went',
      count: await countRows(db, 'intentions', personId),
    },
    {
      what: 'Something you began to note and did not keep, encrypted',
      count: await countRows(db, 'intention_drafts', personId),
    },
    {
      what: 'On which day you were last offered to note something',
      count: await countRows(db, 'intention_offers', personId),
    },
  ];
}
