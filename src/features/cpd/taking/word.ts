import {
  BorderStyle,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  HeightRule,
  type ISectionOptions,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { a4, heading, headingStyle, packed, pageWith, printable } from '../../../lib/word.ts';
import { sayFullDate } from '../../../slack/text.ts';
import { type Field, labelOf } from '../content.ts';
import { sayHours } from '../fields.ts';
import {
  type Answered,
  type AnsweredEntry,
  type FormPart,
  type RecordDocument,
  sayTotal,
} from './document.ts';

const margin = 1_000;
const rule = { style: BorderStyle.SINGLE, size: 4, color: '7A8A91' };
const allRound = { top: rule, bottom: rule, left: rule, right: rule };

/** A document to go on with: real headings, tables with titles that come again on each page, and its language said. */
export const draw = (record: RecordDocument): Promise<Uint8Array> =>
  packed({
    title: record.title,
    subject: record.record.label,
    description: 'A draft to copy from. Not an official form.',
    headings: {
      heading1: headingStyle(36),
      heading2: headingStyle(28, { before: 200 }),
      heading3: headingStyle(24, { before: 320 }),
      heading4: headingStyle(22, { before: 200, color: '000000' }),
    },
    sections: sectionsOf(record),
  });

/** The first form follows the beginning, unless it needs a wider page; each other begins a page. */
function sectionsOf(record: RecordDocument): ISectionOptions[] {
  const { parts } = record;
  const [first] = parts;
  const isFirstWide = first !== undefined && isWide(first);
  const beginning = [
    heading(HeadingLevel.HEADING_1, record.title),
    text(record.record.label, { isBold: true }),
    text(`Period: ${sayFullDate(record.period.from)} to ${sayFullDate(record.period.until)}`),
    text(`Made on ${sayFullDate(record.madeOn)}`, { after: 160 }),
    ...record.before.map((line) => text(line)),
    ...(parts.length > 1
      ? [heading(HeadingLevel.HEADING_2, 'What is in it'), ...parts.map(({ form }) => bullet(form.label))]
      : []),
  ];
  const drawn = parts.map((part) => ({ isWide: isWide(part), blocks: partBlocks(part, record) }));
  const [begun, others] = isFirstWide || !drawn[0] ? [[], drawn] : [drawn[0].blocks, drawn.slice(1)];
  return [
    section(record, false, [...beginning, ...begun]),
    ...others.map((one) => section(record, one.isWide, one.blocks)),
  ];
}

function section(
  { closing }: RecordDocument,
  isLandscape: boolean,
  children: ISectionOptions['children'],
): ISectionOptions {
  return {
    properties: {
      page: {
        ...pageWith(margin),
        size: {
          ...a4,
          orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
      },
    },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            children: [
              new TextRun({
                size: 18,
                children: [
                  `Draft, not an official form. ${closing} Page `,
                  PageNumber.CURRENT,
                  ' of ',
                  PageNumber.TOTAL_PAGES,
                ],
              }),
            ],
          }),
        ],
      }),
    },
    children,
  };
}

const isWide = ({ columns, once }: FormPart): boolean =>
  columns.length > 4 || once.some((one) => one.columns.length > 4 || one.tableColumns.length > 4);

function partBlocks(part: FormPart, { lastChecked }: RecordDocument): (Paragraph | Table)[] {
  const { form, entries, once, columns, totals, alike, checkFirst } = part;
  const by = form.regulator ?? form.standard_setter;
  return [
    heading(HeadingLevel.HEADING_2, by === undefined ? form.label : `${form.label} (${by})`),
    ...(checkFirst === undefined ? [] : [text(checkFirst, { isBold: true })]),
    text(form.how_to_use),
    ...part.facts.map(bullet),
    new Paragraph({
      spacing: { before: 60, after: 120 },
      children: [
        new TextRun(`The form was last checked on ${sayFullDate(lastChecked)}, from archived pages. `),
        ...(part.page === undefined
          ? []
          : [
              new TextRun('Where to check the form: '),
              new ExternalHyperlink({
                link: part.page,
                children: [new TextRun({ text: part.page, style: 'Hyperlink' })],
              }),
            ]),
        ...(form.change_expected === undefined || form.change_expected === 'unknown'
          ? []
          : [
              new TextRun(
                `${part.page === undefined ? '' : '. '}A change is expected: ${form.change_expected}.`,
              ),
            ]),
      ],
    }),
    ...alike.map((line) => text(line, { isBold: true })),
    ...once.flatMap((one) => onceBlocks(one, form.empty_rows ?? 1, isWide(part))),
    ...(form.use === 'row'
      ? [
          heading(HeadingLevel.HEADING_3, tableLabel(part)),
          table(columns, entries, { isWide: isWide(part), emptyRows: entries.length === 0 ? 5 : 0 }),
          ...totals.map((total) => text(`${sayTotal(total)}: ${sayHours(total.hours)}`, { before: 120 })),
        ]
      : []),
    ...(form.use === 'by-hand' && columns.length > 0
      ? [
          heading(HeadingLevel.HEADING_3, tableLabel(part)),
          table(columns, [], { isWide: isWide(part), emptyRows: form.empty_rows ?? 5 }),
        ]
      : []),
    ...(form.use === 'each-entry' ? entries.flatMap((entry, at) => entryBlocks(entry, at + 1)) : []),
  ];
}

