import type { Actor } from '../../community/permissions.ts';
import type { Signposts } from '../../safeguarding/signposts.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { Frameworks } from './content.ts';
import type { ReflectionDeps } from './deps.ts';

/** What every screen here is drawn with. `zone` is the person's own. */
export type Drawing = Pick<ReflectionDeps, 'journalButtons'> & {
  frameworks: Frameworks;
  signposts: Signposts;
  zone: string;
  /** They said no: what they wrote stays theirs, and nothing more is offered to write. */
  hasDeclined: boolean;
};

export const drawingFor = (
  { frameworks, signposts, timeZone, journalButtons = [] }: ReflectionDeps,
  actor: Actor,
): Drawing => ({
  journalButtons,
  frameworks,
  signposts,
  zone: usableZone(actor.person.timeZone, timeZone),
  hasDeclined: actor.hasDeclined ?? false,
});
