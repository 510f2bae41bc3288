import type { Reflection } from '../store.ts';
import { countTags } from '../tags.ts';
import { dayOf, daysOf } from './find.ts';

/** What somebody's own journal shows them of how they reflect. Nobody else sees it, and nothing of it is kept. */
export type Patterns = {
  total: number;
  /** In the last three and twelve months. */
  lately: number;
  inYear: number;
  /** Months of the last twelve in which there is one, `YYYY-MM`, latest first. */
  months: { month: string; many: number }[];
  tags: { tag: string; many: number }[];
  frameworks: { framework: string; many: number }[];
  /** Of those of the last twelve months that say how long. */
  minutes: number;
  timed: number;
  discussed: number;
};

const mostNamed = 5;

/** By the day that each is about. @param today YYYY-MM-DD in `zone`. */
export function patternsIn(
  reflections: readonly Reflection[],
  { today, zone }: { today: string; zone: string },
): Patterns {
  const dated = reflections.map((one) => ({ one, day: dayOf(one, zone) }));
  const since = (from: string) => dated.filter(({ day }) => day >= from);
  const year = since(daysOf('twelve-months', today).from);
  const timed = year.flatMap(({ one }) => one.body?.about?.minutes ?? []);
  const countBy = (keys: string[]) =>
    [...Map.groupBy(keys, (key) => key)].map(([key, same]) => ({ key, many: same.length }));
  return {
    total: reflections.length,
    lately: since(daysOf('three-months', today).from).length,
    inYear: year.length,
    months: countBy(year.map(({ day }) => day.slice(0, 7)))
      .map(({ key: month, many }) => ({ month, many }))
      .toSorted((one, other) => other.month.localeCompare(one.month)),
    tags: countTags(reflections).slice(0, mostNamed),
    frameworks: countBy(reflections.map(({ framework }) => framework))
      .map(({ key: framework, many }) => ({ framework, many }))
      .toSorted((one, other) => other.many - one.many || one.framework.localeCompare(other.framework))
      .slice(0, mostNamed),
    minutes: timed.reduce((sum, one) => sum + one, 0),
    timed: timed.length,
    discussed: year.filter(({ one }) => one.body?.about?.hasDiscussed).length,
  };
}
