import { z } from 'zod';
import type { Area, Item } from '../../../community/holdings.ts';
import type { Db } from '../../../db/schema.ts';
import { listHeld } from '../overview/read.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/**
 * Everything that is kept about somebody, as they take it away. docs/privacy/my-data.schema.json is made of this: what was
 * handed out once is read by others, so a change of shape is a new version.
 */
export const copySchema = z
  .object({
    format: z.literal('chatr-companion-my-data'),
    version: z.literal(1),
    madeAt: z.iso.datetime().describe('In UTC.'),
    areas: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        why: z.string().describe('Why it is kept.'),
        kinds: z.array(
          z.object({
            id: z.string(),
            what: z.string(),
            count: z.number().int().describe('How many there are; some may have nothing to show.'),
            items: z
              .array(z.record(z.string(), value))
              .describe('Each thing as labels and values. Instants are in UTC, days are YYYY-MM-DD.'),
          }),
        ),
      }),
    ),
    notIncluded: z.array(z.string()).describe('What is not in here, and why.'),
  })
  .meta({ title: 'Everything ChATR Companion keeps about a person' });
export type Copy = z.output<typeof copySchema>;

/** The same before its dates are written out. */
export type Read = {
  madeAt: Date;
  areas: {
    area: Pick<Area, 'id' | 'title' | 'why'>;
    kinds: { id: string; what: string; count: number; items: Item[] }[];
  }[];
};

export const notIncluded: readonly string[] = [
  'What you answered in check-ins without names. It lies among the others, and nobody can tell which is yours, not even this program.',
  'The text of messages from me to you: once sent, it is in Slack only, in our conversation.',
  'What others wrote for themselves, and notes of those who run a group on its results, which are about nobody by name.',
  'Words you looked for: they are not kept as yours.',
];

/** Opens every word of somebody's: ask `may(actor, 'own.read', …)` before. */
export async function readEverything(
  { db, areas }: { db: Db; areas: readonly Area[] },
  personId: string,
  now: Date,
): Promise<Read> {
  const read: Read = { madeAt: now, areas: [] };
  for (const { area, counted } of await listHeld({ db, areas }, personId)) {
    const kinds = [];
    for (const { holding, count } of counted)
      kinds.push({
        id: holding.id,
        what: holding.what,
        count,
        items: (await holding.read(db, personId)).filter((item) => valuesOf(item).length > 0),
      });
    const { id, title, why } = area;
    read.areas.push({ area: { id, title, why }, kinds });
  }
  return read;
}

type Given = [label: string, value: NonNullable<Item[string]>];

/** What an item has, without what is left out. */
export const valuesOf = (item: Item): Given[] =>
  Object.entries(item).flatMap(([label, one]): Given[] =>
    one === undefined || one === '' || (Array.isArray(one) && one.length === 0) ? [] : [[label, one]],
  );

export const toCopy = ({ madeAt, areas }: Read): Copy =>
  copySchema.parse({
    format: 'chatr-companion-my-data',
    version: 1,
    madeAt: madeAt.toISOString(),
    areas: areas.map(({ area, kinds }) => ({
      ...area,
      kinds: kinds.map((kind) => ({
        ...kind,
        items: kind.items.map((item) =>
          Object.fromEntries(
            valuesOf(item).map(([label, one]) => [label, one instanceof Date ? one.toISOString() : one]),
          ),
        ),
      })),
    })),
    notIncluded: [...notIncluded],
  });
