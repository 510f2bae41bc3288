import { type Holding, instant, madeBy, rowsOf } from '../../../community/holdings.ts';
import { sayLength } from '../../../slack/text.ts';
import { findSession } from '../sessions/store.ts';
import './tables.ts';

/** What is kept of the sessions somebody was at. */
export const attendanceHeld: readonly Holding[] = [
  rowsOf('training_attendance', {
    id: 'attendance',
    what: 'Sessions you were at',
    isApart: true,
    async read(row, db) {
      const session = await findSession(db, row.session_id);
      return {
        Session: session?.title ?? 'A session that is no longer there',
        On: session?.startsAt,
        Length: session && sayLength(session.minutes),
        'You said so': instant(row.said_at),
        'Confirmed by a host': instant(row.confirmed_at),
      };
    },
  }),
  madeBy('training_registers', 'taken_by', {
    id: 'attendance-taken',
    what: 'Sessions of which you took attendance',
    remains: 'That attendance was taken, without your name: others’ certificates rest on it.',
    read: async (row, db) => ({
      Session: (await findSession(db, row.session_id))?.title,
      'Taken on': instant(row.taken_at),
    }),
  }),
];
