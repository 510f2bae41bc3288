import { Document, type HeadingLevel, type IPropertiesOptions, Packer, Paragraph, TextRun } from 'docx';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { zipped } from './zip.ts';

/** What every Word file of this program shares. Slow to load: begin it with `drawApart`. */

/** In twentieths of a point, as Word counts. */
export const a4 = { width: 11_906, height: 16_838 };
export const ink = '1F4E5F';

/** A4 with the same margin all round. */
export const pageWith = (margin: number) => ({
  size: a4,
  margin: { top: margin, bottom: margin, left: margin, right: margin },
});

/** @param size of its text, in half points. */
export const packed = ({
  size = 22,
  headings,
  ...about
}: Pick<IPropertiesOptions, 'title' | 'subject' | 'description' | 'sections'> & {
  size?: number;
  headings: NonNullable<NonNullable<IPropertiesOptions['styles']>['default']>;
}): Promise<Uint8Array> =>
  Packer.toBuffer(
    new Document({
      creator: 'ChATR Companion',
      lastModifiedBy: 'ChATR Companion',
      styles: {
        default: {
          document: { run: { font: 'Arial', size, language: { value: 'en-GB' } } },
          ...headings,
        },
      },
      ...about,
    }),
  );

/**
 * The same file with the same bytes each time it is made of the same things.
 * @param date local, `YYYY-MM-DD`: said to be when it was made and last changed.
 */
export function dated(file: Uint8Array, date: string): Uint8Array {
  const about = 'docProps/core.xml';
  const parts = unzipSync(file);
  const said = strFromU8(parts[about] ?? new Uint8Array()).replace(
    /(<dcterms:(created|modified)[^>]*>)[^<]*/g,
    `$1${date}T12:00:00Z`,
  );
  return zipped({ ...parts, [about]: strToU8(said) }, date);
}

/** How a heading looks. @param size in half points. */
export const headingStyle = (
  size: number,
  { before = 0, after = 80, color = ink }: { before?: number; after?: number; color?: string } = {},
) => ({
  run: { font: 'Arial', size, bold: true, color },
  paragraph: { spacing: { before, after }, keepNext: true },
});

/** XML has no place for control characters and halves of letters, and Word opens no file that has them. */
export const printable = (words: string): string =>
  words.toWellFormed().replace(/[^\P{Cc}\t]|[\uFFFE\uFFFF]/gu, '');

export const heading = (level: (typeof HeadingLevel)[keyof typeof HeadingLevel], words: string): Paragraph =>
  new Paragraph({ heading: level, children: [new TextRun(printable(words))] });
