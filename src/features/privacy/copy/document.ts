import { HeadingLevel, Paragraph, TextRun } from 'docx';
import { heading, headingStyle, ink, packed, pageWith, printable } from '../../../lib/word.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { count, sayFullDate, sayTime } from '../../../slack/text.ts';
import { notIncluded, type Read, valuesOf } from './copy.ts';

/** Everything that is kept about somebody, to read: headings to jump by, and no tables, so that a phone shows it whole. */
export const draw = ({ madeAt, areas }: Read, zone: string): Promise<Uint8Array> =>
  packed({
    title: 'My data',
    description: 'Everything ChATR Companion keeps about me',
    headings: {
      title: { run: { font: 'Arial', size: 40, bold: true, color: ink } },
      heading1: headingStyle(30, { before: 360 }),
      heading2: headingStyle(24, { before: 240, color: '000000' }),
      heading3: headingStyle(22, { before: 200, after: 40 }),
    },
    sections: [
      {
        properties: { page: pageWith(1_130) },
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

const text = (words: string): Paragraph =>
  new Paragraph({ spacing: { after: 60 }, children: [new TextRun(printable(words))] });

const labelled = (label: string, words: string): Paragraph =>
  new Paragraph({
    spacing: { after: 60 },
    children: [new TextRun({ text: `${printable(label)}: `, bold: true }), new TextRun(printable(words))],
  });
