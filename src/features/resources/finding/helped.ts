import { fewestPeople } from '../../../community/suppress.ts';
import { minutes } from '../../../lib/clock.ts';
import type { Core } from '../../feature.ts';
import * as store from '../store.ts';

export type HelpedCounts = {
  /** How many found each entry helpful, as of a minute ago at most; entries that fewer than five did are not in it. */
  counts(): Promise<ReadonlyMap<string, number>>;
  /** Somebody has just said so, or taken it back: they see it at once. */
  changed(): void;
};

/** Every list asks for these, and counting them takes longer the more people have said something. */
export function createHelpedCounts(
  { db, clock }: Pick<Core, 'db' | 'clock'>,
  onChange: () => void,
): HelpedCounts {
  let known: { at: number; counts: Map<string, number> } | undefined;
  return {
    async counts() {
      const at = clock.now().getTime();
      if (known && Math.abs(at - known.at) < minutes(1)) return known.counts;
      const before = JSON.stringify([...(known?.counts ?? [])]);
      known = { at, counts: await store.countHelped(db, fewestPeople) };
      if (JSON.stringify([...known.counts]) !== before) onChange();
      return known.counts;
    },
    changed() {
      if (known) known.at = Number.NEGATIVE_INFINITY;
    },
  };
}
