import { isFiller, wordsOf } from '../../../content/words.ts';
import type { Catalogue, Resource } from '../content.ts';
import { initialsOf } from './initials.ts';
import { Tally } from './marks.ts';
import type { Names } from './names.ts';

/** The titles and publishers of the entries, and of what each of them has replaced. */
export type Titles = {
  /** Whether this is a whole title, or a publisher's name. */
  isOne(words: readonly string[]): boolean;
  /** Whether all that was said stands in one title and its publisher's name. */
  areNamed(telling: readonly string[]): boolean;
  /**
   * Who types a title wants that entry: by place in `catalogue.shown`, what it gets for that. Most get nothing.
   * @param meant what the words stand for, word by word: a publisher's name in full for its short form.
   */
  bonus(words: readonly string[], meant: readonly (readonly string[])[]): ReadonlyMap<number, number>;
};

/** What an entry gets whose publisher was named. */
export const ofPublisher = 1;

type Title = {
  /** Which of all it is. */
  nth: number;
  place: number;
  text: string;
  words: ReadonlySet<string>;
  length: number;
  publisher: readonly string[];
  publisherText: string;
  initials: string;
  /** "NHS" of the East London NHS Foundation Trust. */
  inCapitals: ReadonlySet<string>;
};

export function createTitles({ shown, predecessors }: Catalogue, letters: Names): Titles {
  const all = [...shown.entries()]
    .flatMap(([place, one]) => [
      { place, ...one },
      // Who asks for a publisher does not want what another has put in place of its page.
      ...(predecessors.get(one.id) ?? []).map(({ title }) => ({ place, title, publisher: one.publisher })),
    ])
    .map((one, nth) => titleOf(one, { nth, letters }));
  const having = new Map<string, Title[]>();
  for (const title of all)
    for (const word of new Set([...title.words, ...title.publisher])) {
      const list = having.get(word) ?? [];
      list.push(title);
      having.set(word, list);
    }
  const withWord = (word: string): readonly Title[] => having.get(word) ?? [];
  const names = all.flatMap((title) =>
    [...new Set([title.text, title.publisherText, title.initials, ...title.inCapitals])].map((name) => ({
      name,
      title,
    })),
  );
  const byName = Map.groupBy(names, ({ name }) => name);
  /** Whose title or publisher this is. */
  const called = (words: readonly string[]): Title[] =>
    (byName.get(words.join(' ')) ?? []).map(({ title }) => title);
  const counts = new Tally(all.length);
  /** Those in which enough of the words stand to get something for it. */
  const havingMost = (words: readonly string[]): Title[] => {
    for (const word of words)
      for (const title of withWord(word)) if (title.words.has(word)) counts.add(title.nth, 1);
    const most = counts.places.filter((nth) => counts.of(nth) >= mostWords * words.length);
    counts.empty();
    return most.flatMap((nth) => all[nth] ?? []);
  };
  return {
    isOne: (words) => called(words).length > 0,
    areNamed(telling) {
      const [rarest] = telling.map(withWord).sort((a, b) => a.length - b.length);
      const has = ({ words, publisher }: Title) =>
        telling.every((word) => words.has(word) || publisher.includes(word));
      return rarest?.some(has) ?? false;
    },
    bonus(words, meant) {
      const typed = withoutFillers(words);
      const bonusOf = bonusFor({ words, typed, meant: new Set(meant.map((one) => one.join(' '))) });
      const may = new Set([
        ...called(words),
        ...meant.flatMap(called),
        ...(typed.length < 2 ? [] : havingMost(typed)),
      ]);
      const found = new Map<number, number>();
      for (const title of may) {
        const bonus = bonusOf(title);
        if (bonus > (found.get(title.place) ?? 0)) found.set(title.place, bonus);
      }
      return found;
    },
  };
}

function titleOf(
  { place, title, publisher }: Pick<Resource, 'title' | 'publisher'> & { place: number },
  { nth, letters }: { nth: number; letters: Names },
): Title {
  const all = wordsOf(title);
  const words = letters.join(all);
  return {
    nth,
    place,
    text: words.join(' '),
    words: new Set([...all, ...words]),
    length: words.length,
    publisher: wordsOf(publisher),
    publisherText: wordsOf(publisher).join(' '),
    initials: initialsOf(publisher).toLowerCase(),
    inCapitals: new Set(publisher.match(/\p{Lu}{3,}/gu)?.map((name) => name.toLowerCase())),
  };
}

/** Of several words, so many have to stand in a title. */
const mostWords = 0.75;

const withoutFillers = (words: readonly string[]): readonly string[] => {
  const telling = words.filter((word) => !isFiller(word));
  return telling.length > 0 ? telling : words;
};

type Typed = { words: readonly string[]; typed: readonly string[]; meant: ReadonlySet<string> };

function bonusFor({ words, typed, meant }: Typed): (title: Title) => number {
  const whole = words.length > 1 ? words.join(' ') : undefined;
  const only = words.length === 1 ? words[0] : undefined;
  return (title) => {
    if (whole === title.text || whole === title.publisherText) return 3;
    // What stands for something is that, whoever has it in a name: CAMHS.
    if (only !== undefined && (title.initials === only || (meant.size === 0 && title.inCapitals.has(only))))
      return ofPublisher;
    if (meant.has(title.publisherText)) return ofPublisher;
    if (typed.length < 2) return 0;
    let many = 0;
    for (const word of typed) if (title.words.has(word)) many += 1;
    const share = many / typed.length;
    if (share < 1) return share >= mostWords && typed.length >= 4 ? 0.4 : 0;
    return 0.3 + (typed.length / title.length) * 0.9;
  };
}
