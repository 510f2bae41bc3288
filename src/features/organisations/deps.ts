import type { OrganisationContent } from '../../community/organisations/content.ts';
import type { Reach } from '../../community/reach.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { Core } from '../feature.ts';

/** What is looked through as resources are: by its title, whose it is, and what is said of it. */
export type Findable = { id: string; title: string; by: string; summary: string };

export type OrganisationsDeps = Core & {
  organisations: OrganisationContent;
  vault: Vault;
  reach: Pick<Reach, 'nextAllowed' | 'mayBeAsked'>;
  signposts: Signposts;
  /** The catalogue's search, over something else. @returns the ids of what answers a question, the best first. */
  searchIn(all: readonly Findable[]): (question: string) => string[];
};

/** What the use cases of cards are handed. */
export type CardDeps = OrganisationsDeps & {
  /** After each change of what a card says, or of whether it is there. */
  cardsChanged(): void;
};
