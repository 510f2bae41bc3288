/** Counts what is under way (deliveries, Web API calls), so that others can wait for quiet without waiting for time. */
export class Activity {
  #running = 0;
  #started = 0;
  readonly #waiting = new Set<() => void>();

  get running(): number {
    return this.#running;
  }

  /** How many were ever begun. */
  get started(): number {
    return this.#started;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    this.#started += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) for (const wake of this.#waiting) wake();
    }
  }

  /** Resolves when nothing runs, and still nothing after what was queued meanwhile had its turn. */
  async quiet(): Promise<void> {
    for (;;) {
      if (this.#running > 0)
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            this.#waiting.delete(wake);
            resolve();
          };
          this.#waiting.add(wake);
        });
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#running === 0) return;
    }
  }
}
