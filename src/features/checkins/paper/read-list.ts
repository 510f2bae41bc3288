import { type CsvLine, decodeText, readCsv, separatorsOf } from '../../../content/csv.ts';
import { problemWithDate } from '../../../scheduler/recurrence.ts';
import { clip } from '../../../slack/text.ts';
import type { Answers } from '../answering/draft.ts';
import { type AnswerValue, choicesOf, type Question } from '../question-kinds.ts';

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

/** As it is compared: without what a spreadsheet, a form or a keyboard makes of it. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[‘’`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐-―−]/g, '-')
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim()
    .toLowerCase();

const bare = (text: string): string => plain(text).replace(/[\s?.:*]+$/u, '');

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
    const read = readCell(cell, question);
    if ('wrong' in read) wrong.push(`${quote(question.text)}: ${read.wrong}`);
    else answers[question.id] = read.value;
  }
  return wrong.length > 0 ? wrong.join(' ') : answers;
}

type Cell = { value: AnswerValue } | { wrong: string };

function readCell(cell: string, question: Question): Cell {
  switch (question.type) {
    case 'text': {
      const length = Array.from(cell).length;
      return length > question.maxChars
        ? { wrong: `${length} characters, and it takes ${question.maxChars}.` }
        : { value: cell };
    }
    case 'scale': {
      const { min, max, low, high } = question;
      const ends = new Map([
        [plain(low), min],
        [plain(high), max],
      ]);
      const [, number] = /^(-?\d{1,3})(?:[.,]0+)?(?: ?\(.*\))?$/.exec(plain(cell)) ?? [];
      const value = number === undefined ? ends.get(plain(cell)) : Number(number);
      return value === undefined || value < min || value > max
        ? { wrong: `${quote(cell)} is not on the scale from ${min} to ${max}.` }
        : { value };
    }
    case 'date':
      return dayOf(cell);
    case 'yes_no':
    case 'single_choice': {
      const value = optionOf(cell, question);
      return value === undefined
        ? { wrong: `${quote(cell)} is none of the answers to choose from.` }
        : { value };
    }
    case 'multi_choice':
      return several(cell, question);
  }
}

/** As a calendar or a spreadsheet writes it; in Britain the day stands first. */
function dayOf(cell: string): Cell {
  const value = cell
    .trim()
    .replace(
      /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/,
      (_, day: string, month: string, year: string) =>
        `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    );
  return problemWithDate(value) === undefined
    ? { value }
    : { wrong: `${quote(cell)} is no date. Please write it as 31/01/2027.` };
}

/** Options between semicolons, bars or line breaks, or between commas, though an option may have one itself. */
function several(cell: string, question: Question & { type: 'multi_choice' }): Cell {
  const whole = optionOf(cell, question);
  if (whole !== undefined) return { value: [whole] };
  const parts = (/[;|\n]/.test(cell) ? cell.split(/[;|\n]/) : byCommas(plain(cell), question.options))
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const values = new Set<number>();
  for (const part of parts) {
    const value = optionOf(part, question);
    if (value === undefined) return { wrong: `${quote(part)} is none of the answers to choose from.` };
    values.add(value);
  }
  const { maxChoices: most } = question;
  if (most !== undefined && values.size > most)
    return { wrong: `${values.size} answers are chosen, and it takes ${most}.` };
  return { value: [...values].toSorted((a, b) => a - b) };
}

function byCommas(cell: string, options: readonly string[]): string[] {
  const longestFirst = options.map(plain).toSorted((one, other) => other.length - one.length);
  const parts: string[] = [];
  for (let rest = cell; rest !== ''; ) {
    const option = longestFirst.find((one) => rest === one || rest.startsWith(`${one},`));
    const part = option ?? rest.split(',', 1)[0] ?? rest;
    parts.push(part);
    rest = rest.slice(part.length + 1).trim();
  }
  return parts;
}

/** An option by its words, or by its place, from 1. */
function optionOf(cell: string, question: Question): number | undefined {
  const values = choicesOf(question)?.values ?? [];
  const byWords = values.find(({ label }) => bare(label) === bare(cell));
  const byPlace = /^\d{1,2}$/.test(cell.trim()) ? values[Number(cell) - 1] : undefined;
  return (byWords ?? byPlace)?.value;
}

/** So much of it as tells which it is. */
const quote = (text: string): string => `“${clip(text.replace(/\s+/g, ' '), 60)}”`;
