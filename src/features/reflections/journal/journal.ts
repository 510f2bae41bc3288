import { type Actor, may } from '../../../community/permissions.ts';
import { hours, later } from '../../../lib/clock.ts';
import { localDate, usableZone } from '../../../scheduler/calendar.ts';
import { pageOf, type Turn, turnTo } from '../../../slack/paging.ts';
import { type ReflectionDeps, undoHours } from '../deps.ts';
import { endIn } from '../sharing/end.ts';
import { hasSharedWith, listSharedAmong } from '../sharing/store.ts';
import {
  countDrafts,
  countReflections,
  type Draft,
  deleteVersion,
  findReflection,
  findVersion,
  keepVersion,
  listAll,
  listDeletedReflections,
  listDrafts,
  listReflections,
  markReflectionDeleted,
  type Reflection,
  updateReflection,
  type Version,
} from '../store.ts';
import { findAmong, isAll, type Wanted } from './find.ts';
import { type Patterns, patternsIn } from './patterns.ts';

const pageSize = 5;

type Waiting = Awaited<ReturnType<ReflectionDeps['examples']['listWaiting']>>[number];

export type JournalPage = Turn & {
  entries: Reflection[];
  /** All there are. */
  total: number;
  /** Of the entries, those that are shared. */
  sharedIds?: ReadonlySet<string>;
  /** Whether colleagues share anything with them. */
  hasSharedWithMe?: boolean;
  /** What was looked for, and how many fit; undefined where all are shown. */
  found?: { wanted: Wanted; many: number };
  /** Practice examples of theirs that wait for the curators: on the first page of all only, as what follows. */
  waiting?: Waiting[];
  drafts: Draft[];
  /** All drafts there are, the discarded too. */
  draftsInAll?: number;
  discarded: Draft[];
  deleted: Reflection[];
};

/**
 * A page of somebody's own journal, newest first. A page beyond the last one is the last one. What is looked for is looked
 * for in memory: no word of it stands anywhere to be found by.
 */
export async function openJournal(
  { db, vault, clock, timeZone, examples }: ReflectionDeps,
  actor: Actor,
  wanted = 0,
  what: Wanted = {},
): Promise<JournalPage> {
  const personId = actor.person.id;
  const none = { entries: [], page: 0, pages: 1, total: 0, drafts: [], discarded: [], deleted: [] };
  if (!may(actor, 'own.read', { ownerId: personId })) return none;
  const now = clock.now();
  const total = await countReflections(db, personId);
  if (!isAll(what)) {
    const zone = usableZone(actor.person.timeZone, timeZone);
    const all = await listAll(db, vault, personId);
    const fitting = findAmong(all, what, { zone, today: localDate(now, zone) });
    const { shown: entries, ...turn } = pageOf(fitting, wanted, pageSize);
    return {
      ...none,
      ...turn,
      entries,
      total,
      sharedIds: await listSharedAmong(
        db,
        entries.map(({ id }) => id),
      ),
      found: { wanted: what, many: fitting.length },
    };
  }
  const { offset, ...turn } = turnTo(wanted, total, pageSize);
  const isFirst = turn.page === 0;
  const entries = await listReflections(db, vault, personId, { offset, limit: pageSize });
  return {
    ...turn,
    total,
    entries,
    sharedIds: await listSharedAmong(
      db,
      entries.map(({ id }) => id),
    ),
    hasSharedWithMe: await hasSharedWith(db, personId),
    waiting: isFirst ? await examples.listWaiting(actor) : [],
    draftsInAll: isFirst ? await countDrafts(db, personId, { discardedAt: now }) : 0,
    drafts: isFirst ? await listDrafts(db, vault, personId, { kind: 'open' }, pageSize) : [],
    discarded: isFirst ? await listDrafts(db, vault, personId, { kind: 'discarded', now }, pageSize) : [],
    deleted: isFirst ? await listDeletedReflections(db, vault, personId, now, 5) : [],
  };
}

/** All drafts, the discarded last. For where there are more than the journal's first page shows. */
export async function listAllDrafts({ db, vault, clock }: ReflectionDeps, actor: Actor): Promise<Draft[]> {
  const personId = actor.person.id;
  if (!may(actor, 'own.read', { ownerId: personId })) return [];
  const now = clock.now();
  const most = await countDrafts(db, personId, { discardedAt: now });
  return [
    ...(await listDrafts(db, vault, personId, { kind: 'open' }, most)),
    ...(await listDrafts(db, vault, personId, { kind: 'discarded', now }, most)),
  ];
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
  return (await listAll(db, vault, personId)).toReversed();
}

/** Of one's own alone. */
export async function readPatterns(
  { db, vault, clock, timeZone }: ReflectionDeps,
  actor: Actor,
): Promise<Patterns | undefined> {
  const personId = actor.person.id;
  if (!may(actor, 'own.read', { ownerId: personId })) return undefined;
  const zone = usableZone(actor.person.timeZone, timeZone);
  return patternsIn(await listAll(db, vault, personId), { zone, today: localDate(clock.now(), zone) });
}

export type EarlierOutcome =
  | { kind: 'earlier'; reflection: Reflection; version: Version }
  /** There is none: it was cleared, or never was. */
  | { kind: 'none'; reflection: Reflection }
  | { kind: 'not-yours' };

/** How one's own was before its last change. */
export async function readEarlier(deps: ReflectionDeps, actor: Actor, id: string): Promise<EarlierOutcome> {
  const read = await readReflection(deps, actor, id);
  if (read.kind !== 'read') return read;
  const { reflection } = read;
  const version = await findVersion(deps.db, deps.vault, id);
  return version ? { kind: 'earlier', reflection, version } : { kind: 'none', reflection };
}

/** Puts the earlier version back; what stood in its place is the earlier one then. */
export async function putBackEarlier(
  deps: ReflectionDeps,
  actor: Actor,
  id: string,
): Promise<EarlierOutcome> {
  const { db, vault, clock } = deps;
  const outcome = await db.transaction().execute(async (trx) => {
    const found = await readEarlier({ ...deps, db: trx }, actor, id);
    if (found.kind !== 'earlier') return found;
    const { reflection, version } = found;
    // What cannot be opened stays as it is, on both sides.
    if (!reflection.body || !version.body) return found;
    await keepVersion(trx, vault, { ...reflection, body: reflection.body });
    const { personId } = reflection;
    // Title, date, tags and time were said of it, and not in it: they stay as they are now.
    const body = { ...version.body, about: reflection.body.about };
    const now = { id, personId, framework: version.framework, body, at: clock.now() };
    await updateReflection(trx, vault, now);
    return found;
  });
  deps.homeChanged(actor.person.id);
  return outcome;
}

export async function clearEarlier(deps: ReflectionDeps, actor: Actor, id: string): Promise<ReadOutcome> {
  const read = await readReflection(deps, actor, id);
  if (read.kind === 'read') await deleteVersion(deps.db, id);
  return read;
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
  // What is deleted is shared no longer, also when it is brought back.
  await deps.db.transaction().execute(async (trx) => {
    await markReflectionDeleted(trx, id, at);
    await endIn(trx, { reflectionId: id }, at);
  });
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
