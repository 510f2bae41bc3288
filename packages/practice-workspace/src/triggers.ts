import type { Random } from './random.ts';
import { SlackError } from './slack-error.ts';

type Trigger = { user: string; viewId: string | undefined; expiresAt: number; used: boolean };

/**
 * Trigger ids: 3 s in real time from when they were sent, good for one use, and `views.push` only with one that came from
 * inside a modal. /interactivity/handling-user-interaction#modal_responses
 */
export class Triggers {
  readonly #known = new Map<string, Trigger>();
  readonly #random: Random;
  readonly #milliseconds: number;

  constructor(random: Random, milliseconds: number) {
    this.#random = random;
    this.#milliseconds = milliseconds;
  }

  issue(user: string, viewId?: string): string {
    const id = `${this.#random.below(1e12)}.${this.#random.below(1e12)}.${this.#random.token(32)}`;
    this.#known.set(id, { user, viewId, expiresAt: performance.now() + this.#milliseconds, used: false });
    return id;
  }

  /** Uses a trigger up. Throws `invalid_trigger`, `expired_trigger_id` or `exchanged_trigger_id`. */
  exchange(id: string): { user: string; viewId: string | undefined } {
    const trigger = this.#known.get(id);
    if (!trigger) throw new SlackError('invalid_trigger');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (performance.now() > trigger.expiresAt) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
