import type { Button, KnownBlock, View } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import type { SessionDeps } from './sessions/deps.ts';

export type TrainingDeps = SessionDeps & {
  /** The public address of the bot, below which calendars ask for what people have booked; undefined: none can, so none are offered. */
  feedsAt: string | undefined;
  /**
   * Entries of the catalogue as people know them from there, in this order. What has left the catalogue is left out; what
   * was replaced comes as its successor.
   */
  resourceCards(entryIds: readonly string[]): Promise<KnownBlock[]>;
  /** Which of these are not in the catalogue any more. */
  listGone(entryIds: readonly string[]): string[];
  /** To checklists with which somebody prepares for something, where they have one. */
  prepareButtons(actor: Actor): Promise<Button[]>;
  /** The window in which somebody writes for themselves. @param about which framework it begins with, if it is said. */
  reflectOn(actor: Actor, about: { title: string; framework: string | undefined }): Promise<View>;
};
