/** What was worked out lately, so that it is not worked out again: the latest half of `most`, and up to as many before them. */
export class Remembered<Value> {
  // Two halves, so that what is found moves nothing, and what is forgotten goes all at once.
  #latest = new Map<string, Value>();
  #before = new Map<string, Value>();
  /** What came once, so far. */
  readonly #seen = new Set<string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param make is called where nothing is remembered under `key`. */
  get(key: string, make: () => Value): Value {
    const known = this.#latest.get(key);
    if (known !== undefined) return known;
    const value = this.#before.get(key) ?? make();
    if (this.#latest.size >= this.#most / 2) {
      this.#before = this.#latest;
      this.#latest = new Map();
    }
    this.#latest.set(key, value);
    return value;
  }

  /**
   * As `get`, but kept from the second time on: for large things, of which most come once and never again.
   * @param ready is called with what is kept.
   */
  getFromSecond(key: string, make: () => Value, ready: (value: Value) => Value = (value) => value): Value {
    if (this.#latest.has(key) || this.#before.has(key) || this.#seen.delete(key))
      return this.get(key, () => ready(make()));
    if (this.#seen.size >= this.#most) this.#seen.clear();
    this.#seen.add(key);
    return make();
  }

  clear(): void {
    this.#seen.clear();
    this.#latest.clear();
    this.#before.clear();
  }
}
