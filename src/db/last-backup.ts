import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** The last copy of each database that `npm run backup` made, beside what else is remembered of this machine. */
const backups = z.array(z.object({ database: z.string(), copy: z.string(), madeAt: z.iso.datetime() }));
const atMost = 10;

export type Backup = { copy: string; madeAt: Date };

/** Remembers it for `npm run doctor`. Where it cannot be written, the copy is as good. */
export function rememberBackup(file: string, place: string, { copy, madeAt }: Backup): void {
  const others = read(file).filter(({ database }) => database !== place);
  const kept = [...others.slice(1 - atMost), { database: place, copy, madeAt: madeAt.toISOString() }];
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch {
    // A folder that cannot be written.
  }
}

export function lastBackup(file: string, place: string): Backup | undefined {
  const known = read(file).find(({ database }) => database === place);
  return known && { copy: known.copy, madeAt: new Date(known.madeAt) };
}

function read(file: string): z.output<typeof backups> {
  try {
    return backups.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}
