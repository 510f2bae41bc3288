import { stemOf } from '../../../content/stem.ts';
import { isSmallWord, wordsOf } from '../../../content/words.ts';
import type { Names } from './names.ts';

/** The words of a text that say what it is about, without their endings. */
export type TellingStems = (text: string) => readonly string[];

/** While an index is built, several of its parts read the same texts: what was read is kept until `forget`. */
export function rememberStems(names: Names): { stemsIn: TellingStems; forget(): void } {
  let known: Map<string, readonly string[]> | undefined = new Map();
  return {
    stemsIn(text) {
      const before = known?.get(text);
      if (before) return before;
      const stems = names
        .join(wordsOf(text))
        .filter((word) => !isSmallWord(word))
        .map(stemOf);
      known?.set(text, stems);
      return stems;
    },
    forget() {
      known = undefined;
    },
  };
}
