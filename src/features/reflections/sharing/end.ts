import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import type { ReflectionDeps } from '../deps.ts';
import { findReflection } from '../store.ts';
import { noticeKey } from './messages.ts';
import * as store from './store.ts';

export type EndOutcome = { kind: 'ended'; reflectionId: string } | { kind: 'not-yours' };

/** Nobody can open it from this moment on; what was to be told of it is not. */
export async function endShare(
  { db, vault, clock }: ReflectionDeps,
  actor: Actor,
  id: string,
): Promise<EndOutcome> {
  const found = await store.findShare(db, vault, id);
  if (!found || !may(actor, 'own.write', { ownerId: found.by })) return { kind: 'not-yours' };
  await db.transaction().execute((trx) => endIn(trx, { id }, clock.now()));
  return { kind: 'ended', reflectionId: found.reflectionId };
}

/** All of one reflection of one's own. */
export async function endAllShares(
  deps: ReflectionDeps,
  actor: Actor,
  reflectionId: string,
): Promise<EndOutcome> {
  const found = await findReflection(deps.db, deps.vault, reflectionId);
  if (!found || !may(actor, 'own.write', { ownerId: found.personId })) return { kind: 'not-yours' };
  await deps.db.transaction().execute((trx) => endIn(trx, { reflectionId }, deps.clock.now()));
  return { kind: 'ended', reflectionId };
}

/** In the caller's transaction. */
export async function endIn(trx: Db, which: store.Which, at: Date): Promise<void> {
  for (const { id: shareId, by } of await store.endShares(trx, which, at))
    for (const { personId } of await store.listReaders(trx, shareId))
      await cancelQueued(trx, { idempotencyKey: noticeKey({ by, shareId, personId }) }, 'shared no longer');
}

/** They have left, or said no: nothing of theirs is shared any more, and nothing of others is theirs to read. */
export async function leaveSharing({ db, clock }: ReflectionDeps, personId: string): Promise<void> {
  const at = clock.now();
  await db.transaction().execute(async (trx) => {
    await endIn(trx, { by: personId }, at);
    for (const { id: shareId, by } of await store.leaveShares(trx, personId, at))
      await cancelQueued(trx, { idempotencyKey: noticeKey({ by, shareId, personId }) }, 'left');
  });
}
