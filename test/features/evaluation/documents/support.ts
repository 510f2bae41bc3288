import type { Report } from '../../../../src/features/findings.ts';
import { drawApart } from '../../../../src/lib/apart.ts';

const folder = new URL('../../../../src/features/evaluation/documents/', import.meta.url);

/** In a thread of its own, as the bot draws them: what draws is loaded anew for each. */
export const drawWordApart = (report: Report): Promise<Uint8Array> =>
  drawApart<typeof import('../../../../src/features/evaluation/documents/word.ts').draw>(
    new URL('word.ts', folder),
    report,
  );

export const drawHtmlApart = (report: Report): Promise<string> =>
  drawApart<typeof import('../../../../src/features/evaluation/documents/html.ts').draw>(
    new URL('html.ts', folder),
    report,
  );
