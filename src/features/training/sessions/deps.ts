import type { Profession } from '../../../community/professions.ts';
import type { Reach } from '../../../community/reach.ts';
import type { Retention } from '../../../content/retention.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import type { Sender } from '../../../outbox/sender.ts';
import type { Signposts } from '../../../safeguarding/signposts.ts';
import type { DaysOff } from '../../../scheduler/days-off.ts';
import type { Core, Job } from '../../feature.ts';
import type { Training } from '../content.ts';

/** Keeps true what was sent about places. */
export type Notes = {
  /** Somebody's place may stand otherwise once the caller's transaction has ended: say it in there, and `bring` after it. */
  changed(trx: Db, sessionId: string, personId: string): Promise<void>;
  /** What was said so far is brought up to date. Returns at once. */
  bring(): void;
  /** What Slack did not take, and what a stop came between. */
  job: Job;
  settled(): Promise<void>;
};

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
  notes: Notes;
  /** What somebody says in their profile that they work as. */
  roleOf(personId: string): Promise<string | undefined>;
  /** What their profile says makes taking part easier for them. For themselves. */
  accessNeedsOf(personId: string): Promise<string | undefined>;
};
