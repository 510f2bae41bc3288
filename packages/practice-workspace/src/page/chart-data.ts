import type { Obj } from './json.ts';
import { num, obj, objs, str, strs } from './json.ts';

/** A chart as rows and columns, whatever its shape: what is drawn, and what the table beside it says. */
export type ChartData = {
  kind: 'bar' | 'line' | 'area' | 'pie';
  title: string;
  categories: string[];
  series: { name: string; values: (number | undefined)[] }[];
  xLabel: string;
  yLabel: string;
};

export function readChart(block: Obj): ChartData | undefined {
  const chart = obj(block.chart);
  const title = str(block.title);
  if (chart.type === 'pie') {
    const segments = objs(chart.segments);
    const values = segments.map((segment) => num(segment.value));
    const categories = segments.map((segment) => str(segment.label));
    return { kind: 'pie', title, categories, series: [{ name: title, values }], xLabel: '', yLabel: '' };
  }
  if (chart.type !== 'bar' && chart.type !== 'line' && chart.type !== 'area') return undefined;
  const axis = obj(chart.axis_config);
  const series = objs(chart.series);
  const named = strs(axis.categories);
  const categories = named.length > 0 ? named : objs(series[0]?.data).map((point) => str(point.label));
  return {
    kind: chart.type,
    title,
    categories,
    series: series.map((one) => {
      const points = new Map(objs(one.data).map((point) => [str(point.label), num(point.value)]));
      return { name: str(one.name), values: categories.map((category) => points.get(category)) };
    }),
    xLabel: str(axis.x_label),
    yLabel: str(axis.y_label),
  };
}

/** Round numbers for an axis that holds all values, zero included: a cut-off axis makes small differences look big. */
export function axisTicks(values: readonly (number | undefined)[], wanted = 4): number[] {
  const known = values.filter((value) => value !== undefined);
  const low = Math.min(0, ...known);
  const high = Math.max(0, ...known);
  if (low === high) return [0, 1];
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const whole = known.every((value) => Number.isInteger(value));
  // Half a person is no useful mark on an axis.
  const steps = whole && power <= 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10];
  const nice = (steps.find((step) => step * power >= rough) ?? 10) * power;
  const step = whole ? Math.max(1, Math.ceil(nice)) : nice;
  const ticks: number[] = [];
  for (let at = Math.floor(low / step); at * step < high + step * 0.999; at++)
    ticks.push(Number((at * step).toPrecision(10)));
  return ticks;
}

export function numberText(value: number | undefined): string {
  return value === undefined
    ? '–'
    : new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }).format(value);
}

export function shareText(value: number, total: number): string {
  return total > 0 ? `${Math.round((value / total) * 100)}%` : '';
}

/** The outline of a pie segment, from one share of the whole circle to another, starting at the top. */
export function wedge(from: number, to: number, radius: number): string {
  const point = (share: number) => {
    const angle = (share - 0.25) * 2 * Math.PI;
    return `${(Math.cos(angle) * radius).toFixed(2)} ${(Math.sin(angle) * radius).toFixed(2)}`;
  };
  // A whole circle has the same start and end, so it is drawn as two halves.
  if (to - from > 0.9999)
    return `M${point(0)}A${radius} ${radius} 0 1 1 ${point(0.5)}A${radius} ${radius} 0 1 1 ${point(0)}Z`;
  return `M0 0L${point(from)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${point(to)}Z`;
}

/** The chart in a sentence or two, for those who hear it. */
export function chartSummary(chart: ChartData): string {
  const names = { bar: 'Bar chart', line: 'Line chart', area: 'Area chart', pie: 'Pie chart' } as const;
  const said = chart.series.map((one) => {
    const values = chart.categories
      .map((category, index) => `${category} ${numberText(one.values[index])}`)
      .join(', ');
    return chart.kind === 'pie' ? values : `${one.name}: ${values}`;
  });
  return `${names[chart.kind]}, ${chart.title}. ${said.join('. ')}.`;
}
