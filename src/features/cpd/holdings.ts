import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

export const listHoldings = async (db: Db, personId: string): Promise<Holding[]> => [
  {
    what: 'What you last chose for a CPD record, encrypted',
    count: await countRows(db, 'cpd_choices', personId),
  },
  {
    what: 'Entries to which you added something for a CPD record, encrypted',
    count: await countRows(db, 'cpd_answers', personId),
  },
];
