import { audit } from '../../community/audit.ts';
import type { Actor } from '../../community/permissions.ts';
import { allOrNothing } from '../../db/all-or-nothing.ts';
import type { PilotDeps } from './deps.ts';
import { mayPilot, type PartSeen, type PilotSeen, seePilot } from './read.ts';
import { deletePilot, lockPilot } from './store.ts';

export type RemoveOutcome =
  | { kind: 'removed'; seen: PilotSeen; groupStays: boolean }
  | { kind: 'not-there' }
  /** Something of it was sent or booked meanwhile: all of it stays. */
  | { kind: 'touched'; seen: PilotSeen };

/** What of a pilot was sent, booked or answered already. */
export const touchedIn = ({ parts }: PilotSeen): PartSeen[] =>
  parts.filter(({ isUntouched }) => !isUntouched);

/** Takes a whole pilot away as if it had never been, or nothing of it. A group that is used for anything else stays. */
export async function removePilot(deps: PilotDeps, actor: Actor, pilotId: string): Promise<RemoveOutcome> {
  const { db, clock, parts: makers } = deps;
  const outcome = await allOrNothing<RemoveOutcome>(db, async (trx) => {
    const stays = (said: RemoveOutcome) => ({ keeps: false, outcome: said });
    const pilot = await lockPilot(trx, pilotId);
    if (!pilot || !mayPilot(actor, pilot.cohortId)) return stays({ kind: 'not-there' });
    const seen = await seePilot(trx, deps, pilot);
    if (touchedIn(seen).length > 0) return stays({ kind: 'touched', seen });
    for (const { kind, ref = '' } of pilot.parts) {
      if (kind === 'day') continue;
      const maker = kind === 'session' ? makers.session : makers.checkin;
      if (!(await maker.remove(trx, actor, ref))) return stays({ kind: 'touched', seen });
    }
    await deletePilot(trx, pilotId);
    const { cohortId } = pilot;
    const others = [
      ...(await makers.session.listIn(trx, cohortId)),
      ...(await makers.checkin.listIn(trx, cohortId)),
    ];
    const groupGoes =
      pilot.hasMadeGroup && others.length === 0 && (await makers.group.remove(trx, actor, cohortId));
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'pilots.remove',
      subject: pilotId,
      detail: { groupStays: !groupGoes },
    });
    return { keeps: true, outcome: { kind: 'removed', seen, groupStays: !groupGoes } };
  });
  if (outcome.kind === 'removed') deps.homeChanged(actor.person.id);
  return outcome;
}
