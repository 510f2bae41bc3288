import type { Vocabulary } from '../../../content/vocabulary.ts';
import { isSmallWord, keyOf } from '../../../content/words.ts';
import type { Ambiguous, Lexicon, Sense } from './lexicon.ts';
import { tidyQuestion, wordsOfQuestion } from './words.ts';

/** A piece of a question. `words` is what was typed, spelt right. */
export type Part =
  | { kind: 'word'; words: string[]; isLast: boolean }
  /** A phrase of the programme: topics, and perhaps an age group, a kind or readers too. */
  | { kind: 'known'; words: string[]; sense: Sense }
  | { kind: 'ambiguous'; words: string[]; form: Ambiguous; senses: Sense[] };

export type Question = {
  /** As it was asked, tidied and not too long. */
  asked: string;
  /** All its words, spelt right. */
  words: string[];
  parts: Part[];
  corrections: { typed: string; read: string }[];
  /** Words that neither the catalogue nor the vocabulary knows. */
  unknown: string[];
};

export type Reader = {
  lexicon: Lexicon;
  ageGroups: Vocabulary['age_groups'];
  /** Whether any entry has this word, or for the last one a word that begins with it. */
  isInCatalogue(word: string, isLast: boolean): boolean;
  correct(word: string): string | undefined;
};

/** Takes a question apart: longest known phrase first, from left to right; what is no phrase is a word to look for. */
export function readQuestion(text: string, reader: Reader): Question {
  const asked = tidyQuestion(text);
  const corrections: Question['corrections'] = [];
  const unknown: string[] = [];
  const typed = withAgesInYears(wordsOfQuestion(asked), reader.ageGroups);
  const isKnown = (word: string, isLast: boolean) =>
    isSmallWord(word) ||
    /^\d/.test(word) ||
    reader.lexicon.words.has(word) ||
    reader.lexicon.sense(keyOf([word])) !== undefined ||
    reader.isInCatalogue(word, isLast);
  const words = typed.map((word, index) => {
    if (isKnown(word, index === typed.length - 1)) return word;
    // Four letters are near many words: a guess only where there is nothing else to go by.
    const read = word.length > 4 || typed.length === 1 ? reader.correct(word) : undefined;
    if (read === undefined) {
      unknown.push(word);
      return word;
    }
    corrections.push({ typed: word, read });
    return read;
  });

  const parts: Part[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longestPhrase(words.slice(at), reader.lexicon, at === 0);
    if (found) {
      parts.push(found);
      at += found.words.length;
      continue;
    }
    const word = words[at] ?? '';
    if (!unknown.includes(word)) parts.push({ kind: 'word', words: [word], isLast: at === words.length - 1 });
    at += 1;
  }
  const telling = parts.filter((part) => part.kind !== 'word' || !part.words.every(isSmallWord));
  // Where the only word that tells is unknown, "know about" finds nothing that was asked for.
  return { asked, words, parts: telling.length + unknown.length > 0 ? telling : parts, corrections, unknown };
}

function longestPhrase(words: string[], lexicon: Lexicon, isFirst: boolean): Part | undefined {
  for (let length = Math.min(words.length, lexicon.longest); length > 0; length -= 1) {
    const phrase = words.slice(0, length);
    // "in" and "do you" are no phrases, whatever they are short for; a question that opens with "who can help" means it.
    if (!(isFirst && length >= 3) && phrase.every(isSmallWord)) continue;
    const key = keyOf(phrase);
    const form = lexicon.ambiguous(key);
    if (form) {
      const senses = form.meanings.map((meaning) => sensesIn(meaning, lexicon));
      return { kind: 'ambiguous', words: phrase, form, senses };
    }
    const sense = lexicon.sense(key);
    if (sense) return { kind: 'known', words: phrase, sense };
  }
  return undefined;
}

/** The topics that a meaning's own words name: "perinatal and infant mental health" names two. */
function sensesIn(meaning: string, lexicon: Lexicon): Sense {
  const words = wordsOfQuestion(meaning);
  const topics = new Set<string>();
  for (let at = 0; at < words.length; at += 1)
    for (let length = Math.min(words.length - at, lexicon.longest); length > 0; length -= 1) {
      const sense = lexicon.sense(keyOf(words.slice(at, at + length)));
      if (!sense || sense.topics.length === 0) continue;
      for (const topic of sense.topics) topics.add(topic);
      at += length - 1;
      break;
    }
  return { label: meaning, topics: [...topics], wordings: [meaning], isGeneric: false };
}

/** "4 year old" → the age group that holds it. */
function withAgesInYears(words: string[], ageGroups: Vocabulary['age_groups']): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const isAge =
      /^\d{1,2}$/.test(word) &&
      /^(yr|year)s?$/.test(words[at + 1] ?? '') &&
      /^olds?$/.test(words[at + 2] ?? '');
    const group = isAge
      ? ageGroups.find(({ id }) => {
          const [from, to] = id.split('-').map(Number);
          return from !== undefined && to !== undefined && Number(word) >= from && Number(word) < to;
        })
      : undefined;
    if (group) {
      out.push(...wordsOfQuestion(group.id));
      at += 2;
    } else out.push(word);
  }
  return out;
}
