import { listCohortsOf } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { localDate, usableZone } from '../../../scheduler/calendar.ts';
import type { PilotDeps } from '../deps.ts';
import { listPrepared } from '../store.ts';
import { type Checklist, itemId } from './checklist.ts';
import { deleteTicks, findTicks, saveTicks } from './store.ts';

/** The checklists of the pilots somebody is in. */
export async function listOwn({ db, checklists }: PilotDeps, actor: Actor): Promise<Checklist[]> {
  const cohorts = await listCohortsOf(db, actor.person.id);
  const lists = await listPrepared(
    db,
    cohorts.map(({ id }) => id),
  );
  return checklists.filter(({ id }) => lists.includes(id));
}

/** A list with what they have ticked in it. */
export type Preparing = {
  list: Checklist;
  ticked: ReadonlySet<string>;
  /** They said no to the community agreement: nothing of theirs is kept. */
  hasDeclined: boolean;
};

/** @param id left out: the only one, or the first. @returns undefined where there is none of that name. */
export async function findPreparing(
  { db, vault, checklists }: PilotDeps,
  actor: Actor,
  id?: string,
): Promise<Preparing | undefined> {
  const list = id === undefined ? checklists[0] : checklists.find((one) => one.id === id);
  if (!list || !may(actor, 'own.read', { ownerId: actor.person.id })) return undefined;
  const ticks = await findTicks(db, vault, actor.person.id);
  return {
    list,
    ticked: new Set(ticks?.list === list.id ? ticks.items : []),
    hasDeclined: actor.hasDeclined ?? false,
  };
}

/** Ticks a line, or takes its tick away. Pressed twice from the same screen it is done once. */
export async function tick(
  deps: PilotDeps,
  actor: Actor,
  { list: listId, item, isTicked }: { list: string; item: string; isTicked: boolean },
): Promise<Preparing | undefined> {
  const { db, vault, clock, timeZone } = deps;
  const { person } = actor;
  const before = await findPreparing(deps, actor, listId);
  const isLine = before?.list.items.some((one) => itemId(one) === item);
  if (!before || !isLine || !may(actor, 'own.write', { ownerId: person.id })) return before;
  await db.transaction().execute(async (trx) => {
    if (await hasConsent(trx, person.id, 'declined')) return;
    const kept = await findTicks(trx, vault, person.id);
    const items = new Set(kept?.list === listId ? kept.items : []);
    if (isTicked) items.add(item);
    else items.delete(item);
    if (items.size === 0) return deleteTicks(trx, person.id);
    const today = localDate(clock.now(), usableZone(person.timeZone, timeZone));
    await saveTicks(trx, vault, person.id, { list: listId, items: [...items] }, today);
  });
  return findPreparing(deps, actor, listId);
}

/** Takes every tick away. */
export async function beginAgain(
  deps: PilotDeps,
  actor: Actor,
  listId: string,
): Promise<Preparing | undefined> {
  if (!may(actor, 'own.write', { ownerId: actor.person.id })) return undefined;
  await deleteTicks(deps.db, actor.person.id);
  return findPreparing(deps, actor, listId);
}
