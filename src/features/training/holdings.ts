import { type Area, rowsOf } from '../../community/holdings.ts';
import { whoSeesModule } from '../../community/promises.ts';
import './tables.ts';
import { toStanding } from './module/store.ts';

export const trainingHeld = (): Area => ({
  id: 'training',
  title: 'The core module',
  why: `So that you can go on where you were, and put what you did into a CPD record. ${whoSeesModule}`,
  apart: 'Which parts of the core module you opened, did or skipped',
  holdings: [
    rowsOf('module_parts', {
      id: 'module-parts',
      what: 'Parts of the core module that you opened, did or skipped',
      isApart: true,
      remains:
        'How many of a group have begun or finished, as a number: it would tell who deleted theirs if it changed.',
      read(row) {
        const { partId, state, isLatest, done } = toStanding(row);
        return {
          Part: done?.label ?? partId,
          Stands: state,
          'Done on': done?.on,
          'Minutes suggested': done?.minutes,
          'Opened last': isLatest || undefined,
        };
      },
    }),
  ],
});
