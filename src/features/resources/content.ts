import { z } from 'zod';
import { aroundPhrases } from '../../content/around-phrases.ts';
import { askedAs, reportAskedAs } from '../../content/asked-as.ts';
import { unknownId } from '../../content/nearest.ts';
import type { ContentFolder, Path } from '../../content/read.ts';
import { reportDuplicates, reportUnknown, type Vocabulary } from '../../content/vocabulary.ts';
import { sameAddress } from './address.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only')
  .max(60);

/** How an address was seen, where a curator said so. */
export const openedByCurator = 'opened by a curator';

const day = z.iso.date('write the day as YYYY-MM-DD, for example 2026-03-31');

/**
 * The kinds a resource can be: what is shown, and the words by which people ask for it. A word that is also a topic's
 * ("training", "service") is left to the topic.
 */
export const resourceTypes = {
  website: { label: 'Website', words: ['website', 'websites', 'web page', 'webpage'] },
  report: { label: 'Report', words: ['report', 'reports'] },
  'case-study': { label: 'Case study', words: ['case study', 'case studies', 'case example'] },
  guidance: { label: 'Guidance', words: ['guidance', 'guide', 'guides', 'guideline', 'guidelines'] },
  article: { label: 'Article', words: ['article', 'articles', 'blog', 'blogs', 'news'] },
  'research-paper': {
    label: 'Research paper',
    words: [
      'research paper',
      'research papers',
      'research',
      'paper',
      'papers',
      'study',
      'studies',
      'journal article',
    ],
  },
  toolkit: { label: 'Toolkit', words: ['toolkit', 'toolkits', 'tool', 'tools', 'template', 'templates'] },
  video: { label: 'Video', words: ['video', 'videos', 'film', 'films', 'watch', 'webinar', 'webinars'] },
  course: { label: 'Course', words: ['course', 'courses', 'online course'] },
  podcast: { label: 'Podcast', words: ['podcast', 'podcasts', 'audio', 'listen'] },
  leaflet: {
    label: 'Leaflet',
    words: ['leaflet', 'leaflets', 'handout', 'handouts', 'booklet', 'booklets', 'poster', 'posters'],
  },
  service: { label: 'Service', words: ['service page'] },
  /** The programme's own: a link to where it keeps the thing, since the bot stores no such files. */
  programme: {
    label: 'Programme material',
    words: ['programme material', 'programme materials', 'slides', 'slide', 'recording', 'recordings'],
  },
  /** Somebody's practice, made into fiction by its author and taken in by a curator. Its words stand in the entry itself. */
  'practice-example': {
    label: 'Practice example',
    words: ['practice example', 'practice examples', 'example from practice', 'examples from practice'],
  },
} as const satisfies Record<string, { label: string; words: readonly string[] }>;

export type ResourceType = keyof typeof resourceTypes;

export const types = Object.keys(resourceTypes) as [ResourceType, ...ResourceType[]];

/** Of whom a practice example is: entries have no names. */
export const byAColleague = 'A colleague';

/** For the people of the community, and not for everybody: the website leaves it out. */
export const isForCommunity = ({ type }: Pick<Resource, 'type'>): boolean => type === 'practice-example';

export const longestCaution = 200;

/** One entry. What a form says of a field stands in `changing/forms.ts`. */
export const entrySchema = z.strictObject({
  id,
  title: z.string().min(1).max(150),
  /** The programme's own material may be without: it has not been supplied yet. A practice example has none. */
  url: z.httpUrl('give the whole web address, starting with https:// or http://').max(1000).optional(),
  /** The id of the entry that has taken its place, and that people see in place of this one. */
  superseded_by: id.optional(),
  publisher: z.string().min(1).max(150),
  year: z.number().int().min(1900).max(2100).optional(),
  type: z.enum(types),
  /** Reading, watching or listening time, where the page itself says so. */
  format_minutes: z.number().int().min(1).max(600).optional(),
  audience: z.array(id).min(1),
  age_groups: z.array(id).min(1),
  topics: z.array(id).min(1),
  summary: z.string().min(20).max(300),
  /** What somebody has to know before they use the page: it is shown whole wherever the entry is. */
  caution: z.string().min(10).max(longestCaution).optional(),
  /** The words of a practice example, as plain text. */
  text: z.string().min(1).max(3500).optional(),
  /** Left out where nobody has said so. */
  free: z.boolean().optional(),
  /** Of the programme's own material: who of the programme looks after it. */
  owner: z.string().min(1).max(150).optional(),
  /** Of the programme's own material: such as "2" or "autumn 2026". */
  version: z.string().min(1).max(40).optional(),
  link_kind: z.enum(['publisher', 'shared-by-another-site', 'third-party-copy']).optional(),
  verified: z
    .string()
    .regex(
      /^(archived copy|archived page .+|cited by https?:\/\/\S+|opened by a curator)$/,
      'write "archived copy", "archived page (…)", "cited by https://…" or "opened by a curator": how the address was seen',
    )
    .optional(),
  asked_as: askedAs,
  /** The day somebody of the programme last looked at the page, and found that it still says this. */
  checked_on: day.optional(),
  /** The day it came into the catalogue; those from the beginning have none. */
  added_on: day.optional(),
  /** Taken out of lookups and lists; whoever saved it still sees what it was. */
  retired: z.literal(true).optional(),
});

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string().min(1),
  resources: z.array(entrySchema).min(1),
});

