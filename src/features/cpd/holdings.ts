import { type Area, type Item, rowsOf } from '../../community/holdings.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { findAdded, findChoice } from './store.ts';

export const cpdHeld = (vault: Vault): Area => ({
  id: 'cpd',
  title: 'Your CPD record',
  why: 'So that you need not choose and type it again. The words are encrypted, and nobody but you is shown them. The record itself is made when you ask for it, and not kept.',
  apart: 'What you chose for a record, and what you added to entries for it',
  holdings: [
    rowsOf('cpd_choices', {
      id: 'cpd-choices',
      what: 'What you last chose for a CPD record',
      isApart: true,
      async read(row, db) {
        const chosen = await findChoice(db, vault, row.person_id);
        return {
          Record: chosen?.record,
          From: chosen?.from,
          Until: chosen?.until,
          Forms: chosen?.forms,
          Entries: chosen && Object.values(chosen.entries).flat(),
        };
      },
    }),
    rowsOf('cpd_answers', {
      id: 'cpd-answers',
      what: 'Entries to which you added something for a CPD record',
      isApart: true,
      async read(row, db): Promise<Item> {
        const added = (await findAdded(db, vault, row.person_id, row.entry_id)) ?? {};
        const given = Object.values(added).flatMap((answers) => Object.entries(answers));
        return { Entry: row.entry_id, ...Object.fromEntries(given) };
      },
    }),
  ],
});
