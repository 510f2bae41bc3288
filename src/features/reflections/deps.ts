import type { Vault } from '../../lib/crypto.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { Core } from '../feature.ts';
import type { Frameworks } from './content.ts';

export type ReflectionDeps = Core & {
  vault: Vault;
  frameworks: Frameworks;
  signposts: Signposts;
  /** What can be done with a journal elsewhere. */
  journalButtons?: readonly { text: string; actionId: string }[];
};

/** A deleted reflection, or a discarded draft, can be brought back this long. */
export const undoHours = 24;
