import {
  BorderStyle,
  Document,
  HeadingLevel,
  HeightRule,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';

export type SummaryPage = {
  title: string;
  group: string;
  when: string;
  howMany: string;
  /** Each with what may be said of it, a line or more. */
  questions: { text: string; says: string[] }[];
  cannotSay: string;
};

/** A4 in twentieths of a point, as Word counts. */
const page = { width: 11_906, height: 16_838 };
const margin = 850;
const columns = [6_900, page.width - 2 * margin - 6_900] as const;
/** So many questions fill the page, with little room below. */
const manyQuestions = 8;
/** So few leave room to write beside each. */
const fewQuestions = 6;

/** One A4 page for the usual check-in: what was asked and said on the left, room for notes beside it and below. */
export function drawSummary(summary: SummaryPage): Promise<Buffer> {
  const isFull = summary.questions.length > manyQuestions;
  const document = new Document({
    title: `${summary.title}: ${summary.group}`,
    creator: 'ChATR Companion',
    description: 'A summary of a check-in for the group to talk about',
    styles: {
      default: {
        document: { run: { font: 'Arial', size: isFull ? 17 : 20, language: { value: 'en-GB' } } },
        heading1: {
          run: { font: 'Arial', size: 32, bold: true, color: '1F4E5F' },
          paragraph: { spacing: { after: 60 } },
        },
        heading2: {
          run: { font: 'Arial', size: 24, bold: true, color: '1F4E5F' },
          paragraph: { spacing: { before: 160, after: 60 } },
        },
        heading3: {
          run: { font: 'Arial', size: isFull ? 17 : 20, bold: true },
          paragraph: { spacing: { after: 20 } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: { size: page, margin: { top: margin, bottom: margin, left: margin, right: margin } },
        },
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
  return Packer.toBuffer(document);
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

const heading = (level: (typeof HeadingLevel)[keyof typeof HeadingLevel], words: string): Paragraph =>
  new Paragraph({ heading: level, text: words });

const text = (words: string, { isBold = false, isSmall = false, before = 0, after = 0 } = {}): Paragraph =>
  new Paragraph({
    spacing: { before, after },
    children: [new TextRun({ text: words, bold: isBold, ...(isSmall && { size: 17 }) })],
  });

/** A line to write on. */
const ruled = (): Paragraph =>
  new Paragraph({
    text: '',
    spacing: { before: 240 },
    border: { bottom: { ...line, space: 1 }, between: { ...line, space: 1 } },
  });
