import { type Area, rowsOf } from '../../../community/holdings.ts';
import './tables.ts';

export const calendarHeld = (): Area => ({
  id: 'calendar',
  title: 'Your calendar address',
  why: 'So that your calendar shows your sessions. The address itself is kept nowhere, only a mark by which it is known.',
  holdings: [
    rowsOf('calendar_feeds', {
      id: 'calendar-feeds',
      what: 'That you have a secret calendar address',
      read: (row) => ({ 'Made at': new Date(row.made_at) }),
    }),
  ],
});
