import type { KnownBlock } from '@slack/types';
import { Remembered } from '../../../lib/remembered.ts';
import type { OrganisationsDeps } from '../deps.ts';
import { type Card, listCards } from './store.ts';
import { foundBlocks } from './views.ts';

/** Below what the catalogue has: it is what was asked for. */
const mostBeside = 2;

export type CardSearch = {
  /** The best first. */
  find(question: string): Promise<Card[]>;
  /** For below what the catalogue found. */
  beside(question: string): Promise<KnownBlock[]>;
};

/** Finds cards as resources are found: synonyms, slips of the finger, beginnings of words. */
export function createCardSearch({
  db,
  vault,
  searchIn,
}: Pick<OrganisationsDeps, 'db' | 'vault' | 'searchIn'>): CardSearch {
  // Making one takes longer than asking it, and cards change seldom.
  const made = new Remembered<ReturnType<typeof searchIn>>(1);
  const find = async (question: string): Promise<Card[]> => {
    const cards = await listCards(db, vault);
    if (cards.length === 0) return [];
    const all = cards.map(({ id, said }) => ({
      id,
      title: said.team,
      by: said.organisation,
      summary: [said.offers, said.advice, said.languages].join(' '),
    }));
    const search = made.get(JSON.stringify(all), () => searchIn(all));
    return search(question).flatMap((id) => cards.find((card) => card.id === id) ?? []);
  };
  return {
    find,
    beside: async (question) => foundBlocks((await find(question)).slice(0, mostBeside)),
  };
}
