import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChartData } from './chart-data.ts';
import { axisTicks, chartSummary, numberText, readChart, shareText, wedge } from './chart-data.ts';
import { html, make } from './html.ts';
import type { Obj } from './json.ts';

/** A `data_visualization` block: the shape, the same as a table, and the same as a sentence. */
export function Chart({ block }: { block: Obj }): VNode {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(520);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    // Drawn at its real width, so that letters keep their size on a phone.
    const observer = new ResizeObserver(() => setWidth(Math.max(220, Math.floor(element.clientWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const chart = readChart(block);
  if (!chart) return html`<p class="unknown">This practice workspace cannot draw this chart.</p>`;
  const draw = chart.kind === 'pie' ? Pie : chart.kind === 'bar' && crowded(chart, width) ? LyingBars : Plot;
  return html`<figure class="chart">
    <figcaption class="chart-title">${chart.title}</figcaption>
    <div ref=${frame}>${make(draw, { chart, width })}</div>
    ${chart.kind !== 'pie' && chart.series.length > 1 ? legend(chart) : null}
    <details class="chart-table"><summary>Show as a table</summary>${table(chart)}</details>
  </figure>`;
}

type Props = { chart: ChartData; width: number };
const letter = 6.4;

function crowded({ categories }: ChartData, width: number): boolean {
  const longest = Math.max(...categories.map((category) => category.length));
  return longest * letter > (width - 48) / categories.length;
}

function legend(chart: ChartData): VNode {
  return html`<ul class="legend">${chart.series.map(
    (one, index) =>
      html`<li><svg viewBox="0 0 22 12" aria-hidden="true" class=${`series-${index % 12}`}>${
        chart.kind === 'line'
          ? html`<path class="line" d="M1 6h20" />`
          : html`<rect class="bar" x="5" width="12" height="12" rx="3" />`
      }</svg>${one.name}</li>`,
  )}</ul>`;
}

function table(chart: ChartData): VNode {
  const pie = chart.kind === 'pie';
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${`${chart.title}, as a table`}><table class="table">
    <thead><tr><th scope="col">${chart.xLabel || (pie ? 'Part' : '')}</th>
      ${chart.series.map((one) => html`<th scope="col" class="number">${pie ? 'Value' : one.name}</th>`)}</tr></thead>
    <tbody>${chart.categories.map(
      (category, index) => html`<tr><th scope="row">${category}</th>
        ${chart.series.map((one) => html`<td class="number">${numberText(one.values[index])}</td>`)}</tr>`,
    )}</tbody></table></div>`;
}

function svg(chart: ChartData, width: number, height: number, inside: unknown): VNode {
  return html`<svg class="plot" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${chartSummary(chart)}>${inside}</svg>`;
}

function Plot({ chart, width }: Props): VNode {
  const height = 240;
  const ticks = axisTicks(chart.series.flatMap((one) => one.values));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const left = 14 + Math.max(...ticks.map((tick) => numberText(tick).length)) * 7 + (chart.yLabel ? 18 : 0);
  const top = 14;
  const bottom = height - (chart.xLabel ? 44 : 26);
  const slot = (width - left - 8) / chart.categories.length;
  const x = (index: number) => left + slot * (index + 0.5);
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - top);
  // Names that would run into each other are left out in between; the table has them all.
  const longest = Math.max(...chart.categories.map((category) => category.length)) * letter + 8;
  const every = Math.max(1, Math.ceil(longest / slot));
  return svg(
    chart,
    width,
    height,
    html`
      ${ticks.map(
        (
          tick,
        ) => html`<g><path class=${tick === 0 ? 'axis' : 'gridline'} d=${`M${left} ${y(tick)}H${width - 8}`} />
          <text x=${left - 8} y=${y(tick) + 4} text-anchor="end">${numberText(tick)}</text></g>`,
      )}
      ${chart.categories.map((category, index) =>
        index % every === 0
          ? html`<text x=${x(index)} y=${bottom + 18} text-anchor="middle">${category}</text>`
          : null,
      )}
      ${chart.xLabel ? html`<text class="axis-name" x=${(left + width) / 2} y=${height - 4} text-anchor="middle">${chart.xLabel}</text>` : null}
      ${chart.yLabel ? html`<text class="axis-name" transform=${`translate(12 ${(top + bottom) / 2}) rotate(-90)`} text-anchor="middle">${chart.yLabel}</text>` : null}
      ${chart.kind === 'bar' ? bars(chart, slot, x, y) : curves(chart, x, y)}`,
  );
}

type Scale = (value: number) => number;

function bars(chart: ChartData, slot: number, x: Scale, y: Scale): VNode[] {
  const count = chart.series.length;
  const thick = Math.min(44, (slot * 0.72) / count);
  return chart.series.map(
    (one, series) =>
      html`<g class=${`series-${series % 12}`}>${one.values.map((value, index) => {
        if (value === undefined) return null;
        const at = x(index) - (thick * count) / 2 + thick * series;
        const wide = Math.max(1, thick - 2);
        const words =
          wide > 14
            ? html`<text class="value" x=${at + wide / 2} y=${y(Math.max(0, value)) - 5} text-anchor="middle">${numberText(value)}</text>`
            : null;
        return html`<g><rect class="bar" x=${at} y=${Math.min(y(value), y(0))} width=${wide} height=${Math.max(1, Math.abs(y(value) - y(0)))} rx="3">
        <title>${chart.categories[index]}: ${numberText(value)}</title></rect>${words}</g>`;
      })}</g>`,
  );
}

function curves(chart: ChartData, x: Scale, y: Scale): VNode[] {
  return chart.series.map((one, series) => {
    const points = one.values.flatMap((value, index) => (value === undefined ? [] : [{ value, index }]));
    const path = points
      .map(({ value, index }, at) => `${at === 0 ? 'M' : 'L'}${x(index)} ${y(value)}`)
      .join('');
    const first = points[0];
    const last = points.at(-1);
    const ground = first && last ? `${path}L${x(last.index)} ${y(0)}L${x(first.index)} ${y(0)}Z` : '';
    return html`<g class=${`series-${series % 12}`}>
      ${chart.kind === 'area' ? html`<path class="ground" d=${ground} />` : null}
      <path class="line" d=${path} />
      ${points.map(
        ({ value, index }) =>
          html`<circle class="dot" cx=${x(index)} cy=${y(value)} r="4"><title>${chart.categories[index]}: ${numberText(value)}</title></circle>`,
      )}</g>`;
  });
}

/** Bars that lie down, where the names of the categories are too long to stand under each other. */
function LyingBars({ chart, width }: Props): VNode {
  const thick = 16;
  const rowHeight = chart.series.length * thick + 30;
  const high = Math.max(1, ...axisTicks(chart.series.flatMap((one) => one.values)));
  const room = width - 52;
  return svg(
    chart,
    width,
    chart.categories.length * rowHeight + 4,
    chart.categories.map((category, index) => {
      const top = index * rowHeight;
      return html`<g><text class="row-name" x="2" y=${top + 14}>${category}</text>
        ${chart.series.map((one, series) => {
          const value = one.values[index] ?? 0;
          const long = Math.max(2, (Math.max(0, value) / high) * room);
          const at = top + 20 + series * thick;
          return html`<g class=${`series-${series % 12}`}><rect class="bar" x="2" y=${at} width=${long} height=${thick - 3} rx="3" />
            <text class="value" x=${long + 8} y=${at + thick - 6}>${numberText(one.values[index])}</text></g>`;
        })}</g>`;
    }),
  );
}

function Pie({ chart }: Props): VNode {
  const values = chart.series[0]?.values.map((value) => Math.max(0, value ?? 0)) ?? [];
  const total = values.reduce((sum, value) => sum + value, 0);
  let from = 0;
  const wedges = values.map((value, index) => {
    const to = from + (total > 0 ? value / total : 0);
    const path = wedge(from, to, 78);
    from = to;
    return html`<path class=${`slice series-${index % 12}`} d=${path}><title>${chart.categories[index]}: ${numberText(value)}</title></path>`;
  });
  return html`<div class="pie">
    <svg class="plot" width="168" height="168" viewBox="-84 -84 168 168" role="img" aria-label=${chartSummary(chart)}>${wedges}</svg>
    <ul class="legend legend-tall" aria-hidden="true">${values.map(
      (
        value,
        index,
      ) => html`<li><svg viewBox="0 0 12 12" class=${`series-${index % 12}`}><rect class="bar" width="12" height="12" rx="3" /></svg>
        <span>${chart.categories[index]}</span><b>${numberText(value)}</b><span class="quiet">${shareText(value, total)}</span></li>`,
    )}</ul></div>`;
}
