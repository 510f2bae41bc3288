import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Linux keeps this folder in memory. */
const inMemory = '/dev/shm';
/** In a container it often has 64 MB, which is too little. */
const leastRoom = 500_000_000;

/**
 * Every store is a file that is written through to the disk, and a disk that others use as well is most of what tests
 * wait for. Where there is a folder in memory, `tmpdir()` is a folder in it, which goes with the run.
 */
export default function setup(): () => void {
  process.env.CHATR_TEST_DISK = tmpdir();
  const folder = mkdtempSync(join(hasRoom(inMemory) ? inMemory : tmpdir(), 'chatr-test-'));
  process.env.TMPDIR = folder;
  // Not in there: who ends last would make the folder anew.
  process.env.NODE_COMPILE_CACHE = resolve('node_modules/.cache/chatr-compiled');
  return () => rmSync(folder, { recursive: true, force: true });
}

/** For programs that are given an environment of their own: what one of them has compiled serves the next. */
export const compiledCode = (): Record<string, string> => {
  const { NODE_COMPILE_CACHE: folder } = process.env;
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
};

/** Whether files are as quick as memory. */
export const isQuick = (): boolean => process.env.TMPDIR?.startsWith(`${inMemory}/`) === true;

/** For what is shown only by a file that is as slow as it will be. */
export const folderOnDisk = (): string => process.env.CHATR_TEST_DISK ?? tmpdir();

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > leastRoom;
  } catch {
    return false;
  }
}
