import { type Interval, showChange } from '../../../community/suppress.ts';

/** That sure, of a hundred times. */
export const sureOf = 95;

/**
 * By how much people changed on average, with a confidence interval for paired answers: the mean of the differences, give or
 * take Student's t for one less than as many people, times the standard error. It holds for few people too, as long as the
 * differences are spread roughly like a bell; a scale that ends makes it an approximation.
 * @see https://www.itl.nist.gov/div898/handbook/prc/section3/prc31.htm NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.1
 * @see Student (1908). The probable error of a mean. Biometrika 6 (1): 1–25.
 * @param shown both averages as they are shown.
 * @param differences after less before, of at least two people.
 */
export async function changeOf(
  shown: { before: number; after: number },
  differences: readonly number[],
): Promise<Interval> {
  // 0.05 s that no start of the bot should wait for.
  const { default: quantile } = await import('@stdlib/stats-base-dists-t-quantile');
  const people = differences.length;
  const mean = differences.reduce((sum, one) => sum + one, 0) / people;
  const variance = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (people - 1);
  const t = quantile((1 + sureOf / 100) / 2, people - 1);
  return showChange(shown, mean, t * Math.sqrt(variance / people));
}
