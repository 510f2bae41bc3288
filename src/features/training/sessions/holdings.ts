import { type Area, type Holding, instant, madeBy, rowsOf } from '../../../community/holdings.ts';
import type { Profession } from '../../../community/professions.ts';
import type { Db } from '../../../db/schema.ts';
import '../tables.ts';
import { findSession } from './store.ts';

const sessionOf = async (db: Db, id: string) => {
  const session = await findSession(db, id);
  return { Session: session?.title ?? 'A session that is no longer there', On: session?.startsAt };
};

const said: Record<string, string> = {
  booked: 'You have a place',
  waiting: 'You are on the waiting list',
  offered: 'A place is offered to you',
  cancelled: 'You gave it up',
};

/** What is kept of somebody's sessions. @param beside what is kept elsewhere of them. */
export const sessionsHeld = (professions: readonly Profession[], beside: readonly Holding[] = []): Area => ({
  id: 'sessions',
  title: 'Your sessions',
  why: 'So that you have your place, and those who run the session know whom to expect.',
  apart: 'The record of sessions you were at, and what you added to it for a CPD record; your places stay',
  holdings: [
    rowsOf('training_bookings', {
      id: 'session-bookings',
      what: 'Sessions you booked, waited for or gave up, and the profession you come as',
      read: async (row, db) => ({
        ...(await sessionOf(db, row.session_id)),
        Place: said[row.status],
        Profession: professions.find(({ id }) => id === row.profession)?.label,
        Since: new Date(row.since),
        'Offered until': instant(row.offered_until),
      }),
    }),
    rowsOf('training_notes_due', {
      id: 'session-notes-due',
      what: 'Sessions of which messages you have are to be brought up to date',
      read: (row, db) => sessionOf(db, row.session_id),
    }),
    rowsOf('training_hosts', {
      id: 'sessions-hosted',
      what: 'Sessions you host',
      read: (row, db) => sessionOf(db, row.session_id),
    }),
    madeBy('training_sessions', 'created_by', {
      id: 'sessions-made',
      what: 'Sessions you planned',
      remains: 'Sessions you planned, without your name: others have booked them.',
      read: (row) => ({ Session: row.title, On: new Date(row.starts_at) }),
    }),
    ...beside,
  ],
});
