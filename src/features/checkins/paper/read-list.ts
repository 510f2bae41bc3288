import { type CsvLine, decodeText, readCsv, separatorsOf } from '../../../content/csv.ts';
import type { Answers } from '../answering/draft.ts';
import { type Question, readPaperAnswer } from '../question-kinds.ts';
import { bare, plain, quote } from './cells.ts';

/** Of a row that cannot be taken: where it begins in the list, and why, in words for whoever brought it. */
type Refused = { line: number; why: string };

export type PaperRows = {
  taken: { line: number; answers: Answers }[];
  refused: Refused[];
  /** Columns that are no question of this check-in, such as a time or a name. */
  leftOut: string[];
};

export type PaperProblem =
  | { kind: 'empty' }
  | { kind: 'not-text' }
  /** A quotation mark has no partner. */
  | { kind: 'broken'; line: number }
  | { kind: 'no-questions'; headings: string[] }
  | { kind: 'twice'; question: string }
  | { kind: 'too-many'; rows: number };

/**
 * Reads a list of answers: the questions on its first line, as they are asked or by number, and a person on each further
 * one. What is no question is left out, names and addresses with it; a row that is not right is not taken at all.
 */
export function readPapers(
  list: string | Uint8Array,
  questions: readonly Question[],
  most: number,
): PaperRows | { problem: PaperProblem } {
  const text = typeof list === 'string' ? list : decodeText(list);
  if (text === undefined || text.includes('\u0000')) return { problem: { kind: 'not-text' } };
  const tidy = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  // Keyboards turn quotation marks; where that makes no sense of them, they are somebody's own.
  const straight = tidy.includes('"') ? tidy : tidy.replace(/[“”„]/g, '"');
  const turned = bestTable(straight, questions);
  const best = 'brokenAt' in turned && straight !== tidy ? bestTable(tidy, questions) : turned;
  if ('brokenAt' in best) return { problem: { kind: 'broken', line: best.brokenAt } };
  const { headings, columns, rows } = best;
  if (headings.every((heading) => heading === '')) return { problem: { kind: 'empty' } };
  const known = columns.filter((one) => one !== undefined);
  if (known.length === 0) return { problem: { kind: 'no-questions', headings } };
  const twice = known.find((one, index) => known.indexOf(one) !== index);
  if (twice) return { problem: { kind: 'twice', question: twice.text } };
  if (rows.length === 0) return { problem: { kind: 'empty' } };
  if (rows.length > most) return { problem: { kind: 'too-many', rows: rows.length } };
  const taken: PaperRows['taken'] = [];
  const refused: Refused[] = [];
  for (const { line, cells } of rows) {
    const row = readRow(cells, columns);
    if (typeof row === 'string') refused.push({ line, why: row });
    else if (Object.keys(row).length === 0) refused.push({ line, why: 'nothing is answered.' });
    else taken.push({ line, answers: row });
  }
  const leftOut = headings.filter((heading, index) => heading !== '' && columns[index] === undefined);
  return { taken, refused, leftOut };
}

/** The list with the separator that finds most of the questions. */
function bestTable(csv: string, questions: readonly Question[]): Table {
  const { separators, body } = separatorsOf(csv);
  return separators
    .map((delimiter) => tableOf(body, delimiter, questions))
    .reduce((one, other) => (worth(other) > worth(one) ? other : one));
}

type Table =
  | { headings: string[]; columns: (Question | undefined)[]; rows: CsvLine[] }
  | { brokenAt: number };

function tableOf(csv: string, delimiter: string, questions: readonly Question[]): Table {
  const read = readCsv(csv, { delimiter, quote: '"' });
  if ('brokenAt' in read) return read;
  const lines = read.lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [first, ...rows] = lines;
  const headings = (first?.cells ?? []).map((cell) => cell.trim());
  return { headings, columns: headings.map((heading) => questionOf(heading, questions)), rows };
}

const worth = (table: Table): number =>
  'brokenAt' in table ? -1 : table.columns.filter((one) => one !== undefined).length;

/** By its number, its id, or its words, with a number in front or without. */
function questionOf(heading: string, questions: readonly Question[]): Question | undefined {
  const [, number] = /^(?:q|question)? ?(\d{1,2})[.):]?$/.exec(plain(heading)) ?? [];
  if (number !== undefined) return questions[Number(number) - 1];
  const names = [heading, heading.replace(/^\s*(?:q(?:uestion)? ?)?\d{1,2}\s*[.):-]\s*/i, '')].map(bare);
  return questions.find(({ id, text }) => names.includes(bare(text)) || names.includes(bare(id)));
}

/** @returns all that keeps it from being taken, where something does. */
function readRow(cells: readonly string[], columns: readonly (Question | undefined)[]): Answers | string {
  const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (filled > columns.length) return `it has ${filled} columns, and the first line has ${columns.length}.`;
  const answers: Answers = {};
  const wrong: string[] = [];
  for (const [index, question] of columns.entries()) {
    const cell = cells[index]?.trim() ?? '';
    if (!question || cell === '') continue;
    const read = readPaperAnswer(question, cell);
    if ('wrong' in read) wrong.push(`${quote(question.text)}: ${read.wrong}`);
    else answers[question.id] = read.value;
  }
  return wrong.length > 0 ? wrong.join(' ') : answers;
}
