import type { Glossary } from '../../../content/glossary.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { Remembered } from '../../../lib/remembered.ts';
import type { Answer } from '../../../slack/answer.ts';
import type { Catalogue } from '../content.ts';
import { createSearch, type Search } from './search.ts';

/** The catalogue as it is now: curators change it while the bot runs, so ask anew each time and keep no part of it. */
export type LiveCatalogue = {
  readonly now: Catalogue;
  /** Over the catalogue as it is now. The index is built by the first question, or by whoever asks for it before. */
  readonly search: Search;
  /** Pages that look the same to everybody, drawn once. */
  readonly pages: Remembered<Answer>;
  /** The one way to change it: from the next question on this one is found and shown, by these topics. */
  publish(next: Catalogue, vocabulary?: Vocabulary): void;
};

const keptPages = 200;

/** Building one takes longer than a hundred searches: a bot that is started again in one process finds what it had. */
const built = new WeakMap<Catalogue, { vocabulary: Vocabulary; glossary: Glossary; search: Search }>();

function searchOver(catalogue: Catalogue, vocabulary: Vocabulary, glossary: Glossary): Search {
  const known = built.get(catalogue);
  if (known?.vocabulary === vocabulary && known.glossary === glossary) return known.search;
  const search = createSearch({ catalogue, vocabulary, glossary });
  built.set(catalogue, { vocabulary, glossary, search });
  return search;
}

export function createLiveCatalogue(
  first: Catalogue,
  words: { vocabulary: Vocabulary; glossary: Glossary },
): LiveCatalogue {
  let now = first;
  let { vocabulary } = words;
  let search: Search | undefined;
  const pages = new Remembered<Answer>(keptPages);
  return {
    get now() {
      return now;
    },
    get search() {
      search ??= searchOver(now, vocabulary, words.glossary);
      return search;
    },
    pages,
    publish(next, topics = vocabulary) {
      search = undefined;
      pages.clear();
      now = next;
      vocabulary = topics;
    },
  };
}
