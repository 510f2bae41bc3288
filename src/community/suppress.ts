/** How many are asked, and how many of them have answered. */
export type Tally = { asked: number; answered: number };

/**
 * How many have answered, in words; under `smallest` people no number at all (voice). That not everybody has is said on
 * purpose ("11 of 12"): who is asked is no secret in a group, and nobody is named.
 */
export function sayTally({ asked, answered }: Tally, smallest: number, { isOver = false } = {}): string {
  if (answered < smallest) return `Fewer than ${inWords(smallest)} have answered${isOver ? '' : ' so far'}.`;
  return `${answered} of ${asked} have answered.`;
}

const inWords = (number: number): string =>
  ['five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'][number - 5] ?? String(number);

export const fewerThan = (smallest: number): string => `fewer than ${inWords(smallest)}`;

/**
 * Which counts of a breakdown may be shown, so that none below `smallest` is seen or can be worked out.
 * @param counts one for each group; together they are everybody (whoever left the question out is a group too).
 * @returns the count, or undefined where it is suppressed. Empty groups are suppressed as well: "nobody" beside a total
 * would give away the rest. When what is hidden adds up to 1…smallest−1 people, the smallest shown count is hidden too,
 * since the total minus the shown ones would reveal them.
 */
export function suppress(counts: readonly number[], smallest: number): (number | undefined)[] {
  const shown = counts.map((count) => (count >= smallest ? count : undefined));
  for (;;) {
    const hidden = counts.reduce((sum, count, index) => sum + (shown[index] === undefined ? count : 0), 0);
    if (hidden === 0 || hidden >= smallest) return shown;
    const visible = shown.filter((count) => count !== undefined);
    if (visible.length === 0) return shown;
    shown[shown.indexOf(Math.min(...visible))] = undefined;
  }
}

/**
 * The same for options of which several may be chosen: each stands alone against those who did not choose it.
 * @param people how many answered in all.
 */
export function suppressChoices(
  counts: readonly number[],
  people: number,
  smallest: number,
): (number | undefined)[] {
  return counts.map((count) => {
    const others = people - count;
    return count >= smallest && (others === 0 || others >= smallest) ? count : undefined;
  });
}
