import { type Actor, may } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';
import { cancelQueued } from '../../outbox/outbox.ts';
import { isOver, mostReturns, nextReturn, type Outcome } from './coming-back.ts';
import { type IntentionDeps, zoneOf } from './deps.ts';
import { changeIntention, deleteIntention, findIntention, type Intention, stopAll } from './store.ts';

/** The outbox's key: which intention, and whether it comes back the first time or the second. */
export const returnKey = (id: string, nth: number): string => `intention:${id}:${nth}`;

async function takeBack(db: Db, id: string, reason: string): Promise<void> {
  for (let nth = 1; nth <= mostReturns; nth += 1)
    await cancelQueued(db, { idempotencyKey: returnKey(id, nth) }, reason);
}

/** Does something to one of theirs. @returns it as it is then; undefined where it is not theirs, or not kept any more. */
async function onOwn(
  deps: IntentionDeps,
  actor: Actor,
  id: string,
  work: (trx: Db, intention: Intention) => Promise<void>,
): Promise<Intention | undefined> {
  const { db, vault } = deps;
  const after = await db.transaction().execute(async (trx) => {
    const found = await findIntention(trx, vault, id);
    if (!found || !may(actor, 'own.write', { ownerId: found.personId })) return undefined;
    await work(trx, found);
    return (await findIntention(trx, vault, id)) ?? found;
  });
  if (after) deps.homeChanged(actor.person.id);
  return after;
}

/** How it went. What is done, or not wanted any more, does not come back. */
export const lookBack = (deps: IntentionDeps, actor: Actor, id: string, outcome: Outcome) =>
  onOwn(deps, actor, id, async (trx) => {
    await takeBack(trx, id, 'answered');
    await changeIntention(trx, id, { outcome, ...(isOver(outcome) && { nextAt: undefined }) });
  });

/** "Don't ask again about this." */
export const stopAsking = (deps: IntentionDeps, actor: Actor, id: string) =>
  onOwn(deps, actor, id, async (trx) => {
    await takeBack(trx, id, 'stopped');
    await changeIntention(trx, id, { nextAt: undefined });
  });

export const askAgain = (deps: IntentionDeps, actor: Actor, id: string) =>
  onOwn(deps, actor, id, async (trx, { notedOn, returns }) => {
    const nextAt = nextReturn(notedOn, returns, deps.clock.now(), zoneOf(deps, actor.person));
    await changeIntention(trx, id, { nextAt });
  });

/** For good. */
export const removeIntention = (deps: IntentionDeps, actor: Actor, id: string) =>
  onOwn(deps, actor, id, async (trx) => {
    await takeBack(trx, id, 'deleted');
    await deleteIntention(trx, id);
  });

/** Whoever left or declined is asked nothing more; their words stay theirs, to read or delete. */
export async function endAll({ db, homeChanged }: IntentionDeps, personId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await stopAll(trx, personId);
    await cancelQueued(trx, { personId, kind: 'intentions.look-back' }, 'left');
  });
  homeChanged(personId);
}
