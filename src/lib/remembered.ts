/** What was worked out lately, so that it is not worked out again: the least lately used goes first. */
export class Remembered<Value> {
  readonly #kept = new Map<string, Value>();
  /** What came once, so far. */
  readonly #seen = new Set<string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param make is called where nothing is remembered under `key`. */
  get(key: string, make: () => Value): Value {
    const value = this.#kept.get(key) ?? make();
    this.#kept.delete(key);
    this.#kept.set(key, value);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
    return value;
  }

  /**
   * As `get`, but kept from the second time on: for large things, of which most come once and never again.
   * @param ready is called with what is kept.
   */
  getFromSecond(key: string, make: () => Value, ready: (value: Value) => Value = (value) => value): Value {
    if (this.#kept.has(key) || this.#seen.delete(key)) return this.get(key, () => ready(make()));
    if (this.#seen.size >= this.#most) this.#seen.clear();
    this.#seen.add(key);
    return make();
  }

  clear(): void {
    this.#seen.clear();
    this.#kept.clear();
  }
}
