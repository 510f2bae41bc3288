import { countRows, type Holding } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import './tables.ts';

/** What is kept of somebody's check-ins. Answers that nobody can tell are theirs are not among them. */
export async function listHoldings(db: Db, personId: string): Promise<Holding[]> {
  return [
    {
      what: 'Check-ins you were asked for, and whether you answered',
      count: await countRows(db, 'participations', personId),
    },
    {
      what: 'Check-ins you answered under your name, or for yourself alone',
      count: await countRows(db, 'own_answers', personId),
    },
    {
      what: 'Random keys that join your answers before and after, apart from your name',
      count: await countRows(db, 'answer_keys', personId),
    },
    {
      what: 'Check-in forms you began and did not send',
      count: await countRows(db, 'answer_drafts', personId),
    },
    {
      what: 'Open check-ins you answered on paper, as those who run your group noted',
      count: await countRows(db, 'paper_people', personId),
    },
    {
      what: 'Lists of answers on paper that you brought, and papers you began, not taken in yet, for a day',
      count: await countRows(db, 'paper_lists', personId),
    },
    {
      what: 'Notes you wrote, or began, on results that you can read',
      count: await countRows(db, 'round_notes', personId),
    },
    {
      what: 'Check-ins of which you were asked whether you want them',
      count: await countRows(db, 'checkin_wishes', personId),
    },
    { what: 'Check-ins you planned, or began to', count: await countRows(db, 'checkin_plans', personId) },
    { what: 'Check-ins you asked not to get', count: await countRows(db, 'checkin_optouts', personId) },
  ];
}
