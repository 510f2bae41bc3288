import { findCohort, listCohortMembers } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import type { Person } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { forEach } from '../../../scheduler/each.ts';
import { nextOccurrence } from '../../../scheduler/recurrence.ts';
import { type Definition, definitionOf } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange, tellFacilitators } from '../facilitators.ts';
import { listReaders } from '../readers.ts';
import {
  advance,
  type CheckIn,
  changeStatus,
  findCheckIn,
  insertRound,
  listDue,
  type Round,
} from '../store.ts';
import { keys } from './messages.ts';
import { closingTime, isWorthOpening, remindingTime } from './round.ts';
import { insertParticipation, listOptedOut } from './store.ts';
import { emptyNote, missedNote, promptMessage } from './views.ts';

/** After months of downtime a weekly check-in is brought up to date over several beats rather than in one long one. */
const mostAtOnce = 60;

/**
 * Opens every round that is due, each in one transaction with its prompts. What was missed by too much is marked and
 * told to the facilitators, once for all that a check-in missed (design, "Missed time").
 */
export async function openDueRounds(deps: CheckInDeps, now: Date): Promise<void> {
  await forEach(deps.log, 'checkins.open', await listDue(deps.db, now), async ({ id }) => {
    const changed = new Set<string>();
    await deps.db.transaction().execute(async (trx) => {
      const missed: Date[] = [];
      for (let count = 0; count < mostAtOnce; count += 1) {
        const checkin = await findCheckIn(trx, id);
        if (checkin?.status !== 'running' || !checkin.nextAt || checkin.nextAt > now) break;
        const step = await takeNext(trx, deps, checkin, checkin.nextAt, now);
        if (step.kind === 'opened') for (const personId of step.people) changed.add(personId);
        if (step.kind === 'late') missed.push(checkin.nextAt);
        if (step.kind === 'lost') break;
      }
      const checkin = await findCheckIn(trx, id);
      const [first] = missed;
      if (checkin && first)
        await tellFacilitators(trx, deps, checkin, now, {
          key: (personId) => keys.missed(`${id}:${first.toISOString()}`, personId),
          kind: 'checkins.missed',
          message: missedNote(checkin, missed, deps.timeZone),
        });
    });
    for (const personId of changed) deps.homeChanged(personId);
    await facilitatorsSeeChange(deps, (await findCheckIn(deps.db, id))?.cohortId);
  });
}

type Step =
  | { kind: 'opened'; people: string[] }
  | { kind: 'late' }
  | { kind: 'empty' }
  | { kind: 'over' }
  /** Another run was first. */
  | { kind: 'lost' };

async function takeNext(db: Db, deps: CheckInDeps, checkin: CheckIn, dueAt: Date, now: Date): Promise<Step> {
  const { recurrence, cohortId } = checkin;
  const next = recurrence && nextOccurrence(recurrence, dueAt);
  if (!(await advance(db, checkin, next))) return { kind: 'lost' };
  const cohort = cohortId === undefined ? undefined : await findCohort(db, cohortId);
  if (!cohort || cohort.isArchived || !recurrence) {
    await changeStatus(db, checkin.id, ['running'], { status: 'finished', nextAt: undefined });
    return { kind: 'over' };
  }
  const definition = currentDefinition(deps, checkin);
  const closesAt = closingTime(dueAt, checkin.openDays, recurrence.zone);
  const round: Round = {
    id: newId(deps.clock),
    checkinId: checkin.id,
    dueAt,
    closesAt,
    remindAt: remindingTime(now, closesAt, deps.templates.remindAfterDays),
    status: 'open',
    definition,
  };
  const finishWhenLast = async () => {
    if (next === undefined) await changeStatus(db, checkin.id, ['running'], { status: 'finished' });
  };
  if (!isWorthOpening(dueAt, closesAt, now)) {
    await insertRound(db, { ...round, status: 'missed', openedAt: undefined, reason: 'late' });
    await finishWhenLast();
    return { kind: 'late' };
  }
  const { people } = await whoIsAsked(db, checkin);
  if (people.length === 0) {
    await insertRound(db, { ...round, status: 'missed', openedAt: undefined, reason: 'empty' });
    await finishWhenLast();
    await tellFacilitators(db, deps, checkin, now, {
      key: (personId) => keys.missed(round.id, personId),
      kind: 'checkins.missed',
      message: emptyNote(definition, cohort.name),
    });
    return { kind: 'empty' };
  }
  if (!(await insertRound(db, { ...round, openedAt: now }))) return { kind: 'lost' };
  for (const personId of people) {
    await insertParticipation(db, round.id, personId);
    const sendAfter = await deps.reach.nextAllowed(db, personId, now);
    // Whoever is away until after the end can still answer from App Home, but gets no message that comes too late.
    if (sendAfter >= closesAt) continue;
    await enqueue(db, deps.clock, {
      idempotencyKey: keys.prompt(round.id, personId),
      kind: 'checkins.prompt',
      to: { personId },
      message: promptMessage(round, cohort.name, deps.timeZone),
      sendAfter,
      expiresAt: closesAt,
      topic: `cohort:${cohort.id}`,
    });
  }
  return { kind: 'opened', people };
}

/** The template as it reads now, or as it was when the check-in was made if it is gone. The mode never changes. */
export function currentDefinition(
  { templates }: Pick<CheckInDeps, 'templates'>,
  checkin: Pick<CheckIn, 'templateId' | 'definition' | 'leftOut' | 'mode'>,
): Definition {
  const template = templates.templates.find((one) => one.templateId === checkin.templateId);
  const definition = template ? definitionOf(template, checkin.leftOut) : checkin.definition;
  return { ...definition, mode: checkin.mode };
}

export type WhoIsAsked = {
  people: string[];
  /** Members whom it is about as well, but who can read the results: in group mode they are not asked. */
  readers: Person[];
};

/**
 * Members who can be written to, without those who declined the agreement or stopped this check-in for themselves. In
 * group mode without whoever can read the results: nobody could take their answers out again, so that with four of them
 * and one other the one would be known.
 */
export async function whoIsAsked(
  db: Db,
  { id, cohortId, mode }: Pick<CheckIn, 'id' | 'cohortId' | 'mode'>,
): Promise<WhoIsAsked> {
  if (cohortId === undefined) return { people: [], readers: [] };
  const without = await listOptedOut(db, id);
  const isReader = new Set((await listReaders(db, cohortId)).map((person) => person.id));
  const [people, readers]: [string[], Person[]] = [[], []];
  for (const person of await listCohortMembers(db, cohortId)) {
    if (without.has(person.id) || (await hasConsent(db, person.id, 'declined'))) continue;
    if (isReader.has(person.id)) readers.push(person);
    if (mode !== 'group' || !isReader.has(person.id)) people.push(person.id);
  }
  return { people, readers };
}
