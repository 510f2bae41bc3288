import type { KnownBlock } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import type { Feature } from '../feature.ts';
import { endAsking, endBeingAsked } from './asking/ask.ts';
import { endQuestions, offerForum } from './asking/jobs.ts';
import { listenToAsking } from './asking/listeners.ts';
import { sealedQuestionDrafts, sealedQuestions } from './asking/store.ts';
import { nothingFoundBlocks } from './asking/views.ts';
import type { PeopleDeps } from './deps.ts';
import { ids } from './ids.ts';
import { createPeopleSearch } from './listing/directory.ts';
import { listenToListing, runPeople } from './listing/listeners.ts';
import { deleteListing, sealedListings } from './listing/store.ts';
import { seenOfListing } from './seen.ts';

export { peopleHeld } from './holdings.ts';
export { goesByAnotherName } from './listing/store.ts';

export type PeopleFeature = Feature & {
  /** Below a look-up that found nothing. */
  whenNothing(actor: Actor, question: string): KnownBlock[];
};

/** Colleagues who chose to be found, and questions that are put to them. */
export function people(deps: PeopleDeps): PeopleFeature {
  const search = createPeopleSearch(deps);
  return {
    name: 'people',
    commands: [
      {
        word: 'people',
        aliases: ['colleagues'],
        isTakingPart: true,
        help: {
          does: 'Finds colleagues who chose to be listed, and asks who can help.',
          example: 'people housing',
          group: 'together',
        },
        run: (call) => runPeople(deps, search, call),
      },
    ],
    listen(to) {
      listenToListing(to, deps, search);
      listenToAsking(to, deps, search);
    },
    jobs: [offerForum(deps), endQuestions(deps)],
    quickActions: [{ text: 'Find a colleague', actionId: ids.open, order: 48, isTakingPart: true }],
    seen: (person) => seenOfListing(deps, person),
    sealedColumns: [sealedListings, sealedQuestions, sealedQuestionDrafts],
    async hears(personId, { kind }) {
      const { db } = deps;
      if (kind !== 'unlisted' && kind !== 'left-programme' && kind !== 'declined') return;
      await db.transaction().execute(async (trx) => {
        await endBeingAsked(trx, personId, kind);
        if (kind !== 'unlisted') await endAsking(trx, personId);
        // What they said of themselves goes with the profile.
        if (kind === 'declined') await deleteListing(trx, personId);
      });
    },
    whenNothing: (actor, question) =>
      actor.hasDeclined || question.length > 500 ? [] : nothingFoundBlocks(question),
  };
}
