import { z } from 'zod';
import { askedAs, reportAskedAs } from '../../content/asked-as.ts';
import type { ContentFolder } from '../../content/read.ts';
import { reportDuplicates, reportUnknown, type Vocabulary } from '../../content/vocabulary.ts';
import { sameAddress } from './address.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only')
  .max(60);

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
  leaflet: { label: 'Leaflet', words: ['leaflet', 'leaflets', 'handout', 'handouts', 'booklet', 'booklets'] },
  service: { label: 'Service', words: ['service page'] },
} as const satisfies Record<string, { label: string; words: readonly string[] }>;

export type ResourceType = keyof typeof resourceTypes;

export const types = Object.keys(resourceTypes) as [ResourceType, ...ResourceType[]];

/** One entry. What a form says of a field stands in `changing/forms.ts`. */
export const entrySchema = z.strictObject({
  id,
  title: z.string().min(1).max(150),
  url: z.httpUrl('give the whole web address, starting with https:// or http://').max(1000),
  publisher: z.string().min(1).max(150),
  year: z.number().int().min(1900).max(2100).optional(),
  type: z.enum(types),
  /** Reading, watching or listening time, where the page itself says so. */
  format_minutes: z.number().int().min(1).max(600).optional(),
  audience: z.array(id).min(1),
  age_groups: z.array(id).min(1),
  topics: z.array(id).min(1),
  summary: z.string().min(20).max(300),
  free: z.boolean(),
  link_kind: z.enum(['publisher', 'shared-by-another-site', 'third-party-copy']),
  verified: z
    .string()
    .regex(
      /^(archived copy|archived page .+|cited by https?:\/\/\S+|opened by a curator)$/,
      'write "archived copy", "archived page (…)", "cited by https://…" or "opened by a curator": how the address was seen',
    ),
  asked_as: askedAs,
  /** The day somebody of the programme last looked at the page, and found that it still says this. */
  checked_on: z.iso.date('write the day as YYYY-MM-DD, for example 2026-03-31').optional(),
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
  /** Taken out, with what they were: for whoever has saved them. */
  retired: ReadonlyMap<string, Resource>;
  /** Those that are shown. */
  byId: ReadonlyMap<string, Resource>;
  /** Every id of the file, for other files that name resources. */
  ids: ReadonlySet<string>;
};

/**
 * Parts what is shown from what is held back: entries with `link_kind: third-party-copy` lead to a mirror on somebody
 * else's site, which may be out of date or put there without leave, so they are hidden until the publisher's own
 * address replaces it (the header of resources.yaml). data/README.md says how. What is retired is neither.
 */
export function toCatalogue(resources: readonly Resource[]): Catalogue {
  const used = resources.filter(({ retired }) => !retired);
  const isHeldBack = ({ link_kind }: Resource): boolean => link_kind === 'third-party-copy';
  const shown = used.filter((resource) => !isHeldBack(resource));
  return {
    all: resources,
    shown,
    heldBack: used.filter(isHeldBack),
    retired: new Map(resources.flatMap((one) => (one.retired ? [[one.id, one]] : []))),
    byId: new Map(shown.map((resource) => [resource.id, resource])),
    ids: new Set(resources.map((resource) => resource.id)),
  };
}

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
    vocabulary.topics,
  );
  const addresses = new Map<string, string>();
  value.resources.forEach((resource, index) => {
    const at = ['resources', index];
    reportUnknown(resource.topics, topics, 'topic', [...at, 'topics'], problem);
    reportUnknown(resource.age_groups, ages, 'age group', [...at, 'age_groups'], problem);
    reportUnknown(resource.audience, audiences, 'audience', [...at, 'audience'], problem);
    const address = sameAddress(resource.url);
    const other = addresses.get(address);
    if (other !== undefined)
      problem([...at, 'url'], `"${other}" has this address already. Delete one of the two entries.`);
    else addresses.set(address, resource.id);
  });
  return toCatalogue(value.resources);
}
