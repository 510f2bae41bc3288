import { Html, html } from '../../../lib/html.ts';
import type { Chart, Report, Table } from '../../findings.ts';
import { type ChartSize, drawChart, sayChart } from './charts.ts';
import { type Chapter, outlineOf, type Piece } from './outline.ts';
import { isOfNumbers, linesOf, sayCell } from './plain.ts';

/** A table with more columns may be wider than a phone: it moves sideways in its place. */
const fewColumns = 2;

const style = `
:root { color-scheme: light; --ink: #1f4e5f; --line: #7a8a91; --tint: #e6eef0; }
* { box-sizing: border-box; }
html { overflow-x: clip; }
body { margin: 0; background: #fff; color: #000; font: 1.0625rem/1.55 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem; }
h1, h2, h3, h4 { line-height: 1.25; color: var(--ink); break-after: avoid; }
h1 { font-size: 1.75rem; margin: 0 0 .5rem; }
h2 { font-size: 1.375rem; margin: 2.5rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.1875rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1.0625rem; margin: 1.25rem 0 .25rem; color: #000; }
p { margin: 0 0 .75rem; }
ul { margin: 0 0 .75rem; padding-left: 1.5rem; }
li { margin-bottom: .375rem; }
a { color: var(--ink); }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
nav a { display: inline-block; padding: .25rem 0; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
blockquote { margin: 0 0 1rem; padding: .125rem 0 .125rem 1rem; border-left: 4px solid var(--ink); break-inside: avoid; }
blockquote p { margin: 0; }
figure { margin: 1.25rem 0 1.5rem; break-inside: avoid; }
caption span { display: block; max-width: calc(min(100vw, 46rem) - 2rem); }
figcaption, caption { font-weight: bold; text-align: left; padding-bottom: .375rem; break-after: avoid; }
figure svg { display: block; width: 100%; height: auto; overflow: visible; }
svg.page { max-width: 40rem; }
svg.phone { display: none; max-width: 26rem; }
figure p { margin: .5rem 0 0; }
.scrolls { overflow-x: auto; margin: 1.25rem 0 .5rem; }
.scrolls table { margin: 0; }
table { min-width: min(100%, 24rem); border-collapse: collapse; margin: 1.25rem 0 .5rem; font-size: 1rem; }
th, td { padding: .375rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { background: var(--tint); vertical-align: bottom; border-top: 1px solid var(--line); }
tbody th { font-weight: normal; }
thead th, .number, .scrolls th, .scrolls td { overflow-wrap: break-word; }
td.number, th.number { text-align: right; padding-right: .875rem; }
.note { font-size: .9375rem; }
.more { display: none; margin: 0 0 .25rem; font-size: .9375rem; }
.room { width: 100%; }
.room th, .room td { border: 1px solid var(--line); }
.room td { height: 3.25rem; }
@media (max-width: 34rem) {
  svg.page { display: none; }
  svg.phone { display: block; }
  table { width: 100%; }
  th, td { padding: .375rem .25rem; }
  .more { display: block; }
  .scrolls td { min-width: 8rem; }
  .scrolls .number { min-width: 0; }
  .scrolls tr > :first-child { position: sticky; left: 0; width: 9.5rem; min-width: 9.5rem; background: #fff; border-right: 1px solid var(--line); }
  .scrolls thead tr > :first-child { background: var(--tint); }
}
@media print {
  @page { size: A4; margin: 20mm; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  nav, .more { display: none; }
  .note { font-size: 9pt; }
  svg.page { display: block; }
  svg.phone { display: none; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .scrolls { overflow: visible; }
  .scrolls table { font-size: 9.5pt; }
}
`;

