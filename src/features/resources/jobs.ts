import { days, later } from '../../lib/clock.ts';
import type { Job } from '../feature.ts';
import { deleteOldWords } from './curating/store.ts';
import type { Deps } from './deps.ts';
import { deletePublished } from './examples/store.ts';
import { mayKeepWord } from './finding/missed.ts';
import { deleteOldShares } from './sharing/store.ts';
import { deleteAnswered, deleteMisses, listMissedWords, purgeRemoved } from './store.ts';

/**
 * What was passed on longer ago than anybody asks is forgotten, and so are curators' words, what was asked of them and
 * answered, and whose a published example was once they are told. What was removed from a saved list more than a day ago goes for good, with its note.
 */
export const purge = ({ db, retention }: Pick<Deps, 'db' | 'retention'>): Job => ({
  name: 'resources.purge',
  async run(now) {
    await purgeRemoved(db, now);
    await deletePublished(db, now);
    await deleteOldShares(db, later(now, -days(retention.shares.days)));
    await deleteOldWords(db, later(now, -days(retention['curators-words'].days)));
    await deleteAnswered(db, later(now, -days(retention['answered-questions'].days)));
  },
});

/** Words that found nothing and would not be kept today, since they may be names: earlier versions kept more. */
export const forgetNames = ({ db }: Pick<Deps, 'db'>): Job => ({
  name: 'resources.forget-names',
  every: 'hour',
  run: async () =>
    deleteMisses(
      db,
      (await listMissedWords(db)).filter((word) => !mayKeepWord(word)),
    ),
});
