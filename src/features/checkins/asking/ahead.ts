import { listCohortsOf } from '../../../community/cohorts.ts';
import { loadActor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { nextOccurrence } from '../../../scheduler/recurrence.ts';
import { readsResults } from '../answering/may-answer.ts';
import { type CheckIn, listRunning } from '../store.ts';
import { listStopped } from './store.ts';

/** When a check-in asks from its next time on, as it is planned now. */
export function timesUntil({ status, recurrence, nextAt, timesLeft }: CheckIn, until: Date): Date[] {
  const times: Date[] = [];
  if (status !== 'running' || !recurrence) return times;
  for (let at = nextAt; at && at <= until; at = nextOccurrence(recurrence, at)) {
    if (times.length === timesLeft) break;
    times.push(at);
  }
  return times;
}

/** When the check-ins of somebody's groups ask them after an instant and by another, soonest first. */
export async function promptsAhead(db: Db, personId: string, from: Date, until: Date): Promise<Date[]> {
  const running = await listRunning(
    db,
    (await listCohortsOf(db, personId)).map(({ id }) => id),
  );
  if (running.length === 0) return [];
  const stopped = await listStopped(db, personId);
  const actor = await loadActor(db, personId);
  return running
    .filter((checkin) => !stopped.has(checkin.id) && !readsResults(actor, checkin, checkin))
    .flatMap((checkin) => timesUntil(checkin, until))
    .filter((at) => at > from)
    .toSorted((one, other) => one.getTime() - other.getTime());
}
