import { findCohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import { daysOffIn } from '../../../scheduler/days-off.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { closingTime, earliest } from '../asking/round.ts';
import type { CheckinContent, Definition } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange } from '../facilitators.ts';
import { isCompared } from '../question-kinds.ts';
import type { Place } from '../readers.ts';
import { oneAtATime } from '../results/store.ts';
import { findCheckIn, findRound, listRoundsIn, listRunning, type Round } from '../store.ts';
import { keepHeldBack, listHeldBack } from './store.ts';

/** Which of a pair it is. Older versions did not keep that with a round. */
const placeIn = ({ templates }: CheckinContent, { comes, templateId }: Definition): Definition['comes'] =>
  comes ?? templates.find(({ id }) => id === templateId)?.comes;

/** Whether it is compared person by person, as the one before or after. */
export const comesAs = (
  content: CheckinContent,
  wanted: 'before' | 'after',
  definition: Definition,
): boolean => definition.mode === 'linked' && placeIn(content, definition) === wanted;

/** The round with which one is compared that comes after: the latest one before it, of the same group. */
export async function findBefore(
  db: Db,
  { templates }: Pick<CheckInDeps, 'templates'>,
  after: Round,
  cohortId: string,
): Promise<Round | undefined> {
  return (await listRoundsIn(db, cohortId)).find(
    ({ status, dueAt, definition }) =>
      status === 'closed' &&
      dueAt < after.dueAt &&
      definition.family === after.definition.family &&
      comesAs(templates, 'before', definition),
  );
}

type Deps = Pick<CheckInDeps, 'templates' | 'daysOff'>;

/**
 * Whether a round that came before is still to be compared: with what is open, or planned, of its group.
 * @returns when that closes, as far as it can be said.
 */
export async function findAfter(
  db: Db,
  { templates, daysOff }: Deps,
  before: Round,
  cohortId: string,
): Promise<{ closesAt: Date | undefined } | undefined> {
  const isAfter = (definition: Definition): boolean =>
    definition.family === before.definition.family && comesAs(templates, 'after', definition);
  const rounds = await listRoundsIn(db, cohortId);
  const isPast = rounds.some(
    ({ id, status, dueAt, definition }) =>
      id !== before.id &&
      status === 'closed' &&
      dueAt > before.dueAt &&
      definition.family === before.definition.family &&
      comesAs(templates, 'before', definition),
  );
  if (isPast) return undefined;
  const open = rounds.find(({ status, definition }) => status === 'open' && isAfter(definition));
  if (open) return { closesAt: open.closesAt };
  const cohort = await findCohort(db, cohortId);
  if (!cohort || cohort.isArchived) return undefined;
  const planned = (await listRunning(db, [cohortId])).filter(
    ({ definition, nextAt, recurrence }) => nextAt && recurrence && isAfter(definition),
  );
  if (planned.length === 0) return undefined;
  const ends = planned.flatMap(({ status, nextAt, recurrence, openDays }) =>
    status === 'running' && nextAt && recurrence
      ? [closingTime(nextAt, openDays, { zone: recurrence.zone, daysOff: daysOffIn(daysOff, cohort) })]
      : [],
  );
  const [first, ...rest] = ends;
  return { closesAt: first && rest.reduce((soonest, end) => earliest(soonest, end), first) };
}

/**
 * When a round that comes before closes: what is compared of it waits, where answers afterwards are to come. A baseline that is
 * shown at once leaves nothing that could be compared, since seldom the very same people answer again.
 */
export async function holdBack(db: Db, deps: Deps, round: Round, cohortId: Place): Promise<void> {
  const { definition } = round;
  if (cohortId === undefined || !comesAs(deps.templates, 'before', definition)) return;
  if ((await findRound(db, round.id))?.status !== 'closed' || !definition.questions.some(isCompared)) return;
  if (await findAfter(db, deps, round, cohortId))
    await keepHeldBack(db, round.id, { waits: true, compared: {} });
}

/** Where no answers afterwards are to come any more, what has waited is shown: once, and whatever is planned later. */
export const letOutJob = (deps: CheckInDeps): Job => ({
  name: 'checkins.letOut',
  run: async () => {
    await forEach(deps.log, 'checkins.letOut', await listHeldBack(deps.db), async ({ id }) => {
      if ((await waitsForNothing(deps.db, deps, id)) === undefined) return;
      const changed = await deps.db.transaction().execute(async (trx) => {
        await oneAtATime(trx, deps.clock.now());
        const found = await waitsForNothing(trx, deps, id);
        if (found) await keepHeldBack(trx, id, { ...found.heldBack, waits: false });
        return found?.cohortId;
      });
      if (changed !== undefined) await facilitatorsSeeChange(deps, changed);
    });
  },
});

/** What is held back of a round, where nothing comes any more that it waits for. */
async function waitsForNothing(db: Db, deps: Deps, id: string) {
  const round = await findRound(db, id);
  const checkin = round && (await findCheckIn(db, round.checkinId));
  if (!round?.heldBack?.waits || !checkin?.cohortId) return undefined;
  if (await findAfter(db, deps, round, checkin.cohortId)) return undefined;
  return { heldBack: round.heldBack, cohortId: checkin.cohortId };
}
