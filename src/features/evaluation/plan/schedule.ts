import { findCohort } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { allOrNothing } from '../../../db/all-or-nothing.ts';
import { newId } from '../../../lib/random.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { EvaluationDeps } from '../deps.ts';
import { lockCohort, recordStage } from '../store.ts';
import { readPlan, type StageSeen } from './read.ts';

export type ScheduleOutcome =
  /** `made`: the ids of the stages that were missing; none where a colleague was first. */
  { kind: 'scheduled'; made: string[] } | { kind: 'problem'; words: string } | { kind: 'not-allowed' };

/** What would be scheduled: what is missing and belongs to it, and what is ticked besides. */
export const wantedOf = (plan: readonly StageSeen[], ticked: readonly string[]) =>
  plan
    .filter((one) => one.is === 'missing')
    .filter(({ stage }) => !stage.optional || ticked.includes(stage.id));

/**
 * Plans what is missing of a group's evaluation, all of it or nothing. @param ticked stages that are optional.
 */
export async function scheduleMissing(
  deps: EvaluationDeps,
  actor: Actor,
  cohortId: string,
  ticked: readonly string[],
): Promise<ScheduleOutcome> {
  const today = localDate(deps.clock.now(), deps.timeZone);
  if (!may(actor, 'checkins.schedule', { cohortId })) return { kind: 'not-allowed' };
  const outcome = await allOrNothing(deps.db, async (trx) => {
    // Whoever else plans it waits, and finds it planned.
    await lockCohort(trx, cohortId);
    const cohort = await findCohort(trx, cohortId);
    const give = (outcome: ScheduleOutcome) => ({ keeps: outcome.kind === 'scheduled', outcome });
    if (!cohort) return give({ kind: 'not-allowed' });
    if (cohort.isArchived)
      return give({
        kind: 'problem',
        words: `${cohort.name} is archived. Bring it back in /chatr groups to plan anything for it.`,
      });
    const made: string[] = [];
    for (const { stage, counted } of wantedOf(await readPlan(deps, trx, cohort, today), ticked)) {
      const id = newId(deps.clock);
      const words = await deps.checkinPart.create(trx, actor, {
        id,
        cohortId,
        templateId: stage.template,
        title: stage.from === 'start' ? stage.asks : `${stage.asks} (${stage.label.toLowerCase()})`,
        counted,
      });
      if (words !== undefined) return give({ kind: 'problem', words: `${stage.label}: ${words}` });
      await recordStage(trx, id, stage.id);
      made.push(stage.id);
    }
    return give({ kind: 'scheduled', made });
  });
  if (outcome.kind === 'scheduled') deps.homeChanged(actor.person.id);
  return outcome;
}
