import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The page's own files, the packages it imports, and Slack's names of emoji. TypeScript is served with its types
 * stripped; the positions of everything else stay, so that errors point into the source.
 */
const pageFolder = join(dirname(fileURLToPath(import.meta.url)), 'page');
const sharedFiles = new Set(['protocol.ts']);
const script = 'text/javascript; charset=utf-8';
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': script,
  '.ts': script,
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
};

export const typeOf = (name: string): string => types[extname(name)] ?? 'application/octet-stream';

/** Path under `/vendor/` → the ESM file of an installed package. */
const vendor: Record<string, [name: string, file: string]> = {
  'preact.js': ['preact', 'dist/preact.module.js'],
  'preact-hooks.js': ['preact', 'hooks/dist/hooks.module.js'],
  'preact/hooks.js': ['preact', 'hooks/dist/hooks.module.js'],
  'htm.js': ['htm', 'dist/htm.module.js'],
  'htm/preact.js': ['htm', 'preact/index.module.js'],
};

export type ServedFile = { type: string; body: string | Buffer };

const resolver = createRequire(import.meta.url);
const cache = new Map<string, Promise<ServedFile | undefined>>();

function cached(path: string, read: () => Promise<ServedFile>): Promise<ServedFile | undefined> {
  const known = cache.get(path);
  if (known) return known;
  const reading = read().catch(() => {
    // Not there yet is not there for ever: the page's files may be written while this runs.
    cache.delete(path);
    return undefined;
  });
  cache.set(path, reading);
  return reading;
}

/** Node calls this function experimental, once, on the terminal of everybody who starts the demo. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source, { mode: 'strip' });
  } finally {
    process.emitWarning = emitWarning;
  }
}

async function readTyped(path: string): Promise<ServedFile> {
  const type = typeOf(path);
  if (extname(path) !== '.ts') return { type, body: await readFile(path) };
  return { type, body: withoutTypes(await readFile(path, 'utf8')) };
}

/** A file of the page by its path under `/page/`; undefined when there is none. `reload` reads it anew each time. */
export async function pageFile(name: string, reload = false): Promise<ServedFile | undefined> {
  const inPage = normalize(join(pageFolder, name));
  const path = sharedFiles.has(name) ? join(pageFolder, '..', name) : inPage;
  if (!sharedFiles.has(name) && !inPage.startsWith(pageFolder + sep)) return undefined;
  if (reload) cache.delete(path);
  return cached(path, () => readTyped(path));
}

/**
 * What the page may load and do: its own files and nothing else, so that what an app sends can never run or call out.
 * The import map is its only inline script, allowed by the hash of its text; the live connection is a WebSocket.
 */
export function pagePolicy(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...inline].join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self' ws:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The names alone, a sixth of the data they are worked out from; that is read when a page first asks. */
async function emojiModule(): Promise<ServedFile> {
  const { emojiNames } = await import('./emoji-names.ts');
  return { type: script, body: `export const emojiNames = ${JSON.stringify(emojiNames)};\n` };
}

export async function vendorFile(name: string): Promise<ServedFile | undefined> {
  if (name === 'emoji-names.js') return cached(`vendor ${name}`, emojiModule);
  const found = vendor[name] ?? vendor[`${name}.js`];
  if (!found) return undefined;
  const [packageName, file] = found;
  return cached(`vendor ${name}`, async () => {
    // Not every package lets its package.json be resolved; its entry always is.
    const entry = resolver.resolve(packageName);
    const folder = `${sep}node_modules${sep}${packageName}${sep}`;
    const root = entry.slice(0, entry.lastIndexOf(folder) + folder.length);
    return { type: script, body: await readFile(join(root, file)) };
  });
}
