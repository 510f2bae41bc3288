import type { KnownBlock } from '@slack/types';
import { oncePerPage, type Viewer } from '../../feature.ts';
import type { TrainingDeps } from '../deps.ts';
import type { Hub } from '../hub.ts';
import { standingOf } from './rules.ts';
import { listPast } from './say.ts';
import { findRegister, listPresent } from './store.ts';
import { pastButtons, type ToTake, toTakeBlocks } from './views.ts';

/** A host looks for the latest; older ones stand among the past sessions. */
const mostToTake = 3;

/** What stands in `/chatr training` of sessions that are over: what is left to do on top, the way to all of them below. */
export function afterSessions(deps: TrainingDeps): Pick<Hub, 'toDoBlocks' | 'pastBlocks'> {
  const past = oncePerPage((_, { actor }) => listPast(deps, actor));
  return {
    async toDoBlocks(viewer: Viewer): Promise<KnownBlock[]> {
      const { db } = deps;
      const toTake: ToTake[] = [];
      for (const { session, isHost } of await past(db, viewer)) {
        if (!isHost || standingOf(session, viewer.now) !== 'open' || toTake.length === mostToTake) continue;
        const isTaken = (await findRegister(db, session)).taken !== undefined;
        const said = (await listPresent(db, session)).filter(({ presence }) => presence === 'said').length;
        if (!isTaken || said > 0) toTake.push({ session, isTaken, said });
      }
      return toTakeBlocks(toTake, viewer.zone);
    },
    pastBlocks: async (viewer) => ((await past(deps.db, viewer)).length > 0 ? pastButtons() : []),
  };
}
