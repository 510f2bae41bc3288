import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

export const listHoldings = async (db: Db, personId: string): Promise<Holding[]> => [
  { what: 'The page of Home you have turned to', count: await countRows(db, 'home_pages', personId) },
];
