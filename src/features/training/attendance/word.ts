import { AlignmentType, BorderStyle, HeadingLevel, Paragraph, TextRun } from 'docx';
import { a4, headingStyle, ink, packed, printable } from '../../../lib/word.ts';
import { list } from '../../../slack/text.ts';

/** What a certificate of attendance says, in words. */
export type Certificate = {
  programme: string;
  /** Empty: a line to write it on. */
  name: string;
  title: string;
  /** "Tuesday 3 March 2026, 10:00 to 11:30". */
  when: string;
  /** "1 hour 30 minutes". */
  length: string;
  /** Of those who hosted it; may be empty. */
  hosts: readonly string[];
  /** "4 March 2026". */
  madeOn: string;
};

const margin = 1_700;
const side = { style: BorderStyle.SINGLE, size: 12, color: ink, space: 24 } as const;

/** One A4 page with real headings. Long names wrap, and are set smaller so that they stay on it. */
export const draw = (certificate: Certificate): Promise<Uint8Array> => {
  const { programme, name, title, when, length, hosts, madeOn } = certificate;
  return packed({
    title: 'Certificate of attendance',
    subject: printable(title),
    description: 'That somebody was at a session',
    headings: {
      heading1: headingStyle(52, { after: 720 }),
      heading2: headingStyle(sizeFor(name, 44), { before: 160, after: 320, color: '000000' }),
    },
    sections: [
      {
        properties: {
          page: {
            size: a4,
            margin: { top: margin, bottom: margin, left: margin, right: margin },
            borders: {
              pageBorderTop: side,
              pageBorderBottom: side,
              pageBorderLeft: side,
              pageBorderRight: side,
            },
          },
        },
        children: [
          text(programme, { color: ink, isBold: true, before: 2_600, after: 480 }),
          titled(HeadingLevel.HEADING_1, 'Certificate of attendance'),
          text('This is to say that', { after: 160 }),
          name === '' ? ruled() : titled(HeadingLevel.HEADING_2, name),
          text('was at the session', { after: 240 }),
          text(title, { isBold: true, size: sizeFor(title, 32), after: 480 }),
          text(when),
          text(`Length: ${length}`),
          ...(hosts.length > 0 ? [text(`Hosted by ${list(hosts)}`)] : []),
          text(`Made on ${madeOn}, by ChATR Companion, from the attendance that the hosts confirmed.`, {
            before: 960,
            size: 18,
            color: '4A5A61',
          }),
        ],
      },
    ],
  });
};

const titled = (level: (typeof HeadingLevel)[keyof typeof HeadingLevel], words: string): Paragraph =>
  new Paragraph({
    heading: level,
    alignment: AlignmentType.CENTER,
    children: [new TextRun(printable(words))],
  });

/** In half points. */
const sizeFor = (words: string, usual: number): number => (words.length > 60 ? Math.min(usual, 24) : usual);

const text = (
  words: string,
  { isBold = false, size = 24, color = '000000', before = 0, after = 80 } = {},
): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before, after },
    children: [new TextRun({ text: printable(words), bold: isBold, size, color })],
  });

/** A line to write a name on. */
const ruled = (): Paragraph =>
  new Paragraph({
    text: '',
    spacing: { before: 480, after: 160 },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '7A8A91', space: 1 } },
  });
