import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../lib/log.ts';
import type { Content } from './content.ts';

const root = join(import.meta.dirname, '../..');
const sealLength = 32;

/**
 * The content of `dir`, checked: as an earlier start left it in `cacheFolder` when neither the files nor the program
 * that checks them have changed by a byte since, else as `loadContent` reads it. A cache that is missing, damaged or
 * cannot be written costs that time, and nothing else.
 * @throws ContentError as `loadContent` does.
 */
export async function openContent(
  dir: string,
  { cacheFolder, log }: { cacheFolder?: string | undefined; log: Log },
): Promise<Content> {
  const key = cacheFolder === undefined ? undefined : keyOf(dir);
  const file = join(cacheFolder ?? '', 'content');
  const kept = key && read(file, key);
  if (kept) {
    log.debug('The content is as it was when it was last checked');
    return kept;
  }
  // Imported here, so that a start that finds its content checked loads neither the YAML readers nor the rules.
  const { loadContent } = await import('./content.ts');
  const content = loadContent(dir);
  log.debug('The content was read and checked');
  // Whoever saved a file meanwhile must not find the new text kept under the old one's key.
  if (key && keyOf(dir)?.equals(key)) keep(file, key, content);
  return content;
}

/**
 * Stands for everything that makes the content: each YAML file of the folder, each file of ours that reads and checks
 * them, and, by way of the lockfile, the packages.
 * @returns undefined where one of them cannot be read: `loadContent` says what is wrong.
 */
function keyOf(dir: string): Buffer | undefined {
  const hash = createHash('sha256').update(process.version);
  const add = (name: string, bytes: Buffer) => hash.update(`\0${name}\0${bytes.length}\0`).update(bytes);
  try {
    for (const name of readdirSync(dir).toSorted())
      if (name.endsWith('.yaml')) add(name, readFileSync(join(dir, name)));
    for (const bytes of sourcesOf(join(import.meta.dirname, 'content.ts')).values()) add('source', bytes);
    add('packages', readFileSync(join(root, 'package-lock.json')));
    return hash.digest();
  } catch {
    return undefined;
  }
}

/** A file of ours and all it names of ours, directly or not: found by their paths, so that no list can fall behind. */
function sourcesOf(file: string, found = new Map<string, Buffer>()): Map<string, Buffer> {
  if (found.has(file)) return found;
  const bytes = readFileSync(file);
  found.set(file, bytes);
  for (const [, path = ''] of bytes.toString().matchAll(/['"](\.{1,2}\/[^'"\n]+\.[jt]s)['"]/g))
    sourcesOf(join(dirname(file), path), found);
  return found;
}

/** Over key and content together: one look tells another key, a damaged file and one that is none of ours. */
const sealOf = (key: Buffer, bytes: Buffer): Buffer =>
  createHash('sha256').update(key).update(bytes).digest();

function read(file: string, key: Buffer): Content | undefined {
  try {
    const whole = readFileSync(file);
    const bytes = whole.subarray(sealLength);
    return whole.subarray(0, sealLength).equals(sealOf(key, bytes)) ? deserialize(bytes) : undefined;
  } catch {
    return undefined;
  }
}

function keep(file: string, key: Buffer, content: Content): void {
  // Under another name first, so that nobody finds half of it.
  const unfinished = `${file}.new`;
  try {
    const bytes = serialize(content);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([sealOf(key, bytes), bytes]));
    renameSync(unfinished, file);
  } catch {
    // A folder that cannot be written, or a full disk: the next start reads everything again.
  }
}
