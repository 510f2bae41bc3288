import {
  BorderStyle,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  HeightRule,
  LineRuleType,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { a4, heading, headingStyle, packed, pageWith, printable } from '../../../lib/word.ts';

/** A session's pack as it is printed: values only, since it is drawn in another thread. */
export type PackPage = {
  title: string;
  /** "Tuesday 3 March 2026, 10:00 to 11:30 (London time)" */
  when: string;
  where: string | undefined;
  hosts: string;
  madeOn: string;
  shape: { at: string; part: string; minutes: number }[];
  /** That the shape does not fill the session as it was planned. */
  minutesNote: string | undefined;
  notes: readonly string[];
  example:
    | {
        title: string;
        contentNote: string | undefined;
        text: string;
        questions: readonly string[];
        about: string;
      }
    | undefined;
  background: readonly { heading: string; lines: readonly string[] }[];
  resources: readonly { title: string; publisher: string; url?: string | undefined }[];
  people: string;
  counts: readonly { heading: string; lines: readonly string[] }[];
  howCounted: string;
  groups: readonly PackGroup[];
  /** Under the groups. */
  groupsNote: string | undefined;
};

/** Without `names`, so many lines to write on. */
type PackGroup = { name: string; size: number; names: readonly string[] | undefined };

const margin = 1_000;
const width = a4.width - 2 * margin;
const rule = { style: BorderStyle.SINGLE, size: 4, color: '9AA7AD' };
const allRound = { top: rule, bottom: rule, left: rule, right: rule };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };

/** What the hosts read before, and on a page of its own the groups, to hand out or put on a wall. */
export function draw(pack: PackPage): Promise<Uint8Array> {
  const page = { page: pageWith(margin) };
  return packed({
    title: printable(`Session pack: ${pack.title}`),
    description: 'For those who run the session',
    headings: {
      heading1: headingStyle(34, { after: 60 }),
      heading2: headingStyle(26, { before: 260 }),
      heading3: headingStyle(22, { before: 120, after: 40, color: '000000' }),
    },
    sections: [
      {
        properties: page,
        footers: { default: footer(`Session pack: ${pack.title}. Made on ${pack.madeOn}.`) },
        children: [
          heading(HeadingLevel.HEADING_1, pack.title),
          text(pack.when, { isBold: true }),
          ...(pack.where === undefined ? [] : [text(pack.where)]),
          text(`Run by ${pack.hosts}`),
          ...shape(pack),
          ...example(pack),
          ...pack.background.flatMap(({ heading: words, lines }) =>
            listed(HeadingLevel.HEADING_2, words, lines),
          ),
          ...resources(pack),
          heading(HeadingLevel.HEADING_2, 'Who comes'),
          text(pack.people),
          ...pack.counts.flatMap(({ heading: words, lines }) => listed(HeadingLevel.HEADING_3, words, lines)),
          ...(pack.counts.length > 0 ? [text(pack.howCounted, { isSmall: true, before: 60 })] : []),
        ],
      },
      {
        properties: page,
        footers: { default: footer(`${pack.title}.`) },
        children: [
          heading(HeadingLevel.HEADING_1, `Groups: ${pack.title}`),
          text(pack.when, { after: 160 }),
          ...(pack.groups.length === 0 ? [text('Nobody has a place yet.')] : [groupsTable(pack.groups)]),
          ...(pack.groupsNote === undefined ? [] : [text(pack.groupsNote, { isSmall: true, before: 160 })]),
        ],
      },
    ],
  });
}

function shape({ shape: parts, minutesNote, notes }: PackPage): (Paragraph | Table)[] {
  const columns = [1_400, width - 3_000, 1_600];
  const row = (cells: readonly string[], isTitle = false) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isTitle,
      children: cells.map(
        (words, at) =>
          new TableCell({
            width: { size: columns[at] ?? 0, type: WidthType.DXA },
            margins: { top: 60, bottom: 60, left: 100, right: 100 },
            borders: allRound,
            ...(isTitle && { shading: { fill: 'E6EEF0' } }),
            children: [text(words, { isBold: isTitle })],
          }),
      ),
    });
  return [
    heading(HeadingLevel.HEADING_2, 'Shape'),
    parts.length === 0
      ? text('The programme’s material has no shape for this session.')
      : new Table({
          width: { size: width, type: WidthType.DXA },
          columnWidths: columns,
          rows: [
            row(['From', 'Part', 'Minutes'], true),
            ...parts.map(({ at, part, minutes }) => row([at, part, String(minutes)])),
          ],
        }),
    ...(minutesNote === undefined ? [] : [text(minutesNote, { before: 80 })]),
    ...(notes.length === 0 ? [] : listed(HeadingLevel.HEADING_2, 'For whoever runs it', notes)),
  ];
}

