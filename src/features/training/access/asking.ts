import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import type { Session } from '../sessions/session.ts';
import { findBooking, findSession } from '../sessions/store.ts';
import { findNeeds, holdNeeds, longestNeeds, type NeedsOf, writeNeeds } from './store.ts';

/** What somebody typed, and whether they let their profile's words go along. */
export type Said = { needs: string; fromProfile: boolean };

/** What may stand in the form already: what they said for this session, and what their profile says. */
export type Sayable = { said: string; profile: string | undefined };

export async function findSayable(deps: SessionDeps, of: NeedsOf): Promise<Sayable> {
  const said = (await findNeeds(deps.db, deps.vault, of))?.words ?? '';
  const profile = await deps.accessNeedsOf(of.personId);
  // Once it has come along there is nothing more to offer.
  return { said, profile: profile === undefined || said.includes(profile) ? undefined : profile };
}

/** What would be kept of it. */
export const wordsOf = ({ needs, fromProfile }: Said, { profile }: Sayable): string =>
  [needs, (fromProfile && profile) || ''].filter((one) => one !== '').join('\n\n');

/** @returns words for beside the field where that is too long. */
export const tooLong = (words: string): string | undefined =>
  Array.from(words).length > longestNeeds
    ? 'With what your profile says this becomes too long. Please shorten it, or leave out what your profile says.'
    : undefined;

/**
 * Keeps what somebody said for a session, in the transaction in which they book, or change what they said. Where a session
 * asks nothing, or nothing any more, nothing comes to what is kept. New words have been opened by nobody.
 * @param words empty: they said nothing, which is kept too, so that a row tells nothing.
 */
export async function keepNeeds(
  db: Db,
  vault: Vault,
  session: Pick<Session, 'id' | 'asksAccess'>,
  personId: string,
  words: string,
): Promise<void> {
  const of = { sessionId: session.id, personId };
  await holdNeeds(db, of);
  const before = await findNeeds(db, vault, of);
  if (!before && !session.asksAccess) return;
  if (before?.words !== words) await writeNeeds(db, vault, of, { words, openedBy: [] });
}

/** What their own window is about: a session at which they have a place or wait for one, and that asks, or asked before. */
export async function findOwnSession(
  { db, vault }: Pick<SessionDeps, 'db' | 'vault'>,
  actor: Actor,
  sessionId: string,
): Promise<Session | undefined> {
  const personId = actor.person.id;
  const session = await findSession(db, sessionId);
  const booking = await findBooking(db, sessionId, personId);
  if (!session || session.isCancelled || !may(actor, 'own.write', { ownerId: personId })) return undefined;
  if (!booking || booking.status === 'cancelled') return undefined;
  return session.asksAccess || (await findNeeds(db, vault, { sessionId, personId }))?.words
    ? session
    : undefined;
}

/** Changes what they said, on their own. @returns false when it is not theirs to say any more. */
export async function changeNeeds(
  deps: SessionDeps,
  actor: Actor,
  sessionId: string,
  words: string,
): Promise<boolean> {
  return deps.db.transaction().execute(async (trx) => {
    const session = await findOwnSession({ db: trx, vault: deps.vault }, actor, sessionId);
    if (!session) return false;
    await keepNeeds(trx, deps.vault, session, actor.person.id, words);
    return true;
  });
}