export type Resource = z.output<typeof entrySchema>;

export type Catalogue = {
  /** Everything there is, in the file's order: also what is held back or retired. */
  all: readonly Resource[];
  /** What people can find. */
  shown: readonly Resource[];
  /** Kept out of lookups; see `toCatalogue`. */
  heldBack: readonly Resource[];
  /** Kept out of lookups, since a newer entry has taken their place. */
  superseded: readonly Resource[];
  /** Taken out, with what they were: for whoever has saved them. */
  retired: ReadonlyMap<string, Resource>;
  /** Those that are shown, by their own id and by the ids of those whose place they have taken. */
  byId: ReadonlyMap<string, Resource>;
  /** By the id of an entry that is shown: those whose place it has taken. */
  predecessors: ReadonlyMap<string, readonly Resource[]>;
  /** Every id of the file, for other files that name resources. */
  ids: ReadonlySet<string>;
};

/**
/**
 * Parts what is shown from what is not. Entries with `link_kind: third-party-copy` lead to a mirror on somebody else's
 * site, which may be out of date or put there without leave, so they are hidden until the publisher's own address
 * replaces it (the header of resources.yaml). Superseded ones are seen through their successor. data/README.md says how.
 * What is retired is neither.
 */
export function toCatalogue(resources: readonly Resource[]): Catalogue {
  const used = resources.filter(({ retired }) => !retired);
  const superseded = used.filter(({ superseded_by }) => superseded_by !== undefined);
  const current = used.filter(({ superseded_by }) => superseded_by === undefined);
  const isHeldBack = ({ link_kind }: Resource): boolean => link_kind === 'third-party-copy';
  const shown = current.filter((resource) => !isHeldBack(resource));
  const byId = new Map(shown.map((resource) => [resource.id, resource]));
  const predecessors = new Map<string, Resource[]>();
  const all = new Map(resources.map((resource) => [resource.id, resource]));
  for (const old of superseded) {
    const last = successorsOf(old, all).at(-1);
    const successor = last && byId.get(last.id);
    if (!successor || successor.id === old.id) continue;
    byId.set(old.id, successor);
    predecessors.set(successor.id, [...(predecessors.get(successor.id) ?? []), old]);
  }
  return {
    all: resources,
    shown,
    heldBack: current.filter(isHeldBack),
    superseded,
    retired: new Map(resources.flatMap((one) => (one.retired ? [[one.id, one]] : []))),
    byId,
    predecessors,
    ids: new Set(all.keys()),
  };
}

/** What has taken its place, what has taken that one's, and so on; a circle ends where it comes back. */
function successorsOf(old: Resource, all: ReadonlyMap<string, Resource>): Resource[] {
  const found = new Set<Resource>();
  for (
    let next = old.superseded_by === undefined ? undefined : all.get(old.superseded_by);
    next !== undefined && !found.has(next);
    next = next.superseded_by === undefined ? undefined : all.get(next.superseded_by)
  )
    found.add(next);
  return [...found];
}

/** The id under which an entry is seen: its own, or that of what has taken its place. */
export const idNow = ({ byId }: Catalogue, id: string): string => byId.get(id)?.id ?? id;

/** All the ids under which people may have kept an entry: its own, and those of what it has replaced. */
export const idsOver = ({ predecessors }: Catalogue, id: string): string[] => [
  id,
  ...(predecessors.get(id) ?? []).map((old) => old.id),
];

/** All that an entry says of its page: what it is, and what to know before using it. */
export const saidOf = ({ summary, caution }: Pick<Resource, 'summary' | 'caution'>): string =>
  caution === undefined ? summary : `${summary} ${caution}`;

/** "NSPCC Learning · Video · 5 minutes · 2021 · 0–5". Minutes only where the data has them. */
export function factsOf(resource: Resource, { age_groups }: Pick<Vocabulary, 'age_groups'>): string[] {
  const { publisher, type, format_minutes: minutes, year, free } = resource;
  const ages = resource.age_groups.map((id) =>
    /^\d+-\d+$/.test(id) ? id.replace('-', '\u2013') : (age_groups.find((age) => age.id === id)?.label ?? id),
  );
  return [
    publisher,
    resourceTypes[type].label,
    ...(minutes === undefined ? [] : [minutes === 1 ? '1 minute' : `${minutes} minutes`]),
    ...(year === undefined ? [] : [String(year)]),
    ...(ages.length === 0 ? [] : [ages.join(', ')]),
    ...(free === false ? ['may cost money'] : []),
  ];
}

