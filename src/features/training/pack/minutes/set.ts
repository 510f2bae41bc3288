import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../../../community/permissions.ts';
import type { Session } from '../../sessions/session.ts';
import { minutesOf } from '../../sessions/shape.ts';
import { lockSession, updateSession } from '../../sessions/store.ts';
import type { PackDeps } from '../deps.ts';
import { findHosted } from '../hosted.ts';

export type MinutesOutcome =
  | { kind: 'set' | 'not-hosted' }
  | { kind: 'problem'; words: string }
  /** Somebody else who runs it has given others since the window was drawn. Nothing is saved. */
  | { kind: 'meanwhile'; session: Session };

/**
 * Gives each part of a session its minutes; 0 leaves one out.
 * @param wanted of each part, in their order. @param seen what stood there when the window was drawn.
 */
export const setMinutes = (
  { db }: Pick<PackDeps, 'db'>,
  actor: Actor,
  sessionId: string,
  { wanted, seen }: { wanted: readonly number[]; seen: readonly number[] },
): Promise<MinutesOutcome> =>
  db.transaction().execute(async (trx): Promise<MinutesOutcome> => {
    const session = await lockSession(trx, sessionId);
    if (!session || !(await findHosted({ db: trx }, actor, sessionId))) return { kind: 'not-hosted' };
    const together = wanted.reduce((sum, one) => sum + one, 0);
    if (together === 0) return { kind: 'problem', words: 'Please give at least one part some minutes.' };
    if (together > session.minutes)
      return {
        kind: 'problem',
        words: `Together that is ${together} minutes, and the session lasts ${session.minutes}.`,
      };
    const now = minutesOf(session);
    if (!isDeepStrictEqual(now, seen) && !isDeepStrictEqual(now, wanted))
      return { kind: 'meanwhile', session };
    const { outline } = session;
    const isAsSuggested = outline.shape.every(({ minutes }, at) => minutes === wanted[at]);
    await updateSession(trx, {
      ...session,
      outline: { ...outline, ownMinutes: isAsSuggested ? undefined : [...wanted] },
    });
    return { kind: 'set' };
  });
