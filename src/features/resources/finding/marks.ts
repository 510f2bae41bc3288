/** What entries get for something, by their places in `catalogue.shown`, ascending. The many that get nothing are not in it. */
export type Marks = { readonly places: readonly number[]; readonly marks: readonly number[] };

export const none: Marks = { places: [], marks: [] };

export const toMarks = (byPlace: ReadonlyMap<number, number>): Marks => {
  const places = [...byPlace.keys()].sort((a, b) => a - b);
  return { places, marks: places.map((place) => byPlace.get(place) ?? 0) };
};

export function each({ places, marks }: Marks, see: (place: number, mark: number) => void): void {
  for (let at = 0; at < places.length; at += 1) see(places[at] ?? 0, marks[at] ?? 0);
}

/** What one place gets. */
export function markOf({ places, marks }: Marks, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return places[low] === place ? (marks[low] ?? 0) : 0;
}

/** What has both gets the lesser of its two marks. */
export function both(a: Marks, b: Marks): Marks {
  const places: number[] = [];
  const marks: number[] = [];
  for (let ofA = 0, ofB = 0; ofA < a.places.length && ofB < b.places.length; ) {
    const place = a.places[ofA] ?? 0;
    const other = b.places[ofB] ?? 0;
    if (place === other) {
      places.push(place);
      marks.push(Math.min(a.marks[ofA] ?? 0, b.marks[ofB] ?? 0));
    }
    if (place <= other) ofA += 1;
    if (other <= place) ofB += 1;
  }
  return { places, marks };
}

/**
 * A number for each place, most of them 0. Filled and emptied for each question: to make one anew, or to look through all
 * of it, would take longer than the question does.
 */
export class Tally {
  readonly #values: Float64Array;
  /** Longer than what is in it, since an array that grows anew each time is made anew each time. */
  readonly #places: number[] = [];
  #many = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  /** Those that are not 0, in no order. */
  get places(): number[] {
    return this.#places.slice(0, this.#many);
  }

  of(place: number): number {
    return this.#values[place] ?? 0;
  }

  add(place: number, more: number): void {
    this.#set(place, this.of(place) + more);
  }

  raise(place: number, to: number): void {
    if (to > this.of(place)) this.#set(place, to);
  }

  empty(): void {
    for (let nth = 0; nth < this.#many; nth += 1) this.#values[this.#places[nth] ?? 0] = 0;
    this.#many = 0;
  }

  /** What is in it now, and empties it. */
  take(): Marks {
    const places = this.places.sort((a, b) => a - b);
    const marks = places.map((place) => this.of(place));
    this.empty();
    return { places, marks };
  }

  #set(place: number, value: number): void {
    if (this.of(place) === 0 && value !== 0) {
      this.#places[this.#many] = place;
      this.#many += 1;
    }
    this.#values[place] = value;
  }
}
