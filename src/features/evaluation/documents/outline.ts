import { sayFullDate } from '../../../slack/text.ts';
import {
  type Chart,
  type Part,
  type Report,
  type Section,
  type SectionId,
  shownTable,
  type Table,
} from '../../findings.ts';
import { linesOf, plainReport } from './plain.ts';

/** A report in the shape of an appendix to a board paper, said once for Word and for HTML. */
export type Outline = {
  /** "Perinatal pilot: evaluation report" */
  title: string;
  /** The group's name. */
  group: string;
  /** Of which time, and as of when. */
  about: readonly string[];
  chapters: readonly Chapter[];
};

export type Chapter = {
  /** Stays as it is: links go there. */
  id: string;
  title: string;
  /** Without a title, what stands directly below the chapter's. */
  sections: readonly { title: string | undefined; pieces: readonly Piece[] }[];
};

/** Tables and figures are numbered through the whole report. */
export type Piece =
  | Exclude<Part, Table | Chart>
  | { kind: 'table'; number: number; table: Table }
  | { kind: 'figure'; number: number; chart: Chart }
  | { kind: 'room'; text: string; columns: readonly string[]; rows: number };

const chapterOf: Readonly<Record<SectionId, 'who' | 'findings' | 'words'>> = {
  'who-took-part': 'who',
  response: 'who',
  change: 'findings',
  effect: 'findings',
  answers: 'findings',
  intentions: 'findings',
  themes: 'findings',
  quotes: 'words',
  resources: 'findings',
  introductions: 'findings',
  training: 'findings',
  heard: 'findings',
};

const nextSteps: Piece = {
  kind: 'room',
  text: 'To be written by the facilitator: what follows from these findings, and what the board is asked to note or to decide.',
  columns: ['What will be done', 'By whom', 'By when'],
  rows: 4,
};

export function outlineOf(given: Report): Outline {
  const report = plainReport(given);
  const numbered = numbering();
  const chapter = (id: 'who' | 'findings' | 'words', title: string): Chapter => ({
    id,
    title,
    sections: report.sections
      .filter((section) => chapterOf[section.id] === id)
      .map((section) => ({ title: titleBelow(title, section), pieces: section.parts.map(numbered) })),
  });
  const written = (id: string, title: string, pieces: readonly Piece[]): Chapter => ({
    id,
    title,
    sections: pieces.length > 0 ? [{ title: undefined, pieces }] : [],
  });
  return {
    title: `${report.group}: evaluation report`,
    group: report.group,
    about: [`${sayFullDate(report.from)} to ${sayFullDate(report.until)}`, sayAsOf(report)],
    chapters: [
      written('purpose', 'Purpose', texts([report.purpose])),
      written('method', 'Method', texts(report.method)),
      chapter('who', 'Who took part'),
      report.sections.length > 0
        ? chapter('findings', 'Findings')
        : written('findings', 'Findings', texts(['There is nothing yet that could be shown.'])),
      chapter('words', 'In their words'),
      written(
        'limits',
        'Limits of these figures',
        report.limits.length > 1 ? [{ kind: 'list', items: report.limits }] : texts(report.limits),
      ),
      written('next-steps', 'Next steps', [nextSteps]),
    ].filter(({ sections }) => sections.length > 0),
  };
}

const sayAsOf = ({ isClosed, madeOn }: Report): string =>
  isClosed
    ? `Closed on ${sayFullDate(madeOn)}: these figures stay as they are.`
    : `Draft of ${sayFullDate(madeOn)}: figures may change until the report is closed.`;

const texts = (all: readonly string[]): Piece[] =>
  all.flatMap((text) => (linesOf(text).length > 0 ? { kind: 'text', text } : []));

/** None where it would repeat the chapter's. */
const titleBelow = (chapter: string, { title }: Section): string | undefined =>
  title.trim().toLowerCase() === chapter.toLowerCase() ? undefined : title;

function numbering(): (part: Part) => Piece {
  let tables = 0;
  let figures = 0;
  return (part) => {
    if (part.kind === 'table') return { kind: 'table', number: ++tables, table: shownTable(part) };
    if (part.kind === 'chart') return { kind: 'figure', number: ++figures, chart: part };
    return part;
  };
}
