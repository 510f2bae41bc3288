import { days, later } from '../../../lib/clock.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { addEmpty, deleteNeeds, deleteWithoutPlace, listKeptFor, listWithoutRow } from './store.ts';

/** What the form says: no setting. */
const keptAfter = days(14);

/**
 * Where a session asks, there is a row for each who is in, however they came in, so that none tells anything. What was said
 * goes two weeks after the session has ended, wherever it was moved to; at once when it is cancelled, or when its author gives
 * up their place.
 */
export const keepToTerm = ({ db, vault, log }: SessionDeps): Job => ({
  name: 'training.needs',
  async run(now) {
    await forEach(log, 'training.needs', await listWithoutRow(db, now), (of) => addEmpty(db, vault, of));
    for (const { sessionId, isCancelled, endsAt } of await listKeptFor(db))
      if (isCancelled || later(endsAt, keptAfter) <= now) await deleteNeeds(db, { sessionId });
    await deleteWithoutPlace(db);
  },
});
