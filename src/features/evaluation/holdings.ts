import { type Area, instant, madeBy } from '../../community/holdings.ts';
import './tables.ts';

export const evaluationHeld = (): Area => ({
  id: 'evaluation',
  title: 'Reports of groups',
  why: 'So that it is known who closed the report of a group, and when.',
  holdings: [
    madeBy('closed_reports', 'closed_by', {
      id: 'closed-reports',
      what: 'Reports of groups you closed',
      remains: 'The report itself, without your name: it is of a group, and holds nobody’s answers.',
      read: (row) => ({ 'Closed at': instant(row.closed_at) }),
    }),
  ],
});
