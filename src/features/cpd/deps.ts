import type { Actor } from '../../community/permissions.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import { localDate, usableZone } from '../../scheduler/calendar.ts';
import type { Core, LearningSource } from '../feature.ts';
import type { CpdForms } from './content.ts';

export type CpdDeps = Core & {
  vault: Vault;
  forms: CpdForms;
  signposts: Signposts;
  /** Everything that can be put into a record. */
  sources(): readonly LearningSource[];
  /** What somebody does, as their profile says it. */
  roleOf(personId: string): Promise<string | undefined>;
  /** Opens the window in which people write. */
  writeButton: { text: string; actionId: string };
};

/** Somebody's own zone, and the day it is there. */
export function hereAndNow(
  { clock, timeZone }: Pick<CpdDeps, 'clock' | 'timeZone'>,
  { person }: Actor,
): { zone: string; today: string } {
  const zone = usableZone(person.timeZone, timeZone);
  return { zone, today: localDate(clock.now(), zone) };
}
