import { listCohortsOf } from '../../community/cohorts.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { cancelQueued, enqueue } from '../../outbox/outbox.ts';
import { findStatus } from '../../outbox/store.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { forEach } from '../../scheduler/each.ts';
import type { Job } from '../feature.ts';
import { anyAge, nextPrompt, poolFor, seenAround } from './choosing.ts';
import type { PromptDeps } from './deps.ts';
import { personalPost } from './messages.ts';
import * as store from './store.ts';

/** One a week by direct message, to whoever asked for it, as soon in the week as they may be written to. */
export const weeklyJob = (deps: PromptDeps): Job => ({
  name: 'prompts.weekly',
  every: 'hour',
  async run(now) {
    const { db, clock, log, reach, prompts, timeZone } = deps;
    const [plans, placed] = [await store.listPlans(db), await store.listPlaced(db)];
    await forEach(log, 'prompts.weekly', await store.listReaders(db), async (reader) => {
      const { personId, age, had } = reader;
      if (!(await reach.mayBeAsked(db, personId))) return;
      const sendAfter = await reach.nextAllowed(db, personId, now);
      // Of the week in which it comes: whoever is away for some has none of those.
      const day = Temporal.PlainDate.from(localDate(sendAfter, timeZone));
      const monday = day.subtract({ days: day.dayOfWeek - 1 }).toString();
      const idempotencyKey = await keyFor(deps, reader, monday);
      if (idempotencyKey === undefined) return;
      const cohortIds = (await listCohortsOf(db, personId)).map(({ id }) => id);
      const next = nextPrompt(poolFor(prompts.prompts, age), had, {
        lately: seenAround(prompts.prompts, plans, placed, { cohortIds, now }),
        agesInTurn: age === anyAge,
      });
      if (!next) return;
      await db.transaction().execute(async (trx) => {
        const id = await enqueue(trx, clock, {
          idempotencyKey,
          kind: 'prompts.weekly',
          to: { personId },
          message: personalPost(next),
          sendAfter,
        });
        if (id !== undefined)
          await store.recordHad(trx, personId, [...had.filter((one) => one !== next.id), next.id]);
      });
    });
  },
});

/** @returns undefined where this week's is on its way, or had its time. One that was stopped with the others begins anew. */
async function keyFor(
  { db }: PromptDeps,
  { personId, since }: store.Reader,
  monday: string,
): Promise<string | undefined> {
  const ofWeek = `prompts.weekly:${monday}:${personId}`;
  const before = await findStatus(db, ofWeek);
  if (before === undefined) return ofWeek;
  const anew = `${ofWeek}:${since}`;
  return before === 'cancelled' && (await findStatus(db, anew)) === undefined ? anew : undefined;
}

export type WeeklyOutcome = { kind: 'not-allowed' | 'keeps-nothing' | 'stopped' | 'comes' };

/** @param age undefined: no more of them. */
export async function chooseWeekly(
  deps: PromptDeps,
  actor: Actor,
  age: string | undefined,
): Promise<WeeklyOutcome> {
  const { db, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  if (age !== undefined && actor.hasDeclined) return { kind: 'keeps-nothing' };
  await db.transaction().execute(async (trx) => {
    if (age !== undefined) return store.saveReader(trx, personId, age, clock.now());
    await stopWeekly(trx, personId);
  });
  deps.homeChanged(personId);
  return { kind: age === undefined ? 'stopped' : 'comes' };
}

export async function stopWeekly(db: PromptDeps['db'], personId: string): Promise<void> {
  await store.deleteReader(db, personId);
  await cancelQueued(db, { personId, kind: 'prompts.weekly' }, 'stopped');
}
