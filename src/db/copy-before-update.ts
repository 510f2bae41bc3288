import { existsSync } from 'node:fs';
import { stat, unlink, utimes } from 'node:fs/promises';
import { days, later } from '../lib/clock.ts';
import type { Store } from './open.ts';

const copyOf = ({ place, engine }: Store): string | undefined =>
  engine === 'sqlite' && place !== undefined ? `${place}.before-update` : undefined;

/** Copies an SQLite database beside itself. @returns whether there was one to copy. */
export async function copyBeforeUpdate(store: Store, now: Date): Promise<boolean> {
  const copy = copyOf(store);
  if (copy === undefined) return false;
  await store.backup(copy);
  await utimes(copy, now, now);
  return true;
}

/** Removes the copy some days after it was made: what people delete must not live on in it. @returns whether it did. */
export async function forgetCopy(store: Store, keptForDays: number, now: Date): Promise<boolean> {
  const copy = copyOf(store);
  // Mostly there is none, which is known at once; waiting for another thread to say so takes longer.
  if (copy === undefined || !existsSync(copy)) return false;
  const { mtime } = await stat(copy);
  if (later(mtime, days(keptForDays)) > now) return false;
  await unlink(copy);
  return true;
}
