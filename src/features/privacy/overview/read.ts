import type { Area, Holding } from '../../../community/holdings.ts';
import type { Db } from '../../../db/schema.ts';

/** What there is of an area, with how much of each. */
export type Held = { area: Area; counted: { holding: Holding; count: number }[] };

/** What is kept about somebody, as counts, without the areas in which nothing is. Ask `may` before showing it. */
export async function listHeld(
  { db, areas }: { db: Db; areas: readonly Area[] },
  personId: string,
): Promise<Held[]> {
  const held: Held[] = [];
  for (const area of areas) {
    const counted: Held['counted'] = [];
    for (const holding of area.holdings) {
      const count = await holding.count(db, personId);
      if (count > 0) counted.push({ holding, count });
    }
    if (counted.length > 0) held.push({ area, counted });
  }
  return held;
}
