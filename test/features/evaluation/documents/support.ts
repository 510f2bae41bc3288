import type { Report } from '../../../../src/features/findings.ts';
import { drawApart } from '../../../../src/lib/apart.ts';

const folder = new URL('../../../../src/features/evaluation/documents/', import.meta.url);

export const drawWord = (report: Report): Promise<Uint8Array> =>
  drawApart<typeof import('../../../../src/features/evaluation/documents/word.ts').draw>(
    new URL('word.ts', folder),
    report,
  );

export const drawHtml = (report: Report): Promise<string> =>
  drawApart<typeof import('../../../../src/features/evaluation/documents/html.ts').draw>(
    new URL('html.ts', folder),
    report,
  );
