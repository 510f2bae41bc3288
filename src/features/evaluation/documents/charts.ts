import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { format, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from '../../findings.ts';
import { sayNumber } from './plain.ts';

/** Slow to load: only what is begun by `drawApart` imports it. */

use([BarChart, GridComponent, SVGRenderer]);

/** A chart as SVG. Width and height in pixels, of which a page has 96 to an inch. */
export type Drawing = { svg: string; width: number; height: number };

type Size = {
  width: number;
  /** How wide a label is at most, by letters a little wider than Arial's, and the room left of it for wider ones. */
  labels: number;
  spare: number;
  font: number;
  /** Into how many parts the scale is divided at most. */
  parts: number;
};
const sizes = {
  /** As wide as what is written on an A4 page. */
  page: { width: 640, labels: 236, spare: 36, font: 13, parts: 5 },
  /** For the small screen of a phone, where the other would be too small to read. */
  phone: { width: 340, labels: 120, spare: 16, font: 12, parts: 2 },
} as const satisfies Record<string, Size>;
export type ChartSize = keyof typeof sizes;

/** What a page has room for below a heading and a caption. */
const mostHeight = 780;
/** With its numbers. */
const axisHeight = 38;
/** Longer ones stand in full in what is said of the chart. */
const longestLabel = 150;

const family = 'Arial, Arimo, Liberation Sans, Helvetica, sans-serif';
const black = '#000000';
/** They differ in lightness as well, for who prints in black and white, and have the same outline. */
const fills = { before: '#c3d9e0', after: '#1f4e5f' };

/** One that is too high for a page is drawn as several, on the same scale. */
export function drawChart(chart: Chart, size: ChartSize): Drawing[] {
  const { points } = chart;
  const band = bandOf(chart, sizes[size]);
  const pieces = Math.ceil(points.length / Math.max(1, Math.floor((mostHeight - axisHeight) / band)));
  if (pieces <= 1) return [drawPoints(chart, sizes[size], band)];
  const each = Math.ceil(points.length / pieces);
  const highest = Math.max(...points.flatMap(({ value, before }) => [value, before ?? value]));
  const to = chart.to ?? Math.ceil(highest / 5) * 5;
  return Array.from({ length: pieces }, (_, nth) =>
    drawPoints({ ...chart, to, points: points.slice(nth * each, (nth + 1) * each) }, sizes[size], band),
  );
}

/** What the chart says, for whoever cannot see it. */
export function sayChart({ finding, points, unit }: Chart): string {
  const values = points.map(({ label, value, before }) =>
    before === undefined
      ? `${label}: ${sayNumber(value)}`
      : `${label}: ${sayNumber(before)} before, ${sayNumber(value)} after`,
  );
  return `${finding} ${unit}. ${values.join('; ')}.`;
}

/** How high the room for each point is: all have the same. */
function bandOf({ points, type }: Chart, size: Size): number {
  const lines = Math.max(...points.map(({ label }) => wrapped(shortened(label), size.labels, size).length));
  return Math.max(type === 'pairs' ? 56 : 32, lines * lineHeight(size) + 14);
}

const lineHeight = ({ font }: Size): number => Math.round(font * 1.25);

/** The library's own way to break lines looks at the clock: on a busy machine they would break elsewhere. */
function wrapped(words: string, width: number, { font }: Size): string[] {
  const fits = (line: string) => format.getTextRect(line, `${font}px ${family}`).width <= width;
  const lines = [''];
  for (const word of words.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (fits(line)) {
      lines[lines.length - 1] = line;
      continue;
    }
    lines.push('');
    for (const { segment } of letters.segment(word)) {
      const more = `${lines.at(-1)}${segment}`;
      if (fits(more)) lines[lines.length - 1] = more;
      else lines.push(segment);
    }
  }
  return lines.filter((line) => line !== '');
}
const letters = new Intl.Segmenter('en-GB');

function shortened(label: string): string {
  const line = label.replace(/\s+/g, ' ').trim();
  if (line.length <= longestLabel) return line;
  const cut = line.slice(0, longestLabel).toWellFormed();
  return `${cut.replace(/\s+\S{0,20}$/, '')}…`;
}

function drawPoints({ type, points, unit, from, to }: Chart, size: Size, band: number): Drawing {
  const name = wrapped(shortened(unit), size.width * 0.65, size);
  const nameHeight = name.length * lineHeight(size);
  const height = Math.round(points.length * band) + axisHeight + nameHeight;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: size.width, height });
  const text = { color: black, fontFamily: family, fontSize: size.font };
  const bars = (name: 'before' | 'after') => ({
    type: 'bar' as const,
    silent: true,
    barWidth: 18,
    barGap: '12%',
    itemStyle: { color: fills[name], borderColor: fills.after, borderWidth: 1 },
    data: points.map((point) => {
      const value = name === 'before' ? point.before : point.value;
      if (value === undefined) return '-';
      return {
        value,
        label: {
          ...text,
          show: true,
          position: value < 0 ? ('left' as const) : ('right' as const),
          textBorderWidth: 0,
          formatter: type === 'pairs' ? `${sayNumber(value)} ${name}` : sayNumber(value),
        },
      };
    }),
  });
  chart.setOption({
    animation: false,
    grid: {
      left: size.spare,
      // What stands beside the longest bar.
      right: type === 'pairs' ? 80 : 44,
      top: 4,
      bottom: 10 + nameHeight,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'value',
      min: from ?? (points.some(({ value, before = 0 }) => Math.min(value, before) < 0) ? null : 0),
      max: to ?? null,
      ...(to === undefined
        ? { minInterval: 1, splitNumber: size.parts }
        : { interval: evenly(to - (from ?? 0), size.parts) }),
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: black } },
      axisTick: { show: true },
      axisLabel: { ...text, formatter: (value: number) => sayNumber(value) },
      name: name.join('\n'),
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: { ...text, lineHeight: lineHeight(size) },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: points.map(({ label }) => wrapped(shortened(label), size.labels, size).join('\n')),
      axisLine: { show: true, onZero: false, lineStyle: { color: black } },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        interval: 0,
        lineHeight: lineHeight(size),
      },
    },
    series: type === 'pairs' ? [bars('before'), bars('after')] : [bars('after')],
  });
  const svg = tidied(chart.renderToSVGString());
  chart.dispose();
  return { svg, width: size.width, height };
}

/** Steps that end where the scale ends: whole ones where there are any. */
const evenly = (length: number, parts: number): number =>
  length / (range(parts).findLast((part) => Number.isInteger(length / part)) ?? 1);

const range = (parts: number): number[] => Array.from({ length: parts }, (_, nth) => nth + 1);

/**
 * Without what is there for a mouse and differs from one drawing to the next, and with the middle of each text said by where
 * it begins: Word and LibreOffice know no `dominant-baseline`, and would write everything half a line too high.
 */
const tidied = (svg: string): string =>
  svg
    .replace(/<style.*<\/style>\s*/s, '')
    .replace(/ class="zr[^"]*"| pointer-events="visible"| xml:space="preserve"/g, '')
    .replace(/<path d="[^"]*"(?: transform="[^"]*")? fill="none"><\/path>\n/g, '')
    .replace(
      /<text dominant-baseline="central"([^>]*?font-size:(\d+)px[^>]*?)(?: y="([^"]*)")?( transform[^>]*)>\s*([^<]*?)\s*<\/text>/g,
      (_all, before: string, font: string, y: string | undefined, after: string, words: string) =>
        `<text${before} y="${Number(y ?? 0) + Math.round(Number(font) * 0.35)}"${after}>${words}</text>`,
    );
