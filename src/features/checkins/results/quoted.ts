import { listCohortMembers } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import type { Found } from './heard.ts';
import type { QuestionResult } from './results.ts';

/** So many same words in a row are somebody's, not chance. */
const wordsInARow = 6;
/** A first name of two letters is too often a word. */
const shortestName = 3;

/** What a facilitator wrote that would tell the group who said something. */
export type Quoted = 'words' | 'name';

const wordsIn = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];

/** Each run of some words in a text. A shorter text has none. */
const runsIn = (text: string): string[] => {
  const words = wordsIn(text);
  return words.flatMap((_, at) =>
    at + wordsInARow <= words.length ? [words.slice(at, at + wordsInARow).join(' ')] : [],
  );
};

/** Whether a text holds so many words in a row of what somebody wrote. */
export function holdsWordsOf(text: string, written: readonly string[]): boolean {
  const runs = new Set(runsIn(text));
  return written.some((one) => runsIn(one).some((run) => runs.has(run)));
}

/** Whether a text names one of them, by first or whole name, as names are written. */
export function holdsNameOf(text: string, names: readonly string[]): boolean {
  const words = new Set(text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}]+)*?(?=['’]s\b|[^\p{L}\p{N}'’-]|$)/gu) ?? []);
  return names.some((name) => {
    const [first = ''] = name.split(/[\s,]+/u);
    return Array.from(first).length >= shortestName && words.has(first);
  });
}

const writtenIn = (result: QuestionResult): string[] => {
  if (result.kind === 'words') return [...result.texts, ...result.hidden];
  return result.kind === 'named'
    ? result.answers.flatMap(({ text, isWords }) => (isWords ? [text] : []))
    : [];
};

/** Looks through what is to be given back, before anybody else sees it. */
export async function findQuoted(
  db: Db,
  { results, cohort }: Found,
  texts: readonly string[],
): Promise<Quoted | undefined> {
  const written = 'questions' in results ? results.questions.flatMap(writtenIn) : [];
  if (texts.some((text) => holdsWordsOf(text, written))) return 'words';
  const names = (await listCohortMembers(db, cohort.id)).map(({ displayName }) => displayName);
  return texts.some((text) => holdsNameOf(text, names)) ? 'name' : undefined;
}