/** The report as one page that needs nothing else: the same text for the same report. */
export async function draw(report: Report): Promise<string> {
  const { title, about, chapters } = outlineOf(report);
  return html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1 dir="auto">${title}</h1>
${about.map((line) => html`<p>${line}</p>\n`)}<nav aria-label="Contents"><ul>${chapters.map(
    (one) => html`<li><a href="#${one.id}">${one.title}</a></li>`,
  )}</ul></nav>
${chapters.map(drawChapter)}</main>
</body>
</html>
`.text;
}

const drawChapter = ({ id, title, sections }: Chapter): Html => html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${sections.map(
  (section) =>
    html`${section.title !== undefined && html`<h3 dir="auto">${section.title}</h3>\n`}${section.pieces.map(
      (piece) => drawn(piece, section.title !== undefined),
    )}`,
)}</section>
`;

/** @param isBelow whether the section has a heading: those in it are below that. */
function drawn(piece: Piece, isBelow: boolean): Html {
  switch (piece.kind) {
    case 'text':
      return paragraphs(piece.text);
    case 'heading':
      return isBelow ? html`<h4 dir="auto">${piece.text}</h4>\n` : html`<h3 dir="auto">${piece.text}</h3>\n`;
    case 'list':
      return html`<ul>\n${piece.items.map((item) => html`<li><bdi>${lines(item)}</bdi></li>\n`)}</ul>\n`;
    case 'quotes':
      return html`${paragraphs(piece.about)}${piece.quotes.map(
        (quote) => html`<blockquote><p dir="auto">“${lines(quote)}”</p></blockquote>\n`,
      )}`;
    case 'table':
      return table(piece.number, piece.table);
    case 'figure':
      return figure(piece.number, piece.chart);
    case 'room':
      return html`<p>${piece.text}</p>
<table class="room"><thead><tr>${piece.columns.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${Array.from(
        { length: piece.rows },
        () => html`<tr>${piece.columns.map(() => html`<td></td>`)}</tr>`,
      )}</tbody></table>
`;
  }
}

function table(number: number, { caption, columns, rows, note }: Table): Html {
  const isNumber = columns.map((_, at) => isOfNumbers(rows, at) && new Html(' class="number"'));
  const drawnTable = html`<table><caption id="table-${number}" dir="auto"><span>Table ${number}. ${caption}</span></caption>
<thead><tr>${columns.map(({ label }, at) => html`<th scope="col"${isNumber[at]}>${label}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) =>
    html`<tr>${columns.map((_, at) => {
      const cell = lines(sayCell(row[at] ?? ''));
      return at === 0
        ? html`<th scope="row" dir="auto">${cell}</th>`
        : html`<td${isNumber[at]} dir="auto">${cell}</td>`;
    })}</tr>\n`,
)}</tbody></table>
`;
  return html`${
    columns.length > fewColumns
      ? html`<div class="scrolls" role="region" aria-labelledby="table-${number}" tabindex="0">${drawnTable}</div>\n<p class="more">There may be more columns: the table moves sideways.</p>\n`
      : drawnTable
  }${note !== undefined && linesOf(note).map((line) => html`<p class="note" dir="auto">${line}</p>\n`)}`;
}

/** Drawn twice: for a page, and for the small screen of a phone. One of them is there at a time. */
const figure = (number: number, chart: Chart): Html => html`<figure>
<figcaption dir="auto">Figure ${number}. ${chart.title}</figcaption>
${(['page', 'phone'] as const).map((size) => pictures(`figure-${number}-${size}`, chart, size))}<p dir="auto">${chart.finding}</p>
</figure>
`;

const pictures = (id: string, chart: Chart, size: ChartSize): Html[] =>
  drawChart(chart, size).map(({ svg, width, height }, nth) => {
    const [title, says] =
      nth === 0
        ? [chart.title, sayChart(chart)]
        : [`${chart.title} (continued)`, 'Said with the first part.'];
    const name = `${id}-${nth + 1}`;
    return html`<svg class="${size}" role="img" aria-labelledby="${name}-title" aria-describedby="${name}-says" viewBox="0 0 ${width} ${height}">
<title id="${name}-title">${title}</title><desc id="${name}-says">${says}</desc>
${new Html(svg.replace(/^<svg[^>]*>\s*/, ''))}
`;
  });

const paragraphs = (words: string): Html =>
  html`${linesOf(words).map((line) => html`<p dir="auto">${line}</p>\n`)}`;

/** Lines stay lines. */
const lines = (words: string): Html =>
  html`${linesOf(words).map((line, at) => html`${at > 0 && new Html('<br>')}${line}`)}`;
