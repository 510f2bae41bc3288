import type { View } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import type { Reach } from '../../community/reach.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { Core } from '../feature.ts';
import type { OccasionsOf } from './findings.ts';

export type IntentionDeps = Core & {
  vault: Vault;
  /** When somebody may be written to unasked, and whether they may be asked anything. */
  reach: Pick<Reach, 'nextAllowed' | 'mayBeAsked'>;
  signposts: Signposts;
  /** Keeps their words as a draft of a reflection. @returns the window in which they go on. */
  writeAbout(actor: Actor, words: { heading: string; text: string }): Promise<View>;
  occasionsOf: OccasionsOf;
};

/** The zone in which somebody is told a day. */
export const zoneOf = (
  { timeZone }: Pick<IntentionDeps, 'timeZone'>,
  person: { timeZone: string | undefined },
): string => usableZone(person.timeZone, timeZone);
