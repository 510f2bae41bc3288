import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { plainWords } from './plain-words.ts';
import { ContentError, type ContentProblem } from './problems.ts';
import { explain } from './yaml-problems.ts';

export type Path = readonly PropertyKey[];

/** A file that fits its schema. `problem` adds what a schema cannot see, such as a topic that does not exist. */
export type ContentFile<T> = { value: T; problem(path: Path, message: string): void };

/** Reads YAML files of one folder and collects what is wrong with them, so that an editor sees everything in one go. */
export class ContentFolder {
  readonly problems: ContentProblem[] = [];
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @returns undefined when the file is missing, is no YAML or does not fit; then `problems` says so. */
  read<S extends z.ZodType>(name: string, schema: S): ContentFile<z.output<S>> | undefined {
    const file = join(this.#dir, name);
    const report = (line: number, message: string) => this.problems.push({ file, line, message });
    const text = readText(file, report);
    if (text === undefined) return undefined;

    const values = quickly(text);
    const parsed = values === undefined ? undefined : schema.safeParse(values);
    if (!parsed?.success) return this.#readCarefully(text, schema, report);
    let located: ReturnType<typeof parseWithPlaces> | undefined;
    return {
      value: parsed.data,
      problem: (path, message) => {
        located ??= parseWithPlaces(text);
        pointer(located.document, located.lines, report).problem(path, message);
      },
    };
  }

  /** With the place of everything, so that what is wrong can be pointed at. Some ten times slower. */
  #readCarefully<S extends z.ZodType>(
    text: string,
    schema: S,
    report: (line: number, message: string) => void,
  ): ContentFile<z.output<S>> | undefined {
    const { document, lines } = parseWithPlaces(text);
    for (const error of document.errors) report(lines.linePos(error.pos[0]).line, explain(error));
    if (document.errors.length > 0) return undefined;
    if (document.contents === null) {
      report(1, 'this file is empty. Put its content back.');
      return undefined;
    }

    const { lineOf, problem } = pointer(document, lines, report);
    const content = valuesOf(document);
    if (content === undefined) {
      report(1, 'this file repeats itself too often by way of "&" and "*". Write the entries out.');
      return undefined;
    }
    const parsed = schema.safeParse(content.values, { error: plainWords });
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const messages = issue.message.split('\n');
        if (issue.code === 'unrecognized_keys')
          issue.keys.forEach((key, index) => {
            report(lineOf([...issue.path, key]), messages[index] ?? `"${key}" is not a field here.`);
          });
        else problem(issue.path, fullStop(issue.message));
      }
      return undefined;
    }
    return { value: parsed.data, problem };
  }

  /** @throws ContentError when anything was reported. */
  finish(): void {
    if (this.problems.length > 0)
      throw new ContentError(
        this.problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
      );
  }
}

const mostAliases = 8;

/**
 * The values of a file that is in order, without their places: what every start needs, and nothing more.
 * @returns undefined for anything unusual (errors, many aliases); the careful reader then says what it is.
 */
function quickly(text: string): unknown {
  // Aliases of aliases could grow without end; a few cannot.
  if ((text.match(/(?:^|\s)\*[\w-]/gm)?.length ?? 0) > mostAliases) return undefined;
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

function parseWithPlaces(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  return {
    document: parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true }),
    lines,
  };
}

function pointer(document: Document, lines: LineCounter, report: (line: number, message: string) => void) {
  const lineOf = (path: Path): number => {
    const start = startOf(document, path);
    return start === undefined ? 1 : lines.linePos(start).line;
  };
  const problem = (path: Path, message: string) =>
    report(lineOf(path), `${sayPath(document, path)}: ${message}`);
  return { lineOf, problem };
}

function readText(file: string, report: (line: number, message: string) => void): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const broken = text.indexOf('\ufffd');
    if (broken < 0) return text;
    report(
      text.slice(0, broken).split('\n').length,
      'a character here cannot be read. Save the file as UTF-8 (in the "Save as" window, under "Encoding").',
    );
    return undefined;
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    report(
      1,
      absent
        ? 'this file is missing. Put it back, or set CHATR_CONTENT_DIR to the folder that has it.'
        : 'this file cannot be read. Check its permissions.',
    );
    return undefined;
  }
}

/** undefined: aliases of aliases that would grow without end; the reader stops at a hundred. */
function valuesOf(document: Document): { values: unknown } | undefined {
  try {
    return { values: document.toJS() };
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** Where something stands: its field name, or the entry. What is missing has no place, so the nearest thing around it. */
function startOf(document: Document, path: Path): number | undefined {
  let node: unknown = document.contents;
  let start = positionOf(node);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isNode(key) && String(key) === String(step));
      if (pair === undefined) return start;
      start = positionOf(pair.key) ?? start;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (node === undefined) return start;
      start = positionOf(node) ?? start;
    } else return start;
  }
  return start;
}

const positionOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** "resources › harvard-key-concepts › topics › entry 2": entries by their id where they have one. */
function sayPath(document: Document, path: Path): string {
  if (path.length === 0) return 'the file';
  return path
    .map((step, index) => {
      if (typeof step !== 'number') return String(step);
      const id = document.getIn([...path.slice(0, index + 1), 'id']);
      return typeof id === 'string' ? id : `entry ${step + 1}`;
    })
    .join(' › ');
}

const fullStop = (message: string): string => (/[.?!]$/.test(message) ? message : `${message}.`);
