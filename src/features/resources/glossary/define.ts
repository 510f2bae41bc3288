import type { Glossary, GlossaryTerm } from '../../../content/glossary.ts';
import { nearest } from '../../../content/nearest.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { keyOf, tellingWords, wordsOf } from '../../../content/words.ts';

export type Definition =
  | { kind: 'no-word' }
  | { kind: 'term'; term: GlossaryTerm }
  /** @property terms those of the glossary that go by the short form, or by one of its meanings. */
  | { kind: 'short-form'; form: string; means: string[]; terms: GlossaryTerm[] }
  /** Words and short forms that look like what was asked, or whose explanation speaks of it; likeliest first. */
  | { kind: 'near'; asked: string; names: { name: string; ask: string }[] }
  | { kind: 'unknown'; asked: string };

type Words = { glossary: Glossary; vocabulary: Vocabulary };
type Told = Extract<Definition, { kind: 'term' | 'short-form' }>;

/** Explains a word of the glossary, or spells out a short form; otherwise offers what looks like it. */
export function define(words: Words, given: string): Definition {
  const asked = bare(given);
  if (keyOf(wordsOf(asked)) === '') return { kind: 'no-word' };
  const told = meaningOf(words, asked);
  if (told) return told;
  const near = nearMisses(words, asked);
  return near.length > 0 ? { kind: 'near', asked, names: near } : { kind: 'unknown', asked };
}

/** What a word means, where it is known by that very name. */
function meaningOf({ glossary, vocabulary }: Words, asked: string): Told | undefined {
  const key = keyOf(wordsOf(asked));
  if (key === '') return undefined;
  const has = (name: string) => keyOf(wordsOf(name)) === key;
  const ambiguous = vocabulary.ambiguous.find(({ form, could_mean }) => has(form) && could_mean.length > 1);
  if (ambiguous) return shortForm(glossary, ambiguous.form, ambiguous.could_mean);
  const term =
    glossary.terms.find((one) => has(one.term) || one.id === asked) ??
    glossary.terms.find((one) => one.also_known_as.some(has));
  if (term) return { kind: 'term', term };
  const short = vocabulary.abbreviations.find(({ abbr }) => has(abbr));
  if (short) {
    const explained = glossary.terms.find((one) => keyOf(wordsOf(one.term)) === keyOf(wordsOf(short.means)));
    return explained ? { kind: 'term', term: explained } : shortForm(glossary, short.abbr, [short.means]);
  }
  const spelled = vocabulary.ambiguous.find(({ form }) => has(form));
  return spelled && shortForm(glossary, spelled.form, spelled.could_mean);
}

function shortForm({ terms }: Glossary, form: string, means: string[]): Told {
  const names = new Set([form, ...means].map((name) => keyOf(wordsOf(name))));
  const isCalledSo = ({ term, also_known_as }: GlossaryTerm) =>
    [term, ...also_known_as].some((name) => names.has(keyOf(wordsOf(name))));
  return { kind: 'short-form', form, means, terms: terms.filter(isCalledSo) };
}

const asksMeaning = /^(?:what(?:'s|\u2019s| is| are| do| does)|meaning of|define)\s+(?:(?:an?|the)\s+)?/i;

/** "What does CPC mean?" asks for "CPC". */
function bare(asked: string): string {
  const word = asked
    .replace(asksMeaning, '')
    .replace(/\s+(?:mean|means|stand for|stands for)[\s?.!]*$/i, '')
    .trim();
  return word === '' ? asked : word;
}

/** What a word means, where that is all that somebody asks and it can be told; "what is there for dads" is a search. */
export const definitionAsked = (words: Words, asked: string): Told | undefined =>
  asksMeaning.test(asked) ? meaningOf(words, bare(asked)) : undefined;

const mostNear = 5;

function nearMisses({ glossary, vocabulary }: Words, asked: string): { name: string; ask: string }[] {
  const namesOf = (one: GlossaryTerm) => [one.term, ...one.also_known_as];
  const ofTerm = ({ id, term }: GlossaryTerm) => ({ name: term, ask: id });
  const explained = new Set(glossary.terms.flatMap(namesOf).map((name) => keyOf(wordsOf(name))));
  const shortForms = [
    ...vocabulary.abbreviations.map(({ abbr }) => abbr),
    ...vocabulary.ambiguous.map(({ form }) => form),
  ].filter((form) => !explained.has(keyOf(wordsOf(form))));
  const words = tellingWords(asked).filter((word) => word.length >= 4);
  const speaksOf = (text: string) => {
    const has = new Set(wordsOf(text).map((word) => keyOf([word])));
    return words.length > 0 && words.every((word) => has.has(keyOf([word])));
  };
  const key = keyOf(wordsOf(asked));
  const topicsNamed = new Set(
    vocabulary.topics
      .filter(({ synonyms }) => synonyms.some((name) => keyOf(wordsOf(name)) === key))
      .map(({ id }) => id),
  );
  const misspelt = nearest(asked, [...glossary.terms.flatMap(namesOf), ...shortForms]);
  const hasWord = (begins: (word: string, typed: string) => boolean) =>
    glossary.terms
      .filter((one) =>
        namesOf(one).some((name) => wordsOf(name).some((word) => words.some((typed) => begins(word, typed)))),
      )
      .map(ofTerm);
  const swapped = lettersOf(asked);
  const found = [
    ...glossary.terms
      .filter((one) =>
        namesOf(one).some((name) => name === misspelt || (isShort(name) && lettersOf(name) === swapped)),
      )
      .map(ofTerm),
    ...shortForms
      .filter((form) => form === misspelt || lettersOf(form) === swapped)
      .map((form) => ({ name: form, ask: form })),
    ...hasWord((word, typed) => word.startsWith(typed)),
    ...vocabulary.abbreviations
      .filter(({ abbr, means }) => shortForms.includes(abbr) && speaksOf(means))
      .map(({ abbr }) => ({ name: abbr, ask: abbr })),
    ...glossary.terms.filter(({ definition }) => speaksOf(definition)).map(ofTerm),
    ...glossary.terms.filter(({ topics }) => topics.some((id) => topicsNamed.has(id))).map(ofTerm),
    ...hasWord((word, typed) => word.startsWith(typed.slice(0, 5))),
  ];
  return found.filter(({ ask }, nth) => found.findIndex((one) => one.ask === ask) === nth).slice(0, mostNear);
}

const isShort = (name: string): boolean => name.length <= 6 && !name.includes(' ');

/** "JNSA" has the letters of "JSNA": the slip that short forms suffer most. */
const lettersOf = (name: string): string =>
  Array.from(keyOf(wordsOf(name)))
    .toSorted()
    .join('');
