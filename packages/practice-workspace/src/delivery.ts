import { randomUUID } from 'node:crypto';
import type { Activity } from './activity.ts';
import type { Faults } from './faults.ts';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

export type Envelope = {
  envelope_id: string;
  type: EnvelopeType;
  payload: unknown;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
};

/** What came back from the app. `unreachable`: no connection, or it broke before the payload was acknowledged. */
export type Answer =
  | { kind: 'acked'; payload: unknown; noRetry?: boolean }
  | { kind: 'timeout'; reason?: string }
  | { kind: 'refused'; reason: string; noRetry?: boolean }
  | { kind: 'unreachable' };

/** A way to the app: Socket Mode or HTTP. */
export type Transport = {
  readonly connected: boolean;
  send(envelope: Envelope, deadline: number): Promise<Answer>;
  /** Breaks one connection, as a fault. */
  breakOne(): void;
};

/** Hands payloads to the app and waits, in real time, at most `ackMs` for its answer. */
export class Delivery {
  readonly #transport: Transport;
  readonly #faults: Faults;
  readonly #activity: Activity;
  readonly #ackMs: number;
  readonly #onDelivery: ((type: EnvelopeType, payload: unknown) => void) | undefined;

  constructor(parts: {
    transport: Transport;
    faults: Faults;
    activity: Activity;
    ackMs: number;
    onDelivery: ((type: EnvelopeType, payload: unknown) => void) | undefined;
  }) {
    this.#transport = parts.transport;
    this.#faults = parts.faults;
    this.#activity = parts.activity;
    this.#ackMs = parts.ackMs;
    this.#onDelivery = parts.onDelivery;
  }

  get connected(): boolean {
    return this.#transport.connected;
  }

  async send(
    type: EnvelopeType,
    payload: unknown,
    options: { answers?: boolean; retry?: { attempt: number; reason: string } } = {},
  ): Promise<Answer> {
    this.#onDelivery?.(type, payload);
    const envelope = (): Envelope => ({
      envelope_id: randomUUID(),
      type,
      payload,
      accepts_response_payload: options.answers ?? false,
      ...(type === 'events_api' && {
        retry_attempt: options.retry?.attempt ?? 0,
        retry_reason: options.retry?.reason ?? '',
      }),
    });
    const fault = this.#faults.forDelivery(type);
    return this.#activity.during(async () => {
      if (fault?.kind === 'disconnect') {
        this.#transport.breakOne();
        return { kind: 'unreachable' };
      }
      const first = this.#transport.send(envelope(), this.#ackMs);
      if (fault?.kind !== 'duplicate') {
        const answer = await first;
        return fault?.kind === 'lose-answer' ? { kind: 'timeout' } : answer;
      }
      const [answer] = await Promise.all([first, this.#transport.send(envelope(), this.#ackMs)]);
      return answer;
    });
  }
}
