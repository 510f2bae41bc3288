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
