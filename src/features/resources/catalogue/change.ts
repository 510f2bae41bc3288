import { audit } from '../../../community/audit.ts';
import { curatorsSeeChange } from '../../../community/curators.ts';
import { findPerson, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { type AskedAs, sameWords } from '../../../content/asked-as.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { wordsOf } from '../../../content/words.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import { type Beside, createBeside, type EntryProblems } from './beside.ts';
import { type AskedAgain, askAgain, countToldOf, type Heard, ledBy, waitAgain } from './came-of.ts';
import {
  applyChanges,
  type ChangeKind,
  changedFields,
  type EntryState,
  inOrder,
  isSame,
  kindOfChange,
  type Present,
  shownOf,
} from './changes.ts';
import { files, withPhrases } from './kept.ts';
import * as store from './store.ts';

/** An entry and the version it is in; 0: no curator has touched it. */
export type Versioned = { entry: Resource; version: number };

export type SaveOutcome =
  | { kind: 'not-allowed' }
  /** What they looked at is not there any more. */
  | { kind: 'gone' }
  /** Somebody else has changed it since they opened it. Nothing was written. */
  | { kind: 'meanwhile'; now: Versioned; by: Person | undefined }
  | { kind: 'problems'; problems: EntryProblems }
  | { kind: 'saved'; entry: Resource; version: number };

/** What a change may look at: the catalogue inside its own transaction, and not as this bot last read it. */
export type Inside = {
  trx: Db;
  actor: Actor;
  present: Present;
  vocabulary: Vocabulary;
  beside: Beside;
  versionOf(entryId: string): number;
};

/**
 * One change of the catalogue: all or nothing, after every other that was begun before it; found by the next question.
 */
export async function changeCatalogue<Outcome extends { kind: string }>(
  deps: Deps,
  actor: Actor,
  work: (inside: Inside) => Promise<Outcome>,
): Promise<Outcome | { kind: 'not-allowed' }> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const outcome = await deps.db.transaction().execute(async (trx) => {
    await store.countChange(trx);
    const states = await store.listStates(trx);
    const versions = new Map(states.map(({ entryId, version }) => [entryId, version]));
    const present = applyChanges(deps.kept.seed, states);
    const vocabulary = withPhrases(deps.vocabulary, await store.listTopicPhrases(trx));
    return work({
      trx,
      actor,
      present,
      vocabulary,
      beside: createBeside(present.entries, vocabulary),
      versionOf: (entryId) => versions.get(entryId) ?? 0,
    });
  });
  await deps.kept.refresh();
  await curatorsSeeChange(deps);
  return outcome;
}

/** The entry as it is, with its version. For a form that is about to be opened. */
export async function findEntry(deps: Deps, entryId: string): Promise<Versioned | undefined> {
  await deps.kept.refresh();
  const entry = deps.live.now.all.find(({ id }) => id === entryId);
  return entry && { entry, version: (await store.findState(deps.db, entryId))?.version ?? 0 };
}

/** The entry as it was in that version. */
export async function findEntryAt(
  deps: Deps,
  entryId: string,
  version: number,
): Promise<Resource | undefined> {
  const state = await store.findVersion(deps.db, entryId, version);
  return state?.entry ?? deps.kept.seed.find(({ id }) => id === entryId);
}

/** What "Undo the last change" takes back. */
export type LastChange = {
  /** Undefined: somebody who has left. */
  by: Person | 'files' | undefined;
  at: Date;
  kind: ChangeKind;
  /** What it changed: none where it came in by it, or stayed as it was. */
  fields: (keyof Resource)[];
  isRetired: boolean;
  /** How many were told that their suggestion came in by it. */
  told: number;
};

