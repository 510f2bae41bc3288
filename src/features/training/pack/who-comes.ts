import { type Count, fewestPeople, partsOf } from '../../../community/suppress.ts';

type Labelled = { id: string; label: string };

/** How many of those who come are what; only what may be told. */
export type Counted = {
  people: number;
  /** The larger first. 'most': more than half, and no number. */
  shown: { label: string; count: number | 'most' }[];
};

/**
 * Counts from five up, and none by which a smaller one can be worked out. What nobody is, and what is not known of somebody,
 * counts as a part like any other, so that what is left out tells nothing.
 * @param ids what each of them is; undefined: not known. @param all what one can be, those whom nobody is among them.
 */
export function countWhoComes(ids: readonly (string | undefined)[], all: readonly Labelled[]): Counted {
  const many = (id: string | undefined) => ids.filter((one) => one === id).length;
  const known = all.map(({ id }) => many(id));
  const rest = ids.length - known.reduce((sum, one) => sum + one, 0);
  const counts = partsOf([...known, rest]);
  const told = (count: Count | undefined): count is number | 'most' => count !== undefined && count !== 'few';
  const shown = all.flatMap(({ label }, at) => {
    const count = counts[at];
    return told(count) ? [{ label, count }] : [];
  });
  const size = (count: number | 'most') => (count === 'most' ? ids.length : count);
  return { people: ids.length, shown: shown.toSorted((a, b) => size(b.count) - size(a.count)) };
}

/** Of the same people. */
export type Counts = { professions: Counted; organisations: Counted };

/**
 * A count stands until five people or more have come or gone, so that whoever looks before and after somebody booked learns
 * nothing of them.
 * @param before what was told last; undefined: nothing yet.
 */
export const toldAgain = (before: Counts | undefined, now: Counts): Counts =>
  before && Math.abs(now.professions.people - before.professions.people) < fewestPeople ? before : now;
