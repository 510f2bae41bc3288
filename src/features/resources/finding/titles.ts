import { isFiller, wordsOf } from '../../../content/words.ts';
import type { Catalogue, Resource } from '../content.ts';
import { initialsOf } from './initials.ts';

/** The titles and publishers of the entries, and of what each of them has replaced. */
export type Titles = {
  /** Whether this is a whole title, or a publisher's name. */
  isOne(words: readonly string[]): boolean;
  /** Whether all that was said stands in one title and its publisher's name. */
  areNamed(telling: readonly string[]): boolean;
  /**
   * Who types a title wants that entry: by place in `catalogue.shown`, what it gets for that. Most get nothing.
   * @param wordings what the words stand for: a publisher's name in full for its short form.
   */
  bonus(words: readonly string[], wordings: readonly string[]): ReadonlyMap<number, number>;
};

type Title = {
  place: number;
  text: string;
  words: ReadonlySet<string>;
  length: number;
  publisher: readonly string[];
  publisherText: string;
  initials: string;
};

export function createTitles({ shown, predecessors }: Catalogue): Titles {
  const having = new Map<string, Title[]>();
  for (const [place, resource] of shown.entries())
    for (const one of [resource, ...(predecessors.get(resource.id) ?? [])]) {
      const title = titleOf(one, place);
      for (const word of new Set([...title.words, ...title.publisher, title.initials])) {
        const list = having.get(word) ?? [];
        list.push(title);
        having.set(word, list);
      }
    }
  const withWord = (word: string): readonly Title[] => having.get(word) ?? [];
  return {
    isOne(words) {
      const whole = words.join(' ');
      return withWord(words[0] ?? '').some(
        ({ text, publisherText, initials }) =>
          text === whole || publisherText === whole || initials === whole,
      );
    },
    areNamed: ([first, ...others]) =>
      first !== undefined &&
      withWord(first).some(
        ({ words, publisher }) =>
          (words.has(first) || publisher.includes(first)) &&
          others.every((word) => words.has(word) || publisher.includes(word)),
      ),
    bonus(words, wordings) {
      const meant = wordings.map((wording) => wordsOf(wording));
      const bonusOf = bonusFor(words, new Set(meant.map((wording) => wording.join(' '))));
      const found = new Map<number, number>();
      for (const title of new Set([...words, ...meant.flatMap(([first = '']) => first)].flatMap(withWord))) {
        const bonus = bonusOf(title);
        if (bonus > (found.get(title.place) ?? 0)) found.set(title.place, bonus);
      }
      return found;
    },
  };
}

function titleOf({ title, publisher }: Resource, place: number): Title {
  const words = wordsOf(title);
  return {
    place,
    text: words.join(' '),
    words: new Set(words),
    length: words.length,
    publisher: wordsOf(publisher),
    publisherText: wordsOf(publisher).join(' '),
    initials: initialsOf(publisher).toLowerCase(),
  };
}

function bonusFor(words: readonly string[], meant: ReadonlySet<string>): (title: Title) => number {
  const whole = words.length > 1 ? words.join(' ') : undefined;
  const only = words.length === 1 ? words[0] : undefined;
  const typed = words.some((word) => !isFiller(word)) ? words.filter((word) => !isFiller(word)) : words;
  return (title) => {
    if (whole === title.text || whole === title.publisherText) return 3;
    if (only !== undefined && only === title.initials) return 1;
    if (meant.has(title.publisherText)) return 1;
    if (typed.length < 2) return 0;
    let many = 0;
    for (const word of typed) if (title.words.has(word)) many += 1;
    const share = many / typed.length;
    if (share < 1) return share >= 0.75 && typed.length >= 4 ? 0.4 : 0;
    return 0.3 + (typed.length / title.length) * 0.9;
  };
}
