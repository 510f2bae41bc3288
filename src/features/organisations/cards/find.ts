import type { KnownBlock } from '@slack/types';
import { minutes } from '../../../lib/clock.ts';
import { Remembered } from '../../../lib/remembered.ts';
import type { OrganisationsDeps } from '../deps.ts';
import { type Card, listCards } from './store.ts';
import { foundBlocks } from './views.ts';

/** Below what the catalogue has: it is what was asked for. */
const mostBeside = 2;

export type CardSearch = {
  /** The best first. */
  find(question: string): Promise<Card[]>;
  /** For below what the catalogue found. Every look-up asks, so all cards are read once a minute, and after a change. */
  beside(question: string): Promise<KnownBlock[]>;
  /** What a card says has changed, or one is there no more. */
  changed(): void;
};

type Find = (question: string) => Card[];
/** As they are now, and for a while what was drawn of them: most of what is asked again is asked by many. */
type Lately = { at: number; find: Promise<Find>; drawn: Remembered<KnownBlock[]> };
const mostDrawn = 200;

/** Finds cards as resources are found: synonyms, slips of the finger, beginnings of words. */
export function createCardSearch({
  db,
  vault,
  clock,
  searchIn,
}: Pick<OrganisationsDeps, 'db' | 'vault' | 'clock' | 'searchIn'>): CardSearch {
  // Making one takes longer than asking it, and cards change seldom.
  const made = new Remembered<ReturnType<typeof searchIn>>(1);
  const read = async (): Promise<Find> => {
    const cards = await listCards(db, vault);
    if (cards.length === 0) return () => [];
    const all = cards.map(({ id, said }) => ({
      id,
      title: said.team,
      by: said.organisation,
      summary: [said.offers, said.advice, said.languages].join(' '),
    }));
    const search = made.get(JSON.stringify(all), () => searchIn(all));
    const byId = new Map(cards.map((card) => [card.id, card]));
    return (question) => search(question).flatMap((id) => byId.get(id) ?? []);
  };
  let known: Lately | undefined;
  const readLately = (): Lately => {
    const at = clock.now().getTime();
    if (known && Math.abs(at - known.at) < minutes(1)) return known;
    const find = read();
    known = { at, find, drawn: new Remembered(mostDrawn) };
    // What could not be read is read again by the next look-up.
    find.catch(() => {
      known = undefined;
    });
    return known;
  };
  return {
    find: async (question) => (await read())(question),
    async beside(question) {
      const { find: finding, drawn } = readLately();
      const find = await finding;
      return drawn.getFromSecond(question, () => foundBlocks(find(question).slice(0, mostBeside)));
    },
    changed() {
      known = undefined;
    },
  };
}
