import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { Glossary } from '../../src/content/glossary.ts';
import type { Vocabulary } from '../../src/content/vocabulary.ts';
import { isFiller, wordsOf } from '../../src/content/words.ts';
import { type Catalogue, type Resource, resourceTypes } from '../../src/features/resources/content.ts';
import { createSearch } from '../../src/features/resources/finding/search.ts';

export type Searched = { catalogue: Catalogue; vocabulary: Vocabulary; glossary: Glossary };
export type Engine = {
  /** Ids, best first. */
  find(text: string): readonly string[];
};
export type Make = (content: Searched) => Engine;

/** Ours, with all that it knows about words. It remembers answers: make it anew to ask it anew. */
export const ours: Make = (content) => {
  const search = createSearch(content);
  return { find: (text) => search.find(text).hits.map(({ id }) => id) };
};

/**
 * As its documentation suggests for people who type: words may go on, and a fifth of their letters be wrong. Our own small
 * words are left out. Of the settings that were tried, those that did best. https://lucaong.github.io/minisearch/
 */
export const miniSearch: Make = ({ catalogue, vocabulary }) => {
  const search = new MiniSearch({
    fields: [...fields],
    tokenize: wordsOf,
    processTerm: (word) => (isFiller(word) ? null : word),
    searchOptions: { boost: weights, prefix: true, fuzzy: 0.2 },
  });
  search.addAll(textsOf(catalogue, vocabulary));
  return { find: (text) => search.search(text).map(({ id }) => String(id)) };
};

/** Word by word, which its documentation advises for questions of several. https://fusejs.io/token-search */
export const fuse: Make = ({ catalogue, vocabulary }) => {
  const search = new Fuse(textsOf(catalogue, vocabulary), {
    keys: fields.map((name) => ({ name, weight: weights[name] })),
    useTokenSearch: true,
    tokenize: (text) => wordsOf(text).filter((word) => !isFiller(word)),
    threshold: 0.3,
    ignoreLocation: true,
  });
  return { find: (text) => search.search(text).map(({ item }) => item.id) };
};

const fields = ['title', 'about', 'summary', 'publisher'] as const;
const weights = { title: 2, about: 2, summary: 1.5, publisher: 1 };

type Texts = Record<(typeof fields)[number] | 'id', string>;

/**
 * What the others look in: all that an entry says, and the words that we know for its topics, ages, readers and kind, so
 * that they know as much as ours does. What entries get so that they are found belongs here too, or the comparison is none.
 */
function textsOf(catalogue: Catalogue, vocabulary: Vocabulary): Texts[] {
  const words = new Map<string, string>([
    ...vocabulary.topics.map(({ id, label, synonyms, words: own, asked_as }): [string, string] => [
      id,
      [label, ...synonyms, own, ...asked_as.map(({ say }) => say)].join(' '),
    ]),
    ...vocabulary.age_groups.map(({ id, label, synonyms }): [string, string] => [
      id,
      [label, ...synonyms].join(' '),
    ]),
    ...vocabulary.audiences.map(({ id, label }): [string, string] => [id, label]),
  ]);
  const about = ({ topics, age_groups, audience, type, asked_as }: Resource): string =>
    [
      ...asked_as.map(({ say }) => say),
      ...[...topics, ...age_groups, ...audience].map((id) => words.get(id) ?? id),
      resourceTypes[type].label,
      ...resourceTypes[type].words,
    ].join(' ');
  return catalogue.shown.map((resource) => ({
    id: resource.id,
    title: resource.title,
    about: about(resource),
    summary: resource.summary,
    publisher: resource.publisher,
  }));
}
