import { appliedNames } from './applied.ts';
import type { Db } from './schema.ts';

/** The row of `settings` that tells databases apart, and before there were key files a wrong key: sealed when it was made. */
export const probe = {
  key: 'key-probe',
  words: 'the key of this database',
  place: 'settings:key-probe',
};
/** The migration that makes that table. */
const first = '0001-community';

/** What a database says under a name in `settings`. @param applied the migrations that ran on it. */
export async function settingIn(
  db: Db,
  applied: readonly string[],
  key: string,
): Promise<string | undefined> {
  if (!applied.includes(first)) return undefined;
  const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

/** Whether one of them is a copy of the other: a probe is sealed once. Those from before there was one are taken as such. */
export async function isCopyOf(copy: Db, db: Db): Promise<boolean> {
  const [applied, ours] = [await appliedNames(copy), await appliedNames(db)];
  if (!applied.includes(first)) return false;
  const sealed = await settingIn(copy, applied, probe.key);
  return sealed === undefined || sealed === (await settingIn(db, ours, probe.key));
}
