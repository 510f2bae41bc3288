import type { Mrkdwn } from '../../slack/text.ts';
import type { Feature } from '../feature.ts';
import type { ReviewDeps } from './deps.ts';
import { reviewFiles } from './files.ts';
import { listenToReviews, showReviews } from './listeners.ts';
import { reviewedOn } from './review.ts';
import { sealedReviews } from './store.ts';
import { reviewedNote } from './views.ts';

export { reviewsHeld } from './holdings.ts';

export type ReviewsFeature = Feature & {
  /** That young people have reviewed something as it reads now; undefined where they have not. @param item see OurWords. */
  reviewed(item: string): Promise<Mrkdwn | undefined>;
};

/** What young people, who are not in this workspace, say of our words. */
export function reviews(deps: ReviewDeps): ReviewsFeature {
  return {
    name: 'reviews',
    commands: [
      {
        word: 'reviews',
        aliases: ['review', 'review pack', 'review packs'],
        needs: 'resources.curate',
        takes: [],
        otherwise: {
          says: 'To say yourself that words are not the right ones:',
          text: 'Better words?',
          line: 'flag',
        },
        help: {
          does: 'Takes words of ours to young people, and keeps what they say of them.',
          example: 'reviews',
          group: 'lead',
        },
        run: async ({ actor, answer }) => answer(await showReviews(deps, actor)),
      },
    ],
    listen: (to) => listenToReviews(to, deps),
    files: reviewFiles(deps),
    sealedColumns: [sealedReviews],
    async reviewed(item) {
      const on = await reviewedOn(deps, item);
      return on === undefined ? undefined : reviewedNote(on);
    },
  };
}
