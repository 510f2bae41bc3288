import { type Area, instant, madeBy, rowsOf } from '../../community/holdings.ts';
import { isMarked } from './use/store.ts';

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

const marked: Readonly<Record<string, string>> = {
  'looked-up': 'You looked something up in the week from',
  active: 'You did something here in the month',
  reflected: 'You wrote a reflection in the month',
};

export const useHeld = (): Area => ({
  id: 'use',
  title: 'Use, until it is counted',
  why: 'So that it can be counted how many were active, and nothing is said of fewer than five people.',
  holdings: [
    {
      ...rowsOf('use_marks', {
        id: 'use-marks',
        what: 'That you were among those who used this, in a week or a month that is not counted yet',
        remains: 'Numbers of which it was a part, of five people or more.',
        read: (row) => ({ [marked[row.kind] ?? row.kind]: row.period }),
      }),
      async endsOnLeaving(db, personId) {
        return (await isMarked(db, personId))
          ? 'That you used this in this week or month is deleted, and not counted.'
          : undefined;
      },
    },
  ],
});
