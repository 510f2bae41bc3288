import { newId } from '../../../lib/random.ts';
import { atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import { findParticipation, insertParticipation } from '../asking/store.ts';
import { type Definition, definitionOf } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { findOpenRound, insertCheckIn, insertRound } from '../store.ts';
import { isOpen } from './may-answer.ts';

/**
 * Lets somebody answer a template without being asked, as the onboarding's baseline does. All who do so in a quarter
 * share its round: a round of one's own would say whose its answers are. It closes with the quarter, and those who lead the
 * programme read it.
 * @returns undefined when there is no such template.
 */
export async function startOwn(
  { db, clock, templates, timeZone }: CheckInDeps,
  personId: string,
  templateId: string,
): Promise<{ roundId: string; hasAnswered: boolean } | undefined> {
  const template = templates.templates.find((one) => one.templateId === templateId);
  if (!template) return undefined;
  const now = clock.now();
  const definition: Definition = { ...definitionOf(template), readBy: 'leads' };
  const quarter = quarterOf(localDate(now, timeZone));
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
    if (!round || !isOpen(round, now)) {
      const fresh = {
        id: newId(clock),
        checkinId: id,
        dueAt: atLocalTime(quarter.from, '00:00', timeZone),
        openedAt: now,
        closesAt: atLocalTime(quarter.until, '00:00', timeZone),
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

/** The first day of a date's quarter, and of the next. */
function quarterOf(date: string): { from: string; until: string } {
  const day = Temporal.PlainDate.from(date);
  const from = day.with({ month: day.month - ((day.month - 1) % 3), day: 1 });
  return { from: from.toString(), until: from.add({ months: 3 }).toString() };
}
