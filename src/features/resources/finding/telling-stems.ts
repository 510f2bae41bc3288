import { stemOf } from '../../../content/stem.ts';
import { tellingWords } from '../../../content/words.ts';

/** The words of a text that say what it is about, without their endings. */
export type TellingStems = (text: string) => readonly string[];

/** While an index is built, several of its parts read the same texts: what was read is kept until `forget`. */
export function rememberStems(): { stemsIn: TellingStems; forget(): void } {
  let known: Map<string, readonly string[]> | undefined = new Map();
  return {
    stemsIn(text) {
      const before = known?.get(text);
      if (before) return before;
      const stems = tellingWords(text).map(stemOf);
      known?.set(text, stems);
      return stems;
    },
    forget() {
      known = undefined;
    },
  };
}
