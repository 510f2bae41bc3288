import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

/** What is kept of somebody's journal; deleted reflections count until they are gone for good, a day later. */
export async function listHoldings(db: Db, personId: string): Promise<Holding[]> {
  return [
    {
      what: 'Reflections, encrypted, deleted ones for a day',
      count: await countRows(db, 'reflections', personId),
    },
    {
      what: 'Earlier versions of reflections, encrypted, until you clear them',
      count: await countRows(db, 'reflection_versions', personId),
    },
    {
      what: 'Reflections you shared, or have stopped sharing, encrypted',
      count: await countRows(db, 'reflection_shares', personId),
    },
    {
      what: 'Reflections that colleagues shared with you',
      count: await countRows(db, 'reflection_share_readers', personId),
    },
    {
      what: 'When you opened what was shared with you, for its author',
      count: await countRows(db, 'reflection_share_reads', personId),
    },
    {
      what: 'Reflections you began and did not save, encrypted',
      count: await countRows(db, 'reflection_drafts', personId),
    },
  ];
}
