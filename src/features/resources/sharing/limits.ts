import type { Db } from '../../../db/schema.ts';
import { days, hours, later } from '../../../lib/clock.ts';
import * as store from './store.ts';

/** Passing on is a kindness; more than this is not. */
const sameAgainAfterDays = 7;
const toOneInADay = 5;
const byOneInADay = 20;

/** Why something is not passed on again; undefined where it may be. */
export type TooMuch = 'same-again' | 'many-to-one' | 'many';

export async function tooMuch(
  db: Db,
  { by, to, resourceId }: Pick<store.Share, 'by' | 'to' | 'resourceId'>,
  now: Date,
): Promise<TooMuch | undefined> {
  const shared = await store.listSharedSince(db, by, later(now, -days(sameAgainAfterDays)));
  const today = shared.filter(({ at }) => at > later(now, -hours(24)));
  if (shared.some((one) => one.to === to && one.resourceId === resourceId)) return 'same-again';
  if (today.filter((one) => one.to === to).length >= toOneInADay) return 'many-to-one';
  return today.length >= byOneInADay ? 'many' : undefined;
}
