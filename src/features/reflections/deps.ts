import type { Button } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Person } from '../../community/people.ts';
import type { Actor } from '../../community/permissions.ts';
import type { Reach } from '../../community/reach.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { Core } from '../feature.ts';
import type { Frameworks } from './content.ts';

/** @property reflectionId what it was made of; undefined where that is not known any more. */
export type ExampleWords = {
  id: string;
  title: string;
  text: string;
  reflectionId?: string | undefined;
  /** Its author was asked about identifying detail, and keeps the words as they are. */
  isKept?: boolean | undefined;
};

export type ReflectionDeps = Core & {
  vault: Vault;
  frameworks: Frameworks;
  signposts: Signposts;
  /** What can be done with a journal elsewhere. */
  journalButtons?: readonly { text: string; actionId: string }[];
  /** When somebody may be written to unasked, and whether they may be asked anything. */
  reach: Pick<Reach, 'nextAllowed' | 'mayBeAsked'>;
  /** Changes messages that were sent. It makes each call once. */
  client: WebClient;
  /** Sends what somebody made of their practice to the curators of the catalogue, and takes it back. */
  examples: {
    send(
      actor: Actor,
      example: ExampleWords,
    ): Promise<{ kind: 'sent' | 'not-allowed' | 'keeps-nothing' | 'many-wait' }>;
    /** @returns undefined when it does not wait any more. */
    withdraw(actor: Actor, id: string): Promise<ExampleWords | undefined>;
    /** Their own, until they are told what became of them. */
    listWaiting(actor: Actor): Promise<(ExampleWords & { sentAt: Date; isDecided: boolean })[]>;
  };
  /** Opens the community agreement, for whoever has not answered it. */
  agreementButton: { text: string; actionId: string };
  /** What people do not want passed on to them, whatever it is. */
  shares: {
    areStopped(who: { by: string; to: string }): Promise<boolean>;
    stopButton(by: Person): Button;
    topicFrom(sharerId: string): string;
  };
};

/** A deleted reflection, or a discarded draft, can be brought back this long. */
export const undoHours = 24;
