import {
  AlignmentType,
  BorderStyle,
  Footer,
  HeadingLevel,
  LineRuleType,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { heading, headingStyle, packed, pageWith, printable } from '../../lib/word.ts';

/** A review pack, or what is given back, as it is printed: values only, since it is drawn in another thread. */
export type ReviewPage = {
  title: string;
  subtitle: string;
  /** Short lines before everything. */
  before: readonly { heading: string; lines: readonly string[] }[];
  items: readonly {
    heading: string;
    contentNote: string | undefined;
    /** Their own words in the middle of the page. */
    text: readonly string[];
    /** Under a small heading of its own. */
    more: readonly { label: string; text: string }[];
  }[];
  /** With boxes to tick and lines to write on. */
  asks: readonly string[];
  linesToWrite: number;
  after: readonly { heading: string; lines: readonly string[]; hasOwnPage?: boolean }[];
  footer: string;
};

const margin = 1_100;
/** In half points: large enough to be read by many. */
const size = 28;
const rule = { style: BorderStyle.SINGLE, size: 6, color: '5C6B73', space: 1 };

export function draw(page: ReviewPage): Promise<Uint8Array> {
  return packed({
    title: printable(page.title),
    description: printable(page.subtitle),
    size,
    headings: {
      heading1: headingStyle(44, { after: 120 }),
      heading2: headingStyle(34, { before: 360, after: 120 }),
      heading3: headingStyle(28, { before: 200, after: 80, color: '000000' }),
    },
    sections: [
      {
        properties: { page: pageWith(margin) },
        footers: { default: footer(page.footer) },
        children: [
          heading(HeadingLevel.HEADING_1, page.title),
          text(page.subtitle),
          ...page.before.flatMap(part),
          ...page.items.flatMap((item, nth) => [
            heading(HeadingLevel.HEADING_2, `${nth + 1}. ${item.heading}`),
            ...(item.contentNote === undefined
              ? []
              : [text(`Content note: ${item.contentNote}`, { isBold: true, isKept: true })]),
            ...item.text.map((words, at) =>
              text(words, {
                isKept: page.asks.length > 0 && (fitsOnAPage(item.text) || at === item.text.length - 1),
              }),
            ),
            ...item.more.flatMap(({ label, text: words }) => [
              heading(HeadingLevel.HEADING_3, label),
              text(words),
            ]),
            ...(page.asks.length > 0 ? ask(page) : []),
          ]),
          ...page.after.flatMap(part),
        ],
      },
    ],
  });
}

/** With the boxes below it. All of a long one would not: its end stays with what is asked of it. */
const fitsOnAPage = (text: readonly string[]): boolean => text.length <= 8 && text.join(' ').length <= 700;

/** Kept together, so that the boxes are not on another page than what they are about. */
const ask = ({ asks, linesToWrite }: ReviewPage): Paragraph[] => [
  new Paragraph({
    heading: HeadingLevel.HEADING_3,
    children: [new TextRun('What do you think?')],
  }),
  ...asks.map((words) => text(`\u2610  ${words}`, { isKept: true })),
  ...Array.from({ length: linesToWrite }, (_, nth) => blank(nth < linesToWrite - 1)),
];

const part = ({
  heading: words,
  lines,
  hasOwnPage = false,
}: {
  heading: string;
  lines: readonly string[];
  hasOwnPage?: boolean;
}): Paragraph[] => [
  new Paragraph({
    heading: HeadingLevel.HEADING_2,
    pageBreakBefore: hasOwnPage,
    children: [new TextRun(printable(words))],
  }),
  ...lines.map(
    (line) =>
      new Paragraph({
        bullet: { level: 0 },
        spacing: { after: 60, line: 340, lineRule: LineRuleType.AUTO },
        children: [new TextRun(printable(line))],
      }),
  ),
];

const text = (words: string, { isBold = false, isKept = false } = {}): Paragraph =>
  new Paragraph({
    keepNext: isKept,
    keepLines: true,
    alignment: AlignmentType.LEFT,
    spacing: { after: 100, line: 340, lineRule: LineRuleType.AUTO },
    children: [new TextRun({ text: printable(words), bold: isBold })],
  });

/** A line to write on. */
const blank = (isKept: boolean): Paragraph =>
  new Paragraph({
    text: '',
    keepNext: isKept,
    spacing: { line: 560, lineRule: LineRuleType.EXACT },
    border: { bottom: rule, between: rule },
  });

const footer = (words: string): Footer =>
  new Footer({
    children: [
      new Paragraph({
        children: [
          new TextRun({
            size: 20,
            children: [printable(`${words} Page `), PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
    ],
  });
