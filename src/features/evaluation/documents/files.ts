import type { Actor } from '../../../community/permissions.ts';
import { drawApart } from '../../../lib/apart.ts';
import { tidyTitle } from '../../../lib/title.ts';
import type { Answer } from '../../../slack/answer.ts';
import { sayFullDate } from '../../../slack/text.ts';
import type { FileKind } from '../../feature.ts';
import type { Report } from '../../findings.ts';
import { csvKind, htmlKind, wordKind } from '../ids.ts';
import { tablesOf } from './csv.ts';

/** Checks each time whether they may have it. @param about which report, as its button carries it. */
export type ReadForFile = (
  actor: Actor,
  about: string,
) => Promise<{ kind: 'report'; report: Report } | { kind: 'refused'; answer: Answer }>;

type Way = {
  id: string;
  says: string;
  ending: string;
  content(report: Report): Promise<string | Uint8Array>;
};

const holds =
  'the figures as they may be shown, and in people’s own words only what they allowed to be quoted';

const ways: readonly Way[] = [
  {
    id: wordKind,
    says: `The report as a Word file, for a board paper: ${holds}. It ends with room for next steps, which are yours to write.`,
    ending: 'docx',
    content: (report) =>
      drawApart<typeof import('./word.ts').draw>(new URL('./word.ts', import.meta.url), report),
  },
  {
    id: htmlKind,
    says: `The report as a web page in one file, which opens in any browser and can be read out: ${holds}.`,
    ending: 'html',
    content: (report) =>
      drawApart<typeof import('./html.ts').draw>(new URL('./html.ts', import.meta.url), report),
  },
  {
    id: csvKind,
    says: 'The tables of the report for a spreadsheet (CSV), in a zip with a line on what each column holds. No quotes are in it.',
    ending: 'zip',
    content: async (report) => tablesOf(report),
  },
];

/** The report of a group to take away. */
export const reportFiles = ({ read }: { read: ReadForFile }): FileKind[] =>
  ways.map(({ id, says, ending, content }) => ({
    id,
    says,
    async make(actor, about) {
      const found = await read(actor, about);
      if (found.kind === 'refused') return found;
      const { report } = found;
      const group = tidyTitle(report.group);
      return {
        kind: 'file',
        name: `${shortened(group)} report, ${sayFullDate(report.madeOn)}.${ending}`,
        title: `${group} report`,
        content: await content(report),
      };
    },
  }));

/** So that the date is still there where names of files are cut. */
const shortened = (name: string): string => Array.from(name).slice(0, 45).join('').trim();
