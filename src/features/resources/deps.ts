import type { Glossary } from '../../content/glossary.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Core } from '../feature.ts';
import type { Catalogue } from './content.ts';
import type { Search } from './finding/search.ts';

export type ResourcesDeps = Core & {
  vocabulary: Vocabulary;
  catalogue: Catalogue;
  glossary: Glossary;
  /** Whether a text holds something like a phone number, a postcode, an NHS number. */
  looksIdentifiable(text: string): boolean;
};

/** What the use cases are handed. */
export type Deps = ResourcesDeps & { search: Search };
