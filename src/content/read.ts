import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

export type ContentProblem = { file: string; line: number; message: string };

/** All that is wrong in the content folder, at once. The message is the list, one `file:line: what, what to do` a line. */
export class ContentError extends Error {
  override name = 'ContentError';
  readonly problems: ContentProblem[];

  constructor(problems: ContentProblem[]) {
    const lines = problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    super(lines.join('\n'));
    this.problems = problems;
  }
}

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

    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    for (const error of document.errors)
      report(
        lines.linePos(error.pos[0]).line,
        `${firstSentence(error.message)} Check quotes, colons and indentation here.`,
      );
    if (document.errors.length > 0) return undefined;

    const lineOf = (path: Path): number => {
      // A missing field has no place of its own: name the nearest thing around it that has one.
      for (let length = path.length; length >= 0; length -= 1) {
        const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
        const range = rangeOf(node);
        if (range !== undefined) return lines.linePos(range).line;
      }
      return 1;
    };
    const parsed = schema.safeParse(document.toJS());
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        report(lineOf(issue.path), `${sayPath(issue.path)}: ${issue.message}.`);
      return undefined;
    }
    return {
      value: parsed.data,
      problem: (path, message) => report(lineOf(path), `${sayPath(path)}: ${message}`),
    };
  }

  /** @throws ContentError when anything was reported. */
  finish(): void {
    if (this.problems.length > 0)
      throw new ContentError(
        this.problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
      );
  }
}

function readText(file: string, report: (line: number, message: string) => void): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    report(
      1,
      missing
        ? 'This file is missing. Put it back, or set CHATR_CONTENT_DIR to the folder that has it.'
        : 'This file cannot be read. Check its permissions.',
    );
    return undefined;
  }
}

function rangeOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range))
    return undefined;
  return typeof node.range[0] === 'number' ? node.range[0] : undefined;
}

const sayPath = (path: Path): string => path.map(String).join('.') || 'the file';
const firstSentence = (message: string): string => `${message.split('\n')[0]?.replace(/\.?$/, '.')}`;
