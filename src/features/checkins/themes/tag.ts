import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { tidyLine } from '../../../slack/text.ts';
import type { CheckInDeps } from '../deps.ts';
import { isReported, sayDoubt } from '../quoting/ask.ts';
import { markOfWords } from '../quoting/store.ts';
import { listWritten } from '../quoting/written.ts';
import { mayRead } from '../readers.ts';
import { type Results, readRound } from '../results/results.ts';
import { findCheckIn, findRound, listRounds, listRoundsIn } from '../store.ts';
import {
  holdTagged,
  holdThemes,
  readTagged,
  readThemes,
  type Theme,
  type Themes,
  writeTagged,
  writeThemes,
} from './store.ts';

/** Menus hold more; a report does not. */
export const mostThemes = 30;
export const longestTheme = 60;

/** Words that those who run the group may count by what they are about. */
export type Taggable = { mark: string; question: string; text: string; comments: number; themes: string[] };

export type ForThemes = {
  kind: 'found';
  cohortId: string;
  results: Results;
  kept: Themes;
  words: Taggable[];
  /** By theme: how many comments, over all rounds of the group. */
  comments: ReadonlyMap<string, number>;
  /** The report with this round is closed: nothing of it changes any more. */
  isReported: boolean;
};

/** What the words of a round are about, for whoever may read its results. */
export async function findForThemes(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<ForThemes | { kind: 'not-allowed' }> {
  const { db, vault } = deps;
  const round = await findRound(db, roundId);
  const checkin = round && (await findCheckIn(db, round.checkinId));
  const cohortId = checkin?.cohortId;
  if (!round || !checkin || cohortId === undefined || !mayRead(actor, cohortId))
    return { kind: 'not-allowed' };
  const rounds = await listRounds(db, checkin.id);
  const results = await readRound(deps, { checkin, round, rounds }, { order: '', withNames: false });
  const kept = await readThemes(db, vault, cohortId);
  return {
    kind: 'found',
    cohortId,
    results,
    kept,
    words: await listTaggable(deps, results, kept.themes),
    comments: await countComments(
      deps,
      kept.themes,
      (await listRoundsIn(db, cohortId)).map(({ id }) => id),
    ),
    isReported: await isReported(deps, cohortId, round),
  };
}

/** The theme that stands for one by now: another, where they were put together. Undefined: it was removed. */
const present = (themes: readonly Theme[], id: string): string | undefined =>
  themes.find((one) => one.id === id || one.also.includes(id))?.id;
const presentOf = (themes: readonly Theme[], all: readonly string[]): string[] => [
  ...new Set(all.flatMap((id) => present(themes, id) ?? [])),
];

/** Without what may not be used even in other words. In an order that tells nothing, and stays. */
async function listTaggable(
  { db, vault }: CheckInDeps,
  results: Results,
  themes: readonly Theme[],
): Promise<Taggable[]> {
  const { id } = results.round;
  const tagged = new Map((await readTagged(db, vault, id)).map((one) => [one.mark, one.themes]));
  const byMark = new Map<string, Taggable>();
  for (const { question, text, allows } of await listWritten({ db, vault }, results)) {
    if (allows === 'nothing') continue;
    const mark = markOfWords(vault, id, question.id, text);
    const known = byMark.get(mark);
    if (known) known.comments += 1;
    else
      byMark.set(mark, {
        mark,
        question: question.text,
        text,
        comments: 1,
        themes: presentOf(themes, tagged.get(mark) ?? []),
      });
  }
  const asked = results.round.definition.questions.map((one) => one.text);
  return [...byMark.values()].toSorted(
    (one, other) =>
      asked.indexOf(one.question) - asked.indexOf(other.question) || one.mark.localeCompare(other.mark),
  );
}

/** By theme, in these rounds. */
export async function countComments(
  { db, vault }: { db: Db; vault: CheckInDeps['vault'] },
  themes: readonly Theme[],
  roundIds: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const roundId of roundIds)
    for (const { themes: given, comments } of await readTagged(db, vault, roundId))
      for (const id of presentOf(themes, given)) counts.set(id, (counts.get(id) ?? 0) + comments);
  return counts;
}

/** Says of some words what they are about. What stands of others stays. @param given by the words' marks: themes' ids. */
export async function tagWords(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  given: ReadonlyMap<string, readonly string[]>,
): Promise<ForThemes | { kind: 'not-allowed' }> {
  const { db, vault } = deps;
  const found = await findForThemes(deps, actor, roundId);
  if (found.kind !== 'found' || found.isReported) return found;
  const words = found.words.filter(({ mark }) => given.has(mark));
  await db.transaction().execute(async (trx) => {
    const before = await holdTagged(trx, vault, roundId);
    const others = before.filter(({ mark }) => !words.some((one) => one.mark === mark));
    const now = words.flatMap(({ mark, comments }) => {
      const themes = presentOf(found.kept.themes, given.get(mark) ?? []);
      return themes.length > 0 ? [{ mark, themes, comments }] : [];
    });
    await writeTagged(trx, vault, roundId, [...others, ...now]);
  });
  return findForThemes(deps, actor, roundId);
}

