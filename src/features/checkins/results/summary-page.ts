import {
  BorderStyle,
  HeadingLevel,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { a4, heading, headingStyle, packed, pageWith, printable } from '../../../lib/word.ts';

export type SummaryPage = {
  title: string;
  group: string;
  when: string;
  howMany: string;
  /** Each with what may be said of it, a line or more. */
  questions: { text: string; says: string[] }[];
  cannotSay: string;
};

const margin = 850;
const columns = [6_900, a4.width - 2 * margin - 6_900] as const;
/** So many questions fill the page, with little room below. */
const manyQuestions = 8;
/** So few leave room to write beside each. */
const fewQuestions = 6;

/** One A4 page for the usual check-in: what was asked and said on the left, room for notes beside it and below. */
export function draw(summary: SummaryPage): Promise<Uint8Array> {
  const isFull = summary.questions.length > manyQuestions;
  const size = isFull ? 17 : 20;
  return packed({
    title: printable(`${summary.title}: ${summary.group}`),
    description: 'A summary of a check-in for the group to talk about',
    size,
    headings: {
      heading1: headingStyle(32, { after: 60 }),
      heading2: headingStyle(24, { before: 160, after: 60 }),
      heading3: headingStyle(size, { after: 20, color: '000000' }),
    },
    sections: [
      {
        properties: { page: pageWith(margin) },
        children: [
          heading(HeadingLevel.HEADING_1, summary.title),
          text(summary.group, { isBold: true }),
          text(`${summary.when} ${summary.howMany}`, { after: 120 }),
          questionsTable(summary.questions, isFull),
          text(summary.cannotSay, { before: 120, isSmall: true }),
          heading(HeadingLevel.HEADING_2, 'What we will do'),
          ...Array.from({ length: isFull ? 4 : 7 }, ruled),
        ],
      },
    ],
  });
}

const questionsTable = (questions: SummaryPage['questions'], isFull: boolean): Table =>
  new Table({
    width: { size: columns[0] + columns[1], type: WidthType.DXA },
    columnWidths: [...columns],
    rows: [
      new TableRow({
        tableHeader: true,
        children: [
          cell(0, [text('What was asked, and how the group answered', { isBold: true })], 'E6EEF0'),
          cell(1, [text('Notes', { isBold: true })], 'E6EEF0'),
        ],
      }),
      ...questions.map(
        ({ text: question, says }) =>
          new TableRow({
            cantSplit: true,
            ...(questions.length < fewQuestions && { height: { value: 1_400, rule: HeightRule.ATLEAST } }),
            children: [
              cell(0, [
                heading(HeadingLevel.HEADING_3, question),
                // Counts side by side where there is little room.
                ...(isFull ? [says.join('; ')] : says).map((line) => text(line)),
              ]),
              cell(1, [text('')]),
            ],
          }),
      ),
    ],
  });

const line = { style: BorderStyle.SINGLE, size: 4, color: '9AA7AD' };

const cell = (column: 0 | 1, children: Paragraph[], fill?: string): TableCell =>
  new TableCell({
    children,
    width: { size: columns[column], type: WidthType.DXA },
    margins: { top: 60, bottom: 60, left: 100, right: 100 },
    borders: { top: line, bottom: line, left: line, right: line },
    ...(fill && { shading: { fill } }),
  });

const text = (words: string, { isBold = false, isSmall = false, before = 0, after = 0 } = {}): Paragraph =>
  new Paragraph({
    spacing: { before, after },
    children: [new TextRun({ text: printable(words), bold: isBold, ...(isSmall && { size: 17 }) })],
  });

/** A line to write on. */
const ruled = (): Paragraph =>
  new Paragraph({
    text: '',
    spacing: { before: 240 },
    border: { bottom: { ...line, space: 1 }, between: { ...line, space: 1 } },
  });
