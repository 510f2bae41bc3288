import { days, later } from '../../../lib/clock.ts';
import type { Job } from '../../feature.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { deleteNeeds, deleteWithoutPlace, listKeptFor } from './store.ts';

/** What the form says: no setting. */
const keptAfter = days(14);

/**
 * What was said for a session goes two weeks after it has ended, wherever it was moved to; at once when it is cancelled, or
 * when its author gives up their place.
 */
export const endNeeds = ({ db }: SessionDeps): Job => ({
  name: 'training.end-needs',
  async run(now) {
    for (const { sessionId, isCancelled, endsAt } of await listKeptFor(db))
      if (isCancelled || later(endsAt, keptAfter) <= now) await deleteNeeds(db, { sessionId });
    await deleteWithoutPlace(db);
  },
});
