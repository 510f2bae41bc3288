import { mayBeName } from '../../../content/no-names.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { findFullNames } from '../../../safeguarding/name.ts';

/**
 * Full names in a suggestion: an author's, an inquiry's or a child's. Nothing in a title tells which, so whoever suggests it is
 * asked once.
 */
export const namedIn = (text: string): Finding[] =>
  findFullNames(text).map((one) => ({ kind: 'name', ...one }));

/** "/emma-johnson-2014": two words beside each other in the path of an address that are no words. */
export function isNamedInAddress(url: string): boolean {
  // As it will be read: most people leave out the beginning.
  const { pathname = '', search = '' } = URL.parse(url) ?? URL.parse(`https://${url}`) ?? {};
  const parts = readable(pathname + search).split(/[/?&=#]/);
  return parts.some((part) => {
    const words = part.replace(/\.\p{L}{2,5}$/u, '').split(/[^\p{L}\p{M}]+/u);
    return words.some((word, nth) => isFirstOfTwo(word, words[nth + 1]));
  });
}

const isFirstOfTwo = (word: string, next = ''): boolean => isSpoken(word) && isSpoken(next);

/** "uktc" and "nspcc" are letters, and nobody's name. */
const isSpoken = (word: string): boolean =>
  /^\p{L}{3,}$/u.test(word) && /[aeiouy]/i.test(word) && mayBeName(word.toLowerCase());

/** Addresses are written with signs in place of letters, not always rightly. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export const isNamedAnywhere = ({ title, url, why }: { title: string; url: string; why: string }): boolean =>
  namedIn(title).length > 0 || namedIn(why).length > 0 || isNamedInAddress(url);
