import type { KnownBlock } from '@slack/types';
import { sealedNames } from '../../community/organisations/store.ts';
import { may } from '../../community/permissions.ts';
import type { Feature } from '../feature.ts';
import { askToCheck } from './cards/checks.ts';
import { createCardSearch } from './cards/find.ts';
import { endKeeping } from './cards/keep.ts';
import { listenToCards, runTeams } from './cards/listeners.ts';
import { countCardsOf, sealedCards } from './cards/store.ts';
import { teamsSection } from './cards/views.ts';
import type { OrganisationsDeps } from './deps.ts';
import { countWaiting, listenToList, showList } from './list/listeners.ts';
import { waitingSection } from './list/views.ts';

export { organisationsHeld } from './holdings.ts';

export type OrganisationsFeature = Feature & {
  /** Team cards that answer a question, for below what the catalogue found; empty where none does. */
  cardsFor(question: string): Promise<KnownBlock[]>;
};

/** "Teams working together" is about teams, and names none. */
const describesTeams = (words: string): boolean =>
  /^(?:work(?:ing)?|around|who|whose|that|meetings?|building|without|and|as)\b/i.test(words);

/** Where people work, as curators keep the list, and what teams offer each other. */
export function organisations(deps: OrganisationsDeps): OrganisationsFeature {
  const search = createCardSearch(deps);
  const cardDeps = { ...deps, cardsChanged: () => search.changed() };
  return {
    name: 'organisations',
    commands: [
      {
        word: 'teams',
        aliases: ['team cards'],
        takes: (words) => !describesTeams(words),
        help: {
          does: 'Shows what teams offer each other, and makes a card of yours.',
          example: 'teams',
          group: 'together',
        },
        run: (call) => runTeams(deps, search, call),
      },
      {
        word: 'organisations',
        aliases: ['organizations'],
        needs: 'resources.curate',
        takes: [],
        help: {
          does: 'Shows names suggested for the list of organisations.',
          example: 'organisations',
          group: 'lead',
        },
        run: async ({ actor, answer }) => answer(await showList(deps, actor, 0)),
      },
    ],
    listen(to) {
      listenToList(to, deps);
      listenToCards(to, cardDeps);
    },
    jobs: [askToCheck(deps)],
    home: [
      {
        slot: 'keep',
        order: 30,
        async blocks({ person, actor }) {
          if (!may(actor, 'own.read', { ownerId: person.id }) || actor.hasDeclined) return [];
          return teamsSection(await countCardsOf(deps.db, person.id));
        },
      },
      {
        slot: 'lead',
        order: 41,
        blocks: async ({ actor }) =>
          may(actor, 'resources.curate') ? waitingSection(await countWaiting(deps)) : [],
      },
    ],
    async hears(personId, { kind }) {
      if (kind === 'left-programme' || kind === 'declined') await endKeeping(deps, personId);
    },
    sealedColumns: [sealedNames, sealedCards],
    cardsFor: (question) => search.beside(question),
  };
}
