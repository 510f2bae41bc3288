import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { section } from './blocks.ts';
import { clip, mrkdwn, piecesOf } from './text.ts';

/**
 * Slack's own charts and tables. They stand in messages and in App Home, never in windows, and a view holds two charts at
 * most. Say beside each what it shows: a client that cannot draw it leaves it out, and so does
 * `withoutCharts` with charts.
 * @see https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
type DataVisualization = {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar' | 'line';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; x_label?: string; y_label?: string };
  };
};

/** A page takes no more of them. */
export const mostCharts = 2;
export const longestTitle = 50;
const longestLabel = 20;
const mostPoints = 20;

export type Chart = {
  type: 'bar' | 'line';
  title: string;
  /** What a value is one of: "People". */
  of: string;
  points: readonly { label: string; value: number; before?: number | undefined }[];
  under?: string;
  beside?: string;
};

/**
 * One series of values, or two where each has one from before. Labels that read the same once they are cut are told apart.
 */
export function chart({ type, title, of, points, under, beside }: Chart): KnownBlock {
  const shown = points.slice(0, mostPoints);
  const labels = apart(shown.map(({ label }) => label));
  const dataOf = (taken: (point: (typeof shown)[number]) => number) =>
    shown.map((point, at) => ({ label: labels[at] ?? '', value: taken(point) }));
  const isPaired = shown.some(({ before }) => before !== undefined);
  const now = dataOf(({ value }) => value);
  const block: DataVisualization = {
    type: 'data_visualization',
    title: clip(title, longestTitle),
    chart: {
      type,
      series: isPaired
        ? [
            { name: 'Before', data: dataOf(({ before = 0 }) => before) },
            { name: 'After', data: now },
          ]
        : [{ name: clip(of, longestLabel), data: now }],
      axis_config: {
        categories: labels,
        ...(under !== undefined && { x_label: clip(under, longestTitle) }),
        ...(beside !== undefined && { y_label: clip(beside, longestTitle) }),
      },
    },
  };
  // @slack/types does not have it yet.
  return block as unknown as KnownBlock;
}

/**
 * Questions often begin or end alike, and cut to so few letters would read the same: where one is cut, what all share is
 * left out, and of each there is what stands beside that.
 */
function telling(labels: readonly string[]): string[] {
  if (labels.length < 2 || labels.every((label) => label.length <= longestLabel)) return [...labels];
  const words = labels.map((label) => label.split(' '));
  const many = Math.min(...words.map(({ length }) => length)) - 1;
  const shared = (wordAt: (all: readonly string[], place: number) => string | undefined): number => {
    let place = 0;
    while (place < many && words.every((all) => wordAt(all, place) === wordAt(words[0] ?? [], place)))
      place += 1;
    return place;
  };
  const first = shared((all, place) => all[place]);
  if (first > 0) return words.map((all) => all.slice(first).join(' '));
  const last = shared((all, place) => all.at(-1 - place));
  if (last === 0) return [...labels];
  return words.map((all) => lastOf(all.slice(0, all.length - last)));
}

/** As many of the last words as there is room for; one at least. */
function lastOf(words: readonly string[]): string {
  let from = words.length - 1;
  while (from > 0 && words.slice(from - 1).join(' ').length <= longestLabel) from -= 1;
  return words.slice(Math.max(from, 0)).join(' ');
}

function apart(all: readonly string[]): string[] {
  const labels = telling(all);
  const taken = new Set<string>();
  return labels.map((label) => {
    let cut = clip(label, longestLabel) || '–';
    for (let number = 2; taken.has(cut); number += 1)
      cut = `${clip(label, longestLabel - 1 - String(number).length)} ${number}`;
    taken.add(cut);
    return cut;
  });
}

/** A table whose first row heads the others, and whose first column names them. At most 20 columns and 100 rows. */
export const dataTable = (caption: string, rows: readonly (readonly string[])[]): KnownBlock => ({
  type: 'data_table',
  caption,
  rows: rows.slice(0, 101).map((row) => row.slice(0, 20).map((text) => ({ type: 'raw_text', text }))),
  page_size: 20,
  row_header_column_index: 0,
});

export const countCharts = (blocks: readonly { type: string }[]): number =>
  blocks.filter(({ type }) => type === 'data_visualization').length;

/** A page of blocks holds so many characters at most, well below Slack's limits for a screen. */
const charactersOnPage = 20_000;

/**
 * Blocks on as few pages as need be, in their order. What belongs together stays together, unless it is more than a page
 * takes by itself.
 */
export function paginate(
  groups: readonly KnownBlock[][],
  { most, charts = Number.POSITIVE_INFINITY }: { most: number; charts?: number },
): KnownBlock[][] {
  const pages: KnownBlock[][] = [[]];
  let characters = 0;
  for (const group of groups) {
    const size = JSON.stringify(group).length;
    const last = pages.at(-1) ?? [];
    const isFull =
      last.length > 0 &&
      (last.length + group.length > most ||
        characters + size > charactersOnPage ||
        countCharts(last) + countCharts(group) > charts);
    if (isFull) {
      pages.push([...group]);
      characters = size;
    } else {
      last.push(...group);
      characters += size;
    }
  }
  return pages;
}

const isDrawn = ({ type }: { type: string }): boolean =>
  type === 'data_visualization' || type === 'data_table' || type === 'table';

/** What is left where Slack takes none of them: the words beside, and of a table its rows as lines. */
export const withoutCharts = <Block extends { type: string }>(
  blocks: readonly Block[],
): (Block | KnownBlock)[] =>
  blocks.flatMap<Block | KnownBlock>((block) =>
    block.type === 'data_table' ? inLines(block) : isDrawn(block) ? [] : [block],
  );

const tableRows = z.object({ caption: z.string(), rows: z.array(z.array(z.object({ text: z.string() }))) });

function inLines(block: unknown): KnownBlock[] {
  const table = tableRows.safeParse(block).data;
  const [head = [], ...rows] = table?.rows ?? [];
  if (!table || rows.length === 0) return [];
  const lines = rows.map(([name, ...cells]) => {
    const said = cells.map(({ text }, at) =>
      cells.length === 1 ? text : `${head[at + 1]?.text ?? ''} ${text}`,
    );
    return `${name?.text ?? ''}: ${said.join(', ')}`;
  });
  return piecesOf([table.caption, ...lines.map((line) => `• ${line}`)].join('\n')).map((text) =>
    section(mrkdwn`${text}`),
  );
}
