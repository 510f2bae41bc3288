import type { KnownBlock } from '@slack/types';
import type { Mrkdwn } from '../../slack/text.ts';
import type { Feature } from '../feature.ts';
import { type Occasion, sayCounts } from './counts.ts';
import type { IntentionDeps } from './deps.ts';
import { intentionFindings } from './findings.ts';
import { homeSection } from './home.ts';
import { comeBack } from './jobs.ts';
import { learningFrom } from './learning.ts';
import { listen, noteOrLook } from './listeners.ts';
import { endAll } from './look-back.ts';
import { considerOffer, isOffered } from './note.ts';
import { sealedColumns } from './store.ts';
import { offerBlocks } from './views.ts';

export type { IntentionDeps } from './deps.ts';
export { intentionsHeld } from './holdings.ts';

export type IntentionsFeature = Feature & {
  /** What stands beside the receipt of what somebody has just done; empty where they are not offered it. */
  offerAfter(personId: string, occasion: string): Promise<KnownBlock[]>;
  /** The same for what no deed tells of, such as a session: whether they are offered it is decided now, once. */
  offerNow(personId: string, occasion: string): Promise<KnownBlock[]>;
  /** What may be told of what people noted after something that is over; undefined: nothing. */
  sayCounts(occasion: Occasion): Promise<Mrkdwn | undefined>;
};

/** What I will try: one private line, after a check-in or of one's own accord, which comes back twice. */
export function intentions(deps: IntentionDeps): IntentionsFeature {
  const offerAfter = async (personId: string, occasion: string): Promise<KnownBlock[]> =>
    (await isOffered(deps, personId, occasion)) ? offerBlocks(occasion) : [];
  return {
    name: 'intentions',
    commands: [
      {
        word: 'try',
        isTakingPart: true,
        takes: [],
        aliases: ['what i will try', 'what i want to try', 'i will try', 'intention', 'intentions'],
        help: {
          does: 'Notes one thing you will try, for you alone; it comes back to you twice.',
          example: 'try',
          group: 'write',
        },
        run: (call) => noteOrLook(deps, call),
      },
    ],
    listen: (to) => listen(to, deps),
    sealedColumns,
    jobs: [comeBack(deps)],
    home: [homeSection(deps)],
    learning: learningFrom(deps),
    findings: intentionFindings((db, group) => deps.occasionsOf(db, group)),
    async hears(personId, deed) {
      if (deed.kind === 'answered' && deed.roundId !== undefined)
        await considerOffer(deps, personId, deed.roundId);
      if (deed.kind === 'left-programme' || deed.kind === 'declined') await endAll(deps, personId);
    },
    sayCounts: (occasion) => sayCounts(deps.db, occasion, deps.clock.now()),
    offerAfter,
    async offerNow(personId, occasion) {
      await considerOffer(deps, personId, occasion);
      return offerAfter(personId, occasion);
    },
  };
}
