import { z } from 'zod';
import { unknownId } from '../../content/nearest.ts';
import type { ContentFolder } from '../../content/read.ts';
import { reportDuplicates, reportUnknown } from '../../content/vocabulary.ts';
import { foldName } from './match.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');
const words = z.string().trim().min(1, 'write something here');
/** It stands in a menu, of which Slack takes so much. */
const name = words.max(75, 'shorten it to 75 characters');
const url = z.url({ protocol: /^https?$/, error: 'use a full address, beginning with https://' });

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  about: z.record(z.string(), words),
  sectors: z.array(z.strictObject({ id, label: name })).min(1),
  boroughs: z.array(z.strictObject({ id, label: name })).min(1),
  generic_choices: z.array(
    z.strictObject({
      id,
      label: name,
      sector: id.optional(),
      /** Words that tell that somebody typed the name of a single one, of whom few work there. */
      single_if: z.array(words).default([]),
      /** The same, but only as the last words of the name. */
      single_if_last: z.array(words).default([]),
    }),
  ),
  organisations: z
    .array(
      z.strictObject({
        id,
        name,
        also_known_as: z.array(words).default([]),
        /** The entry of which it is a part. */
        parent: id.optional(),
        sector: id,
        boroughs: z.array(id).min(1),
        website: url.optional(),
        source_url: url,
        copy_seen: z.enum(['own-page', 'register', 'partner-page', 'press']),
        confidence: z.enum(['high', 'medium']),
        note: words.optional(),
      }),
    )
    .min(1),
  not_confirmed: z.array(words).default([]),
});

type OrganisationsFile = z.output<typeof schema>;

/** One that people choose. */
export type Organisation = {
  id: string;
  name: string;
  /** Short forms and older names. */
  also: readonly string[];
  sector: string;
  boroughs: readonly string[];
};

/** "A school or college": what stands for many, of which one alone would tell who somebody is. */
export type General = {
  id: string;
  name: string;
  singleIf: readonly string[];
  singleIfLast: readonly string[];
};

type Labelled = { id: string; label: string };

/** data/organisations.yaml: where people work. */
export type OrganisationContent = {
  sectors: readonly Labelled[];
  boroughs: readonly Labelled[];
  general: readonly General[];
  listed: readonly Organisation[];
};

/** @returns undefined when the file does not fit; the folder then says why. */
export function readOrganisations(folder: ContentFolder): OrganisationContent | undefined {
  const file = folder.read('organisations.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  for (const key of ['sectors', 'boroughs'] as const) reportDuplicates(value[key], [key], problem);
  reportDuplicates(value.generic_choices, ['generic_choices'], problem);
  reportDuplicates(value.organisations, ['organisations'], problem);
  const general = new Set(value.generic_choices.map((one) => one.id));
  const sectors = new Set(value.sectors.map((one) => one.id));
  const boroughs = new Set(value.boroughs.map((one) => one.id));
  const known = new Set(value.organisations.map((one) => one.id));
  value.generic_choices.forEach(({ sector }, index) => {
    if (sector !== undefined && !sectors.has(sector))
      problem(['generic_choices', index, 'sector'], unknownId(sector, 'sector', sectors));
  });
  value.organisations.forEach((one, index) => {
    const at = ['organisations', index] as const;
    if (general.has(one.id))
      problem([...at, 'id'], `"${one.id}" is one of the generic choices. Give it its own id.`);
    if (!sectors.has(one.sector)) problem([...at, 'sector'], unknownId(one.sector, 'sector', sectors));
    reportUnknown(one.boroughs, boroughs, 'borough', [...at, 'boroughs'], problem);
    if (one.parent === one.id) problem([...at, 'parent'], 'nothing is a part of itself. Delete this line.');
    else if (one.parent !== undefined && !known.has(one.parent))
      problem([...at, 'parent'], unknownId(one.parent, 'organisation', known));
  });
  reportSameNames(value, problem);
  return {
    sectors: value.sectors,
    boroughs: value.boroughs,
    general: value.generic_choices.map((one) => ({
      id: one.id,
      name: one.label,
      singleIf: one.single_if,
      singleIfLast: one.single_if_last,
    })),
    listed: value.organisations.map((one) => ({
      id: one.id,
      name: one.name,
      also: one.also_known_as,
      sector: one.sector,
      boroughs: one.boroughs,
    })),
  };
}

/** Short forms may be shared; of two whole names nobody could tell which is meant. */
function reportSameNames(
  { organisations, generic_choices }: OrganisationsFile,
  problem: (path: (string | number)[], message: string) => void,
): void {
  const taken = new Map(generic_choices.map(({ id: of, label }) => [foldName(label), of]));
  organisations.forEach((one, index) => {
    const other = taken.get(foldName(one.name));
    if (other !== undefined)
      problem(
        ['organisations', index, 'name'],
        `"${one.name}" is the name of "${other}" already. Delete one of the two, or give it a name that tells them apart.`,
      );
    taken.set(foldName(one.name), one.id);
  });
}
