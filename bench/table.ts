import type { Checkout, Subject } from './apps.ts';
import type { Size } from './community.ts';
import { median, type Row, ratio, type Sheet } from './measure.ts';

/** The tables, in words and figures that somebody can read in a terminal. */

const number = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const times = (value: number): string => `${value.toFixed(2)}×`;

const cellWidth = 8;
const cell = (text: string): string => text.padStart(cellWidth);

/** For each checkout a line under the other: bare, then each size and how often that is the bare app's, then the growth. */
export function tableOf(sheet: Sheet, checkouts: readonly Checkout[], sizes: readonly Size[]): string {
  const rows = sheet.rows;
  const hasBare = rows.some((row) => [...row.seen.keys()].some(({ kind }) => kind === 'bare'));
  const names = rows.flatMap(({ what }) => [what, ...checkouts.slice(1).map(inCheckout)]);
  const width = Math.max(...names.map((name) => name.length)) + 1;
  const grows = sizes.length > 1;
  const head = [
    ''.padEnd(width),
    ...(hasBare ? [cell('bare')] : []),
    ...sizes.flatMap((size) => [cell(`${size}×`), ...(hasBare ? [cell('to bare')] : [])]),
    ...(grows ? [`  ${`${sizes.at(-1)}× to ${sizes[0]}×`.padStart(10)}`] : []),
    rows.some(({ aim }) => aim !== '') ? '   aim' : '',
  ].join('');
  const lines = rows.flatMap((row) =>
    checkouts.map((checkout, index) => {
      const name = index === 0 ? row.what : inCheckout(checkout);
      const bare = seenBy(row, (subject) => subject.kind === 'bare');
      const bots = sizes.map((size) =>
        seenBy(
          row,
          (subject) => subject.kind === 'bot' && subject.checkout === checkout && subject.size === size,
        ),
      );
      const [smallest, largest] = [bots[0], bots.at(-1)];
      return [
        name.padEnd(width),
        ...(hasBare ? [cell(index === 0 && bare ? number(median(bare)) : '')] : []),
        ...bots.flatMap((seen) => [
          cell(seen ? number(median(seen)) : '–'),
          ...(hasBare ? [cell(seen && bare ? times(ratio(seen, bare)) : '')] : []),
        ]),
        ...(grows ? [`  ${(smallest && largest ? times(ratio(largest, smallest)) : '').padStart(10)}`] : []),
        index === 0 && row.aim ? `   ${row.aim}` : '',
      ]
        .join('')
        .trimEnd();
    }),
  );
  return [sheet.title, head, ...lines].join('\n');
}

const inCheckout = ({ name }: Checkout): string => `  in ${name}`;

const seenBy = (row: Row, fits: (subject: Subject) => boolean): number[] | undefined =>
  [...row.seen].find(([subject]) => fits(subject))?.[1];
