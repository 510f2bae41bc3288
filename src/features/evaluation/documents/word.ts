import {
  AlignmentType,
  BorderStyle,
  Footer,
  HeadingLevel,
  HeightRule,
  ImageRun,
  LineRuleType,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  SimpleField,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { a4, dated, heading, headingStyle, ink, packed, pageWith } from '../../../lib/word.ts';
import type { Chart, Report, Table as TablePart } from '../../findings.ts';
import { drawChart, sayChart } from './charts.ts';
import { type Outline, outlineOf, type Piece } from './outline.ts';
import { toPng } from './picture.ts';
import { isOfNumbers, linesOf, sayCell } from './plain.ts';

const margin = 1_150;
const width = a4.width - 2 * margin;
/** Dots of a picture to one of the drawing: what a printer needs. */
const sharpness = 2.5;
/** A table of so many lines is kept on one page: a higher one would leave half of the page before it empty. */
const fewLines = 16;

/** The report as a Word file to go on with: the same bytes for the same report. */
export async function draw(report: Report): Promise<Uint8Array> {
  const outline = outlineOf(report);
  const file = await packed({
    title: outline.title,
    subject: 'Evaluation',
    description: outline.about.join('. '),
    headings: {
      title: { ...headingStyle(44, { after: 60 }), quickFormat: true },
      heading1: headingStyle(30, { before: 360, after: 100 }),
      heading2: headingStyle(25, { before: 280 }),
      heading3: headingStyle(22, { before: 200, color: '000000' }),
      caption: {
        run: { size: 20, bold: true, italics: false, color: '000000' },
        paragraph: { spacing: { before: 180, after: 80 }, keepNext: true },
      },
    },
    sections: [
      {
        properties: { page: pageWith(margin) },
        footers: { default: footer(outline.title) },
        children: [...top(outline), ...outline.chapters.flatMap(chapter)],
      },
    ],
  });
  return dated(file, report.madeOn);
}

const top = ({ title, about }: Outline): Paragraph[] => [
  heading(HeadingLevel.TITLE, title),
  ...about.map((line) => text(line, { after: 40 })),
];

const chapter = ({ title, sections }: Outline['chapters'][number]): (Paragraph | Table)[] => [
  heading(HeadingLevel.HEADING_1, title),
  ...sections.flatMap((section) => [
    ...(section.title === undefined ? [] : [heading(HeadingLevel.HEADING_2, section.title)]),
    ...section.pieces.flatMap(drawn),
  ]),
];

function drawn(piece: Piece): (Paragraph | Table)[] {
  switch (piece.kind) {
    case 'text':
      return linesOf(piece.text).map((line) => text(line));
    case 'heading':
      return [heading(HeadingLevel.HEADING_3, piece.text)];
    case 'list':
      return piece.items.map(
        (item) => new Paragraph({ bullet: { level: 0 }, spacing: { after: 60 }, children: runs(item) }),
      );
    case 'quotes':
      return [text(piece.about, { isKept: true }), ...piece.quotes.map(quote)];
    case 'table':
      return table(piece.number, piece.table);
    case 'figure':
      return figure(piece.number, piece.chart);
    case 'room':
      return room(piece);
  }
}

const quote = (words: string): Paragraph =>
  new Paragraph({
    indent: { left: 340 },
    keepLines: true,
    spacing: { before: 60, after: 140 },
    border: { left: { style: BorderStyle.SINGLE, size: 18, color: ink, space: 10 } },
    children: runs(`“${words.trim()}”`),
  });

/** Its number is a field, so that it stays right when another is put in before it. */
const caption = (what: 'Table' | 'Figure', number: number, words: string): Paragraph =>
  new Paragraph({
    style: 'Caption',
    keepNext: true,
    children: [
      new TextRun(`${what} `),
      new SimpleField(`SEQ ${what} \\* ARABIC`, String(number)),
      ...runs(`. ${words}`),
    ],
  });

/** On a page of its own each, where it is drawn in several; what it says is read out in place of the first. */
function figure(number: number, chart: Chart): Paragraph[] {
  const drawings = drawChart(chart, 'page');
  return [
    ...drawings.flatMap((drawing, nth) => [
      caption('Figure', number, nth === 0 ? chart.title : `${chart.title} (continued)`),
      new Paragraph({
        keepNext: nth === drawings.length - 1,
        spacing: { after: 60 },
        children: [
          new ImageRun({
            type: 'svg',
            data: new TextEncoder().encode(drawing.svg),
            fallback: { type: 'png', data: toPng(drawing.svg, drawing.width * sharpness) },
            transformation: { width: drawing.width, height: drawing.height },
            altText: {
              id: String(number * 100 + nth),
              name: `Figure ${number}`,
              title: chart.title,
              description: nth === 0 ? sayChart(chart) : `${chart.title} (continued)`,
            },
          }),
        ],
      }),
    ]),
    text(chart.finding, { after: 200 }),
  ];
}

const rule = { style: BorderStyle.SINGLE, size: 4, color: '7A8A91' };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };

