import { findCohort } from '../../community/cohorts.ts';
import { withdrawConsent } from '../../community/consents.ts';
import { type Area, type Holding, instant, madeBy, rowsOf } from '../../community/holdings.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { takeBackOpen } from './joining/wish.ts';
import { deleteWish, everybody, findIntroduction, openMeeting, toWish } from './store.ts';

/** @param beside what hangs on introductions, and is kept elsewhere. */
export const introductionsHeld = (vault: Vault, beside: readonly Holding[] = []): Area => ({
  id: 'introductions',
  title: 'Introductions',
  why: 'So that you are introduced to colleagues at your own pace, to nobody you would rather not meet, and not again while there is somebody new.',
  apart:
    'How you want to be introduced, whom you would rather not meet, whom you were introduced to, and what you noted of it; introductions stop',
  holdings: [
    {
      ...rowsOf('introduction_wishes', {
        id: 'introduction-wishes',
        what: 'How you want to be introduced, and whom you would rather not meet',
        isApart: true,
        async read(row, db) {
          const { pool, everyWeeks, isPaused, standing, avoids } = toWish(vault, row);
          return {
            'Every so many weeks': everyWeeks,
            'Within a group': pool === everybody ? undefined : ((await findCohort(db, pool))?.name ?? pool),
            Paused: isPaused,
            'Left out the last time': standing === 'left-out',
            'Would rather not meet (Slack ids)': avoids,
          };
        },
      }),
      async forget(db, personId, now) {
        await withdrawConsent(db, { now: () => now }, personId, 'introduced');
        await takeBackOpen(db, personId);
        await deleteWish(db, personId);
      },
    },
    rowsOf('introduction_members', {
      id: 'introductions',
      what: 'Introductions you were in, and what you noted of a meeting',
      isApart: true,
      remains: 'That the others were introduced to somebody, without you.',
      async read(row, db) {
        const made = await findIntroduction(db, row.introduction_id);
        const met = openMeeting(vault, row);
        return {
          'Introduced on': made?.madeOn,
          'Across agencies': row.other_agency === 1,
          'Across professions': row.other_profession === 1,
          'You met on': met?.on,
          Minutes: met?.minutes,
        };
      },
    }),
    ...beside,
    madeBy('introduction_groups', 'switched_on_by', {
      id: 'introduction-groups',
      what: 'Groups for which you switched introductions on',
      remains: 'That they are on, without your name.',
      read: async (row, db) => ({
        Group: (await findCohort(db, row.cohort_id))?.name ?? row.cohort_id,
        'Switched on': instant(row.switched_on_at),
      }),
    }),
  ],
});
