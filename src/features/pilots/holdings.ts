import { type Area, instant, madeBy, rowsOf } from '../../community/holdings.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { openTicks } from './preparing/store.ts';

export const pilotsHeld = (vault: Vault): Area => ({
  id: 'pilots',
  title: 'Pilots',
  why: 'So that you can tick off what you have done before a conference. The ticks are encrypted, and nobody but you is shown them.',
  apart: 'What you ticked off before a conference',
  holdings: [
    rowsOf('preparation_ticks', {
      id: 'preparation-ticks',
      what: 'What you ticked off before a conference',
      isApart: true,
      read(row) {
        const ticks = openTicks(vault, row);
        return {
          Checklist: ticks?.list,
          'Lines ticked': ticks?.items.length ?? 'These ticks cannot be opened with the present key.',
          'Last tick': row.ticked_on,
        };
      },
    }),
    madeBy('pilots', 'created_by', {
      id: 'pilots-made',
      what: 'Pilots you planned',
      remains: 'The pilot itself, without your name: its group goes on.',
      read: (row) => ({ Pilot: row.label, 'Planned at': instant(row.created_at) }),
    }),
  ],
});