function table(number: number, { caption: words, columns, rows, note }: TablePart): (Paragraph | Table)[] {
  const size = columns.length > 8 ? 15 : columns.length > 5 ? 18 : 20;
  const widths = widthsOf(
    columns.map(({ label }, at) => [label, ...rows.map((row) => sayCell(row[at] ?? ''))]),
    size,
  );
  const areNumbers = columns.map((_, at) => isOfNumbers(rows, at));
  const isShort = linesIn(rows, widths, size) <= fewLines;
  const row = (cells: readonly (string | number)[], of: { isTitle?: boolean; isKept: boolean }) =>
    new TableRow({
      cantSplit: true,
      tableHeader: of.isTitle ?? false,
      children: columns.map(
        (_, at) =>
          new TableCell({
            width: { size: widths[at] ?? 0, type: WidthType.DXA },
            // What ends on the right is kept apart from what begins beside it.
            margins: { top: 50, bottom: 50, left: 90, right: areNumbers[at] ? 190 : 90 },
            borders: { top: rule, bottom: rule, left: none, right: none },
            verticalAlign: of.isTitle ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
            ...(of.isTitle && { shading: { fill: 'E6EEF0' } }),
            children: [
              new Paragraph({
                keepNext: of.isKept,
                alignment: areNumbers[at] ? AlignmentType.RIGHT : AlignmentType.LEFT,
                children: runs(sayCell(cells[at] ?? ''), { size, isBold: of.isTitle ?? false }),
              }),
            ],
          }),
      ),
    });
  return [
    caption('Table', number, words),
    new Table({
      width: { size: sum(widths), type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
      rows: [
        row(
          columns.map(({ label }) => label),
          { isTitle: true, isKept: true },
        ),
        ...rows.map((cells, at) => row(cells, { isKept: isShort && at < rows.length - 1 })),
      ],
    }),
    ...(note === undefined
      ? [spacer()]
      : linesOf(note).map((line) => text(line, { size: 18, before: 60, after: 160 }))),
  ];
}

/**
 * Wide enough for the longest word of each column, and then for its longest text: no wider than the page, and narrower where
 * that is enough, so that a number stands near what it is of.
 */
function widthsOf(columns: readonly (readonly string[])[], size: number): number[] {
  const least = columns.map(([label = '', ...cells]) =>
    Math.max(
      toWidth(Math.min(16, longestWord([label])), size * boldness),
      toWidth(Math.min(16, longestWord(cells)), size),
    ),
  );
  const wanted = columns.map((cells, at) =>
    Math.max(least[at] ?? 0, toWidth(Math.min(60, Math.max(...cells.map(({ length }) => length))), size)),
  );
  const left = width - sum(least);
  // More columns than the page has room for: each has its share of it.
  if (left <= 0) return least.map((one) => Math.floor((one / sum(least)) * width));
  const more = sum(wanted) - sum(least);
  const share = more <= left ? 1 : left / more;
  return wanted.map((one, at) => Math.floor((least[at] ?? 0) + (one - (least[at] ?? 0)) * share));
}

/** So much wider are bold letters, in the widest of the fonts that may stand in for the one that is asked for. */
const boldness = 1.2;
/** With the room left and right of them, in twentieths of a point. */
const toWidth = (letters: number, size: number): number => Math.round(letters * size * 6.2) + 300;
const longestWord = (texts: readonly string[]): number =>
  Math.max(0, ...texts.flatMap((text) => text.split(/\s/)).map(({ length }) => length));

/** About how many lines a table takes. */
const linesIn = (rows: TablePart['rows'], widths: readonly number[], size: number): number =>
  sum(
    rows.map((row) =>
      Math.max(
        ...row.map((cell, at) => Math.ceil(toWidth(sayCell(cell).length, size) / (widths[at] ?? width))),
      ),
    ),
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Empty rows to write in. */
function room({ text: words, columns, rows }: Piece & { kind: 'room' }): (Paragraph | Table)[] {
  const widths = [0.56, 0.24, 0.2].map((share) => Math.floor(share * width));
  const row = (cells: readonly string[], isTitle: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isTitle,
      height: { value: isTitle ? 0 : 640, rule: HeightRule.ATLEAST },
      children: cells.map(
        (cell, at) =>
          new TableCell({
            width: { size: widths[at] ?? 0, type: WidthType.DXA },
            margins: { top: 50, bottom: 50, left: 90, right: 90 },
            borders: { top: rule, bottom: rule, left: rule, right: rule },
            ...(isTitle && { shading: { fill: 'E6EEF0' } }),
            children: [
              new Paragraph({ keepNext: true, children: runs(cell, { size: 20, isBold: isTitle }) }),
            ],
          }),
      ),
    });
  return [
    text(words, { isKept: true }),
    new Table({
      width: { size: width, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      tableLook: { firstRow: true, noHBand: true, noVBand: true },
      rows: [
        row(columns, true),
        ...Array.from({ length: rows }, () =>
          row(
            columns.map(() => ''),
            false,
          ),
        ),
      ],
    }),
    spacer(),
  ];
}

/** Between a table and what follows: two of them would be one for Word. */
const spacer = (): Paragraph =>
  new Paragraph({ spacing: { line: 160, lineRule: LineRuleType.EXACT }, children: [] });

const footer = (words: string): Footer =>
  new Footer({
    children: [
      new Paragraph({
        children: [
          ...runs(`${words}.`, { size: 18 }),
          new TextRun({ size: 18, children: [' Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });

const text = (
  words: string,
  {
    size,
    before = 0,
    after = 120,
    isKept = false,
  }: { size?: number; before?: number; after?: number; isKept?: boolean } = {},
): Paragraph =>
  new Paragraph({ keepNext: isKept, spacing: { before, after }, children: runs(words, { size }) });

/** Lines stay lines. */
const runs = (
  words: string,
  { size, isBold = false }: { size?: number | undefined; isBold?: boolean } = {},
): ParagraphChild[] =>
  linesOf(words).map(
    (line, at) =>
      new TextRun({
        text: line,
        ...(isBold && { bold: true }),
        ...(size !== undefined && { size }),
        ...(at > 0 && { break: 1 }),
      }),
  );
