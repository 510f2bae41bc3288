import { wordsOf } from '../../../content/words.ts';
import { type MemoryIndex, openMemoryIndex } from '../../../db/open.ts';
import { Remembered } from '../../../lib/remembered.ts';
import type { Catalogue } from '../content.ts';
import type { Lexicon } from './lexicon.ts';
import type { KnownWords } from './spelling.ts';

/** Where words stand in the catalogue. */
export type TextIndex = {
  /**
   * How well each entry fits any of the phrases, by its place in `catalogue.shown`: the best one has 1, most have 0.
   * `isPrefix`: the last word may go on.
   */
  match(phrases: readonly string[][], isPrefix: boolean): Float64Array;
  has(word: string, isPrefix: boolean): boolean;
  words: KnownWords;
  close(): void;
};

/** bm25 weights: title, topics and readers, summary, publisher. */
const weights = '10.0, 4.0, 3.0, 1.5';

export function createTextIndex(catalogue: Catalogue, lexicon: Lexicon): TextIndex {
  const index: MemoryIndex = openMemoryIndex();
  index.define(
    `create virtual table entries using fts5(title, topics, summary, publisher, tokenize = 'porter unicode61', prefix = '3 4')`,
  );
  const words = new Map<string, number>();
  const rows = catalogue.shown.map(({ title, topics, summary, publisher }, place) => {
    const columns = [title, topics.map(lexicon.labelOfTopic).join(' '), summary, publisher].map(wordsOf);
    for (const word of new Set(columns.flat())) words.set(word, (words.get(word) ?? 0) + 1);
    return [place, ...columns.map((column) => column.join(' '))];
  });
  for (const word of lexicon.words) if (!words.has(word)) words.set(word, 0);
  index.fill('insert into entries (rowid, title, topics, summary, publisher) values (?, ?, ?, ?, ?)', rows);

  const best = index.query(
    `select rowid as place, -bm25(entries, ${weights}) as score from entries where entries match ?`,
  );
  const known = new Remembered<boolean>(5_000);
  const any = index.query('select 1 from entries where entries match ? limit 1');
  return {
    match(phrases, isPrefix) {
      const marks = new Float64Array(catalogue.shown.length);
      const expression = phrases.flatMap((phrase) => toExpression(phrase, isPrefix)).join(' OR ');
      if (expression === '') return marks;
      const found = best(expression) as { place: number; score: number }[];
      const top = found.reduce((most, { score }) => Math.max(most, score), 0);
      // A word that is in most entries has a score of about nothing: then all are alike.
      for (const { place, score } of found) marks[place] = top > 0.000_01 ? Math.max(score / top, 0.05) : 0.5;
      return marks;
    },
    has: (word, isPrefix) =>
      known.get(`${word}:${isPrefix}`, () => any(toExpression([word], isPrefix).join(' OR ')).length > 0),
    words,
    close: () => index.close(),
  };
}

/** Words only, each in quotes: nothing in them can act as FTS5 syntax. @see https://www.sqlite.org/fts5.html#fts5_strings */
function toExpression(phrase: readonly string[], isPrefix: boolean): string[] {
  const words = phrase.flatMap(wordsOf);
  if (words.length === 0) return [];
  const quoted = words.map((word) => `"${word}"`).join(' + ');
  const last = words.at(-1) ?? '';
  return isPrefix && last.length >= 3 ? [quoted, `${quoted} *`] : [quoted];
}
