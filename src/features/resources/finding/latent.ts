/**
 * Latent semantic indexing (Deerwester and others, 1990): texts are laid along the directions in which they differ most, so
 * that words that stand in the same texts lie close together, and a question is near what says it in other words.
 */
export type Latent = {
  /** By place of a text, the cosine of it and of what was asked, from 0 to 1. */
  of(asked: Iterable<string>): (place: number) => number;
};

/** After so many rounds the directions hardly turn any more. */
const rounds = 6;

/** How often each stem stands there. */
type Text = ReadonlyMap<string, number>;

type Way = {
  /** The fewer, the more words lie close together. */
  directions: number;
  /** How much a stem tells beside how rare it is here, up to 1. */
  tells(stem: string): number;
};

export function createLatent(texts: readonly Text[], way: Way): Latent {
  // The texts themselves are not needed any more once they are laid out.
  const { size, rows, weights, ofStems, ofTexts } = layOut(texts, way);
  return {
    of(asked) {
      const sought = new Float32Array(size);
      for (const stem of asked) {
        const row = rows.get(stem);
        if (row === undefined) continue;
        const weight = weights.get(stem) ?? 0;
        for (let way = 0; way < size; way += 1)
          sought[way] = (sought[way] ?? 0) + weight * (ofStems[row + way] ?? 0);
      }
      makeUnit(sought);
      return (place) => {
        let cosine = 0;
        for (let way = 0; way < size; way += 1)
          cosine += (sought[way] ?? 0) * (ofTexts[place * size + way] ?? 0);
        return Math.max(0, cosine);
      };
    },
  };
}

/** How far each stem that stands in two texts, from its row on, and each text goes in every direction. */
type Layout = {
  size: number;
  rows: ReadonlyMap<string, number>;
  weights: ReadonlyMap<string, number>;
  ofStems: Float32Array;
  ofTexts: Float32Array;
};

function layOut(texts: readonly Text[], { directions, tells }: Way): Layout {
  const having = new Map<string, number>();
  for (const text of texts) for (const stem of text.keys()) having.set(stem, (having.get(stem) ?? 0) + 1);
  const size = Math.min(directions, texts.length);
  // What stands in one text alone brings nothing together.
  const rows = new Map(
    [...having].filter(([, many]) => many > 1).map(([stem], nth) => [stem, nth * size] as const),
  );
  const weights = new Map(
    [...rows.keys()].map((stem) => {
      const many = having.get(stem) ?? texts.length;
      return [stem, Math.log(texts.length / many) * tells(stem)] as const;
    }),
  );
  // Which stems each text has, one text behind the other, and how much each counts there.
  const entries = texts.map((text) =>
    [...text].flatMap(([stem, many]) => {
      const row = rows.get(stem);
      return row === undefined ? [] : [{ row, weight: Math.log(1 + many) * (weights.get(stem) ?? 0) }];
    }),
  );
  const textOf = Uint32Array.from(entries.flatMap((own, place) => own.map(() => place * size)));
  const rowOf = Uint32Array.from(entries.flatMap((own) => own.map(({ row }) => row)));
  const weightOf = Float64Array.from(
    entries.flatMap((own) => {
      const length = Math.hypot(...own.map(({ weight }) => weight)) || 1;
      return own.map(({ weight }) => weight / length);
    }),
  );
  const ofTexts = new Float32Array(texts.length * size);
  const ofStems = new Float32Array(rows.size * size);
  const carry = (from: Float32Array, at: Uint32Array, to: Float32Array, into: Uint32Array): void => {
    to.fill(0);
    for (let nth = 0; nth < weightOf.length; nth += 1) {
      const weight = weightOf[nth] ?? 0;
      const source = at[nth] ?? 0;
      const target = into[nth] ?? 0;
      for (let way = 0; way < size; way += 1)
        to[target + way] = (to[target + way] ?? 0) + weight * (from[source + way] ?? 0);
    }
  };
  // Any texts will do to begin with: the same ones each time, so that the same is always found.
  for (let way = 0; way < size; way += 1) ofTexts[Math.floor((way * texts.length) / size) * size + way] = 1;
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) makeOrthonormal(ofTexts, size);
    carry(ofTexts, textOf, ofStems, rowOf);
    if (round === rounds - 1) makeOrthonormal(ofStems, size);
    carry(ofStems, rowOf, ofTexts, textOf);
  }
  for (let start = 0; start < ofTexts.length; start += size) makeUnit(ofTexts.subarray(start, start + size));
  return { size, rows, weights, ofStems, ofTexts };
}

function makeUnit(vector: Float32Array): void {
  let square = 0;
  for (const along of vector) square += along * along;
  const length = Math.sqrt(square) || 1;
  for (let way = 0; way < vector.length; way += 1) vector[way] = (vector[way] ?? 0) / length;
}

/** What is shorter is no direction of its own. */
const shortest = 1e-4;

/** Gram and Schmidt, column by column: each as long as 1 and at right angles to those before it, or 0 where nothing is left. */
function makeOrthonormal(rows: Float32Array, size: number): void {
  const columns = Array.from({ length: size }, (_, way) =>
    Float64Array.from({ length: rows.length / size }, (__, row) => rows[row * size + way] ?? 0),
  );
  for (const [nth, column] of columns.entries()) {
    for (let earlier = 0; earlier < nth; earlier += 1) {
      const before = columns[earlier];
      if (before) takeAway(column, before, dot(column, before));
    }
    const length = Math.sqrt(dot(column, column));
    for (let row = 0; row < column.length; row += 1) {
      column[row] = length < shortest ? 0 : (column[row] ?? 0) / length;
      rows[row * size + nth] = column[row] ?? 0;
    }
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function takeAway(from: Float64Array, what: Float64Array, times: number): void {
  for (let at = 0; at < from.length; at += 1) from[at] = (from[at] ?? 0) - times * (what[at] ?? 0);
}
