import { z } from 'zod';
import { unknownId } from '../../content/nearest.ts';
import type { ContentFolder } from '../../content/read.ts';
import { reportDuplicates } from '../../content/vocabulary.ts';
import { type Catalogue, isNotSupplied, type Resource } from './content.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string().min(1),
  groups: z
    .array(z.strictObject({ id, label: z.string().min(1).max(60), entries: z.array(id).min(1).max(10) }))
    .min(1),
});

/** data/start-here.yaml: where to begin, picked by hand. */
export type StartHere = z.output<typeof schema>;

export function readStartHere(
  folder: ContentFolder,
  catalogue: Catalogue | undefined,
): StartHere | undefined {
  const file = folder.read('start-here.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.groups, ['groups'], problem);
  const seen = new Set<string>();
  value.groups.forEach(({ entries }, group) => {
    entries.forEach((entry, nth) => {
      const message = seen.has(entry)
        ? `"${entry}" stands here twice. Keep it where people would look first.`
        : catalogue && whyNotHere(entry, catalogue);
      if (message) problem(['groups', group, 'entries', nth], message);
      seen.add(entry);
    });
  });
  return value;
}

function whyNotHere(entry: string, { ids, byId }: Catalogue): string | undefined {
  if (!ids.has(entry)) return unknownId(entry, 'resource', ids);
  const shown = byId.get(entry);
  if (!shown) return `"${entry}" is held back, so nobody would see it here. Choose another.`;
  if (shown.id !== entry) return `"${entry}" is superseded. Name "${shown.id}" in its place.`;
  return isNotSupplied(shown) ? `"${entry}" has no address yet, so it is no place to start.` : undefined;
}

/** The groups with what the catalogue has today: curators may have retired an entry since. */
export const startingPoints = (
  { groups }: StartHere,
  { byId }: Catalogue,
): { label: string; entries: Resource[] }[] =>
  groups
    .map(({ label, entries }) => ({ label, entries: entries.flatMap((one) => byId.get(one) ?? []) }))
    .filter(({ entries }) => entries.length > 0);