const example = ({ example: one }: PackPage): Paragraph[] =>
  one === undefined
    ? [heading(HeadingLevel.HEADING_2, 'Example'), text('There is no fictional case for this session yet.')]
    : [
        heading(HeadingLevel.HEADING_2, `Example: ${one.title}`),
        ...(one.contentNote === undefined
          ? []
          : [text(`Content note: ${one.contentNote}`, { isBold: true, after: 80 })]),
        text(one.text, { after: 80 }),
        ...listed(HeadingLevel.HEADING_3, 'To talk about', one.questions),
        text(one.about, { isSmall: true, before: 60 }),
      ];

const resources = ({ resources: all }: PackPage): Paragraph[] =>
  all.length === 0
    ? []
    : [
        heading(HeadingLevel.HEADING_2, 'To read before'),
        ...all.map(
          ({ title, publisher, url }) =>
            new Paragraph({
              bullet: { level: 0 },
              children: [
                url === undefined
                  ? new TextRun(printable(title))
                  : new ExternalHyperlink({
                      link: url,
                      children: [new TextRun({ text: printable(title), style: 'Hyperlink' })],
                    }),
                new TextRun(printable(` (${publisher})`)),
              ],
            }),
        ),
      ];

/** Beside each other, so that the groups of a usual session fit on one page. */
function groupsTable(groups: readonly PackGroup[]): Table {
  const across = groups.length === 1 ? 1 : groups.length <= 6 ? 2 : 3;
  const column = Math.floor(width / across);
  const cell = (group: PackGroup | undefined) =>
    new TableCell({
      width: { size: column, type: WidthType.DXA },
      margins: { top: 80, bottom: 120, left: 140, right: 140 },
      borders: group ? allRound : { top: none, bottom: none, left: none, right: none },
      children: group
        ? [
            groupHeading(group.name),
            ...(group.names
              ? group.names.map((name) => text(name, { size: 44, after: 60 }))
              : // The line under the last one is drawn only where something follows.
                [...Array.from({ length: group.size }, blank), text('', { size: 8 })]),
          ]
        : [text('')],
    });
  return new Table({
    width: { size: column * across, type: WidthType.DXA },
    columnWidths: Array.from({ length: across }, () => column),
    rows: Array.from(
      { length: Math.ceil(groups.length / across) },
      (_, row) =>
        new TableRow({
          cantSplit: true,
          height: { value: 900, rule: HeightRule.ATLEAST },
          children: Array.from({ length: across }, (_one, at) => cell(groups[row * across + at])),
        }),
    ),
  });
}

/** Kept with what follows, as other headings are, it would take the whole table to the next page. */
const groupHeading = (words: string): Paragraph =>
  new Paragraph({
    heading: HeadingLevel.HEADING_2,
    keepNext: false,
    spacing: { before: 40, after: 60 },
    children: [new TextRun(printable(words))],
  });

const listed = (
  level: (typeof HeadingLevel)[keyof typeof HeadingLevel],
  words: string,
  lines: readonly string[],
): Paragraph[] => [
  heading(level, words),
  ...lines.map((line) => new Paragraph({ bullet: { level: 0 }, children: [new TextRun(printable(line))] })),
];

const footer = (words: string): Footer =>
  new Footer({
    children: [
      new Paragraph({
        children: [
          new TextRun({
            size: 18,
            children: [printable(`${words} Page `), PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
    ],
  });

/** A line to write a name on. */
const blank = (): Paragraph =>
  new Paragraph({
    text: '',
    spacing: { line: 460, lineRule: LineRuleType.EXACT },
    border: { bottom: { ...rule, space: 1 }, between: { ...rule, space: 1 } },
  });

const text = (
  words: string,
  {
    isBold = false,
    isSmall = false,
    size,
    before = 0,
    after = 0,
  }: { isBold?: boolean; isSmall?: boolean; size?: number; before?: number; after?: number } = {},
): Paragraph =>
  new Paragraph({
    spacing: { before, after },
    children: [
      new TextRun({
        text: printable(words),
        bold: isBold,
        ...(isSmall && { size: 18 }),
        ...(size !== undefined && { size }),
      }),
    ],
  });
