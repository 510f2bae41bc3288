import type { KnownBlock, View } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { SessionDeps } from './sessions/deps.ts';

export type TrainingDeps = SessionDeps & {
  /**
   * Entries of the catalogue as people know them from there, in this order. What has left the catalogue is left out; what
   * was replaced comes as its successor.
   */
  resourceCards(entryIds: readonly string[]): Promise<KnownBlock[]>;
  /** Which of these are not in the catalogue any more. */
  listGone(entryIds: readonly string[]): string[];
  /** The window in which somebody writes for themselves. @param about which framework it begins with, if it is said. */
  reflectOn(actor: Actor, about: { title: string; framework: string | undefined }): Promise<View>;
  /** What stands beside thanks to somebody to whom it may be offered to note what they will try; else no blocks. */
  offerNow(personId: string, occasion: string): Promise<KnownBlock[]>;
  /** The same once it has been offered, and was not taken up. */
  offerAfter(personId: string, occasion: string): Promise<KnownBlock[]>;
  /** As Slack has it in full; undefined where Slack does not tell. */
  fullNameOf(slackId: string): Promise<string | undefined>;
  reflectButton: { text: string; actionId: string };
};

/** The zone in which somebody is told a time. */
export const zoneFor = (
  { timeZone }: Pick<TrainingDeps, 'timeZone'>,
  person: { timeZone: string | undefined },
): string => usableZone(person.timeZone, timeZone);
