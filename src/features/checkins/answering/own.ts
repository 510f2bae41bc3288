import { newId } from '../../../lib/random.ts';
import { findParticipation, insertParticipation } from '../asking/store.ts';
import { definitionOf } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { findOpenRound, insertCheckIn, insertRound } from '../store.ts';

/**
 * Lets somebody answer a template without being asked, as the onboarding's baseline does. All who do so share one round
 * that stays open: a round of one's own would say whose its answers are.
 * @returns undefined when there is no such template.
 */
export async function startOwn(
  { db, clock, templates }: CheckInDeps,
  personId: string,
  templateId: string,
): Promise<{ roundId: string; hasAnswered: boolean } | undefined> {
  const template = templates.templates.find((one) => one.templateId === templateId);
  if (!template) return undefined;
  const now = clock.now();
  const definition = definitionOf(template);
  const id = `own:${templateId}`;
  return db.transaction().execute(async (trx) => {
    await insertCheckIn(trx, {
      id,
      cohortId: undefined,
      templateId,
      mode: definition.mode,
      definition,
      leftOut: [],
      recurrence: undefined,
      openDays: 1,
      nextAt: undefined,
      status: 'running',
      createdBy: 'system',
      createdAt: now,
    });
    let round = await findOpenRound(trx, id);
    if (!round) {
      const fresh = {
        id: newId(clock),
        checkinId: id,
        dueAt: now,
        openedAt: now,
        closesAt: undefined,
        remindAt: undefined,
        status: 'open' as const,
        definition,
      };
      await insertRound(trx, fresh);
      round = await findOpenRound(trx, id);
    }
    if (!round) return undefined;
    await insertParticipation(trx, round.id, personId);
    const participation = await findParticipation(trx, round.id, personId);
    return { roundId: round.id, hasAnswered: participation?.status === 'answered' };
  });
}
