import { type Actor, may } from '../../../community/permissions.ts';
import { hours, later } from '../../../lib/clock.ts';
import { type Turn, turnTo } from '../../../slack/paging.ts';
import { type ReflectionDeps, undoHours } from '../deps.ts';
import {
  countReflections,
  type Draft,
  findReflection,
  listDeletedReflections,
  listDrafts,
  listReflections,
  markReflectionDeleted,
  type Reflection,
} from '../store.ts';

const pageSize = 5;

export type JournalPage = Turn & {
  entries: Reflection[];
  total: number;
  /** On the first page only. */
  drafts: Draft[];
  discarded: Draft[];
  deleted: Reflection[];
};

/** A page of somebody's own journal, newest first. A page beyond the last one is the last one. */
export async function openJournal(
  { db, vault, clock }: ReflectionDeps,
  actor: Actor,
  wanted = 0,
): Promise<JournalPage> {
  const personId = actor.person.id;
  const none = { entries: [], page: 0, pages: 1, total: 0, drafts: [], discarded: [], deleted: [] };
  if (!may(actor, 'own.read', { ownerId: personId })) return none;
  const now = clock.now();
  const total = await countReflections(db, personId);
  const { offset, ...turn } = turnTo(wanted, total, pageSize);
  const isFirst = turn.page === 0;
  return {
    ...turn,
    total,
    entries: await listReflections(db, vault, personId, { offset, limit: pageSize }),
    drafts: isFirst ? await listDrafts(db, vault, personId, { kind: 'open' }, 5) : [],
    discarded: isFirst ? await listDrafts(db, vault, personId, { kind: 'discarded', now }, 5) : [],
    deleted: isFirst ? await listDeletedReflections(db, vault, personId, now, 5) : [],
  };
}

export type ReadOutcome = { kind: 'read'; reflection: Reflection } | { kind: 'not-yours' };

/** One's own, and not deleted. Somebody else's and none at all get the same answer. */
export async function readReflection(
  { db, vault }: ReflectionDeps,
  actor: Actor,
  id: string,
): Promise<ReadOutcome> {
  const reflection = await findReflection(db, vault, id);
  if (!reflection || reflection.deletedAt || !may(actor, 'own.read', { ownerId: reflection.personId }))
    return { kind: 'not-yours' };
  return { kind: 'read', reflection };
}

/** Everything, oldest first, as it is exported. */
export async function readAll({ db, vault }: ReflectionDeps, actor: Actor): Promise<Reflection[]> {
  const personId = actor.person.id;
  if (!may(actor, 'own.read', { ownerId: personId })) return [];
  const limit = await countReflections(db, personId);
  return (await listReflections(db, vault, personId, { offset: 0, limit })).toReversed();
}

export type DeleteOutcome = { kind: 'deleted'; until: Date } | { kind: 'not-yours' };

/** Takes it out of the journal; it can be brought back for a day. Deleting again changes nothing. */
export async function deleteReflection(
  deps: ReflectionDeps,
  actor: Actor,
  id: string,
): Promise<DeleteOutcome> {
  const reflection = await findReflection(deps.db, deps.vault, id);
  if (!reflection || !may(actor, 'own.write', { ownerId: reflection.personId })) return { kind: 'not-yours' };
  const at = reflection.deletedAt ?? deps.clock.now();
  await markReflectionDeleted(deps.db, id, at);
  deps.homeChanged(actor.person.id);
  return { kind: 'deleted', until: later(at, hours(undoHours)) };
}

export type RestoreOutcome = { kind: 'restored' } | { kind: 'too-late' } | { kind: 'not-yours' };

export async function restoreReflection(
  deps: ReflectionDeps,
  actor: Actor,
  id: string,
): Promise<RestoreOutcome> {
  const reflection = await findReflection(deps.db, deps.vault, id);
  if (!reflection || !may(actor, 'own.write', { ownerId: reflection.personId })) return { kind: 'not-yours' };
  if (reflection.deletedAt && later(reflection.deletedAt, hours(undoHours)) <= deps.clock.now())
    return { kind: 'too-late' };
  await markReflectionDeleted(deps.db, id, undefined);
  deps.homeChanged(actor.person.id);
  return { kind: 'restored' };
}
