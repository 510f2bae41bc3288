import type { Db } from '../../../db/schema.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { merge } from '../../../safeguarding/identifiers.ts';
import { findWholeNames, namesIn } from '../members-named.ts';
import type { Found } from './heard/heard.ts';
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

/** Words that anybody writes. A short answer of nothing else tells nobody. */
const everydayWords = new Set(
  `a about again all also always am an and any are as at bad be been better bit busy but by can could day days did do does
  done don't each enough even every few fine for from get go going good got great had happy hard has have he help her here
  him his how i i'm if in into is it it's its just kind lack less little long lot lots many maybe me mixed more most much my
  n/a na need needs never new nice no none not nothing now of off often ok okay on one only or other our out over people
  quite really same she so some sometimes still stress stressed support sure tea team thank thanks than that the their them
  then there they things this time tired to today too training two unsure up us very want was we week weeks well were what
  when which who why will with work would year yes yet you your`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
const isEveryday = (word: string): boolean =>
  everydayWords.has(word.replaceAll('’', "'")) || /^\p{N}+$/u.test(word);

/** So many words in a row that not everybody writes, whatever stands between them. */
const tellingInARow = 4;
const tellingRunsIn = (text: string): string[] => {
  const telling = wordsIn(text).filter((word) => !isEveryday(word));
  return telling.flatMap((_, at) =>
    at + tellingInARow <= telling.length ? [telling.slice(at, at + tellingInARow).join(' ')] : [],
  );
};

/**
 * Whether a text holds so many words in a row of what somebody wrote, fewer where they are not everyday words, or the whole
 * of it where it is shorter.
 */
export function holdsWordsOf(text: string, written: readonly string[]): boolean {
  const runs = new Set(runsIn(text));
  const telling = new Set(tellingRunsIn(text));
  const whole = ` ${wordsIn(text).join(' ')} `;
  return written.some((one) => {
    const words = wordsIn(one);
    if (tellingRunsIn(one).some((run) => telling.has(run))) return true;
    if (words.length >= wordsInARow) return runsIn(one).some((run) => runs.has(run));
    return !words.every(isEveryday) && whole.includes(` ${words.join(' ')} `);
  });
}

/** Each first name of one of them in a text, as names are written. */
function findFirstNames(text: string, names: readonly string[]): Finding[] {
  const firsts = new Set(names.map((name) => name.split(/[\s,]+/u)[0] ?? ''));
  return [...text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}]+)*?(?=['’]s\b|[^\p{L}\p{N}'’-]|$)/gu)].flatMap(
    ({ index, 0: word }): Finding[] =>
      Array.from(word).length >= shortestName && firsts.has(word)
        ? [{ kind: 'name', start: index, end: index + word.length }]
        : [],
  );
}

/** Whether a text names one of them, by first or whole name, as names are written. */
export const holdsNameOf = (text: string, names: readonly string[]): boolean =>
  findFirstNames(text, names).length > 0;

/** Each name of one of them in a text, whole where it stands whole, so that a mask leaves no part of it. */
export const findNamesOf = (text: string, names: readonly string[]): Finding[] =>
  merge([...findFirstNames(text, names), ...findWholeNames(text, names)]);

const writtenIn = (result: QuestionResult): string[] => {
  if (result.kind === 'words') return [...result.texts, ...result.hidden];
  return result.kind === 'named'
    ? result.answers.flatMap(({ text, isWords }) => (isWords ? [text] : []))
    : [];
};

/** Looks through what is to be given back, before anybody else sees it. @returns all that was found in each text. */
export async function findQuoted<Name extends string>(
  db: Db,
  { results, cohort }: Found,
  texts: Record<Name, string>,
): Promise<Partial<Record<Name, Quoted[]>>> {
  const written = 'questions' in results ? results.questions.flatMap(writtenIn) : [];
  const names = await namesIn(db, cohort.id);
  const found: Partial<Record<Name, Quoted[]>> = {};
  for (const name of Object.keys(texts) as Name[]) {
    const quoted: Quoted[] = [
      ...(holdsWordsOf(texts[name], written) ? (['words'] as const) : []),
      ...(holdsNameOf(texts[name], names) ? (['name'] as const) : []),
    ];
    if (quoted.length > 0) found[name] = quoted;
  }
  return found;
}
