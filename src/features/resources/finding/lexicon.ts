import type { Glossary } from '../../../content/glossary.ts';
import { hasCapitals } from '../../../content/short-forms.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { keyOf, wordsOf } from '../../../content/words.ts';
import { type ResourceType, resourceTypes } from '../content.ts';

/** What a phrase stands for in the programme's own words. */
export type Sense = {
  /** How it is named back to the person. */
  label: string;
  topics: string[];
  ageGroup?: string;
  /** It was said in years or a year of school, which tells nothing else. */
  isInYears?: true;
  type?: ResourceType;
  audience?: string;
  /** Other wordings to look for in titles and summaries, word by word. */
  wordings: string[][];
  /** What a short form stands for, written out. */
  inFull: string[][];
  /** People use it for other things as well: alone it is no question. */
  isGeneric: boolean;
};

/** A short form that stands for different things: the person chooses. */
export type Ambiguous = { form: string; meanings: string[] };

export type Lexicon = {
  sense(key: string): Sense | undefined;
  ambiguous(key: string): Ambiguous | undefined;
  /** The words of a known phrase that somebody wrote as one: "selfharm". */
  apart(word: string): readonly string[] | undefined;
  /** Whether it is written in capitals where it is known: "SEND", "PIE". */
  isShortForm(word: string): boolean;
  /** Every single word that is part of a known phrase. */
  words: ReadonlySet<string>;
  /** The most words a phrase has. */
  longest: number;
  labelOfTopic(id: string): string;
};

/**
 * The phrases of topics.yaml, of the glossary's "also known as", and the words for ages, kinds and readers, matched
 * without regard to case, hyphens and spaces. A phrase that several of them know has all their senses.
 */
export function createLexicon(vocabulary: Vocabulary, glossary: Glossary): Lexicon {
  const senses = new Map<string, Sense>();
  const phrases = new Map<string, readonly string[]>();
  const words = new Set<string>();
  const labels = new Map(vocabulary.topics.map((topic) => [topic.id, topic.label]));
  const shortForms = new Set<string>();
  const addShortForm = (key: string) => shortForms.add(key).add(`${key}s`);
  let longest = 1;

  const add = (
    phrase: string,
    {
      wordings = [],
      inFull = [],
      ...sense
    }: Pick<Sense, 'label'> &
      Partial<Omit<Sense, 'wordings' | 'inFull'>> & { wordings?: string[]; inFull?: string[] },
  ): void => {
    const parts = wordsOf(phrase);
    const key = keyOf(parts);
    if (key === '') return;
    for (const word of parts) words.add(word);
    if (parts.length === 1 && hasCapitals(phrase)) addShortForm(key);
    longest = Math.max(longest, parts.length);
    if (parts.length > 1)
      for (const whole of [parts.join(''), key]) phrases.set(whole, phrases.get(whole) ?? parts);
    const known = senses.get(key) ?? {
      label: sense.label,
      topics: [],
      wordings: [],
      inFull: [],
      isGeneric: false,
    };
    senses.set(key, {
      ...known,
      ...(sense.ageGroup && { ageGroup: sense.ageGroup }),
      ...(sense.type && { type: sense.type }),
      ...(sense.audience && { audience: sense.audience }),
      isGeneric: known.isGeneric || sense.isGeneric === true,
      topics: [...new Set([...known.topics, ...(sense.topics ?? [])])],
      wordings: eachOnce([...known.wordings, ...wordings.map(wordsOf)]),
      inFull: eachOnce([...known.inFull, ...inFull.map(wordsOf)]),
    });
  };

  for (const { id, label, synonyms, generic } of vocabulary.topics)
    for (const phrase of [label, id, ...synonyms])
      add(phrase, { label, topics: [id], wordings: [label], isGeneric: generic.includes(phrase) });
  for (const term of glossary.terms) {
    const others = [term.term, ...term.also_known_as];
    for (const phrase of others)
      add(phrase, { label: term.term, topics: term.topics.slice(0, 1), wordings: others });
  }
  for (const { abbr, means } of vocabulary.abbreviations) {
    // "child looked after (say: child in our care)": what stands in brackets is a note to the reader.
    const meaning = means.replace(/\s*\(.*\)\s*/g, ' ').trim();
    const known = senses.get(keyOf(wordsOf(meaning)));
    add(abbr, { label: meaning, topics: known?.topics ?? [], wordings: [meaning], inFull: [meaning] });
  }
  for (const { id, label, synonyms } of vocabulary.age_groups)
    for (const phrase of [label, ...agesInDigits(id), ...synonyms]) add(phrase, { label, ageGroup: id });
  for (const { id, label } of vocabulary.audiences)
    if (id !== 'adults') for (const phrase of [label, id]) add(phrase, { label, audience: id });
  for (const [type, { label, words: said }] of Object.entries(resourceTypes))
    for (const phrase of said) add(phrase, { label, type: type as ResourceType });

  const ambiguous = new Map<string, Ambiguous>();
  for (const { form, could_mean } of vocabulary.ambiguous) {
    const key = keyOf(wordsOf(form));
    const [only] = could_mean;
    if (could_mean.length > 1) ambiguous.set(key, { form, meanings: could_mean });
    else if (only !== undefined)
      add(form, {
        label: only,
        topics: senses.get(keyOf(wordsOf(only)))?.topics ?? [],
        wordings: [only],
        inFull: [only],
      });
    for (const word of wordsOf(form)) words.add(word);
    addShortForm(key);
  }

  return {
    sense: (key) => senses.get(key),
    ambiguous: (key) => ambiguous.get(key),
    apart: (word) => phrases.get(word) ?? phrases.get(keyOf([word])),
    isShortForm: (word) => shortForms.has(word),
    words,
    longest,
    labelOfTopic: (id) => labels.get(id) ?? id,
  };
}

const eachOnce = (wordings: readonly string[][]): string[][] => [
  ...new Map(wordings.map((wording) => [wording.join(' '), wording])).values(),
];

/** "0-5" is also asked for as "0 to 5" and "ages 0 to 5". */
function agesInDigits(id: string): string[] {
  const [from, to] = id.split('-');
  if (from === undefined || to === undefined || !/^\d+$/.test(from + to)) return [];
  return [
    id,
    `${from} to ${to}`,
    `ages ${from} to ${to}`,
    `aged ${from} to ${to}`,
    `ages ${id}`,
    `${id} year olds`,
  ];
}
