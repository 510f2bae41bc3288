import type { AllOurWords } from '../../content/our-words.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { Core } from '../feature.ts';

export type ReviewDeps = Core & {
  vault: Vault;
  signposts: Signposts;
  ourWords: AllOurWords;
};
