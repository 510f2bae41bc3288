import { type Area, madeBy } from '../../community/holdings.ts';
import './tables.ts';

export const pathwaysHeld = (): Area => ({
  id: 'pathways',
  title: 'Pathways',
  why: 'So that it can be seen who noted that a safeguarding lead has read what a pathway says. What you look up is not kept.',
  holdings: [
    madeBy('pathway_readings', 'noted_by', {
      id: 'pathway-readings',
      what: 'Sentences of pathways of which you noted that a safeguarding lead has read them',
      remains: 'That a sentence was read, and when, without your name.',
      read: (row) => ({ Pathway: row.pathway_id, Noted: new Date(row.noted_at) }),
    }),
  ],
});
