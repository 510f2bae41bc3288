import { audit } from '../../community/audit.ts';
import { type Cohort, findCohort } from '../../community/cohorts.ts';
import { getPerson, type Person } from '../../community/people.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { nextAllowedFor } from '../../community/reach.ts';
import {
  endRole,
  findHeldRole,
  type HeldRole,
  listAdministrators,
  reopenRole,
} from '../../community/roles.ts';
import { cancelQueued, enqueue } from '../../outbox/outbox.ts';
import type { Core } from '../feature.ts';
import { revokedNote } from './notes.ts';

export type RevokeOutcome =
  | { kind: 'not-allowed' }
  /** Taken back by somebody else, or twice. */
  | { kind: 'gone' }
  /** CHATR_FACILITATORS gives it, and would give it again at the next start. */
  | { kind: 'from-settings'; person: Person }
  /** Somebody must be able to give roles. */
  | { kind: 'last-administrator' }
  | { kind: 'revoked'; role: HeldRole; person: Person; cohort: Cohort | undefined };

/** Takes a role back, and tells the person if they had heard of it. */
export async function revokeRole(
  core: Core,
  { actor, roleId }: { actor: Actor; roleId: string },
): Promise<RevokeOutcome> {
  const { db, clock, timeZone } = core;
  const outcome = await db.transaction().execute(async (trx): Promise<RevokeOutcome> => {
    if (!may(actor, 'roles.grant')) return { kind: 'not-allowed' };
    const role = await findHeldRole(trx, roleId);
    if (!role) return { kind: 'gone' };
    const person = await getPerson(trx, role.personId);
    if (role.grantedBy === 'settings') return { kind: 'from-settings', person };
    if (!(await endRole(trx, clock, roleId))) return { kind: 'gone' };
    if (role.role === 'administrator' && (await listAdministrators(trx)).length === 0) {
      await reopenRole(trx, roleId);
      return { kind: 'last-administrator' };
    }
    const cohort = role.cohortId === undefined ? undefined : await findCohort(trx, role.cohortId);
    const by = actor.person.id;
    await audit(trx, clock, {
      actor: by,
      action: 'roles.revoke',
      subject: person.id,
      detail: { role: role.role, cohortId: role.cohortId ?? null },
    });
    // Whoever has not heard of it yet need not hear that it is over.
    const untold = await cancelQueued(trx, { idempotencyKey: `roles.granted:${roleId}` }, 'role ended');
    if (untold === 0 && person.id !== by && !person.isDeactivated)
      await enqueue(trx, clock, {
        idempotencyKey: `roles.revoked:${roleId}`,
        kind: 'roles.revoked',
        to: { personId: person.id },
        message: revokedNote({ role: role.role, cohort, by: actor.person }),
        sendAfter: await nextAllowedFor(trx, timeZone, person.id, clock.now()),
      });
    return { kind: 'revoked', role, person, cohort };
  });
  if (outcome.kind === 'revoked') {
    for (const id of new Set([outcome.person.id, actor.person.id])) core.homeChanged(id);
    await core.did(outcome.person.id, { kind: 'roles-changed', cohortId: outcome.cohort?.id });
  }
  return outcome;
}
