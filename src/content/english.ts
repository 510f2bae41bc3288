import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Remembered } from '../lib/remembered.ts';
import { beginningOfTalk } from './frequencies.ts';

/**
 * Whether something is an English word as it is, so that nobody is "corrected" who spelt well. The list is kept as the
 * bytes of its file, half a megabyte, and looked through only where a word would be corrected: 100,000 strings would take
 * twenty times as much.
 */
export const isEnglish = (word: string): boolean =>
  asked.get(
    word,
    () =>
      /^[a-z]+$/.test(word) && (has(word, '') || british().endings.some((ending) => hasWith(word, ending))),
  );

/** The same words come again and again, and are asked about for several reasons each time. */
const asked = new Remembered<boolean>(5_000);

/** "sleeps" from "sleep" by the rule S: `add` in place of `strip`, after what fits `after`; `before` for "un-". */
type Ending = { flag: string; strip: string; add: string; after: RegExp; isBefore: boolean };

let kept: { list: Buffer; endings: Ending[] } | undefined;

function british(): NonNullable<typeof kept> {
  if (kept) return kept;
  const folder = dirname(createRequire(import.meta.url).resolve('dictionary-en-gb'));
  const rules = readFileSync(join(folder, 'index.aff'), 'utf8').matchAll(
    /^([SP])FX (\S) +(\S+) +([^\s/]+)(?:\/\S+)? +(\S+)$/gm,
  );
  const endings = [...rules].map(([, kind, flag = '', strip = '', add = '', after = '.']) => ({
    flag,
    strip: strip === '0' ? '' : strip,
    // Words of a question have no apostrophe: "child's" is "childs", and "stress's" nobody types.
    add: add.replace("'", ''),
    after: new RegExp(kind === 'P' ? `^${after}` : add === "'s" ? '[^s]$' : `${after}$`),
    isBefore: kind === 'P',
  }));
  kept = { list: readFileSync(join(folder, 'index.dic')), endings };
  return kept;
}

function hasWith(word: string, { flag, strip, add, after, isBefore }: Ending): boolean {
  if (isBefore ? !word.startsWith(add) : !word.endsWith(add)) return false;
  const base = isBefore ? strip + word.slice(add.length) : word.slice(0, word.length - add.length) + strip;
  return base.length > 1 && after.test(base) && has(base, flag);
}

/** As it is written, with this flag, if one is given. The list has "word/FLAGS", a line each, in their order. */
function has(word: string, flag: string): boolean {
  const { list } = british();
  const line = (from: number): string => {
    const end = list.indexOf(lineEnd, from);
    return list.toString('latin1', from, end < 0 ? list.length : end);
  };
  // The first line that is no smaller: `low` begins a line that may be it, and so does `high`.
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // The beginning of the line that the middle is in, a line's end being the last of it.
    const from = middle === 0 ? 0 : Math.max(low, list.lastIndexOf(lineEnd, middle - 1) + 1);
    const text = line(from);
    if (text < word) low = from + text.length + 1;
    else high = from;
  }
  for (let text = line(low); text.startsWith(word); text = line(low)) {
    const next = text.charAt(word.length);
    if (next === '' ? flag === '' : next === '/' && text.indexOf(flag, word.length) >= 0) return true;
    if (next > '/') return false;
    low += text.length + 1;
  }
  return false;
}

const lineEnd = 10;

/** The English words that fit, all of which are by `isEnglish`; some come twice. It goes through the whole list. */
export function* englishWords(fits: (word: string) => boolean): Generator<string> {
  const { list, endings } = british();
  for (const line of list.toString('latin1').split('\n')) {
    const [base = '', flags = ''] = line.split('/');
    if (!/^[a-z]{2,}$/.test(base)) continue;
    if (fits(base)) yield base;
    for (const { flag, strip, add, after, isBefore } of endings) {
      if (!flags.includes(flag) || !after.test(base)) continue;
      const word = isBefore
        ? add + base.slice(strip.length)
        : base.slice(0, base.length - strip.length) + add;
      if (fits(word)) yield word;
    }
  }
}

/** "Hope" and "Baker": the list has it with a capital as well, or it is mostly written with one. */
export function isNameToo(word: string): boolean {
  const written = word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
  return has(written, '') || isWrittenWithCapital(written);
}

/** "Ruby" and "Grace": written with a capital in nearly all talk, though there is a word of the same letters. */
export const isWrittenWithCapital = (word: string): boolean => capitals().has(word);

/** The commonest words suffice; the rest is not read. */
const bytesRead = 1_000_000;

let namelike: ReadonlySet<string> | undefined;

function capitals(): ReadonlySet<string> {
  if (namelike) return namelike;
  const words = beginningOfTalk(bytesRead).matchAll(/"word": "(\p{Lu}\p{Ll}+)"/gu);
  namelike = new Set([...words].map(([, word = '']) => word));
  return namelike;
}
