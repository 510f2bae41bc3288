import { audit } from '../../../community/audit.ts';
import {
  type Cohort,
  findCohort,
  isCohortMember,
  listCohortFacilitators,
} from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import type { By, CohortsDeps } from '../deps.ts';
import { resolvePeople } from '../directory.ts';
import {
  endMembership,
  findLeaving,
  insertMembers,
  listAddedBy,
  listLeads,
  listMembersAmong,
  listWhoChoseToLeave,
} from './store.ts';

/** Who of a number of people became a member, and who did not and why. */
export type Enrolment = {
  added: Person[];
  already: Person[];
  /** Left the group themselves before; only a person who is added by name comes back. */
  stayedAway: Person[];
  /** Run the group, and were not added by name. */
  leads: Person[];
  bots: Person[];
  /** People of other workspaces, here through Slack Connect. */
  external: Person[];
  deactivated: Person[];
  /** How many of whom Slack did not say who they are, at least not now. */
  unknown?: number;
  /** How many had everything about them deleted. */
  forgotten?: number;
};

export type AddOutcome =
  | { kind: 'not-allowed' }
  | { kind: 'archived'; cohort: Cohort }
  /** `addition` names it, to undo it by. */
  | ({ kind: 'added'; cohort: Cohort; addition: string } & Enrolment);

/** Of whom nobody spoke by name. */
type LeavingOut = {
  /** Leaves out whoever left of their own choice: for whole channels and lists. */
  respectLeaving?: boolean;
  /** Leaves out whoever runs the group: for whole channels, which have their facilitators in them. */
  withoutLeads?: boolean;
};

export type AddRequest = LeavingOut & {
  actor: Actor;
  cohortId: string;
  people: readonly Person[];
  /** For what is added in several parts and undone in one. */
  addition?: string;
};

/** Adds people to a cohort, in one transaction. Adding somebody twice changes nothing and says so. */
export async function addMembers(deps: CohortsDeps, request: AddRequest): Promise<AddOutcome> {
  const { actor, addition = newId(deps.clock), ...rest } = request;
  const { cohortId } = rest;
  const outcome = await deps.db.transaction().execute(async (trx): Promise<AddOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    if (cohort.isArchived) return { kind: 'archived', cohort };
    const enrolment = await enrol(deps, trx, { ...rest, by: actor.person.id, addition });
    return { kind: 'added', cohort, addition, ...enrolment };
  });
  if (outcome.kind === 'added') await tellJoined(deps, cohortId, outcome.added);
  return outcome;
}

/** The same by their Slack ids, for people who were chosen by name. */
export async function addByName(
  deps: CohortsDeps,
  { slackIds, ...request }: { actor: Actor; cohortId: string; slackIds: readonly string[] },
): Promise<AddOutcome> {
  const { people, unknown, forgotten } = await resolvePeople(deps, slackIds);
  const outcome = await addMembers(deps, { ...request, people });
  return outcome.kind === 'added' ? { ...outcome, unknown: unknown.length, forgotten } : outcome;
}

/** Who of these people would become a member, and who would not and why. Nothing is changed. */
export async function sortOut(
  db: Db,
  { cohortId, people, respectLeaving, withoutLeads }: LeavingOut & Pick<AddRequest, 'cohortId' | 'people'>,
): Promise<Enrolment> {
  const once = [...new Map(people.map((person) => [person.id, person])).values()];
  const sorted = Object.groupBy(once, reasonToLeaveOut);
  const ids = (sorted.none ?? []).map(({ id }) => id);
  const members = await listMembersAmong(db, cohortId, ids);
  const chose = respectLeaving ? await listWhoChoseToLeave(db, cohortId, ids) : undefined;
  const leads = withoutLeads ? await listLeads(db, cohortId) : undefined;
  const fit = Object.groupBy(sorted.none ?? [], ({ id }) => {
    if (members.has(id)) return 'already';
    if (chose?.has(id)) return 'stayedAway';
    return leads?.has(id) ? 'leads' : 'added';
  });
  return {
    added: fit.added ?? [],
    already: fit.already ?? [],
    stayedAway: fit.stayedAway ?? [],
    leads: fit.leads ?? [],
    bots: sorted.bots ?? [],
    external: sorted.external ?? [],
    deactivated: sorted.deactivated ?? [],
  };
}

/** The part of adding that needs no asking: call it in a transaction, and `tellJoined` after it. */
export async function enrol(
  { clock }: Pick<CohortsDeps, 'clock'>,
  trx: Db,
  { by, addition, ...request }: Omit<AddRequest, 'actor'> & { by: By },
): Promise<Enrolment> {
  const { cohortId } = request;
  const { added: wanted, already, ...others } = await sortOut(trx, request);
  const joined = await insertMembers(
    trx,
    clock,
    cohortId,
    wanted.map(({ id }) => id),
  );
  for (const personId of joined)
    await audit(trx, clock, {
      actor: by,
      action: 'cohorts.add',
      subject: cohortId,
      detail: { personId, ...(addition && { addition }) },
    });
  return {
    ...others,
    added: wanted.filter(({ id }) => joined.has(id)),
    already: [...already, ...wanted.filter(({ id }) => !joined.has(id))],
  };
}

/** Guests are welcome: many people from charities are guests of the workspace. */
function reasonToLeaveOut(person: Person): 'none' | 'bots' | 'external' | 'deactivated' {
  if (person.kind === 'bot') return 'bots';
  if (person.kind === 'external') return 'external';
  return person.isDeactivated ? 'deactivated' : 'none';
}

export type UndoOutcome = { kind: 'not-allowed' } | { kind: 'undone'; cohort: Cohort; people: number };

