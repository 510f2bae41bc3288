import { CsvError, parse } from 'csv-parse/sync';

/**
 * The text of a CSV file, whatever Excel made of it: UTF-8 with or without a mark, UTF-16 with or without a mark, or
 * the old Windows encoding. @returns undefined when it is no text (an .xlsx is a zip archive).
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be');
  if (first === 0xef && second === 0xbb && third === 0xbf) return decode(bytes, 'utf-8');
  if (first === 0x50 && second === 0x4b) return undefined;
  const zeros = countZeros(bytes);
  // Latin letters in UTF-16 have a zero as every other byte, and other text has hardly any.
  const many = Math.min(bytes.length, sample) / 8;
  if (zeros.odd > many && zeros.odd > zeros.even * 4) return decode(bytes, 'utf-16le');
  if (zeros.even > many && zeros.even > zeros.odd * 4) return decode(bytes, 'utf-16be');
  if (zeros.odd + zeros.even > 0) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decode(bytes, 'windows-1252');
  }
}

/** So many bytes tell what the others are. */
const sample = 4096;

const decode = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  bytes.subarray(0, sample).forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
  });
  return zeros;
}

export type CsvLine = { line: number; cells: string[]; raw: string };

/**
 * Every line of cells, with the line of the file on which it begins: a quoted cell can go over several.
 * @returns the line on which a quotation mark has no partner, where that is so.
 */
export function readCsv(
  csv: string,
  options: { delimiter: string; quote: '"' | null },
): { lines: CsvLine[] } | { brokenAt: number } {
  try {
    const records = parse(csv, {
      ...options,
      info: true,
      raw: true,
      ltrim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
    let next = 1;
    const lines = records.map(({ record, raw, info }) => {
      const line = next;
      next = info.lines + 1;
      return { line, cells: record, raw };
    });
    return { lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { brokenAt: typeof error.lines === 'number' ? error.lines : 1 };
  }
}

/** The separators that a file may use; Excel writes, and reads, its own on a first line: "sep=;". */
export function separatorsOf(csv: string): { separators: string[]; body: string } {
  const told = /^sep=([,;\t|])\n/i.exec(csv);
  // It is a line of the file all the same, so that the others keep their numbers.
  const body = told ? csv.slice(told[0].length - 1) : csv;
  return {
    body,
    separators: told?.[1]
      ? [told[1]]
      : ['\t', ';', ',', '|'].filter((mark) => mark === ',' || body.includes(mark)),
  };
}
