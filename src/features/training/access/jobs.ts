import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { endOf, hasBegun } from '../sessions/session.ts';
import { lockSession } from '../sessions/store.ts';
import {
  addEmpty,
  deleteNeeds,
  deleteWithoutPlace,
  listToLookAt,
  listWithoutRow,
  lookAgain,
} from './store.ts';

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
    await forEach(log, 'training.needs', await listToLookAt(db, now), (id) =>
      db.transaction().execute((trx) => lookAtSession(trx, vault, id, now)),
    );
  },
});

async function lookAtSession(trx: Db, vault: Vault, sessionId: string, now: Date): Promise<void> {
  const session = await lockSession(trx, sessionId);
  if (!session) return;
  const goesAt = later(endOf(session), keptAfter);
  if (session.isCancelled || goesAt <= now) {
    await deleteNeeds(trx, { sessionId });
    return lookAgain(trx, sessionId, undefined);
  }
  if (session.asksAccess && !hasBegun(session, now))
    for (const of of await listWithoutRow(trx, sessionId)) await addEmpty(trx, vault, of);
  await deleteWithoutPlace(trx, sessionId);
  await lookAgain(trx, sessionId, goesAt);
}
