import type { Vocabulary } from '../content/vocabulary.ts';
import { type Resource, resourceTypes, saidOf } from '../features/resources/content.ts';
import { type Html, jsonFor } from '../lib/html.ts';
import { newestFirst } from './entries.ts';
import { siteName } from './frame.ts';
import type { Portal } from './portal.ts';

const labelIn = (list: readonly { id: string; label: string }[], id: string): string =>
  list.find((one) => one.id === id)?.label ?? id;

/** What has no address has nothing to lead to or to describe: the programme has not supplied it yet. */
export const withAddress = (list: readonly Resource[]): Resource[] =>
  list.filter(({ url }) => url !== undefined);

/** schema.org's LearningResource, for the page that has them all. */
export const resourcesInData = (list: readonly Resource[], { vocabulary }: Portal): Html =>
  jsonFor({
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    itemListElement: withAddress(list).map((resource, nth) => ({
      '@type': 'ListItem',
      position: nth + 1,
      item: learningResource(resource, vocabulary),
    })),
  });

const learningResource = (resource: Resource, vocabulary: Vocabulary) => ({
  '@type': 'LearningResource',
  name: resource.title,
  url: resource.url,
  description: saidOf(resource),
  learningResourceType: resourceTypes[resource.type].label,
  publisher: { '@type': 'Organization', name: resource.publisher },
  ...(resource.year !== undefined && { datePublished: String(resource.year) }),
  ...(resource.format_minutes !== undefined && { timeRequired: `PT${resource.format_minutes}M` }),
  about: resource.topics.map((id) => ({ '@type': 'Thing', name: labelIn(vocabulary.topics, id) })),
  audience: resource.audience.map((id) => ({
    '@type': 'Audience',
    audienceType: labelIn(vocabulary.audiences, id),
  })),
  isAccessibleForFree: resource.free,
});

/** https://www.jsonfeed.org/version/1.1/, newest in the catalogue first. */
export function jsonFeed({ catalogue, vocabulary }: Portal): string {
  const items = withAddress(catalogue.shown).toSorted(
    (a, b) => (b.added_on ?? '').localeCompare(a.added_on ?? '') || newestFirst(a, b),
  );
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: siteName,
    description: 'Resources on childhood adversity, trauma and resilience, picked in City and Hackney.',
    language: 'en-GB',
    items: items.map((resource) => ({
      id: resource.id,
      url: resource.url,
      title: resource.title,
      content_text: saidOf(resource),
      authors: [{ name: resource.publisher }],
      tags: resource.topics.map((id) => labelIn(vocabulary.topics, id)),
      ...(resource.added_on !== undefined && { date_published: `${resource.added_on}T00:00:00Z` }),
    })),
  };
  return `${JSON.stringify(feed, undefined, 1)}\n`;
}
