import {
  type Answers,
  agreeAsMember,
  type Bot,
  type Checkout,
  type Running,
  type Subject,
  start,
} from './apps.ts';
import type { Size } from './community.ts';
import { comeToRest } from './processes.ts';

/** How much of each thing is done: all of it for figures to keep, less for a glance. */
export type Counts = {
  /** Turns that everybody takes; figures are medians over them. */
  rounds: number;
  /** Before anything is counted, so that the code is compiled. */
  warmUp: number;
  finds: number;
  clicks: number;
  homes: number;
  /** For the waits, at each number in flight. */
  waits: number;
  /** Seconds of commands that arrive by themselves. */
  arrivingSeconds: number;
  starts: number;
  /** Starts after which memory is looked at. */
  rests: number;
  /** Commands after which it is looked at again. */
  load: number;
  /** How long nobody comes then: the bot looks once a minute whether there is something to give back. */
  quietSeconds: number;
  /** Each page and each beat that is looked at from inside. */
  looks: number;
};

export type Bench = {
  /** The bare app, and the bot of each checkout at each size. */
  subjects: readonly Subject[];
  checkouts: readonly Checkout[];
  sizes: readonly Size[];
  counts: Counts;
  answers: Answers;
  /** Never asked before, by an app that was just started. */
  questions: readonly string[];
  say(text: string): void;
};

export const isBot = (subject: Subject): subject is Bot => subject.kind === 'bot';

/** All of them, with a member who has agreed, at rest; stopped again whatever happens. */
export async function withAll<T extends Running>(
  starting: readonly (() => Promise<T>)[],
  work: (apps: readonly T[]) => Promise<void>,
): Promise<void> {
  const apps: T[] = [];
  try {
    for (const begin of starting) {
      const app = await begin();
      apps.push(app);
      await comeToRest(app.pid, 200);
      await agreeAsMember(app);
    }
    await work(apps);
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
  }
}

export const startingAll = (bench: Bench): (() => Promise<Running>)[] =>
  bench.subjects.map((subject) => () => start(subject, bench.answers));

/** Hands out questions that this app has not been asked; each app gets the same ones in the same order. */
export function freshFor(bench: Bench): (app: Running) => string {
  const handedOut = new Map<Running, number>();
  return (app) => {
    const next = handedOut.get(app) ?? 0;
    handedOut.set(app, next + 1);
    const question = bench.questions[next];
    if (question === undefined) throw new Error('There are no more questions: make more of them.');
    return question;
  };
}
