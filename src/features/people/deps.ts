import type { PlainTextOption } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { hasConsent } from '../../community/consents.ts';
import { type Actor, may } from '../../community/permissions.ts';
import type { Reach } from '../../community/reach.ts';
import type { Retention } from '../../content/retention.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Sender } from '../../outbox/sender.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { Core } from '../feature.ts';

/** What is looked through as resources are. */
type Findable = {
  id: string;
  title: string;
  by: string;
  summary: string;
  topics: readonly string[];
  ageGroups: readonly string[];
  role: string | undefined;
};

/** What somebody lets colleagues see of their profile. */
type Seen = {
  role?: string | undefined;
  organisation?: string | undefined;
  /** Ids of topics.yaml. */
  ageGroups?: readonly string[] | undefined;
  interests?: readonly string[] | undefined;
  boroughs?: readonly string[] | undefined;
  introduction?: string | undefined;
};

export type PeopleDeps = Core & {
  vault: Vault;
  vocabulary: Vocabulary;
  signposts: Signposts;
  reach: Pick<Reach, 'nextAllowed' | 'mayBeAsked' | 'mayReceive'>;
  daysOff: DaysOff;
  retention: Pick<Retention, 'people-questions'>;
  /** Asks about the forum, once, while somebody waits. */
  client: WebClient;
  sendNow: Sender['sendNow'];
  forumChannel: string | undefined;
  /** The workspace, for links that open a conversation. */
  teamId: string;
  /** The catalogue's search, over something else. @returns the ids of what answers a question, the best first. */
  searchIn(all: readonly Findable[]): (question: string) => string[];
  /** As profiles have it, and who said yes to being listed. */
  listing: {
    /** Without those who have left the community. */
    seen(personIds: readonly string[]): Promise<ReadonlyMap<string, Seen>>;
    fields: readonly PlainTextOption[];
    fieldsSeen(personId: string): Promise<string[]>;
    change(actor: Actor, isListed: boolean, shown?: readonly string[]): Promise<boolean>;
    profileButton: { text: string; actionId: string };
  };
  /** Whether somebody wants nothing that a colleague sends by way of the bot. */
  areStopped(who: { by: string; to: string }): Promise<boolean>;
};

/** The list is for those who are in the community as it has agreed to be. */
export const mayLook = async ({ db }: { db: Db }, actor: Actor): Promise<boolean> =>
  may(actor, 'community.use') && !actor.hasDeclined && (await hasConsent(db, actor.person.id, 'agreement'));
