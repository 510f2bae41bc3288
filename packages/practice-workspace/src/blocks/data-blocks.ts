import { z } from 'zod';
import { lengthOf } from '../json.ts';
import { richTextBlock } from './rich-text.ts';
import { blockId, chars, items } from './text.ts';

/**
 * Tables and charts. /reference/block-kit/blocks/table-block, …/data-table-block, …/data-visualization-block.
 * `@slack/types` 3.2 lacks data_visualization; its fields and limits are from its page.
 */

const rawText = z.strictObject({ type: z.literal('raw_text'), text: chars(10_000) });
const rawNumber = z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: chars(10_000) });
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richTextBlock]);

function sameLength(rows: unknown[][]): boolean {
  return rows.every((row) => row.length === rows[0]?.length);
}

const sameColumns = { error: 'all rows must have the same number of cells' };

export const table = z.strictObject({
  type: z.literal('table'),
  block_id: blockId.optional(),
  rows: items(items(cell, 1, 20), 1, 100).refine(sameLength, sameColumns),
  column_settings: items(
    z.union([
      z.null(),
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    ]),
    1,
    20,
  ).optional(),
});

/** Texts of a table's cells; Slack allows 10,000 characters over all of them. */
function tableLength(rows: unknown): number {
  let length = 0;
  JSON.stringify(rows, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') length += lengthOf(value);
    return value;
  });
  return length;
}

export const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: blockId.optional(),
    caption: z.string().min(1, 'must be more than 0 characters'),
    rows: items(items(cell, 1, 20), 2, 101)
      .refine(sameLength, sameColumns)
      .refine((rows) => (rows[0] ?? []).every((one) => one.type !== 'rich_text'), {
        error: 'rich_text cannot be used for header cells',
      })
      .refine((rows) => tableLength(rows) <= 10_000, {
        error: 'must be less than 10001 characters over all cells',
      }),
    page_size: z
      .int()
      .refine((value) => value >= 1 && value <= 100, { error: 'must be a number between 1 and 100' })
      .optional(),
    row_header_column_index: z.int().min(0, 'must be at least 0').optional(),
  })
  .refine((block) => (block.row_header_column_index ?? 0) < (block.rows[0]?.length ?? 0), {
    error: 'row_header_column_index must name a column',
  });

const point = z.strictObject({ label: chars(20), value: z.number() });
const series = items(z.strictObject({ name: chars(20), data: items(point, 1, 20) }), 1, 6).refine(
  (list) => new Set(list.map((one) => one.name)).size === list.length,
  { error: 'series names must be unique' },
);
const axisConfig = z.strictObject({
  categories: items(chars(20), 1, 20).refine((list) => new Set(list).size === list.length, {
    error: 'categories must be unique',
  }),
  x_label: chars(50).optional(),
  y_label: chars(50).optional(),
});

/** Each series has exactly one point for each category. */
function pointsMatchCategories(chart: {
  series: { data: { label: string }[] }[];
  axis_config: { categories: string[] };
}): boolean {
  const wanted = [...chart.axis_config.categories].sort();
  return chart.series.every((one) => {
    const labels = one.data.map((datum) => datum.label).sort();
    return labels.length === wanted.length && labels.every((label, index) => label === wanted[index]);
  });
}

function plotted<Type extends 'bar' | 'area' | 'line'>(type: Type) {
  return z
    .strictObject({ type: z.literal(type), series, axis_config: axisConfig })
    .refine(pointsMatchCategories, { error: 'data labels must match axis_config categories' });
}

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: items(
    z.strictObject({
      label: chars(20),
      value: z.number().refine((value) => value > 0, { error: 'must be more than 0' }),
    }),
    1,
    6,
  ),
});

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId.optional(),
  title: chars(50),
  chart: z.discriminatedUnion('type', [pie, plotted('bar'), plotted('area'), plotted('line')]),
});
