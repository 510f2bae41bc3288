import type { Running, Subject } from './apps.ts';
import { comeToRest, processorMs } from './processes.ts';

/** One line of a table: what was seen of each subject, one number a round. */
export type Row = {
  what: string;
  /** What to hold it against, in words. */
  aim: string;
  seen: Map<Subject, number[]>;
};

/** One table. Lines stand in the order in which they were first noted. */
export class Sheet {
  readonly title: string;
  readonly #rows = new Map<string, Row>();
  readonly #aims: Readonly<Record<string, string>>;

  /** @param aims by the words of their lines. */
  constructor(title: string, aims: Readonly<Record<string, string>> = {}) {
    this.title = title;
    this.#aims = aims;
  }

  note(what: string, subject: Subject, value: number): void {
    const row = this.#rows.get(what) ?? { what, aim: this.#aims[what] ?? '', seen: new Map() };
    this.#rows.set(what, row);
    row.seen.set(subject, [...(row.seen.get(subject) ?? []), value]);
  }

  get rows(): Row[] {
    return [...this.#rows.values()];
  }
}

export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** Round by round, so that what slowed the machine for a moment slowed both; then the median. */
export const ratio = (these: readonly number[], to: readonly number[]): number =>
  median(these.map((value, round) => value / (to[round] ?? Number.NaN)));

/**
 * All of them do one thing, then all of them the next, and again: a machine that is slow for a while is slow for all. Each
 * round begins with another one, so that nobody always follows the same.
 */
export async function takeTurns<T>(
  those: readonly T[],
  rounds: number,
  things: readonly ((one: T, round: number) => Promise<void>)[],
): Promise<void> {
  for (let round = 0; round < rounds; round += 1)
    for (const thing of things)
      for (let turn = 0; turn < those.length; turn += 1) {
        const one = those[(turn + round) % those.length];
        if (one !== undefined) await thing(one, round);
      }
}

/** Milliseconds of processor that the app itself used for it, with what it still did after its last answer. */
export async function costOf({ pid }: Running, work: () => Promise<unknown>): Promise<number> {
  await comeToRest(pid);
  const before = processorMs(pid);
  await work();
  await comeToRest(pid);
  return processorMs(pid) - before;
}

/** Does `one` so often, so many at a time; how long each took, in milliseconds. */
export async function inFlight(
  count: number,
  atATime: number,
  one: (index: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const began = performance.now();
      await one(index);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return times;
}
