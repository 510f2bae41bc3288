import type { Glossary, GlossaryTerm } from '../../../content/glossary.ts';
import { nearest } from '../../../content/nearest.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { keyOf, wordsOf } from '../../../content/words.ts';

export type Definition =
  | { kind: 'no-word' }
  | { kind: 'term'; term: GlossaryTerm }
  | { kind: 'short-form'; form: string; means: string[] }
  | { kind: 'near'; asked: string; terms: GlossaryTerm[] }
  | { kind: 'unknown'; asked: string };

/** Explains a word of the glossary, or spells out a short form; otherwise offers what looks like it. */
export function define(
  { glossary, vocabulary }: { glossary: Glossary; vocabulary: Vocabulary },
  asked: string,
): Definition {
  const key = keyOf(wordsOf(asked));
  if (key === '') return { kind: 'no-word' };
  const has = (name: string) => keyOf(wordsOf(name)) === key;
  const ambiguous = vocabulary.ambiguous.find(({ form, could_mean }) => has(form) && could_mean.length > 1);
  if (ambiguous) return { kind: 'short-form', form: ambiguous.form, means: ambiguous.could_mean };
  const term =
    glossary.terms.find((one) => has(one.term) || one.id === asked) ??
    glossary.terms.find((one) => one.also_known_as.some(has));
  if (term) return { kind: 'term', term };
  const short = vocabulary.abbreviations.find(({ abbr }) => has(abbr));
  if (short) {
    const explained = glossary.terms.find((one) => keyOf(wordsOf(one.term)) === keyOf(wordsOf(short.means)));
    return explained
      ? { kind: 'term', term: explained }
      : { kind: 'short-form', form: short.abbr, means: [short.means] };
  }
  const spelled = vocabulary.ambiguous.find(({ form }) => has(form));
  if (spelled) return { kind: 'short-form', form: spelled.form, means: spelled.could_mean };

  const names = (one: GlossaryTerm) => [one.term, ...one.also_known_as];
  const like = nearest(asked, glossary.terms.flatMap(names));
  const words = wordsOf(asked).filter((word) => word.length >= 4);
  const terms = glossary.terms.filter(
    (one) =>
      (like !== undefined && names(one).includes(like)) ||
      names(one).some((name) =>
        wordsOf(name).some((word) => words.some((typed) => word.startsWith(typed.slice(0, 5)))),
      ),
  );
  return terms.length > 0 ? { kind: 'near', asked, terms: terms.slice(0, 5) } : { kind: 'unknown', asked };
}
