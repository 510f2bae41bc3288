import './tables.ts';
import { type Area, instant, madeBy, rowsOf, storedList } from '../../community/holdings.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import { ageLabel } from './say.ts';

export const promptsHeld = (vocabulary: Pick<Vocabulary, 'age_groups'>): Area => ({
  id: 'prompts',
  title: 'Practice prompts',
  why: 'So that one comes to you each week, where you asked for that. Nothing is kept of who opens one.',
  apart: 'That you get a prompt each week',
  holdings: [
    rowsOf('prompt_readers', {
      id: 'prompts-weekly',
      what: 'That you get a prompt each week, and which you had',
      isApart: true,
      read: (row) => ({
        'Age group': ageLabel(row.age_group, { vocabulary }),
        Since: new Date(row.since),
        Had: storedList(row.had),
      }),
    }),
    madeBy('prompt_plans', 'made_by', {
      id: 'prompts-planned',
      what: 'Prompts you planned for a channel',
      remains: 'The plan, without your name.',
      read: (row) => ({
        Channel: row.channel_id,
        'Age group': ageLabel(row.age_group, { vocabulary }),
        Made: new Date(row.made_at),
        Next: row.status === 'running' ? instant(row.next_at) : undefined,
      }),
    }),
  ],
});
