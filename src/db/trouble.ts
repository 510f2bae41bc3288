/** The store could not be opened or used. The message says what is wrong and what to do, for the operator. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** What stands in the way where nobody made a mistake: another program writes just now, or the disk is full. */
export type Trouble = 'busy' | 'full';

/** Looks through what an error was caused by as well: Bolt and migrations wrap what they meet. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY')) return 'busy';
  // 53100: PostgreSQL's own word for it.
  if (/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT|53100)$/.test(code)) return 'full';
  return troubleOf('original' in error ? error.original : error.cause);
}

export const fullDisk = 'There is no room left on the disk. Make some, then try again: nothing was lost.';
