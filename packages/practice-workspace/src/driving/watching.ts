import type { MessageSummary, ViewSummary } from '../protocol.ts';
import { messageSummary, viewSummary } from '../snapshot.ts';
import type { World } from '../world.ts';
import type { Occurrence, Person } from '../world-types.ts';
import { messageText, viewText } from './plain-text.ts';

/** What to wait for: words that must be in it, a pattern, or a question. */
export type Matching<T> = string | RegExp | ((item: T) => boolean);
export type Kinds = {
  /** A new message by somebody else that others can see as well. */
  message: MessageSummary;
  /** A new message only for this person. */
  ephemeral: MessageSummary;
  /** A message that changed. */
  edited: MessageSummary;
  modal: ViewSummary;
  home: ViewSummary;
  notice: string;
};

type Parts = { world: World; person: Person; patienceMs: number; describe: () => string };

/** Waiting for what a person notices: events, never time. */
export class Watching {
  readonly #parts: Parts;
  readonly #cursors = new Map<keyof Kinds, number>();
  #start: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#start = parts.world.lastSeq;
  }

  /**
   * The next thing of this kind that this person has not been asked about yet, oldest first, waiting for it if need be.
   * What happened before the first `as()` does not count, nor what `skipSeen` passed over.
   */
  async next<Kind extends keyof Kinds>(
    kind: Kind,
    options: { matching?: Matching<Kinds[Kind]>; in?: string } = {},
  ): Promise<Kinds[Kind]> {
    const wanted = options.matching === undefined ? '' : ` matching ${String(options.matching)}`;
    return this.#waitFor(() => {
      const from = this.#cursors.get(kind) ?? this.#start;
      for (const occurrence of this.#parts.world.since(this.#parts.person.id, from)) {
        const item = this.#item(kind, occurrence);
        if (item === undefined || !matches(item, options.matching)) continue;
        if (options.in !== undefined && !this.#isIn(item, options.in)) continue;
        this.#cursors.set(kind, occurrence.seq);
        return item;
      }
      return undefined;
    }, `a ${kind}${wanted}`);
  }

  /** New messages, ephemeral or not, by others since the last time anybody asked; does not wait. */
  newMessages(): MessageSummary[] {
    const { world, person } = this.#parts;
    const from = Math.max(
      this.#cursors.get('message') ?? 0,
      this.#cursors.get('ephemeral') ?? 0,
      this.#start,
    );
    const found = world.since(person.id, from).flatMap((occurrence) => {
      const item = this.#item('message', occurrence) ?? this.#item('ephemeral', occurrence);
      return item === undefined ? [] : [item];
    });
    this.#cursors.set('message', world.lastSeq);
    this.#cursors.set('ephemeral', world.lastSeq);
    return found;
  }

  /** Forget what came so far: `next` will only give what comes from now on. */
  skipSeen(): void {
    this.#start = this.#parts.world.lastSeq;
    this.#cursors.clear();
  }

  /** Resolves with the first value that is not undefined, null or false, asked again on each change. */
  waitFor<T>(question: () => T | undefined | null | false, what = 'what the test waits for'): Promise<T> {
    return this.#waitFor(question, what);
  }

  protected async somethingAfter(seq: number, act: string): Promise<void> {
    const { world, person } = this.#parts;
    await this.#waitFor(
      () => world.since(person.id, seq).length > 0,
      `anything visible after "${act}" (the app acknowledged it; say { quiet: true } if nothing should follow)`,
    );
  }

  /** Whether a message or the Home tab changed last. */
  protected sawLast(): 'home' | 'message' {
    const { world, person } = this.#parts;
    const last = world
      .since(person.id, 0)
      .findLast((one) => one.kind === 'home' || one.kind === 'message' || one.kind === 'ephemeral');
    return last?.kind === 'home' ? 'home' : 'message';
  }

  #item<Kind extends keyof Kinds>(kind: Kind, occurrence: Occurrence): Kinds[Kind] | undefined {
    return this.#read(kind, occurrence) as Kinds[Kind] | undefined;
  }

  #read(kind: keyof Kinds, occurrence: Occurrence): Kinds[keyof Kinds] | undefined {
    const { world, person } = this.#parts;
    switch (occurrence.kind) {
      case 'message':
      case 'ephemeral': {
        const { change, message } = occurrence;
        const isKind = kind === 'edited' ? change === 'edited' : change === 'new' && kind === occurrence.kind;
        return isKind && message.user !== person.id ? messageSummary(world, message) : undefined;
      }
      case 'notice':
        return kind === 'notice' ? occurrence.text : undefined;
      case 'modal':
      case 'home':
        return kind === occurrence.kind && occurrence.view ? viewSummary(occurrence.view) : undefined;
    }
  }

  #isIn(item: Kinds[keyof Kinds], channel: string): boolean {
    return (
      typeof item !== 'string' &&
      'channel' in item &&
      item.channel === this.#parts.world.channelNamed(channel).id
    );
  }

  #waitFor<T>(question: () => T | undefined | null | false, what: string): Promise<T> {
    const { world, patienceMs, describe } = this.#parts;
    return new Promise((resolve, reject) => {
      let stop: () => void = () => undefined;
      const deadline = setTimeout(() => {
        stop();
        reject(new Error(`Waited ${patienceMs} ms for ${what}.\n${describe()}`));
      }, patienceMs);
      const end = (finish: () => void): void => {
        clearTimeout(deadline);
        stop();
        finish();
      };
      const ask = (): boolean => {
        try {
          const answer = question();
          if (answer === undefined || answer === null || answer === false) return false;
          end(() => resolve(answer));
        } catch (error) {
          end(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
        return true;
      };
      if (!ask()) stop = world.onChange(() => void ask());
    });
  }
}

function matches<T extends Kinds[keyof Kinds]>(item: T, matching: Matching<T> | undefined): boolean {
  if (matching === undefined) return true;
  if (typeof matching === 'function') return matching(item);
  const seen: Kinds[keyof Kinds] = item;
  const text = typeof seen === 'string' ? seen : 'state' in seen ? viewText(seen) : messageText(seen);
  return typeof matching === 'string' ? text.includes(matching) : matching.test(text);
}
