import type { Profession } from '../../community/professions.ts';
import type { Reach } from '../../community/reach.ts';
import type { PracticePrompts } from '../../content/practice-prompts.ts';
import type { Retention } from '../../content/retention.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Sender } from '../../outbox/sender.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { Core } from '../feature.ts';
import type { Training } from './content.ts';

/** Where somebody works. Two of one id count as of one agency. */
export type Agency = { id: string; label: string };

/** An entry of the catalogue, to point to. */
export type Linked = { title: string; publisher: string; url?: string | undefined };

export type TrainingDeps = Core & {
  training: Training;
  prompts: PracticePrompts;
  professions: readonly Profession[];
  vault: Vault;
  /** Undefined: there is no such entry any more, or it is not shown. */
  resourceOf(entryId: string): Linked | undefined;
  /** By person; without those who have not said where they work, or keep it to themselves. */
  agenciesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, Agency>>;
  /** What their profile says makes taking part easier for them. For themselves. */
  accessNeedsOf(personId: string): Promise<string | undefined>;
  daysOff: DaysOff;
  retention: Pick<Retention, 'places-given-up'>;
  signposts: Signposts;
  reach: Pick<Reach, 'nextAllowed'>;
  sendNow: Sender['sendNow'];
  /** What somebody says in their profile that they work as. */
  roleOf(personId: string): Promise<string | undefined>;
};
