import type { Random } from './random.ts';

/** What can go wrong with one Web API call. */
export type CallFault =
  /** HTTP 429 with Retry-After; nothing happened. */
  | 'rate-limit'
  /** HTTP 503; nothing happened. */
  | 'server-error'
  /** HTTP 500 after the call took effect. */
  | 'server-error-after'
  /** Slack answers that the token is revoked: nothing is heard any more of whoever has it. */
  | 'revoked'
  /** The connection breaks before the call takes effect. */
  | 'drop-request'
  /** The call takes effect, its answer never arrives. */
  | 'drop-answer'
  /** The answer arrives late, by `milliseconds`. */
  | 'late-answer'
  /** The answer waits until it is let go; see `hold`. */
  | 'held';

/** What can go wrong with one delivery to the app. */
export type DeliveryFault =
  /** The same payload comes twice. */
  | 'duplicate'
  /** The app's answer is lost on the way. */
  | 'lose-answer'
  /** The connection breaks instead of carrying the payload. */
  | 'disconnect';

export type FaultDetail = { retryAfterSeconds?: number; milliseconds?: number };

/** A call that was made, whose answer is on its way for as long as a test likes. */
export type HeldCall = {
  /** Resolves when the call has taken effect. */
  reached: Promise<void>;
  release(): void;
};
export type FaultRates = {
  calls?: Partial<Record<CallFault, number>>;
  deliveries?: Partial<Record<DeliveryFault, number>>;
};

export type Planned<Kind> = {
  kind: Kind;
  detail: FaultDetail;
  held?: { reach(): void; released: Promise<void> };
};

/** Faults on order, or by chance with a seed. Scripted ones come first, each once, in the order they were asked for. */
export class Faults {
  readonly #random: Random;
  #rates: FaultRates;
  readonly #calls = new Map<string, Planned<CallFault>[]>();
  readonly #deliveries = new Map<string, Planned<DeliveryFault>[]>();
  /** What was injected, for a test to look at. */
  readonly injected: { at: string; kind: CallFault | DeliveryFault }[] = [];

  constructor(random: Random, rates: FaultRates = {}) {
    this.#random = random;
    this.#rates = rates;
  }

  /** The next call of this method, or of any with `*`, goes wrong like this. */
  next(method: string, kind: CallFault, detail: FaultDetail = {}): void {
    this.#calls.set(method, [...(this.#calls.get(method) ?? []), { kind, detail }]);
  }

  /** The next call of this method takes effect, and its answer waits until `release`: what happens meanwhile is up to you. */
  hold(method: string): HeldCall {
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const held = { reach: reached.resolve, released: released.promise };
    this.#calls.set(method, [...(this.#calls.get(method) ?? []), { kind: 'held', detail: {}, held }]);
    return { reached: reached.promise, release: released.resolve };
  }

  /** The next delivery of this envelope type (`slash_commands`, `interactive`, `events_api`, or `*`) goes wrong. */
  nextDelivery(type: string, kind: DeliveryFault): void {
    this.#deliveries.set(type, [...(this.#deliveries.get(type) ?? []), { kind, detail: {} }]);
  }

  /** Probabilities from 0 to 1, from now on. */
  setRates(rates: FaultRates): void {
    this.#rates = rates;
  }

  clear(): void {
    this.#rates = {};
    this.#calls.clear();
    this.#deliveries.clear();
  }

  forCall(method: string): Planned<CallFault> | undefined {
    return this.#take(this.#calls, method, this.#rates.calls);
  }

  forDelivery(type: string): Planned<DeliveryFault> | undefined {
    return this.#take(this.#deliveries, type, this.#rates.deliveries);
  }

  #take<Kind extends CallFault | DeliveryFault>(
    planned: Map<string, Planned<Kind>[]>,
    name: string,
    rates: Partial<Record<Kind, number>> | undefined,
  ): Planned<Kind> | undefined {
    const fault = planned.get(name)?.shift() ?? planned.get('*')?.shift() ?? this.#byChance(rates);
    if (fault) this.injected.push({ at: name, kind: fault.kind });
    return fault;
  }

  #byChance<Kind extends string>(
    rates: Partial<Record<Kind, number>> | undefined,
  ): Planned<Kind> | undefined {
    if (rates === undefined) return undefined;
    let roll = this.#random.next();
    for (const kind of Object.keys(rates) as Kind[]) {
      roll -= rates[kind] ?? 0;
      if (roll < 0) return { kind, detail: {} };
    }
    return undefined;
  }
}
