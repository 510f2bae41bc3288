import { forEach } from '../../scheduler/each.ts';
import type { Job } from '../feature.ts';
import type { CpdDeps } from './deps.ts';
import { deleteAdded, listAddedIds } from './store.ts';

/** What was added to an entry goes with it, once the entry is gone for good. */
export const purge = ({ db, log, sources }: Pick<CpdDeps, 'db' | 'log' | 'sources'>): Job => ({
  name: 'cpd.purge',
  every: 'hour',
  async run() {
    const byPerson = Map.groupBy(await listAddedIds(db), ({ personId }) => personId);
    await forEach(log, 'cpd.purge', [...byPerson], async ([personId, rows]) => {
      const all = rows.map(({ entryId }) => entryId);
      const kept = await Promise.all(
        sources().map(async ({ kind, keeps }) => {
          const theirs = all.filter((id) => id.startsWith(`${kind}:`));
          return theirs.length > 0 ? keeps(personId, theirs) : new Set<string>();
        }),
      );
      const gone = all.filter((id) => !kept.some((ids) => ids.has(id)));
      await deleteAdded(db, personId, gone);
    });
  },
});
