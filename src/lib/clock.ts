/** Where the current time comes from. Handed to whatever needs it, so that tests and the demo can set it. */
export interface Clock {
  /** The current instant. */
  now(): Date;
}

/** The machine's own clock: the one place that reads it. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #at: Date;

  constructor(at: Date | string) {
    this.#at = new Date(at);
  }

  now(): Date {
    return new Date(this.#at);
  }

  /** Moves to the given instant; going back is refused, since rows already written would lie in the future. */
  moveTo(at: Date | string): void {
    const next = new Date(at);
    if (next < this.#at) throw new RangeError('A clock does not go back.');
    this.#at = next;
  }

  /** Moves forward by whole or part minutes. */
  forward(minutes: number): void {
    this.moveTo(new Date(this.#at.getTime() + minutes * 60_000));
  }
}

/** The system clock plus a distance that can grow: the demo's "forward a week". */
export class ShiftedClock implements Clock {
  #shift = 0;

  /** @param start what it says now, where that is not the system's own time. */
  constructor(start?: Date) {
    if (start) this.#shift = start.getTime() - systemClock.now().getTime();
  }

  now(): Date {
    return new Date(systemClock.now().getTime() + this.#shift);
  }

  forward(minutes: number): void {
    if (minutes < 0) throw new RangeError('A clock does not go back.');
    this.#shift += minutes * 60_000;
  }
}

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;
export const later = (at: Date, milliseconds: number): Date => new Date(at.getTime() + milliseconds);

/** The day so many days after another, or before it where `count` is less than nothing; both `YYYY-MM-DD`. */
export const dayAfter = (day: string, count: number): string =>
  later(new Date(`${day}T00:00:00Z`), days(count))
    .toISOString()
    .slice(0, 10);
