/** A setting that does not say what it should. `problem` goes on from its name: what it must be, and what to write. */
export class Wrong {
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }
}
