import { distance } from 'fastest-levenshtein';
import { wordsOf } from '../../content/words.ts';

type Named = { id: string; name: string; also?: readonly string[] };

const linking = new Set(['the', 'and']);

/** Without what people write one way or the other: case, accents, full stops, hyphens, spaces, "the", "&". */
export function foldName(name: string): string {
  const words = wordsOf(name);
  return words.filter((word) => !linking.has(word)).join('') || words.join('');
}

type Read = { folded: string; telling: readonly string[] };
const names = new WeakMap<Named, Read[]>();

/** Its name and short forms as they are compared: read once, since somebody who types asks with every letter. */
function namesOf(one: Named): Read[] {
  const known = names.get(one);
  if (known) return known;
  const read = [one.name, ...(one.also ?? [])].map((name) => ({
    folded: foldName(name),
    telling: tellingOf(name),
  }));
  names.set(one, read);
  return read;
}

/** All that are called so, by their name or a short form: of several nobody can tell which is meant. */
export function calledSo<One extends Named>(typed: string, known: readonly One[]): One[] {
  const folded = foldName(typed);
  if (folded === '') return [];
  return known.filter((one) => namesOf(one).some((name) => name.folded === folded));
}

/** Of `likeness`: what is nearer comes first, and what is none of these is not alike. */
const nearness = { same: 0, begins: 1, words: 2, slip: 3, slips: 4 } as const;

/**
 * Those that may be meant by what somebody types, the nearest first: called so, beginning so, holding each word, holding
 * each but for a slip of the finger.
 */
export function alike<One extends Named>(typed: string, known: readonly One[]): One[] {
  const folded = foldName(typed);
  if (folded === '') return [];
  const words = tellingOf(typed);
  return known
    .flatMap((one) => {
      const nearest = Math.min(...namesOf(one).map((name) => likeness({ folded, words }, name)));
      return Number.isFinite(nearest) ? [{ one, nearest }] : [];
    })
    .toSorted((a, b) => a.nearest - b.nearest || a.one.name.localeCompare(b.one.name, 'en-GB'))
    .map(({ one }) => one);
}

function likeness(
  { folded, words }: { folded: string; words: readonly string[] },
  { folded: other, telling: theirs }: Read,
): number {
  if (other === folded) return nearness.same;
  if (other.startsWith(folded)) return nearness.begins;
  if (words.every((word) => theirs.some((one) => one.startsWith(word)))) return nearness.words;
  if (isSlip(folded, other)) return nearness.slip;
  const isMeant = words.every((word) => theirs.some((one) => one.startsWith(word) || isSlip(word, one)));
  return isMeant ? nearness.slips : Infinity;
}

const tellingOf = (name: string): string[] => {
  const words = wordsOf(name);
  const telling = words.filter((word) => !linking.has(word));
  return telling.length > 0 ? telling : words;
};

/** One letter wrong, missing or too many, or two swapped; in longer words two of those. */
function isSlip(typed: string, meant: string): boolean {
  const shorter = Math.min(typed.length, meant.length);
  if (shorter < 4 || Math.abs(typed.length - meant.length) > 2) return false;
  const far = distance(typed, meant);
  return far <= (shorter < 8 ? 1 : 2) || (far === 2 && isSwap(typed, meant));
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let first = 0;
  while (first < a.length && a[first] === b[first]) first += 1;
  return a[first] === b[first + 1] && a[first + 1] === b[first] && a.slice(first + 2) === b.slice(first + 2);
}

/**
 * The general choice that a name of a single school, nursery or practice stands under: its words hold one of those that
 * tell, or end in one that tells there.
 */
export function generalFor<One extends { singleIf: readonly string[]; singleIfLast: readonly string[] }>(
  typed: string,
  general: readonly One[],
): One | undefined {
  const said = ` ${wordsOf(typed).join(' ')} `;
  const spaced = (word: string) => ` ${wordsOf(word).join(' ')} `;
  return (
    general.find(({ singleIf }) => singleIf.some((word) => said.includes(spaced(word)))) ??
    general.find(({ singleIfLast }) => singleIfLast.some((word) => said.endsWith(spaced(word))))
  );
}