const tableLabel = ({ form }: FormPart): string => {
  const found = form.sections.find(({ kind }) => kind === 'table');
  return found ? labelOf(found) : form.label;
};

const entryBlocks = ({ on, title, fields }: AnsweredEntry, number: number): Paragraph[] => [
  heading(HeadingLevel.HEADING_3, `${number}. ${sayFullDate(on)}${title ? `: ${title}` : ''}`),
  ...fields.flatMap((field) => [heading(HeadingLevel.HEADING_4, field.label), ...answerBlocks(field)]),
];

/** What was written, a paragraph a line; an empty one to write in where nothing was. */
const answerBlocks = ({ text: written }: Pick<Answered, 'text'>): Paragraph[] =>
  written === '' ? [text('')] : linesOf(written).map((line) => text(line));

/** An empty line between two is the space between paragraphs. */
const linesOf = (written: string): string[] => written.split(/\n+/);

function onceBlocks(
  one: FormPart['once'][number],
  emptyRows: number,
  isLandscape: boolean,
): (Paragraph | Table)[] {
  const top = heading(HeadingLevel.HEADING_3, one.label);
  if (one.rows)
    return [
      top,
      table(one.tableColumns, one.rows, { isWide: isLandscape, emptyRows: one.rows.length === 0 ? 5 : 0 }),
    ];
  if (one.columns.length > 0)
    return [
      top,
      text(one.help),
      grid(
        one.columns.map((label) => ({ label, weight: 1 })),
        Array.from({ length: emptyRows }, () => one.columns.map(() => '')),
        isLandscape,
      ),
    ];
  if (one.kind === 'left_blank_on_purpose') return [top, text(one.help, { isWithNext: true }), ...box()];
  return one.text === '' ? [top, text(one.help, { isQuiet: true }), text('')] : [top, ...answerBlocks(one)];
}

/** An empty box for somebody to write in by hand. The last paragraph of a section would lose its border. */
const box = (): Paragraph[] => [
  new Paragraph({ border: allRound, children: [new TextRun({ text: '', break: 1 })] }),
  text(''),
];

const weights: Record<Field['kind'], number> = {
  text: 3,
  choice: 2,
  date: 2,
  hours: 2,
  left_blank_on_purpose: 2,
};

const table = (
  columns: readonly Field[],
  entries: readonly AnsweredEntry[],
  { isWide: isLandscape, emptyRows }: { isWide: boolean; emptyRows: number },
): Table =>
  grid(
    columns.map((column) => ({ label: labelOf(column), weight: weights[column.kind] })),
    [
      ...entries.map(({ fields }) =>
        columns.map(({ id }) => fields.find((field) => field.id === id)?.text ?? ''),
      ),
      ...Array.from({ length: emptyRows }, () => columns.map(() => '')),
    ],
    isLandscape,
  );

function grid(
  columns: readonly { label: string; weight: number }[],
  rows: readonly (readonly string[])[],
  isLandscape: boolean,
): Table {
  const width = (isLandscape ? a4.height : a4.width) - 2 * margin;
  const all = columns.reduce((sum, { weight }) => sum + weight, 0);
  const widths = columns.map(({ weight }) => Math.floor((width * weight) / all));
  const cell = (children: Paragraph[], at: number, fill?: string) =>
    new TableCell({
      children,
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 80, right: 80 },
      borders: allRound,
      ...(fill && { shading: { fill } }),
    });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ label }, at) =>
          cell([text(label, { isBold: true, isSmall: true })], at, 'E6EEF0'),
        ),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            ...(row.every((one) => one === '') && { height: { value: 700, rule: HeightRule.ATLEAST } }),
            children: row.map((one, at) =>
              cell(
                linesOf(one).map((line) => text(line, { isSmall: true })),
                at,
              ),
            ),
          }),
      ),
    ],
  });
}

const bullet = (words: string): Paragraph =>
  new Paragraph({ bullet: { level: 0 }, spacing: { after: 40 }, children: [new TextRun(printable(words))] });

const text = (
  words: string,
  { isBold = false, isSmall = false, isQuiet = false, isWithNext = false, before = 0, after = 80 } = {},
): Paragraph =>
  new Paragraph({
    spacing: { before, after: isSmall ? 20 : after },
    keepNext: isWithNext,
    children: [
      new TextRun({
        text: printable(words),
        bold: isBold,
        ...(isSmall && { size: 18 }),
        ...(isQuiet && { color: '4A5A61' }),
      }),
    ],
  });
