import { audit } from '../../community/audit.ts';
import { type Cohort, findCohort } from '../../community/cohorts.ts';
import { findPerson, type Person } from '../../community/people.ts';
import { type Actor, may, type RoleName } from '../../community/permissions.ts';
import { nextAllowedFor } from '../../community/reach.ts';
import { insertRole } from '../../community/roles.ts';
import { enqueue } from '../../outbox/outbox.ts';
import type { Core } from '../feature.ts';
import { grantedNote } from './notes.ts';

export type GrantRequest = {
  actor: Actor;
  personId: string;
  role: RoleName;
  /** Only facilitators can be limited to one cohort. */
  cohortId: string | undefined;
};

export type GrantOutcome =
  | { kind: 'not-allowed' }
  | { kind: 'no-such-cohort' }
  /** Who holds no role, whoever asks: the reason is the kind of account. */
  | {
      kind: 'refused';
      person: Person | undefined;
      why: 'guest' | 'bot' | 'external' | 'deactivated' | 'unknown';
    }
  | { kind: 'already' | 'granted'; person: Person; role: RoleName; cohort: Cohort | undefined };

/** Gives somebody a role, and tells them. */
export async function grantRole(core: Core, request: GrantRequest): Promise<GrantOutcome> {
  const { db, clock, timeZone } = core;
  const { actor, personId, role } = request;
  const outcome = await db.transaction().execute(async (trx): Promise<GrantOutcome> => {
    if (!may(actor, 'roles.grant')) return { kind: 'not-allowed' };
    const person = await findPerson(trx, personId);
    const why = whyNot(person);
    if (why !== undefined || !person) return { kind: 'refused', person, why: why ?? 'unknown' };
    const cohortId = role === 'facilitator' ? request.cohortId : undefined;
    const cohort = cohortId === undefined ? undefined : await findCohort(trx, cohortId);
    if (cohortId !== undefined && (!cohort || cohort.isArchived)) return { kind: 'no-such-cohort' };
    const by = actor.person.id;
    const held = await insertRole(trx, clock, { personId, role, cohortId, by });
    if (!held) return { kind: 'already', person, role, cohort };
    await audit(trx, clock, {
      actor: by,
      action: 'roles.grant',
      subject: personId,
      detail: { role, cohortId: cohortId ?? null },
    });
    if (personId !== by)
      await enqueue(trx, clock, {
        idempotencyKey: `roles.granted:${held.id}`,
        kind: 'roles.granted',
        to: { personId },
        message: grantedNote({ role, cohort, by: actor.person }),
        sendAfter: await nextAllowedFor(trx, timeZone, person.id, clock.now()),
      });
    return { kind: 'granted', person, role, cohort };
  });
  if (outcome.kind === 'granted') {
    for (const id of new Set([personId, actor.person.id])) core.homeChanged(id);
    await core.did(personId, { kind: 'roles-changed', cohortId: outcome.cohort?.id });
  }
  return outcome;
}

function whyNot(
  person: Person | undefined,
): 'guest' | 'bot' | 'external' | 'deactivated' | 'unknown' | undefined {
  if (!person || person.kind === 'unknown') return 'unknown';
  if (person.kind !== 'member') return person.kind;
  return person.isDeactivated ? 'deactivated' : undefined;
}
