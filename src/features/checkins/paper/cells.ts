import { problemWithDate } from '../../../scheduler/recurrence.ts';
import { clip } from '../../../slack/text.ts';

/** What the answer to one question on paper is read as, or what is wrong with it, in words for whoever brought the list. */
export type Cell<Value> = { value: Value } | { wrong: string };

/** As it is compared: without what a spreadsheet, a form or a keyboard makes of it. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[‘’`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐-―−]/g, '-')
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim()
    .toLowerCase();

export const bare = (text: string): string => plain(text).replace(/[\s?.:*]+$/u, '');

/** So much of it as tells which it is. */
export const quote = (text: string): string => `“${clip(text.replace(/\s+/g, ' '), 60)}”`;

/** @param most in code points. */
export function wordsIn(cell: string, most: number): Cell<string> {
  const length = Array.from(cell).length;
  return length > most ? { wrong: `${length} characters, and it takes ${most}.` } : { value: cell };
}

/** A step by its number, or an end by its name. */
export function stepIn(
  cell: string,
  { min, max, low, high }: { min: number; max: number; low: string; high: string },
): Cell<number> {
  const ends = new Map([
    [plain(low), min],
    [plain(high), max],
  ]);
  const [, number] = /^(-?\d{1,3})(?:[.,]0+)?(?: ?\(.*\))?$/.exec(plain(cell)) ?? [];
  const value = number === undefined ? ends.get(plain(cell)) : Number(number);
  return value === undefined || value < min || value > max
    ? { wrong: `${quote(cell)} is not on the scale from ${min} to ${max}.` }
    : { value };
}

/** As a calendar or a spreadsheet writes it; in Britain the day stands first. */
export function dayIn(cell: string): Cell<string> {
  const value = cell
    .trim()
    .replace(
      /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/,
      (_, day: string, month: string, year: string) =>
        `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    );
  return problemWithDate(value) === undefined
    ? { value }
    : { wrong: `${quote(cell)} is no date. Please write it as 31/01/2027.` };
}

const noneOf = (cell: string) => ({ wrong: `${quote(cell)} is none of the answers to choose from.` });

/** The place of an option. */
export function oneIn(cell: string, options: readonly string[]): Cell<number> {
  const value = placeOf(cell, options);
  return value === undefined ? noneOf(cell) : { value };
}

/**
 * The places of options between semicolons, bars or line breaks, or between commas, though an option may have one itself.
 */
export function severalIn(
  cell: string,
  { options, maxChoices: most }: { options: readonly string[]; maxChoices?: number | undefined },
): Cell<number[]> {
  const whole = placeOf(cell, options);
  if (whole !== undefined) return { value: [whole] };
  const parts = (/[;|\n]/.test(cell) ? cell.split(/[;|\n]/) : byCommas(plain(cell), options))
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const values = new Set<number>();
  for (const part of parts) {
    const value = placeOf(part, options);
    if (value === undefined) return noneOf(part);
    values.add(value);
  }
  if (most !== undefined && values.size > most)
    return { wrong: `${values.size} answers are chosen, and it takes ${most}.` };
  return { value: [...values].toSorted((a, b) => a - b) };
}

function byCommas(cell: string, options: readonly string[]): string[] {
  const longestFirst = options.map(plain).toSorted((one, other) => other.length - one.length);
  const parts: string[] = [];
  for (let rest = cell; rest !== ''; ) {
    const option = longestFirst.find((one) => rest === one || rest.startsWith(`${one},`));
    const part = option ?? rest.split(',', 1)[0] ?? rest;
    parts.push(part);
    rest = rest.slice(part.length + 1).trim();
  }
  return parts;
}

/** An option by its words, or by its place, from 1. */
function placeOf(cell: string, options: readonly string[]): number | undefined {
  const byWords = options.findIndex((label) => bare(label) === bare(cell));
  if (byWords >= 0) return byWords;
  const place = /^\d{1,2}$/.test(cell.trim()) ? Number(cell) - 1 : -1;
  return options[place] === undefined ? undefined : place;
}
