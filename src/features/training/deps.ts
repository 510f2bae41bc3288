import type { Profession } from '../../community/professions.ts';
import type { PracticePrompts } from '../../content/practice-prompts.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Core } from '../feature.ts';
import type { Training } from './content.ts';

/** Where somebody works. `isGeneral`: one that stands for many, such as "a school". */
export type Agency = { id: string; label: string; isGeneral: boolean };

/** An entry of the catalogue, to point to. */
export type Linked = { title: string; publisher: string; url: string | undefined };

export type TrainingDeps = Core & {
  training: Training;
  prompts: PracticePrompts;
  professions: readonly Profession[];
  vault: Vault;
  /** Undefined: there is no such entry any more, or it is not shown. */
  resourceOf(entryId: string): Linked | undefined;
  /** As their profile says; undefined where it does not, or they keep it to themselves. */
  agencyOf(personId: string): Promise<Agency | undefined>;
  /** What their profile says makes taking part easier for them. For themselves. */
  accessNeedsOf(personId: string): Promise<string | undefined>;
};
