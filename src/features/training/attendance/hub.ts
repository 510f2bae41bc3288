import type { HubBlocks } from '../hub.ts';
import type { AttendanceDeps } from './deps.ts';
import { standingOf } from './rules.ts';
import { listPast } from './say.ts';
import { findRegister, listPresent } from './store.ts';
import { type ToTake, toTakeBlocks } from './views.ts';

/** A host looks for the latest; older ones stand among the past sessions. */
const mostToTake = 3;

/** On top of `/chatr training`: attendance that can be taken or confirmed, for those who host. */
export const attendanceToTake =
  (deps: AttendanceDeps): HubBlocks =>
  async ({ actor, now, zone }) => {
    const { db } = deps;
    const toTake: ToTake[] = [];
    for (const { session, isHost } of await listPast(deps, actor)) {
      if (!isHost || standingOf(session, now) !== 'open' || toTake.length === mostToTake) continue;
      const isTaken = (await findRegister(db, session)).taken !== undefined;
      const said = (await listPresent(db, session)).filter(({ presence }) => presence === 'said').length;
      if (!isTaken || said > 0) toTake.push({ session, isTaken, said });
    }
    return toTakeBlocks(toTake, zone);
  };