/** The programme's own material that is expected here, and that nobody has given the address of. */
export const isNotSupplied = ({ type, url }: Pick<Resource, 'type' | 'url'>): boolean =>
  type === 'programme' && url === undefined;

/** data/resources.yaml: everything that can be looked up. */
export function readCatalogue(folder: ContentFolder, vocabulary: Vocabulary): Catalogue | undefined {
  const file = folder.read('resources.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.resources, ['resources'], problem);
  const topics = new Set(vocabulary.topics.map((topic) => topic.id));
  const ages = new Set(vocabulary.age_groups.map((age) => age.id));
  const audiences = new Set(vocabulary.audiences.map((audience) => audience.id));
  reportAskedAs(
    { list: value.resources, what: 'entry', path: ['resources'] },
    { ages: vocabulary.age_groups, readers: vocabulary.audiences },
    problem,
    { around: aroundPhrases(vocabulary, value.resources), elsewhere: vocabulary.topics },
  );
  const addresses = new Map<string, string>();
  const all = new Map(value.resources.map((resource) => [resource.id, resource]));
  value.resources.forEach((resource, index) => {
    const at = ['resources', index];
    reportUnknown(resource.topics, topics, 'topic', [...at, 'topics'], problem);
    reportUnknown(resource.age_groups, ages, 'age group', [...at, 'age_groups'], problem);
    reportUnknown(resource.audience, audiences, 'audience', [...at, 'audience'], problem);
    reportFields(resource, at, problem);
    reportSuccessor(resource, { at, all }, problem);
    // A new edition may have the address of the old one.
    if (resource.url === undefined || resource.superseded_by !== undefined) return;
    const address = sameAddress(resource.url);
    const other = addresses.get(address);
    if (other !== undefined)
      problem([...at, 'url'], `"${other}" has this address already. Delete one of the two entries.`);
    else addresses.set(address, resource.id);
  });
  return toCatalogue(value.resources);
}

type Problem = (path: Path, message: string) => void;

const everywhereElse = ['url', 'link_kind'] as const;
const ofTheProgramme = ['owner', 'version'] as const;

/** Which fields an entry needs depends on its kind. */
function reportFields(resource: Resource, at: Path, problem: Problem): void {
  const has = (field: keyof Resource) => resource[field] !== undefined;
  if (resource.type === 'practice-example') {
    if (!has('text')) problem(at, '"text" is missing. A practice example is its words.');
    for (const field of [...everywhereElse, ...ofTheProgramme])
      if (has(field)) problem([...at, field], `"${field}" is not for a practice example. Delete it.`);
    return;
  }
  if (has('text'))
    problem([...at, 'text'], '"text" is only for a practice example (type: practice-example).');
  if (resource.type !== 'programme') {
    for (const field of everywhereElse) if (!has(field)) problem(at, `"${field}" is missing. Add it.`);
    for (const field of ofTheProgramme)
      if (has(field))
        problem([...at, field], `"${field}" is only for the programme’s own material (type: programme).`);
    return;
  }
  if (!has('owner')) problem(at, '"owner" is missing. Say who of the programme looks after this.');
  if (has('url')) {
    if (!has('checked_on'))
      problem(at, '"checked_on" is missing. Programme material with an address has one.');
    return;
  }
  for (const field of ['version', 'checked_on', 'link_kind', 'verified'] as const)
    if (has(field))
      problem(
        [...at, field],
        `"${field}" has nothing to go with: there is no "url". Give one, or delete this.`,
      );
}

function reportSuccessor(
  resource: Resource,
  { at, all }: { at: Path; all: ReadonlyMap<string, Resource> },
  problem: Problem,
): void {
  const { id: own, superseded_by: next } = resource;
  if (next === undefined) return;
  const field = [...at, 'superseded_by'];
  const successors = successorsOf(resource, all);
  const last = successors.at(-1);
  if (!last) problem(field, unknownId(next, 'resource', new Set(all.keys())));
  else if (successors.includes(resource))
    problem(field, `"${own}" comes back to itself here. Name the entry that people should see.`);
  else if (last.link_kind === 'third-party-copy')
    problem(field, `"${last.id}" is held back (link_kind: third-party-copy), so people would see neither.`);
}

const startSchema = z.strictObject({
  version: z.number().int(),
  language: z.string().min(1),
  groups: z
    .array(z.strictObject({ id, label: z.string().min(1).max(60), entries: z.array(id).min(1).max(10) }))
    .min(1),
});

/** data/start-here.yaml: where to begin, picked by hand. */
export type StartHere = z.output<typeof startSchema>;

export function readStartHere(
  folder: ContentFolder,
  catalogue: Catalogue | undefined,
): StartHere | undefined {
  const file = folder.read('start-here.yaml', startSchema);
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
): { id: string; label: string; entries: Resource[] }[] =>
  groups
    .map(({ id, label, entries }) => ({ id, label, entries: entries.flatMap((one) => byId.get(one) ?? []) }))
    .filter(({ entries }) => entries.length > 0);
