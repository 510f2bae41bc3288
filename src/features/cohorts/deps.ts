import type { WebClient } from '@slack/web-api';
import type { Across } from '../../community/organisations/list.ts';
import type { Action } from '../../community/permissions.ts';
import type { Reach } from '../../community/reach.ts';
import type { Retention } from '../../content/retention.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Comings } from '../../slack/comings.ts';
import type { Core } from '../feature.ts';

export type CohortsDeps = Core & {
  /** Seals lists of trainees until they are matched. */
  vault: Vault;
  vocabulary: Vocabulary;
  /** How long lists of trainees are kept, and the addresses of those who have not come. */
  retention: Pick<Retention, 'trainee-lists' | 'expected-trainees'>;
  /** When somebody may be written to unasked. */
  reach: Pick<Reach, 'nextAllowed'>;
  /** The workspace, and the bot's own user id in it. */
  teamId: string;
  botUserId: string;
  /** Asks Slack who somebody is, who is in a channel, and for the file somebody sent. */
  client: WebClient;
  /** Who comes into channels and goes. */
  comings: Comings;
  /** Puts into somebody's profile what a list said of their work, where they have said nothing themselves. In a transaction. */
  fillProfile(
    db: Db,
    personId: string,
    said: { role: string | undefined; organisation: string | undefined },
  ): Promise<void>;
  /** How many organisations these people are of. Left out: it is not said. */
  countAcross?(personIds: readonly string[]): Promise<Across>;
  /** Gets that file, by the way that leads to Slack. Left out: Node's own. */
  fetch?: typeof fetch;
  /** Buttons of other features for the card of a group with people in it; each gets the group's id as its value. */
  cardButtons?: readonly { text: string; actionId: string; needs: Action; style?: 'primary' }[];
  /** The same at the foot of a card, also of a group that is archived or has nobody in it. */
  footButtons?: readonly { text: string; actionId: string; needs: Action }[];
  /** Buttons of other features beside making a group. */
  homeButtons?: readonly { text: string; actionId: string; needs: Action }[];
  /** The same for the list of its people. */
  peopleButtons?: readonly { text: string; actionId: string }[];
};

/** A person's id; or 'channel' for what follows a linked channel, 'import' for an expected trainee who came. */
export type By = string;
