import { type Zippable, zipSync } from 'fflate';

/**
 * Files by their names, as one: the same bytes each time it is made of the same files.
 * @param date local, `YYYY-MM-DD`: when they are said to have been changed.
 */
export function zipped(files: Readonly<Record<string, Uint8Array>>, date: string): Uint8Array {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const entries: Zippable = { ...files };
  // A zip has no zone: it takes the clock's own, so noon there is noon in the file wherever it is made.
  return zipSync(entries, { mtime: new Date(year, month - 1, day, 12) });
}
