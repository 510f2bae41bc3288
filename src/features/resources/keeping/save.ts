import { type Actor, may } from '../../../community/permissions.ts';
import { idNow, idsOver } from '../content.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { mayKeep } from './may-keep.ts';

export type SaveOutcome = { kind: 'saved' | 'not-allowed' | 'keeps-nothing' | 'unknown' };

/** Saving what is saved already changes nothing. */
export async function save(deps: Deps, actor: Actor, resourceId: string): Promise<SaveOutcome> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  if (!deps.live.now.byId.has(resourceId)) return { kind: 'unknown' };
  if (!(await mayKeep(deps.db, personId))) return { kind: 'keeps-nothing' };
  await store.insertSaved(deps.db, personId, idNow(deps.live.now, resourceId), deps.clock.now());
  deps.homeChanged(personId);
  void deps.did(personId, { kind: 'used-entry' });
  return { kind: 'saved' };
}

export type UnsaveOutcome = { kind: 'removed' | 'not-allowed' | 'was-not-saved' };

export async function unsave(deps: Deps, actor: Actor, resourceId: string): Promise<UnsaveOutcome> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const ids = idsOver(deps.live.now, idNow(deps.live.now, resourceId));
  const wasSaved = await store.markRemoved(deps.db, personId, ids, deps.clock.now());
  if (wasSaved) deps.homeChanged(personId);
  return { kind: wasSaved ? 'removed' : 'was-not-saved' };
}

/** Brings back what was removed, with its note, to where it was. What is gone for good by now is saved anew. */
export async function putBack(deps: Deps, actor: Actor, resourceId: string): Promise<SaveOutcome> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const ids = idsOver(deps.live.now, idNow(deps.live.now, resourceId));
  if (!(await store.unmarkRemoved(deps.db, personId, ids))) return save(deps, actor, resourceId);
  deps.homeChanged(personId);
  return { kind: 'saved' };
}
