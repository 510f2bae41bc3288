import { audit } from '../../community/audit.ts';
import { listCohortsOf } from '../../community/cohorts.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { getPreferences, type Preferences } from '../../community/preferences.ts';
import type { Db } from '../../db/schema.ts';
import { changePreferences } from '../../outbox/outbox.ts';
import { localDate, usableZone } from '../../scheduler/calendar.ts';
import type { PreferencesDeps } from './deps.ts';
import { hasLeftLast } from './store.ts';

export type MessageSettings = Pick<
  Preferences,
  'isPaused' | 'wantsMessages' | 'awayUntil' | 'quietFrom' | 'quietUntil' | 'wantsReminders'
>;

export type SettingsProblem = { field: 'quietUntil' | 'awayUntil'; message: string };

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** In less, what waits for its turn would often not come at all. */
const fewestOpenMinutes = 120;

function problemWithHours({
  quietFrom,
  quietUntil,
}: Pick<MessageSettings, 'quietFrom' | 'quietUntil'>): string | undefined {
  if (!clockTime.test(quietFrom) || !clockTime.test(quietUntil))
    return 'Please choose both times, for example 18:00 and 09:00.';
  if (quietFrom === quietUntil) return `Both are ${quietFrom}, so no time would be left. ${atLeast}`;
  const open = (minutesOf(quietFrom) - minutesOf(quietUntil) + 1440) % 1440;
  return open < fewestOpenMinutes
    ? `Messages could come only between ${quietUntil} and ${quietFrom}. ${atLeast}`
    : undefined;
}
const atLeast = 'Please leave at least two hours, or choose “No messages”.';

/** What cannot be meant. @param today local date, `YYYY-MM-DD`. */
export function checkSettings(settings: MessageSettings, today: string): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const hours = problemWithHours(settings);
  if (hours !== undefined) problems.push({ field: 'quietUntil', message: hours });
  if (settings.awayUntil !== undefined && settings.awayUntil < today)
    problems.push({ field: 'awayUntil', message: 'That day is over. Please choose today or a later day.' });
  return problems;
}

export type ChangeOutcome =
  | { kind: 'saved'; preferences: Preferences; said: Said }
  | { kind: 'problems'; problems: SettingsProblem[] }
  | { kind: 'not-allowed' };

/** Whether messages come at all; undefined: that is as it was. */
type Said = 'no-messages' | 'pause' | 'start' | undefined;

function sayChange(before: Preferences, after: Preferences): Said {
  if (before.wantsMessages && !after.wantsMessages) return 'no-messages';
  if (!before.isPaused && after.isPaused) return 'pause';
  const comes = ({ isPaused, wantsMessages }: Preferences) => !isPaused && wantsMessages;
  return comes(after) && !comes(before) ? 'start' : undefined;
}

/** Writes what is given. What was queued stays in the outbox, which asks these settings again before it sends. */
export async function change(
  deps: PreferencesDeps,
  actor: Actor,
  wanted: Partial<MessageSettings>,
): Promise<ChangeOutcome> {
  const { db, clock } = deps;
  const { person } = actor;
  if (!may(actor, 'own.write', { ownerId: person.id })) return { kind: 'not-allowed' };
  let isBack = false;
  const outcome = await db.transaction().execute(async (trx): Promise<ChangeOutcome> => {
    const now = clock.now();
    const before = await getPreferences(trx, person.id);
    const next = { ...before, ...wanted };
    const today = localDate(now, usableZone(person.timeZone, deps.timeZone));
    // A day away that is over is no problem, unless it was just asked for.
    if (!('awayUntil' in wanted) && next.awayUntil !== undefined && next.awayUntil < today)
      next.awayUntil = undefined;
    const touchesHours = 'quietFrom' in wanted || 'quietUntil' in wanted;
    const problems = checkSettings(next, today).filter(
      // What was taken before does not stand in the way of a pause.
      ({ field }) => field !== 'quietUntil' || touchesHours,
    );
    if (problems.length > 0) return { kind: 'problems', problems };
    const preferences = await changePreferences(trx, person.id, next, now);
    const said = sayChange(before, preferences);
    if (said)
      await audit(trx, clock, { actor: person.id, action: `preferences.${said}`, subject: person.id });
    isBack = !before.wantsMessages && preferences.wantsMessages;
    return { kind: 'saved', preferences, said };
  });
  deps.homeChanged(person.id);
  if (isBack) await deps.did(person.id, { kind: 'wants-messages' });
  return outcome;
}

/** They left, and have not come back: neither started messages again nor been added to a group. */
export async function hasLeft(db: Db, personId: string, { isPaused }: Preferences): Promise<boolean> {
  if (!isPaused || (await listCohortsOf(db, personId)).length > 0) return false;
  return hasLeftLast(db, personId);
}