/** @param version the entry's last; 0, with which it is as the content files have it, has no change behind it. */
export async function findLastChange(
  { db, kept }: Pick<Deps, 'db' | 'kept'>,
  entryId: string,
  version: number,
): Promise<LastChange | undefined> {
  const last = await store.findVersion(db, entryId, version);
  if (!last) return undefined;
  const before = await store.findVersion(db, entryId, version - 1);
  const earlier = await store.findVersion(db, entryId, version - 2);
  const seed = kept.seed.find(({ id }) => id === entryId);
  const [from, to] = [shownOf(before, seed), shownOf(last, seed)];
  return {
    by: last.changedBy === files ? 'files' : await findPerson(db, last.changedBy),
    at: last.changedAt,
    kind: kindOfChange({ earlier, before, last }, seed),
    fields: from && to ? changedFields(from, to) : [],
    isRetired: to?.retired === true,
    told: from ? 0 : await countToldOf(db, entryId),
  };
}

/** @param change the fields that are given; a field that is given as undefined is taken out. */
export function saveEntry(
  deps: Deps,
  actor: Actor,
  { entryId, version, change }: { entryId: string; version: number; change: Partial<Resource> },
): Promise<SaveOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<SaveOutcome> => {
    const now = inside.present.entries.find(({ id }) => id === entryId);
    if (!now) return { kind: 'gone' };
    const current = inside.versionOf(entryId);
    if (current !== version) return meanwhile(inside.trx, now, current);
    return writeEntry(deps, inside, { ...now, ...change });
  });
}

async function meanwhile(trx: Db, entry: Resource, version: number): Promise<SaveOutcome> {
  const state = await store.findState(trx, entry.id);
  const by = state && (await findPerson(trx, state.changedBy));
  return { kind: 'meanwhile', now: { entry, version }, by };
}

/** A new entry, under an id made of its title. */
export function addEntry(deps: Deps, actor: Actor, fields: Omit<Resource, 'id'>): Promise<SaveOutcome> {
  return changeCatalogue(deps, actor, (inside): Promise<SaveOutcome> => insertEntry(deps, inside, fields));
}

export function insertEntry(deps: Deps, inside: Inside, fields: Omit<Resource, 'id'>): Promise<SaveOutcome> {
  const taken = new Set(inside.present.entries.map(({ id }) => id));
  return writeEntry(deps, inside, {
    ...fields,
    id: newEntryId(fields.title, taken),
  });
}

/** "Birth trauma: a guide" → "birth-trauma-a-guide". */
export function newEntryId(title: string, taken: ReadonlySet<string>): string {
  const slug = wordsOf(title)
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '')
    .slice(0, 8)
    .join('-')
    .slice(0, 50)
    .replace(/-+$/, '');
  const base = slug === '' ? 'entry' : slug;
  for (let nth = 1; ; nth += 1) {
    const id = nth === 1 ? base : `${base}-${nth}`;
    if (!taken.has(id)) return id;
  }
}

/**
 * Writes an entry that may be new, once it is as it should be: by form, by list or out of a suggestion, it came in today.
 * @param importId of the list that it is in, by which all of that is found again.
 */
export async function writeEntry(
  { clock, kept, timeZone }: Pick<Deps, 'clock' | 'kept' | 'timeZone'>,
  { trx, actor, present, beside, versionOf }: Inside,
  written: Resource,
  importId?: string,
): Promise<SaveOutcome> {
  const today = localDate(clock.now(), timeZone);
  const before = present.entries.find(({ id }) => id === written.id);
  const given = complete(before ? written : { ...written, added_on: today }, today);
  const problems = beside.problemsWith(given, before);
  if (Object.keys(problems).length > 0) return { kind: 'problems', problems };
  const { retired, ...entry } = inOrder(given);
  const version = versionOf(entry.id);
  if (isSame(before, inOrder(given))) return { kind: 'saved', entry: given, version };
  await store.insertVersion(trx, {
    entryId: entry.id,
    version: version + 1,
    entry,
    isRetired: retired === true,
    seed: await seedFor(trx, entry.id, { kept, present }),
    changedBy: actor.person.id,
    changedAt: clock.now(),
    importId,
  });
  await audit(trx, clock, {
    actor: actor.person.id,
    action: before ? 'resources.change' : 'resources.add',
    subject: entry.id,
    detail: { version: version + 1 },
  });
  const at = present.entries.findIndex(({ id }) => id === entry.id);
  // So that the next one of the same change is looked at beside it.
  if (at < 0) present.entries.push(given);
  else present.entries[at] = given;
  beside.add(given);
  return { kind: 'saved', entry: given, version: version + 1 };
}

