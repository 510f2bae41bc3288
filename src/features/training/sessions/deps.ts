import type { Profession } from '../../../community/professions.ts';
import type { Reach } from '../../../community/reach.ts';
import type { Retention } from '../../../content/retention.ts';
import type { Vault } from '../../../lib/crypto.ts';
import type { Sender } from '../../../outbox/sender.ts';
import type { Signposts } from '../../../safeguarding/signposts.ts';
import type { DaysOff } from '../../../scheduler/days-off.ts';
import type { Core } from '../../feature.ts';
import type { Training } from '../content.ts';
import type { Notes } from './notes.ts';

export type SessionDeps = Core & {
  training: Training;
  professions: readonly Profession[];
  daysOff: DaysOff;
  retention: Pick<Retention, 'places-given-up'>;
  vault: Vault;
  signposts: Signposts;
  reach: Pick<Reach, 'nextAllowed'>;
  sendNow: Sender['sendNow'];
  /** What was sent about a place and is so no more. */
  notes: Pick<Notes, 'changed' | 'bring' | 'job' | 'settled'>;
  /** What somebody says in their profile that they work as. */
  roleOf(personId: string): Promise<string | undefined>;
  /** What their profile says makes taking part easier for them. For themselves. */
  accessNeedsOf(personId: string): Promise<string | undefined>;
};
