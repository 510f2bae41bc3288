import { listCohortsOf } from '../../../community/cohorts.ts';
import { loadActor } from '../../../community/permissions.ts';
import { getPreferences } from '../../../community/preferences.ts';
import type { Db } from '../../../db/schema.ts';
import { nextOccurrence } from '../../../scheduler/recurrence.ts';
import { readsResults } from '../answering/may-answer.ts';
import { type CheckIn, listRunning } from '../store.ts';
import { listRoundsOf, listStopped } from './store.ts';

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

/** The same, with the reminders that are due to them: of what they were asked and have not answered. */
export async function asksAhead(db: Db, personId: string, from: Date, until: Date): Promise<Date[]> {
  const prompts = await promptsAhead(db, personId, from, until);
  if (!(await getPreferences(db, personId)).wantsReminders) return prompts;
  const open = await listRoundsOf(db, personId, ['asked'], { isOpen: true });
  const reminders = open.flatMap(({ round: { remindAt } }) =>
    remindAt && remindAt > from && remindAt <= until ? [remindAt] : [],
  );
  return [...prompts, ...reminders].toSorted((one, other) => one.getTime() - other.getTime());
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
