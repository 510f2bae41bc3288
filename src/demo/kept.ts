import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SavedWorld, Touring } from 'practice-workspace';
import { z } from 'zod';
import { describeError, type Log } from '../lib/log.ts';
import { contentDir } from './open.ts';

/** What was lived once: the workspace, the bot's database beside it, and the keys to that. All of it is made up. */
export type Lived = { world: SavedWorld; encryptionKey: Buffer; database: Buffer; keys: Buffer };

/** What a lived pilot depends on: another bot, or other content, would have lived it differently. */
const makesIt = ['src', contentDir, 'packages/practice-workspace/src', 'manifest.yml', 'package-lock.json'];
/** Those of other versions are left aside, so that going back to one is quick; the oldest go. */
const mostKept = 3;
type Written = { encryptionKey: string; digest: string; world: SavedWorld };

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const parts = { world: 'world.json', database: 'chatr.db', keys: 'chatr.keys', touring: 'tours.json' };

export function keyOfPilot(): string {
  const hash = createHash('sha256');
  for (const place of makesIt)
    for (const file of statSync(place).isDirectory() ? filesIn(place) : [place])
      hash.update(`${file}\n`).update(digestOf(readFileSync(file)));
  return hash.digest('hex').slice(0, 16);
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

/** Undefined where there is none of this version, or not a whole one. */
export function readLived(folder: string, key: string): Lived | undefined {
  try {
    const { encryptionKey, digest, world } = JSON.parse(
      readFileSync(join(folder, key, parts.world), 'utf8'),
    ) as Written;
    const [database, keys] = [parts.database, parts.keys].map((name) =>
      readFileSync(join(folder, key, name)),
    );
    if (!database || !keys || digestOf(Buffer.concat([database, keys])) !== digest) return undefined;
    return { world, encryptionKey: Buffer.from(encryptionKey, 'base64'), database, keys };
  } catch {
    return undefined;
  }
}

/** Keeps it whole or not at all. Where nothing may be written, the next start lives it anew. */
export function keepLived(
  folder: string,
  key: string,
  { world, encryptionKey, database, keys }: Lived,
  log: Log,
): void {
  let making: string | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    making = mkdtempSync(join(folder, 'making-'));
    writeFileSync(join(making, parts.database), database);
    writeFileSync(join(making, parts.keys), keys);
    writeFileSync(
      join(making, parts.world),
      JSON.stringify({
        encryptionKey: encryptionKey.toString('base64'),
        digest: digestOf(Buffer.concat([database, keys])),
        world,
      } satisfies Written),
    );
    const place = join(folder, key);
    // One that could not be opened, or that another demo has made meanwhile.
    rmSync(place, { recursive: true, force: true });
    renameSync(making, place);
    forgetOldest(folder);
  } catch (error) {
    log.debug(describeError(error), 'The pilot was not kept; the next start lives it anew');
    if (making !== undefined) rmSync(making, { recursive: true, force: true });
  }
}

const touring = z.object({ current: z.string().nullable(), done: z.record(z.string(), z.array(z.int())) });

/** How far a visitor of this version was on the tours; undefined where nobody was, or it cannot be read. */
export function readTouring(folder: string, key: string): Touring | undefined {
  try {
    return touring.parse(JSON.parse(readFileSync(join(folder, key, parts.touring), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Beside what was lived; where that could not be kept, this is not either. */
export function keepTouring(folder: string, key: string, now: Touring, log: Log): void {
  try {
    writeFileSync(join(folder, key, parts.touring), JSON.stringify(now));
  } catch (error) {
    log.debug(describeError(error), 'How far the tours are was not kept; the next start begins them anew');
  }
}

function forgetOldest(folder: string): void {
  const oldestFirst = readdirSync(folder)
    .map((name) => ({ place: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => one.at - other.at);
  for (const { place } of oldestFirst.slice(0, -mostKept)) rmSync(place, { recursive: true, force: true });
}

const prefix = 'chatr-demo-';

/** A folder for this demo's own database, so that two beside each other do not meet. */
export function ownFolder(): { folder: string; remove: () => void } {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What demos that were killed have left. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another account's.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export function layOut(folder: string, { database, keys }: Lived): string {
  const file = join(folder, parts.database);
  writeFileSync(file, database);
  writeFileSync(join(folder, parts.keys), keys);
  return `file:${file}`;
}
