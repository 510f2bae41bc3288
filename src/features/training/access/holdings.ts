import { type Area, rowsOf } from '../../../community/holdings.ts';
import { namesOf } from '../../../community/opened.ts';
import { whoSeesSessionNeeds } from '../../../community/promises.ts';
import type { Vault } from '../../../lib/crypto.ts';
import './tables.ts';
import { findSession } from '../sessions/store.ts';
import { toNeeds } from './store.ts';

/** What somebody said for single sessions. */
export const sessionNeedsHeld = (vault: Vault): Area => ({
  id: 'session-needs',
  title: 'What makes taking part in a session easier',
  why: `So that those who run it can see to it. Your words are encrypted. ${whoSeesSessionNeeds}`,
  apart: 'What you said for sessions would make taking part easier',
  holdings: [
    rowsOf('training_needs', {
      id: 'session-needs',
      what: 'Sessions that asked what would make taking part easier, what you said, and who has opened it',
      isApart: true,
      async read(row, db) {
        const needs = toNeeds(vault, row);
        const opened = await namesOf(db, needs?.openedBy ?? [], 'Somebody who ran the session');
        return {
          Session: (await findSession(db, row.session_id))?.title,
          'What would make taking part easier': needs
            ? needs.words || 'You said nothing.'
            : 'These words cannot be opened with the present key.',
          'Who has opened that': opened.map(({ name, on }) => `${name}, ${on}`),
        };
      },
    }),
  ],
});
