import type { TrainingDeps } from '../deps.ts';
import type { HubBlocks } from '../hub.ts';
import { standingOf } from './rules.ts';
import { listPast } from './say.ts';
import { findRegister, listPresent } from './store.ts';
import { afterBlocks } from './views.ts';

const mostToTake = 3;

/** What stands in `/chatr training` once a session is over: the way to past ones, and attendance for those who host. */
export const afterSessions =
  (deps: TrainingDeps): HubBlocks =>
  async ({ actor, now, zone }) => {
    const { db } = deps;
    const past = await listPast(deps, actor);
    const hosted = past
      .filter(({ session, isHost }) => isHost && standingOf(session, now) === 'open')
      .slice(0, mostToTake);
    const toTake = [];
    for (const { session } of hosted)
      toTake.push({
        session,
        isTaken: (await findRegister(db, session)).taken !== undefined,
        said: (await listPresent(db, session)).filter(({ presence }) => presence === 'said').length,
      });
    return afterBlocks(past.length > 0, toTake, zone);
  };
