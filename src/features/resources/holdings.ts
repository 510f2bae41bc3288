import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';
import { countChangesBy } from './catalogue/store.ts';

/** What is kept of somebody's use of the catalogue. What they looked for is not. */
export async function listHoldings(db: Db, personId: string): Promise<Holding[]> {
  return [
    {
      what: 'Saved resources, your notes on them encrypted, removed ones for a day',
      count: await countRows(db, 'saved_resources', personId),
    },
    {
      what: 'Resources you said something about (it helped, it is out of date, the link is broken)',
      count: await countRows(db, 'resource_feedback', personId),
    },
    {
      what: 'Questions to the curators of whose answer you want to hear',
      count: await countRows(db, 'question_waiting', personId),
    },
    {
      what: 'Topics of which you want to hear what is new',
      count: await countRows(db, 'followed_topics', personId),
    },
    {
      what: 'That you passed something on to a colleague: what, to whom and when, for 30 days',
      count: await countRows(db, 'resource_shares', personId),
    },
    {
      what: 'Colleagues whose shares you have stopped',
      count: await countRows(db, 'share_stops', personId),
    },
    {
      what: 'Practice examples that wait for the curators, encrypted',
      count: await countRows(db, 'practice_examples', personId),
    },
    { what: 'Changes you made to the catalogue', count: await countChangesBy(db, personId) },
    { what: 'Resources you suggested', count: await countRows(db, 'resource_suggestions', personId) },
  ];
}
