import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { nextAllowedFor } from '../../../community/reach.ts';
import { endRole, insertRole, listHeldRoles } from '../../../community/roles.ts';
import type { Db } from '../../../db/schema.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import type { CohortsDeps } from '../deps.ts';
import { resolvePeople } from '../directory.ts';
import { newFacilitatorNote, noLongerFacilitatorNote } from './notes.ts';

export type FacilitatorsOutcome =
  | { kind: 'not-allowed' }
  | {
      kind: 'set';
      cohort: Cohort;
      added: Person[];
      removed: Person[];
      /** Guests, bots, people from elsewhere and the deactivated hold no role. */
      refused: Person[];
      /** Nobody facilitates this cohort by a role of its own any more. */
      isUnled: boolean;
    };

/**
 * Says who facilitates this cohort; whoever is not named stops. Roles for all cohorts are not touched.
 * @param seen by Slack ids, who ran it when they were chosen: whom a colleague has added or taken out since stays so.
 * Left out: nobody else is at it.
 */
export async function setFacilitators(
  deps: CohortsDeps,
  {
    actor,
    cohortId,
    people,
    seen,
  }: { actor: Actor; cohortId: string; people: readonly Person[]; seen?: readonly string[] },
): Promise<FacilitatorsOutcome> {
  const outcome = await deps.db.transaction().execute(async (trx): Promise<FacilitatorsOutcome> => {
    const cohort = await findCohort(trx, cohortId);
    if (!cohort || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    const once = [...new Map(people.map((person) => [person.id, person])).values()];
    const held = (await heldIn(trx, cohortId)).filter(({ role }) => role === 'facilitator');
    const isHeld = new Set(held.map(({ personId }) => personId));
    const hadSeen = new Set(seen);
    const chosen = new Set(once.map(({ id }) => id));
    const since = seen ? held.filter(({ person }) => !hadSeen.has(person.slackId)) : [];
    const fit = [
      // Whom a colleague has taken out since is not put back.
      ...once.filter(
        (person) => mayFacilitate(person) && (!hadSeen.has(person.slackId) || isHeld.has(person.id)),
      ),
      ...since.flatMap(({ person }) => (chosen.has(person.id) ? [] : [person])),
    ];
    const added: Person[] = [];
    for (const person of fit) if (await start(deps, trx, { actor, cohort, person })) added.push(person);
    const removed: Person[] = [];
    for (const role of held) {
      if (fit.some(({ id }) => id === role.personId)) continue;
      await stop(deps, trx, { actor, cohort, roleId: role.id, person: role.person });
      removed.push(role.person);
    }
    return {
      kind: 'set',
      cohort,
      added,
      removed,
      refused: once.filter((person) => !mayFacilitate(person)),
      isUnled: fit.length === 0,
    };
  });
  if (outcome.kind === 'set') {
    for (const { id } of [...outcome.added, ...outcome.removed, actor.person]) deps.homeChanged(id);
    for (const { id } of [...outcome.added, ...outcome.removed])
      await deps.did(id, { kind: 'roles-changed', cohortId });
  }
  return outcome;
}

export type ChooseOutcome = FacilitatorsOutcome | { kind: 'not-known'; unknown: number };

/** The same by their Slack ids. @param seen who ran it when they were chosen. Whoever Slack would not explain must not lose the role by that, so then nothing is done. */
export async function chooseFacilitators(
  deps: CohortsDeps,
  {
    actor,
    cohortId,
    slackIds,
    seen = [],
  }: { actor: Actor; cohortId: string; slackIds: readonly string[]; seen?: readonly string[] },
): Promise<ChooseOutcome> {
  const { people, unknown } = await resolvePeople(deps, slackIds);
  if (unknown.length > 0) return { kind: 'not-known', unknown: unknown.length };
  return setFacilitators(deps, { actor, cohortId, people, seen });
}

const mayFacilitate = (person: Person): boolean => person.kind === 'member' && !person.isDeactivated;

async function heldIn(db: Db, cohortId: string) {
  return (await listHeldRoles(db)).filter((role) => role.cohortId === cohortId);
}

type Change = { actor: Actor; cohort: Cohort; person: Person };

async function start(deps: CohortsDeps, trx: Db, { actor, cohort, person }: Change): Promise<boolean> {
  const { clock, timeZone } = deps;
  const by = actor.person.id;
  const role = await insertRole(trx, clock, {
    personId: person.id,
    role: 'facilitator',
    cohortId: cohort.id,
    by,
  });
  if (!role) return false;
  await audit(trx, clock, {
    actor: by,
    action: 'roles.grant',
    subject: person.id,
    detail: { role: 'facilitator', cohortId: cohort.id },
  });
  if (person.id !== by)
    await enqueue(trx, clock, {
      idempotencyKey: `roles.granted:${role.id}`,
      kind: 'roles.granted',
      to: { personId: person.id },
      message: newFacilitatorNote(cohort, actor.person),
      sendAfter: await nextAllowedFor(trx, timeZone, person.id, clock.now()),
    });
  return true;
}

async function stop(
  deps: CohortsDeps,
  trx: Db,
  { actor, cohort, person, roleId }: Change & { roleId: string },
): Promise<void> {
  const { clock, timeZone } = deps;
  const by = actor.person.id;
  if (!(await endRole(trx, clock, roleId))) return;
  await audit(trx, clock, {
    actor: by,
    action: 'roles.revoke',
    subject: person.id,
    detail: { role: 'facilitator', cohortId: cohort.id },
  });
  // Whoever has not heard of it yet need not hear that it is over.
  const untold = await cancelQueued(trx, { idempotencyKey: `roles.granted:${roleId}` }, 'role ended');
  if (untold > 0 || person.id === by || person.isDeactivated) return;
  await enqueue(trx, clock, {
    idempotencyKey: `roles.revoked:${roleId}`,
    kind: 'roles.revoked',
    to: { personId: person.id },
    message: noLongerFacilitatorNote(cohort, actor.person),
    sendAfter: await nextAllowedFor(trx, timeZone, person.id, clock.now()),
  });
}
