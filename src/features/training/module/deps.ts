import type { KnownBlock, View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import type { Signposts } from '../../../safeguarding/signposts.ts';
import type { Core } from '../../feature.ts';
import type { Training } from '../content.ts';

export type ModuleDeps = Core & {
  training: Training;
  signposts: Signposts;
  /**
   * Entries of the catalogue as people know them from there, in this order. What has left the catalogue is left out; what
   * was replaced comes as its successor.
   */
  resourceCards(entryIds: readonly string[]): Promise<KnownBlock[]>;
  /** Which of these are not in the catalogue any more. */
  listGone(entryIds: readonly string[]): string[];
  /** The window in which somebody writes for themselves. @param about which framework it begins with, if it is said. */
  reflectOn(
    actor: Actor,
    about: { title: string; framework: string | undefined; question: string },
  ): Promise<View>;
};