export type ThemeChange =
  | { kind: 'add'; labels: readonly string[] }
  | { kind: 'rename'; id: string; label: string }
  | { kind: 'merge'; id: string; into: string }
  | { kind: 'remove'; id: string }
  | { kind: 'undo' };

export type Changed =
  | { kind: 'changed' }
  /** What is wrong with a label, for whoever wrote it. */
  | { kind: 'wrong'; words: string }
  /** Somebody else has changed it meanwhile. */
  | { kind: 'gone' }
  | { kind: 'not-allowed' };

/** Changes the themes of a group. Words keep what they were given, so each change can be undone. */
export async function changeThemes(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  change: ThemeChange,
): Promise<Changed> {
  const found = await findForThemes(deps, actor, roundId);
  if (found.kind !== 'found') return found;
  const { db, vault } = deps;
  const { cohortId } = found;
  const labels =
    change.kind === 'add'
      ? change.labels.map(tidyLine)
      : change.kind === 'rename'
        ? [tidyLine(change.label)]
        : [];
  for (const label of labels) {
    if (Array.from(label).length > longestTheme)
      return {
        kind: 'wrong',
        words: `“${label.slice(0, 30)}…” is too long: ${longestTheme} characters at most.`,
      };
    const seen = await sayDoubt(deps, cohortId, label);
    if (seen !== undefined)
      return {
        kind: 'wrong',
        words: `This has ${seen} in it. A theme stands in the report, so please say it otherwise.`,
      };
  }
  return db.transaction().execute(async (trx): Promise<Changed> => {
    const before = await holdThemes(trx, vault, cohortId);
    const after = withChange(deps, before, change, labels);
    if ('kind' in after) return after;
    await writeThemes(trx, vault, cohortId, after);
    return { kind: 'changed' };
  });
}

const fold = (label: string): string => label.toLowerCase();

function withChange(
  { random }: Pick<CheckInDeps, 'random'>,
  { themes, last }: Themes,
  change: ThemeChange,
  labels: readonly string[],
): Themes | Exclude<Changed, { kind: 'changed' | 'not-allowed' }> {
  const changed = (now: Theme[], did: string): Themes => ({ themes: now, last: { did, before: themes } });
  const isTaken = (label: string, except?: string) =>
    themes.some((one) => one.id !== except && fold(one.label) === fold(label));
  switch (change.kind) {
    case 'add': {
      const fresh = labels.filter(
        (label, nth) =>
          label !== '' && !isTaken(label) && labels.findIndex((other) => fold(other) === fold(label)) === nth,
      );
      if (fresh.length === 0)
        return { kind: 'wrong', words: 'Please write at least one that is not there yet.' };
      if (themes.length + fresh.length > mostThemes)
        return {
          kind: 'wrong',
          words: `There can be ${mostThemes} themes at most. Put some together first.`,
        };
      const added = fresh.map((label) => ({ id: newThemeId(random), label, also: [] }));
      return changed(
        [...themes, ...added],
        fresh.length === 1 ? `“${fresh[0] ?? ''}” was added` : 'Themes were added',
      );
    }
    case 'rename': {
      const [label = ''] = labels;
      const old = themes.find(({ id }) => id === change.id);
      if (!old) return { kind: 'gone' };
      if (label === '') return { kind: 'wrong', words: 'Please give it a name.' };
      if (isTaken(label, old.id))
        return { kind: 'wrong', words: 'Another theme is called that. You can put the two together.' };
      return changed(
        themes.map((one) => (one === old ? { ...one, label } : one)),
        `“${old.label}” was renamed`,
      );
    }
    case 'merge': {
      const old = themes.find(({ id }) => id === change.id);
      const into = themes.find(({ id }) => id === change.into);
      if (!old || !into || old === into) return { kind: 'gone' };
      return changed(
        themes.flatMap((one) =>
          one === old ? [] : one === into ? [{ ...one, also: [...one.also, old.id, ...old.also] }] : [one],
        ),
        `“${old.label}” was put together with “${into.label}”`,
      );
    }
    case 'remove': {
      const old = themes.find(({ id }) => id === change.id);
      return old
        ? changed(
            themes.filter((one) => one !== old),
            `“${old.label}” was removed`,
          )
        : { kind: 'gone' };
    }
    case 'undo':
      return last ? { themes: last.before } : { kind: 'gone' };
  }
}

const newThemeId = (random: CheckInDeps['random']): string => random.bytes(6).toString('hex');
