import { audit } from '../../community/audit.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { newId } from '../../lib/random.ts';
import type { ReviewDeps } from './deps.ts';
import * as store from './store.ts';

/** Whoever looks after our words: curators, and facilitators. */
export const mayReview = (actor: Actor): boolean => may(actor, 'resources.curate');

/** More nobody looks at in one sitting, and a window shows no more. */
export const mostItems = 30;

export type MakeOutcome =
  | { kind: 'not-allowed' | 'nothing' | 'too-many' }
  | { kind: 'made'; pack: store.Pack };

/** @param items ids of our words; what is not there any more is left out. */
export async function makePack(
  deps: ReviewDeps,
  actor: Actor,
  { title, items }: { title: string; items: readonly string[] },
): Promise<MakeOutcome> {
  const { db, clock, ourWords } = deps;
  if (!mayReview(actor)) return { kind: 'not-allowed' };
  const chosen = [...new Set(items)].flatMap((item) => ourWords.find(item) ?? []);
  if (chosen.length === 0) return { kind: 'nothing' };
  if (chosen.length > mostItems) return { kind: 'too-many' };
  const id = newId(clock);
  await db.transaction().execute(async (trx) => {
    const made = { id, title, madeBy: actor.person.id, madeAt: clock.now() };
    await store.insertPack(trx, made, chosen);
    await audit(trx, clock, { actor: actor.person.id, action: 'reviews.make', subject: id });
  });
  const pack = await findPack(deps, actor, id);
  return pack ? { kind: 'made', pack } : { kind: 'not-allowed' };
}

/** @returns undefined where there is none, or it is not theirs to see. */
export const findPack = async (
  deps: ReviewDeps,
  actor: Actor,
  id: string,
): Promise<store.Pack | undefined> =>
  mayReview(actor) ? store.findPack(deps.db, deps.vault, id) : undefined;

export async function enterVerdict(
  deps: ReviewDeps,
  actor: Actor,
  packId: string,
  entered: Omit<store.Item, 'label' | 'mark'>,
): Promise<store.Pack | undefined> {
  const { db, clock, vault } = deps;
  if (!mayReview(actor)) return undefined;
  await db.transaction().execute(async (trx) => {
    if (!(await store.saveItem(trx, vault, packId, entered))) return;
    await audit(trx, clock, { actor: actor.person.id, action: 'reviews.enter', subject: packId });
  });
  return findPack(deps, actor, packId);
}

/** @param on local date. */
export async function sayReviewed(
  deps: ReviewDeps,
  actor: Actor,
  { id, on }: { id: string; on: string },
): Promise<store.Pack | undefined> {
  if (!mayReview(actor)) return undefined;
  await store.saveReviewedOn(deps.db, id, on);
  return findPack(deps, actor, id);
}

export async function removePack(deps: ReviewDeps, actor: Actor, id: string): Promise<void> {
  if (!mayReview(actor)) return;
  await deps.db.transaction().execute(async (trx) => {
    await store.deletePack(trx, id);
    await audit(trx, deps.clock, { actor: actor.person.id, action: 'reviews.remove', subject: id });
  });
}

/**
 * On which local date young people last reviewed something as it reads now. Left out is what they wanted otherwise and
 * nobody has changed, and what has been reworded since for other reasons: it would be claimed in their name.
 */
export async function reviewedOn(
  { db, ourWords }: Pick<ReviewDeps, 'db' | 'ourWords'>,
  item: string,
): Promise<string | undefined> {
  const now = ourWords.find(item);
  if (!now) return undefined;
  const mark = store.markOf(now);
  const [latest] = await store.listReviewed(db, item);
  if (!latest) return undefined;
  const stands = latest.verdict === 'fine' ? latest.mark === mark : latest.became === 'changed';
  return stands ? latest.on : undefined;
}
