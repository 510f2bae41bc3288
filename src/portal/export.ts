import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, isForCommunity, toCatalogue } from '../features/resources/content.ts';
import { type Page, wholePage } from './frame.ts';
import { glossaryPage } from './glossary-page.ts';
import { helpPage } from './help-page.ts';
import { jsonFeed } from './machine-readable.ts';
import {
  aboutPage,
  agePages,
  allPage,
  homePage,
  kindPages,
  recentPage,
  startPage,
  topicPages,
} from './pages.ts';
import { pathwayPages, pathwaysPage } from './pathway-pages.ts';
import type { Portal } from './portal.ts';
import { searchWords } from './search-words.ts';

const siteFolder = join(import.meta.dirname, 'site');
const siteFile = (name: string): string => readFileSync(join(siteFolder, name), 'utf8');

/** The whole site by file name. The same content on the same day makes the same bytes. @param shared see `sharedCode` */
export function makePortal(given: Portal, shared: string): Map<string, string> {
  const portal = { ...given, catalogue: forEverybody(given.catalogue) };
  const all: Page[] = [
    homePage(portal),
    startPage(portal),
    recentPage(portal),
    allPage(portal),
    ...topicPages(portal),
    ...agePages(portal),
    ...kindPages(portal),
    glossaryPage(portal),
    pathwaysPage(portal),
    ...pathwayPages(portal),
    helpPage(portal),
    aboutPage(portal),
  ];
  const files = new Map([
    ...all.map((page): [string, string] => [page.file, wholePage(page, portal.on).text]),
    ...['style.css', 'icon.svg', 'find.js', 'search.js', 'ask.js', 'offline.js'].map(
      (name): [string, string] => [name, siteFile(name)],
    ),
    ['shared.js', shared] as const,
    ['search-words.js', searchWords(portal)] as const,
    ['feed.json', jsonFeed(portal)] as const,
  ]);
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(`${name}\0${text}\0`);
  const site = { mark: hash.digest('hex').slice(0, 16), files: ['./', ...files.keys()] };
  return files.set(
    'service-worker.js',
    `const site = ${JSON.stringify(site)};\n${siteFile('service-worker.js')}`,
  );
}

/** Lists what an export wrote, so that the next one knows what it may take away. */
const listName = 'portal-files.txt';

/** The site cannot be written there: in words for whoever named the folder. Nothing was written, unless it says so. */
export class PortalFolderError extends Error {
  override name = 'PortalFolderError';
}

/**
 * Writes the site into a folder: a new one, an empty one, or one with an earlier export, of which nothing stays.
 * @returns how many files it wrote, with the list of them.
 * @throws PortalFolderError
 */
export function writePortal(folder: string, files: ReadonlyMap<string, string>): number {
  let hasBegun = false;
  try {
    mkdirSync(folder, { recursive: true });
    const there = readdirSync(folder);
    const isOurs = there.includes(listName);
    if (there.length > 0 && !isOurs)
      throw new PortalFolderError(
        `${folder} has files in it that are no export. Nothing was written. Name a folder that is empty or not there yet.`,
      );
    const names = new Set(there);
    const before = isOurs ? readFileSync(join(folder, listName), 'utf8').split('\n') : [];
    // Only what lies in the folder itself, whatever the list says.
    for (const name of before)
      if (names.has(name) && !files.has(name)) {
        rmSync(join(folder, name), { force: true });
        hasBegun = true;
      }
    const list = `${[...files.keys()].join('\n')}\n`;
    for (const [name, text] of [[listName, list] as const, ...files]) {
      writeFileSync(join(folder, name), text);
      hasBegun = true;
    }
    return files.size + 1;
  } catch (error) {
    throw inWords(error, folder, hasBegun);
  }
}

function inWords(error: unknown, folder: string, hasBegun: boolean): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const rest = hasBegun
    ? 'A part of the site is there: run this again once that is mended.'
    : 'Nothing was written.';
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return new PortalFolderError(`${folder} is a file, or leads through one. ${rest} Name a folder.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new PortalFolderError(
      `This account may not write in ${folder}. ${rest} Name a folder of your own, or change who may write there.`,
    );
  if (code === 'EISDIR' || code === 'ERR_FS_EISDIR')
    return new PortalFolderError(
      `${folder} has a folder in it where a page should be. ${rest} Move it away, or name another folder.`,
    );
  return error;
}

/** Without what is for the people of the community alone. */
const forEverybody = (catalogue: Catalogue): Catalogue =>
  catalogue.all.some(isForCommunity)
    ? toCatalogue(catalogue.all.filter((entry) => !isForCommunity(entry)))
    : catalogue;
