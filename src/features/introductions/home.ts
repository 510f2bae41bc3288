import { may } from '../../community/permissions.ts';
import type { HomeSection } from '../feature.ts';
import type { IntroductionDeps } from './deps.ts';
import { homeLine, isEnded } from './joining/views.ts';
import { findPlace } from './joining/wish.ts';
import { nextDay } from './when.ts';

/** One line for those who want it, or to whom a group of theirs offers it; for everybody else there is the command. */
export const homeSection = (deps: IntroductionDeps): HomeSection => ({
  slot: 'settings',
  order: 25,
  async blocks({ person, actor, now }) {
    if (!may(actor, 'own.read', { ownerId: person.id })) return [];
    const place = await findPlace(deps, actor);
    if (place.kind === 'not-agreed') return [];
    const { isIn, wish, pools } = place;
    if (isIn)
      return homeLine(
        wish.isPaused
          ? { kind: 'paused' }
          : isEnded(wish, pools)
            ? { kind: 'ended' }
            : { kind: 'on', everyWeeks: wish.everyWeeks, nextOn: nextDay(wish, now, deps) },
      );
    return pools[0] ? homeLine({ kind: 'offered', group: pools[0].name }) : [];
  },
});