/** Takes out whom one addition brought in, those left aside who went or came again since. */
export async function undoAddition(
  deps: CohortsDeps,
  { actor, cohortId, addition }: { actor: Actor; cohortId: string; addition: string },
): Promise<UndoOutcome> {
  const left: string[] = [];
  const outcome = await deps.db.transaction().execute(async (trx): Promise<UndoOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    for (const personId of await listAddedBy(trx, cohortId, addition))
      if (await dismiss(deps, trx, { cohortId, personId, by: actor.person.id })) left.push(personId);
    return { kind: 'undone', cohort, people: left.length };
  });
  await tellLeft(deps, cohortId, left);
  return outcome;
}

export type RemoveOutcome =
  | { kind: 'not-allowed' }
  | { kind: 'not-a-member'; cohort: Cohort }
  | { kind: 'removed'; cohort: Cohort };

/** Takes somebody out; what is queued for them because of this cohort is cancelled in the same transaction. */
export async function removeMember(
  deps: CohortsDeps,
  { actor, cohortId, personId }: { actor: Actor; cohortId: string; personId: string },
): Promise<RemoveOutcome> {
  const outcome = await deps.db.transaction().execute(async (trx): Promise<RemoveOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    const ended = await dismiss(deps, trx, { cohortId, personId, by: actor.person.id });
    return { kind: ended ? 'removed' : 'not-a-member', cohort };
  });
  if (outcome.kind === 'removed') await tellLeft(deps, cohortId, [personId]);
  return outcome;
}

/** The part of removing that needs no asking: call it in a transaction, and `tellLeft` after it. */
export async function dismiss(
  { clock }: Pick<CohortsDeps, 'clock'>,
  trx: Db,
  { cohortId, personId, by }: { cohortId: string; personId: string; by: By },
): Promise<boolean> {
  if (!(await endMembership(trx, clock, { cohortId, personId, by }))) return false;
  await cancelQueued(trx, { personId, topic: cohortTopic(cohortId) }, 'left the cohort');
  const action = by === personId ? 'cohorts.leave' : 'cohorts.remove';
  await audit(trx, clock, { actor: by, action, subject: cohortId, detail: { personId } });
  return true;
}

/** What is sent because of a cohort carries this topic, so that leaving calls it back. */
export const cohortTopic = (cohortId: string): string => `cohort:${cohortId}`;

/** How long somebody who left by themselves can undo it by themselves. */
export const undoLeavingWithin = days(1);

export type LeaveOutcome = { kind: 'not-a-member' } | { kind: 'left'; cohort: Cohort; undoUntil: Date };

/** A member leaves by their own choice. */
export async function leaveCohort(
  deps: CohortsDeps,
  { actor, cohortId }: { actor: Actor; cohortId: string },
): Promise<LeaveOutcome> {
  const personId = actor.person.id;
  const outcome = await deps.db.transaction().execute(async (trx): Promise<LeaveOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || !may(actor, 'community.use')) return { kind: 'not-a-member' };
    if (!(await dismiss(deps, trx, { cohortId, personId, by: personId }))) return { kind: 'not-a-member' };
    return { kind: 'left', cohort, undoUntil: later(deps.clock.now(), undoLeavingWithin) };
  });
  if (outcome.kind === 'left') await tellLeft(deps, cohortId, [personId]);
  return outcome;
}

export type RejoinOutcome =
  | { kind: 'already'; cohort: Cohort }
  | { kind: 'back'; cohort: Cohort }
  /** Somebody else ended it, it was too long ago, or the group is over. */
  | { kind: 'ask-facilitator' };

/** Undoes `leaveCohort`, and nothing else: nobody adds themselves to a cohort. */
export async function rejoinCohort(
  deps: CohortsDeps,
  { actor, cohortId }: { actor: Actor; cohortId: string },
): Promise<RejoinOutcome> {
  const { person } = actor;
  const outcome = await deps.db.transaction().execute(async (trx): Promise<RejoinOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || cohort.isArchived || !may(actor, 'community.use')) return { kind: 'ask-facilitator' };
    const leaving = await findLeaving(trx, cohortId, person.id);
    if (!leaving)
      return (await isCohortMember(trx, cohortId, person.id)) ? { kind: 'already', cohort } : refused;
    if (leaving.by !== person.id || later(leaving.at, undoLeavingWithin) < deps.clock.now()) return refused;
    await enrol(deps, trx, { cohortId, people: [person], by: person.id });
    return { kind: 'back', cohort };
  });
  if (outcome.kind === 'back') await tellJoined(deps, cohortId, [person]);
  return outcome;
}

const refused = { kind: 'ask-facilitator' } as const;

/** After the transaction: the rest of the bot hears who came. */
export async function tellJoined(
  deps: CohortsDeps,
  cohortId: string,
  people: readonly Pick<Person, 'id'>[],
): Promise<void> {
  for (const { id } of people) await deps.did(id, { kind: 'joined-cohort', cohortId });
  if (people.length > 0)
    await pagesChanged(
      deps,
      cohortId,
      people.map(({ id }) => id),
    );
}

/** After the transaction: the rest of the bot hears who left. */
export async function tellLeft(
  deps: CohortsDeps,
  cohortId: string,
  personIds: readonly string[],
): Promise<void> {
  for (const id of personIds) await deps.did(id, { kind: 'left-cohort', cohortId });
  if (personIds.length > 0) await pagesChanged(deps, cohortId, personIds);
}

/** The cohort's people named here and those who run it see it in Home. */
export async function pagesChanged(
  deps: Pick<CohortsDeps, 'db' | 'homeChanged'>,
  cohortId: string,
  personIds: readonly string[],
): Promise<void> {
  const facilitators = await listCohortFacilitators(deps.db, cohortId);
  for (const id of new Set([...personIds, ...facilitators.map((person) => person.id)])) deps.homeChanged(id);
}
