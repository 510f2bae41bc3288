import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AskedAs } from '../../../content/asked-as.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { YamlFile } from '../../../content/write.ts';
import type { Db } from '../../../db/schema.ts';
import { type Contact, type Signposts, withChecks } from '../../../safeguarding/signposts.ts';
import { type Catalogue, type Resource, toCatalogue } from '../content.ts';
import { applyChanges, isSame } from './changes.ts';
import { withPhrases } from './kept.ts';
import * as store from './store.ts';

export type Exported = { changed: string[]; entries: number };

type Content = Pick<Files, 'catalogue' | 'vocabulary' | 'signposts'>;

type Files = {
  /** The content folder, and what is in it. */
  dir: string;
  catalogue: Catalogue;
  vocabulary: Vocabulary;
  signposts: Signposts;
};

/**
 * Writes the catalogue as it is now into a content folder, whole: what curators changed is in its files, and everything
 * else is as it stands in `dir`, comments too. Nobody is named in it.
 */
export async function exportCatalogue(db: Db, files: Files, to: string): Promise<Exported> {
  const { present, vocabulary, signposts } = await readPresent(db, files);
  const written = {
    'resources.yaml': withEntries(read(files.dir, 'resources.yaml'), files.catalogue.all, present.entries),
    'topics.yaml': withTopics(read(files.dir, 'topics.yaml'), files.vocabulary, vocabulary),
    'signposting.yaml': withContacts(read(files.dir, 'signposting.yaml'), files.signposts, signposts),
    'pathways.yaml': withRoutes(read(files.dir, 'pathways.yaml'), files.signposts, signposts),
  };
  mkdirSync(to, { recursive: true });
  const isElsewhere = resolve(to) !== resolve(files.dir);
  if (isElsewhere)
    for (const name of readdirSync(files.dir))
      if (name.endsWith('.yaml') && !(name in written)) copyFileSync(join(files.dir, name), join(to, name));
  const changed = Object.entries(written).filter(([name, text]) => text !== read(files.dir, name));
  for (const [name, text] of Object.entries(written))
    if (isElsewhere || changed.some(([one]) => one === name)) writeWhole(join(to, name), text);
  return { changed: changed.map(([name]) => name), entries: present.entries.length };
}

async function readPresent(db: Db, files: Content) {
  return {
    present: applyChanges(files.catalogue.all, await store.listStates(db)),
    vocabulary: withPhrases(files.vocabulary, await store.listTopicPhrases(db)),
    signposts: withChecks(files.signposts, await store.listContactChecks(db)),
  };
}

/** The same content as curators have it, for whatever shows it outside the bot. */
export async function asCuratorsHaveIt<C extends Content>(db: Db, content: C): Promise<C> {
  const { present, vocabulary, signposts } = await readPresent(db, content);
  return { ...content, catalogue: toCatalogue(present.entries), vocabulary, signposts };
}

const read = (dir: string, name: string): string => readFileSync(join(dir, name), 'utf8');

/** Under another name first, so that nobody finds half of it. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** resources.yaml with these entries. */
export function withEntries(text: string, before: readonly Resource[], now: readonly Resource[]): string {
  const file = new YamlFile(text);
  const known = new Map(before.map((entry) => [entry.id, entry]));
  for (const entry of now) if (!isSame(known.get(entry.id), entry)) file.put('resources', asWritten(entry));
  return file.toString();
}

/** As people write an entry: phrases without hints are texts. */
const asWritten = ({ asked_as, ...entry }: Resource) => {
  const { checked_on, retired, ...rest } = entry;
  return {
    ...rest,
    ...(asked_as.length > 0 && { asked_as: asked_as.map(phraseAsWritten) }),
    ...(checked_on !== undefined && { checked_on }),
    ...(retired !== undefined && { retired }),
  };
};

const phraseAsWritten = (phrase: AskedAs): unknown =>
  Object.values(phrase).filter((value) => value !== undefined).length === 1 ? phrase.say : phrase;

function withTopics(text: string, before: Vocabulary, now: Vocabulary): string {
  const file = new YamlFile(text);
  now.topics.forEach(({ id, asked_as }, index) => {
    const added = asked_as.slice(before.topics[index]?.asked_as.length ?? 0);
    if (added.length > 0) file.addTo('topics', id, 'asked_as', added.map(phraseAsWritten));
  });
  return file.toString();
}

function withContacts(text: string, before: Signposts, now: Signposts): string {
  const file = new YamlFile(text);
  for (const list of ['lines', 'safeguarding_routes'] as const)
    putChecks(file, list, before[list], now[list]);
  return file.toString();
}

function withRoutes(text: string, before: Signposts, now: Signposts): string {
  const file = new YamlFile(text);
  putChecks(file, 'routes', before.others ?? [], now.others ?? []);
  return file.toString();
}

function putChecks(file: YamlFile, list: string, before: readonly Contact[], now: readonly Contact[]): void {
  now.forEach((one, index) => {
    const was = before[index];
    if (one.checked_on !== was?.checked_on) file.setField(list, one.id, 'checked_on', one.checked_on);
    if (one.confidence !== was?.confidence) file.setField(list, one.id, 'confidence', one.confidence);
  });
}
