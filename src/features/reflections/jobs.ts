import type { Job } from '../feature.ts';
import type { ReflectionDeps } from './deps.ts';
import { purgeDeleted } from './store.ts';

/** What was deleted or discarded more than a day ago goes for good. Drafts nobody discarded have no end. */
export const purge = ({ db }: Pick<ReflectionDeps, 'db'>): Job => ({
  name: 'reflections.purge',
  run: (now) => purgeDeleted(db, now),
});
