import { listHumansFor } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { hours, later, minutes } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { wasToldSince } from '../../../outbox/sent.ts';
import { addWorkingDays, atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import type { OnboardingDeps } from '../deps.ts';
import { listLate, listUnannounced, recordAnnounced, recordReminded } from './store.ts';
import { arrivalsNote } from './views.ts';

/** People often come in groups: one note for all who came within this time. */
const gatherMinutes = 10;
/** Between two notes to the same facilitator. */
const quietHoursBetweenNotes = 4;
const remindAfterWorkingDays = 2;

/**
 * Job: facilitators hear of newcomers nobody has greeted, one note for many; after two working days without a hello,
 * once more and never again.
 */
export async function announceArrivals(deps: OnboardingDeps, now: Date): Promise<void> {
  const fresh = await listUnannounced(deps.db, later(now, -minutes(gatherMinutes)));
  if (fresh.length > 0) await tellFacilitators(deps, fresh, now, 'note');
  const late = await listLate(deps.db, now);
  if (late.length > 0) await tellFacilitators(deps, late, now, 'reminder');
}

async function tellFacilitators(
  deps: OnboardingDeps,
  waiting: readonly Person[],
  now: Date,
  weight: 'note' | 'reminder',
): Promise<void> {
  const { db, clock } = deps;
  await db.transaction().execute(async (trx) => {
    const groups = new Map<string, { facilitator: Person; newcomers: Person[] }>();
    const told = new Set<string>();
    const canHear = new Map<string, boolean>();
    // In quiet hours newcomers gather: Monday morning brings one note, not one for each who came at the weekend.
    const hears = async (facilitator: Person): Promise<boolean> =>
      (await deps.reach.nextAllowed(trx, facilitator.id, now)) <= now &&
      (weight === 'reminder' ||
        !(await wasToldSince(
          trx,
          facilitator.id,
          'onboarding.greet',
          later(now, -hours(quietHoursBetweenNotes)),
        )));
    for (const person of waiting)
      for (const facilitator of await listHumansFor(trx, person.id)) {
        const isOpen = canHear.get(facilitator.id) ?? (await hears(facilitator));
        canHear.set(facilitator.id, isOpen);
        if (!isOpen) continue;
        const group = groups.get(facilitator.id) ?? { facilitator, newcomers: [] };
        group.newcomers.push(person);
        groups.set(facilitator.id, group);
        told.add(person.id);
      }
    // Nobody to tell, or all of them heard from us a moment ago: the next run tries again.
    if (told.size === 0) return;
    const batch = newId(clock);
    for (const { facilitator, newcomers } of groups.values())
      await enqueue(trx, clock, {
        idempotencyKey: `onboarding:greet:${batch}:${facilitator.id}`,
        kind: weight === 'note' ? 'onboarding.greet' : 'onboarding.greet-reminder',
        to: { personId: facilitator.id },
        message: arrivalsNote(newcomers, { isReminder: weight === 'reminder' }),
        sendAfter: now,
      });
    const today = localDate(now, deps.timeZone);
    const remindAfter = atLocalTime(addWorkingDays(today, remindAfterWorkingDays), '12:00', deps.timeZone);
    if (weight === 'note') await recordAnnounced(trx, [...told], { at: now, remindAfter });
    else await recordReminded(trx, [...told], now);
  });
}