/** What only the programme's own material has: somebody who looks after it, and the day somebody last saw it there. */
function complete(entry: Resource, today: string): Resource {
  const { owner = entry.publisher, version, checked_on, ...rest } = entry;
  if (entry.type !== 'programme') return { ...rest, checked_on };
  return { ...rest, owner, version, checked_on: entry.url === undefined ? undefined : (checked_on ?? today) };
}

/** Where the files say something else, that goes on waiting for a word of its own. */
async function seedFor(
  trx: Db,
  entryId: string,
  { kept, present }: { kept: Deps['kept']; present: Present },
): Promise<Resource | undefined> {
  const isClash = present.clashes.some(({ kind, mine }) => kind === 'files-changed' && mine.id === entryId);
  if (isClash) return (await store.findState(trx, entryId))?.seed;
  return kept.seed.find(({ id }) => id === entryId);
}

export type RetireOutcome =
  | SaveOutcome
  | { kind: 'retired' | 'brought-back'; entry: Resource; version: number };

/** Takes an entry out of lookups, or brings it back. Whoever saved it keeps seeing what it was. */
export function setRetired(
  deps: Deps,
  actor: Actor,
  { entryId, isRetired }: { entryId: string; isRetired: boolean },
): Promise<RetireOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<RetireOutcome> => {
    const now = inside.present.entries.find(({ id }) => id === entryId);
    if (!now) return { kind: 'gone' };
    const { retired: _retired, ...rest } = now;
    const outcome = await writeEntry(deps, inside, isRetired ? { ...rest, retired: true } : rest);
    return outcome.kind === 'saved' ? { ...outcome, kind: isRetired ? 'retired' : 'brought-back' } : outcome;
  });
}

export type TakeBackOutcome =
  | { kind: 'not-allowed' | 'gone' }
  /** Somebody has changed it since, and that is not undone in passing. */
  | { kind: 'changed-since'; by: Person | undefined }
  | {
      kind: 'taken-back';
      /** As it is now; undefined where it is out of the catalogue. */
      entry: Resource | undefined;
      title: string;
      version: number;
      /** Undefined: it is found, or not, as before that. */
      to: 'retired' | 'brought-back' | undefined;
      /** What it was made of waits in the queue again, and this is what its people know. Undefined: nothing waits. */
      heard: Heard | undefined;
      /** What was not found and led here since that change waits again. */
      asked: AskedAgain | undefined;
    };

/** The last change of an entry, undone: as it was before. Taking that back brings the change back. */
export function takeBack(
  deps: Deps,
  actor: Actor,
  { entryId, version }: { entryId: string; version: number },
): Promise<TakeBackOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<TakeBackOutcome> => {
    const { trx, versionOf } = inside;
    const last = await store.findVersion(trx, entryId, version);
    if (!last) return { kind: 'gone' };
    if (versionOf(entryId) === version) return undoVersion(deps, inside, last);
    const state = await store.findState(trx, entryId);
    return { kind: 'changed-since', by: state && (await findPerson(trx, state.changedBy)) };
  });
}

