import { findPerson, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { listAdministrators, listHeldRoles } from '../../../community/roles.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Deps } from '../deps.ts';
import { unkindNote } from './messages.ts';
import * as store from './store.ts';

export type StopOutcome = { kind: 'not-allowed' } | { kind: 'gone' } | { kind: 'stopped'; sharer: Person };

/** From now on nothing that one colleague passes on comes to another; what waits to come does not either. They are not told. */
export async function stopShares({ db, clock }: Deps, actor: Actor, sharerId: string): Promise<StopOutcome> {
  const { id: own } = actor.person;
  if (!may(actor, 'own.write', { ownerId: own })) return { kind: 'not-allowed' };
  return db.transaction().execute(async (trx): Promise<StopOutcome> => {
    const sharer = await findPerson(trx, sharerId);
    if (!sharer || sharerId === own) return { kind: 'gone' };
    await store.insertStop(trx, { by: sharerId, to: own }, clock.now());
    // Whatever it is that they share.
    await cancelQueued(trx, { personId: own, topic: sharesFrom(sharerId) }, 'shares stopped');
    return { kind: 'stopped', sharer };
  });
}

/** The topic of what one colleague passes on. */
export const sharesFrom = (sharerId: string): string => `shares-from:${sharerId}`;

/** @param sharerId left out: everybody's come again. */
export async function letSharesCome({ db }: Deps, actor: Actor, sharerId?: string): Promise<void> {
  await store.deleteStops(db, actor.person.id, sharerId);
}

export type TellOutcome =
  /** Nobody would hear of it: there is no facilitator but the one who shared it. */
  { kind: 'gone' | 'nobody-to-tell' } | { kind: 'told' };

/**
 * Those who run the whole programme hear who passed something on unkindly, to whom and on which day, so that they can speak
 * with both. No word of it is copied. Told twice, they hear it once.
 */
export async function tellOfUnkind(deps: Deps, actor: Actor, shareId: string): Promise<TellOutcome> {
  const { db, clock, timeZone, reach } = deps;
  return db.transaction().execute(async (trx): Promise<TellOutcome> => {
    const share = await store.findShare(trx, shareId);
    const sharer = share && (await findPerson(trx, share.by));
    if (!share || !sharer || share.to !== actor.person.id) return { kind: 'gone' };
    const hearers = (await whoHears(trx)).filter((id) => id !== share.by && id !== share.to);
    const on = localDate(share.at, timeZone);
    for (const personId of hearers)
      await enqueue(trx, clock, {
        kind: 'resources.unkind',
        idempotencyKey: `resources.unkind:${shareId}:${personId}`,
        to: { personId },
        message: unkindNote({ from: sharer, to: actor.person, on }),
        sendAfter: await reach.nextAllowed(trx, personId, clock.now()),
      });
    return { kind: hearers.length > 0 ? 'told' : 'nobody-to-tell' };
  });
}

/** Facilitators of all groups; where there are none, whoever gives roles. */
async function whoHears(db: Deps['db']): Promise<string[]> {
  const leading = (await listHeldRoles(db)).filter(
    ({ role, cohortId }) => role === 'facilitator' && cohortId === undefined,
  );
  const ids = leading.map(({ personId }) => personId);
  return [...new Set(ids.length > 0 ? ids : (await listAdministrators(db)).map(({ id }) => id))];
}
