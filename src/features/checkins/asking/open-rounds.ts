import { type Cohort, findCohort, listCohortMembers, listCohortsOf } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { daysOffIn, isLeftOut, nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import { forEach } from '../../../scheduler/each.ts';
import { isOpen } from '../answering/may-answer.ts';
import { nextAskedAt } from '../coming.ts';
import { asAsked, type Definition, definitionOf } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { facilitatorsSeeChange, tellFacilitators } from '../facilitators.ts';
import { listReaders } from '../readers.ts';
import { closesWith, hookOf, sessionAsked } from '../sessions.ts';
import {
  advance,
  type CheckIn,
  changeStatus,
  findCheckIn,
  insertRound,
  isStartedByMembers,
  listDue,
  listOpenRoundsIn,
  type Round,
} from '../store.ts';
import { waitForChoice } from './lost.ts';
import { hasBeenAsked, keys } from './messages.ts';
import { closingTime, isWorthOpening, occasionOf, promptEnds, remindingTime } from './round.ts';
import {
  findParticipation,
  insertParticipation,
  listMeant,
  listOnPaper,
  listOptedOut,
  listWishing,
} from './store.ts';
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
          message: missedNote(checkin, {
            missed,
            nextAt: nextAskedAt(checkin, deps.daysOff),
            zone: deps.timeZone,
          }),
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
  /** The programme or the group is closed on that day, or days off would move it to the next one. */
  | { kind: 'left-out' }
  | { kind: 'over' }
  /** Another run was first. */
  | { kind: 'lost' };

async function takeNext(db: Db, deps: CheckInDeps, checkin: CheckIn, dueAt: Date, now: Date): Promise<Step> {
  const { recurrence, cohortId } = checkin;
  const hook = await hookOf(deps, db, checkin);
  // Cancelled in this very moment.
  if (hook?.kind === 'lost') {
    await waitForChoice(db, deps, checkin, { why: 'cancelled', ...hook }, now);
    return { kind: 'lost' };
  }
  const cohort = cohortId === undefined ? undefined : await findCohort(db, cohortId);
  const daysOff = cohort ? daysOffIn(deps.daysOff, cohort) : deps.daysOff;
  const following = recurrence && nextOpenOccurrence(recurrence, dueAt, daysOff);
  const leavesOut = recurrence && following && isLeftOut(recurrence, dueAt, daysOff);
  const isLast = checkin.timesLeft !== undefined && checkin.timesLeft <= 1 && !leavesOut;
  const next = isLast ? undefined : following;
  if (!(await advance(db, checkin, next, { isTaken: !leavesOut }))) return { kind: 'lost' };
  if (!cohort || cohort.isArchived || !recurrence) {
    await changeStatus(db, checkin.id, ['running'], { status: 'finished', nextAt: undefined });
    return { kind: 'over' };
  }
  // Off since it was planned. What comes once is asked after that; what comes again leaves this one out.
  if (leavesOut) return { kind: 'left-out' };
  const definition = asAsked(currentDefinition(deps, checkin));
  const closesAt =
    closesWith(checkin.countedFrom, hook?.session) ??
    closingTime(dueAt, checkin.openDays, { zone: recurrence.zone, daysOff, next });
  const round: Round = {
    id: newId(deps.clock),
    checkinId: checkin.id,
    dueAt,
    openedAt: now,
    closesAt,
    remindAt:
      deps.templates.reminds && checkin.reminds
        ? remindingTime(now, closesAt, recurrence.zone, daysOff)
        : undefined,
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
  const { people, meant } = await whoIsAsked(db, deps, checkin);
  if (meant === 0) {
    await insertRound(db, { ...round, status: 'missed', openedAt: undefined, reason: 'empty' });
    await finishWhenLast();
    await tellFacilitators(db, deps, checkin, now, {
      key: (personId) => keys.missed(round.id, personId),
      kind: 'checkins.missed',
      message: emptyNote(definition, cohort.name, {
        session: await sessionAsked(deps, db, checkin),
        zone: deps.timeZone,
      }),
    });
    return { kind: 'empty' };
  }
  if (!(await insertRound(db, round))) return { kind: 'lost' };
  for (const personId of people)
    await askOne(db, deps, { round, checkin: { ...checkin, nextAt: next }, cohort, personId, now });
  return { kind: 'opened', people };
}

type Asking = {
  round: Round;
  checkin: Pick<CheckIn, 'recurrence' | 'nextAt' | 'asksFirst' | 'countedFrom'>;
  cohort: Cohort;
  personId: string;
  now: Date;
};

async function askOne(
  db: Db,
  deps: CheckInDeps,
  { round, checkin, cohort, personId, now }: Asking,
): Promise<void> {
  await insertParticipation(db, round.id, personId);
  const sendAfter = await deps.reach.nextAllowed(db, personId, now);
  const { closesAt } = round;
  const { recurrence, nextAt: next } = checkin;
  const zone = recurrence?.zone ?? deps.timeZone;
  const daysOff = daysOffIn(deps.daysOff, cohort);
  const expiresAt = closesAt && promptEnds({ round: { ...round, closesAt }, next, zone, daysOff });
  // Whoever is away for so long can still answer from App Home, but gets no message that comes too late.
  if (expiresAt && sendAfter >= expiresAt) return;
  await enqueue(db, deps.clock, {
    idempotencyKey: keys.prompt(round.id, personId),
    kind: 'checkins.prompt',
    to: { personId },
    message: promptMessage(
      {
        ...round,
        occasion: occasionOf(recurrence, round.dueAt, deps.daysOff),
        isKnown: await hasBeenAsked(db, round, personId),
        asksFirst: checkin.asksFirst,
        session: await sessionAsked(deps, db, checkin),
      },
      cohort.name,
      deps.timeZone,
    ),
    sendAfter,
    expiresAt,
    topic: `cohort:${cohort.id}`,
  });
}

/** Somebody may be asked from now on: of what is open in their groups since they are in them, they are asked as well. */
export async function askLater(deps: CheckInDeps, personId: string): Promise<void> {
  const { db, clock } = deps;
  const now = clock.now();
  let isAsked = false;
  await db.transaction().execute(async (trx) => {
    for (const cohort of await listCohortsOf(trx, personId))
      for (const round of await listOpenRoundsIn(trx, cohort.id)) {
        if (!isOpen(round, now) || (await findParticipation(trx, round.id, personId))) continue;
        if (!(await listMeant(trx, round.id)).includes(personId)) continue;
        if ((await listOnPaper(trx, round.id)).has(personId)) continue;
        const checkin = await findCheckIn(trx, round.checkinId);
        if (!checkin || isStartedByMembers(checkin)) continue;
        if (!(await whoIsAsked(trx, deps, checkin)).people.includes(personId)) continue;
        await askOne(trx, deps, { round, checkin, cohort, personId, now });
        isAsked = true;
      }
  });
  if (isAsked) deps.homeChanged(personId);
}

/** The template as it reads now, or as it was when the check-in was made if it is gone. The mode never changes. */
export function currentDefinition(
  { templates }: Pick<CheckInDeps, 'templates'>,
  checkin: Pick<CheckIn, 'templateId' | 'definition' | 'leftOut' | 'mode' | 'isOwn'>,
): Definition {
  if (checkin.isOwn) return { ...checkin.definition, mode: checkin.mode };
  const template = templates.templates.find((one) => one.templateId === checkin.templateId);
  const definition = template ? definitionOf(template, checkin.leftOut) : checkin.definition;
  return { ...definition, mode: checkin.mode };
}

export type WhoIsAsked = {
  people: string[];
  /** How many members it is for, whether or not they may be asked: that is theirs, and no number for who plans it. */
  meant: number;
  /** Members whom it is about as well, but who can read the results: in group mode they are not asked. */
  readers: Person[];
};

/**
 * Members who may be asked: they agreed, did not say "No messages", and did not stop this check-in for themselves; of one
 * that asks first, those who said yes. In
 * group mode without whoever can read the results: nobody could take their answers out again, so that with four of them
 * and one other the one would be known.
 */
export async function whoIsAsked(
  db: Db,
  { reach }: Pick<CheckInDeps, 'reach'>,
  { id, cohortId, mode, asksFirst }: Pick<CheckIn, 'id' | 'cohortId' | 'mode' | 'asksFirst'>,
): Promise<WhoIsAsked> {
  if (cohortId === undefined) return { people: [], meant: 0, readers: [] };
  const without = await listOptedOut(db, id);
  const isReader = await listReaders(db, cohortId);
  const members = await listCohortMembers(db, cohortId);
  const meant = members.filter((person) => mode !== 'group' || !isReader.has(person.id));
  const wanting = asksFirst ? await listWishing(db, id) : undefined;
  const people: string[] = [];
  for (const person of meant)
    if (
      (wanting?.has(person.id) ?? true) &&
      !without.has(person.id) &&
      (await reach.mayBeAsked(db, person.id))
    )
      people.push(person.id);
  return { people, meant: meant.length, readers: members.filter((person) => isReader.has(person.id)) };
}