/** @param last the entry's last version. */
export async function undoVersion(
  deps: Deps,
  { trx, actor, present }: Inside,
  last: EntryState,
): Promise<TakeBackOutcome & { kind: 'taken-back' }> {
  const { entryId, version } = last;
  const before = await store.findVersion(trx, entryId, version - 1);
  const seed = deps.kept.seed.find(({ id }) => id === entryId);
  // Nobody's list shall hold something that never was.
  const isKept = !seed && !before?.entry && (await store.listSavedAmong(trx, [entryId])).length > 0;
  await store.insertVersion(trx, {
    entryId,
    version: version + 1,
    entry: isKept ? last.entry : before?.entry,
    isRetired: isKept || (before?.isRetired ?? false),
    seed: before ? before.seed : seed,
    changedBy: actor.person.id,
    changedAt: deps.clock.now(),
  });
  await audit(trx, deps.clock, {
    actor: actor.person.id,
    action: 'resources.take-back',
    subject: entryId,
    detail: { version },
  });
  const isNoMore = !before?.entry && !seed;
  const heard = isNoMore ? await waitAgain(trx, entryId) : undefined;
  const asked = await askAgain(trx, ledBy({ entryId, version }));
  const title = (last.entry ?? present.entries.find(({ id }) => id === entryId))?.title ?? entryId;
  const [was, is] = [last, before].map((state) => shownOf(state, seed)?.retired === true);
  return {
    kind: 'taken-back',
    entry: before?.entry ?? seed,
    title,
    version: version + 1,
    to: was === is ? undefined : is ? 'retired' : 'brought-back',
    heard,
    asked,
  };
}

/** Of an entry of which the content files and a curator say different things: whose stays. */
export function settleClash(
  deps: Deps,
  actor: Actor,
  { entryId, version, keep }: { entryId: string; version: number; keep: 'ours' | 'files' },
): Promise<SaveOutcome> {
  return changeCatalogue(deps, actor, async ({ trx, present, versionOf }): Promise<SaveOutcome> => {
    const now = present.entries.find(({ id }) => id === entryId);
    const state = await store.findState(trx, entryId);
    if (!now || !state?.entry) return { kind: 'gone' };
    if (versionOf(entryId) !== version) return meanwhile(trx, now, versionOf(entryId));
    const seed = deps.kept.seed.find(({ id }) => id === entryId);
    const next = version + 1;
    await store.insertVersion(trx, {
      entryId,
      version: next,
      // Without one in the files, theirs is to have none: it is retired, so that no saved list loses it.
      entry: keep === 'ours' || !seed ? state.entry : undefined,
      isRetired: keep === 'ours' ? state.isRetired : !seed,
      seed,
      changedBy: actor.person.id,
      changedAt: deps.clock.now(),
    });
    await audit(trx, deps.clock, {
      actor: actor.person.id,
      action: 'resources.settle',
      subject: entryId,
      detail: { keep },
    });
    return { kind: 'saved', entry: keep === 'files' && seed ? seed : state.entry, version: next };
  });
}

export type PhraseOutcome =
  | SaveOutcome
  | { kind: 'refused'; why: string }
  | { kind: 'added'; to: string; undo: { topicKey: string } | { entryId: string; version: number } };

export type PhraseHome = { kind: 'topic' | 'entry'; id: string };

/** What people say, added to a topic or an entry. */
export async function insertPhrase(
  deps: Deps,
  inside: Inside,
  home: PhraseHome,
  phrase: AskedAs,
): Promise<PhraseOutcome> {
  const { trx, actor, present, vocabulary, beside } = inside;
  const entry = home.kind === 'entry' ? present.entries.find(({ id }) => id === home.id) : undefined;
  const [problem] = beside.problemsWithPhrases([phrase], entry && { title: entry.title });
  if (problem !== undefined) return { kind: 'refused', why: problem };
  if (home.kind === 'topic') {
    const topic = vocabulary.topics.find(({ id }) => id === home.id);
    if (!topic) return { kind: 'gone' };
    const key = sameWords(phrase.say);
    await store.insertTopicPhrase(trx, { key, topicId: topic.id, phrase }, actor.person.id, deps.clock.now());
    return { kind: 'added', to: topic.label, undo: { topicKey: key } };
  }
  if (!entry) return { kind: 'gone' };
  const outcome = await writeEntry(deps, inside, { ...entry, asked_as: [...entry.asked_as, phrase] });
  if (outcome.kind !== 'saved') return outcome;
  return {
    kind: 'added',
    to: entry.title,
    undo: { entryId: entry.id, version: outcome.version },
  };
}
