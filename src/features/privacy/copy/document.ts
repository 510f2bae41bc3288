import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { localDate } from '../../../scheduler/calendar.ts';
import { count, sayFullDate, sayTime } from '../../../slack/text.ts';
import { notIncluded, type Read, valuesOf } from './copy.ts';

/** A4 in twentieths of a point, as Word counts. */
const page = { width: 11_906, height: 16_838 };
const margin = 1_130;

/** Everything that is kept about somebody, to read: headings to jump by, and no tables, so that a phone shows it whole. */
export function drawCopy({ madeAt, areas }: Read, zone: string): Promise<Buffer> {
  const document = new Document({
    title: 'My data',
    creator: 'ChATR Companion',
    description: 'Everything ChATR Companion keeps about me',
    styles: {
      default: {
        document: { run: { font: 'Arial', size: 22, language: { value: 'en-GB' } } },
        title: { run: { font: 'Arial', size: 40, bold: true, color: '1F4E5F' } },
        heading1: {
          run: { font: 'Arial', size: 30, bold: true, color: '1F4E5F' },
          paragraph: { spacing: { before: 360, after: 80 } },
        },
        heading2: {
          run: { font: 'Arial', size: 24, bold: true },
          paragraph: { spacing: { before: 240, after: 80 } },
        },
        heading3: {
          run: { font: 'Arial', size: 22, bold: true, color: '1F4E5F' },
          paragraph: { spacing: { before: 200, after: 40 } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: { size: page, margin: { top: margin, bottom: margin, left: margin, right: margin } },
        },
        children: [
          heading(HeadingLevel.TITLE, 'My data'),
          text(`Everything ChATR Companion kept about me on ${sayFullDate(localDate(madeAt, zone))}.`),
          heading(HeadingLevel.HEADING_1, 'What is not in here'),
          ...notIncluded.map((line) => text(line)),
          ...areas.flatMap(({ area, kinds }) => [
            heading(HeadingLevel.HEADING_1, area.title),
            text(area.why),
            ...kinds.flatMap((kind) => [
              heading(HeadingLevel.HEADING_2, kind.what),
              ...(kind.items.length === 0
                ? [text(`${count(kind.count, 'entry', 'entries')}, with nothing more to show.`)]
                : kind.items.flatMap((item) => itemOf(valuesOf(item), zone))),
            ]),
          ]),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** The first line heads it, so that one of many is found by its heading. */
function itemOf([first, ...rest]: ReturnType<typeof valuesOf>, zone: string): Paragraph[] {
  if (!first) return [];
  const [label, value] = first;
  const head = linesOf(value, zone);
  const isShort = head.length === 1 && (head[0]?.length ?? 0) <= 80;
  return [
    heading(HeadingLevel.HEADING_3, isShort ? `${label}: ${head[0]}` : label),
    ...(isShort ? [] : head.map((line) => text(line))),
    ...rest.flatMap(([name, one]) => {
      const lines = linesOf(one, zone);
      const [only = ''] = lines;
      return lines.length === 1
        ? [labelled(name, only)]
        : [labelled(name, ''), ...lines.map((line) => text(line))];
    }),
  ];
}

const localDay = /^\d{4}-\d{2}-\d{2}$/;

function linesOf(value: ReturnType<typeof valuesOf>[number][1], zone: string): string[] {
  if (value instanceof Date) return [sayTime(value, zone)];
  if (typeof value === 'boolean') return [value ? 'yes' : 'no'];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'string') return value.map((one) => `– ${one}`);
  return localDay.test(value) ? [sayFullDate(value)] : value.split(/\r\n|\r|\n/);
}

/** XML has no place for control characters and halves of letters, and Word opens no file that has them. */
const printable = (words: string): string => words.toWellFormed().replace(/[^\P{Cc}\t]|[\uFFFE\uFFFF]/gu, '');

const heading = (level: (typeof HeadingLevel)[keyof typeof HeadingLevel], words: string): Paragraph =>
  new Paragraph({ heading: level, keepNext: true, children: [new TextRun(printable(words))] });

const text = (words: string): Paragraph =>
  new Paragraph({ spacing: { after: 60 }, children: [new TextRun(printable(words))] });

const labelled = (label: string, words: string): Paragraph =>
  new Paragraph({
    spacing: { after: 60 },
    children: [new TextRun({ text: `${printable(label)}: `, bold: true }), new TextRun(printable(words))],
  });
