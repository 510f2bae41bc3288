import { type Area, rowsOf } from '../../community/holdings.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { openDraft, toIntention } from './store.ts';

export const intentionsHeld = (vault: Vault): Area => ({
  id: 'intentions',
  title: 'What you will try',
  why: 'So that it comes back to you twice. The words are encrypted, and nobody but you is shown them.',
  apart: 'Everything you noted to try, and how you said it went',
  holdings: [
    rowsOf('intentions', {
      id: 'intentions',
      what: 'Things you noted to try, and how you said they went',
      isApart: true,
      remains:
        'How many people noted something after a check-in, as a number: it would tell who deleted theirs if it changed.',
      read(row) {
        const { words, notedOn, nextAt, returns, outcome } = toIntention(vault, row);
        return {
          Words: words ?? 'These words cannot be opened with the present key.',
          'Noted on': notedOn,
          'How it went': outcome,
          'Comes back': nextAt,
          'Has come back': returns,
          After: row.occasion || undefined,
        };
      },
    }),
    rowsOf('intention_drafts', {
      id: 'intention-drafts',
      what: 'Something you began to note and did not keep',
      isApart: true,
      read: (row) => ({ Words: openDraft(vault, row)?.words }),
    }),
    rowsOf('intention_offers', {
      id: 'intention-offers',
      what: 'On which day you were last offered to note something',
      read: (row) => ({ 'Offered on': row.offered_on, 'You want such offers': row.is_wanted === 1 }),
    }),
  ],
});
