import { audit } from '../../community/audit.ts';
import { meetPerson } from '../../community/people.ts';
import { endRole, insertRole, listRolesBySettings } from '../../community/roles.ts';
import type { RolesDeps } from './deps.ts';

/** What CHATR_FACILITATORS makes of somebody. */
const givenBySettings = ['administrator', 'facilitator'] as const;

/**
 * At start: whoever CHATR_FACILITATORS names is administrator and facilitator of all cohorts; whoever it named before
 * and names no more is not, by the settings. Roles that people gave stay. Doing it twice changes nothing more.
 * @param named by user id; e-mail addresses have been looked up before. Not whole: then nobody loses a role.
 */
export async function applySettings(
  { db, clock, isForgotten }: Pick<RolesDeps, 'db' | 'clock' | 'isForgotten'>,
  { slackIds, isWhole }: { slackIds: readonly string[]; isWhole: boolean },
): Promise<void> {
  const wanted = new Set(slackIds);
  for (const slackId of wanted) if (await isForgotten?.(slackId)) wanted.delete(slackId);
  await db.transaction().execute(async (trx) => {
    const named = new Set<string>();
    for (const slackId of wanted) named.add((await meetPerson(trx, clock, slackId)).id);
    for (const { id, personId, role } of await listRolesBySettings(trx)) {
      if (named.has(personId) || !isWhole) continue;
      await endRole(trx, clock, id);
      await audit(trx, clock, {
        actor: 'system',
        action: 'roles.revoke',
        subject: personId,
        detail: { role },
      });
    }
    for (const personId of named)
      for (const role of givenBySettings)
        if (await insertRole(trx, clock, { personId, role, by: 'settings' }))
          await audit(trx, clock, {
            actor: 'system',
            action: 'roles.grant',
            subject: personId,
            detail: { role },
          });
  });
}
