import type { Job } from '../feature.ts';
import type { Deps } from './deps.ts';
import { purgeRemoved } from './store.ts';

/** What was removed from a saved list more than a day ago goes for good, with its note. */
export const purge = ({ db }: Pick<Deps, 'db'>): Job => ({
  name: 'resources.purge',
  run: (now) => purgeRemoved(db, now),
});
