import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

/** Files that lie in Slack for somebody, or are on their way there. */
export const listHoldings = async (db: Db, personId: string): Promise<Holding[]> => [
  {
    what: 'Files you asked for that lie in your conversation with me, for a day',
    count: await countRows(db, 'given_files', personId),
  },
];
