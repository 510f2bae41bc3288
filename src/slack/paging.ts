import type { Button } from '@slack/types';
import { button } from './blocks.ts';
import { placeNumber } from './packed.ts';
import { count } from './text.ts';

/** Where somebody is in a list: the page from 0, and of how many; an empty list has one empty page. */
export type Turn = { page: number; pages: number };

/** The page that is shown when `wanted` is asked for: the last one where the list has become shorter meanwhile. */
export function turnTo(wanted: number, total: number, size: number): Turn & { offset: number } {
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(0, Math.trunc(wanted) || 0), pages - 1);
  return { page, pages, offset: page * size };
}

/** One page of a list that is in memory. */
export function pageOf<T>(items: readonly T[], wanted: number, size: number): Turn & { shown: T[] } {
  const { offset, ...turn } = turnTo(wanted, items.length, size);
  return { ...turn, shown: items.slice(offset, offset + size) };
}

/** What of a list is in sight, in words: "3 resources", "1–5 of 12 resources", "6 of 6 resources" for the last one alone. */
export function sayRange(
  { from, shown, total }: { from: number; shown: number; total: number },
  one: string,
  many: string,
): string {
  if (shown >= total) return count(total, one, many);
  return `${shown === 1 ? from + 1 : `${from + 1}–${from + shown}`} of ${total} ${many}`;
}

/** The page that a button carries; anything else is the first one. */
export const wantedPage = (value: string | undefined): number => placeNumber.parse(value ?? '0');

type Way = { text: string; id: string; label?: string };

/** The buttons that turn the page, where there is one to turn to. @param value what the button to a page carries. */
export function turnButtons(
  { page, pages }: Turn,
  { back, more, value = String }: { back?: Way; more: Way; value?: (page: number) => string },
): Button[] {
  const to = ({ text, id, label }: Way, wanted: number) =>
    button(text, id, { value: value(wanted), ...(label && { label }) });
  return [
    ...(back && page > 0 ? [to(back, page - 1)] : []),
    ...(page < pages - 1 ? [to(more, page + 1)] : []),
  ];
}
