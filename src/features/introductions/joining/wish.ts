import { listCohortsOf } from '../../../community/cohorts.ts';
import { giveConsent, hasConsent, withdrawConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { localDate, usableZone } from '../../../scheduler/calendar.ts';
import type { IntroductionDeps } from '../deps.ts';
import { madeKey } from '../introducing/send.ts';
import {
  deleteWish,
  everybody,
  findIntroduction,
  findWish,
  listMembers,
  listOpenOf,
  listOwn,
  listSwitchedOn,
  type Meeting,
  mostAvoided,
  moveOn,
  type Own,
  setStanding,
  usualWish,
  type Wish,
  writeMeeting,
  writeWish,
} from '../store.ts';

/** A group within which somebody may be introduced. */
export type Pool = { id: string; name: string };

export type Place =
  | { kind: 'not-agreed' }
  /** @property isIn they agreed to be introduced. @property pools groups of theirs that have it switched on. */
  | { kind: 'place'; isIn: boolean; wish: Wish; pools: Pool[]; goesByAnotherName: boolean };

export async function findPlace(deps: IntroductionDeps, { person, hasDeclined }: Actor): Promise<Place> {
  const { db, vault } = deps;
  if (hasDeclined || !(await hasConsent(db, person.id, 'agreement'))) return { kind: 'not-agreed' };
  return {
    kind: 'place',
    isIn: await hasConsent(db, person.id, 'introduced'),
    wish: (await findWish(db, vault, person.id)) ?? usualWish,
    pools: await poolsOf(db, person.id),
    goesByAnotherName: await deps.goesByAnotherName(person.id),
  };
}

async function poolsOf(db: Db, personId: string): Promise<Pool[]> {
  const on = new Set(await listSwitchedOn(db));
  return (await listCohortsOf(db, personId)).filter(({ id }) => on.has(id));
}

export type WantOutcome = { kind: 'not-agreed' | 'too-many' } | { kind: 'saved'; wish: Wish; isNew: boolean };

/** Says that, and how, somebody wants to be introduced. */
export async function want(
  deps: IntroductionDeps,
  actor: Actor,
  said: Pick<Wish, 'pool' | 'everyWeeks' | 'isPaused'> & { avoids: readonly string[] },
): Promise<WantOutcome> {
  const { db, clock, vault, consentVersion } = deps;
  const { person } = actor;
  if (!may(actor, 'own.write', { ownerId: person.id })) return { kind: 'not-agreed' };
  const avoids = said.avoids.filter((slackId) => slackId !== person.slackId);
  if (avoids.length > mostAvoided) return { kind: 'too-many' };
  const outcome = await db.transaction().execute(async (trx): Promise<WantOutcome> => {
    if (actor.hasDeclined || !(await hasConsent(trx, person.id, 'agreement'))) return { kind: 'not-agreed' };
    const isNew = !(await hasConsent(trx, person.id, 'introduced'));
    const before = await findWish(trx, vault, person.id);
    const isOffered =
      said.pool === everybody || (await poolsOf(trx, person.id)).some(({ id }) => id === said.pool);
    // Whoever begins, or goes on after a pause, need not wait for the turn of their pace.
    const begins = isNew || before === undefined || (before.isPaused && !said.isPaused);
    const wish: Wish = {
      pool: isOffered ? said.pool : everybody,
      everyWeeks: said.everyWeeks,
      isPaused: said.isPaused,
      standing: begins && before?.standing !== 'left-out' ? 'next' : (before?.standing ?? 'next'),
      avoids,
    };
    await giveConsent(trx, clock, { personId: person.id, kind: 'introduced', version: consentVersion });
    await writeWish(trx, vault, person.id, wish);
    if (wish.isPaused) await takeBackOpen(trx, person.id);
    return { kind: 'saved', wish, isNew };
  });
  deps.homeChanged(person.id);
  return outcome;
}

/** No introductions any more. Whom they would rather not meet is kept for when they come back. */
export async function stop(deps: IntroductionDeps, actor: Actor): Promise<void> {
  const { db, clock } = deps;
  const { id } = actor.person;
  if (!may(actor, 'own.write', { ownerId: id })) return;
  await db.transaction().execute(async (trx) => {
    await withdrawConsent(trx, clock, id, 'introduced');
    await takeBackOpen(trx, id);
    await cancelQueued(trx, { personId: id, kind: 'introductions.met' }, 'stopped');
  });
  deps.homeChanged(id);
}

/** What somebody has been told of neither, or what the others have not: nobody is. */
export async function takeBackOpen(trx: Db, personId: string): Promise<void> {
  for (const id of await listOpenOf(trx, personId)) {
    const members = await listMembers(trx, id);
    if (await moveOn(trx, id, 'waiting', { state: 'off' }))
      await setStanding(
        trx,
        members.filter((one) => one !== personId),
        'left-out',
      );
    for (const one of members)
      await cancelQueued(trx, { idempotencyKey: madeKey(id, one) }, 'introduction called off');
  }
}

/** Elsewhere somebody took the consent back, left, or said no to the agreement. */
export async function hearOfEnd(
  { db, homeChanged }: Pick<IntroductionDeps, 'db' | 'homeChanged'>,
  personId: string,
  { forGood }: { forGood: boolean },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (await hasConsent(trx, personId, 'introduced')) return;
    await takeBackOpen(trx, personId);
    await cancelQueued(trx, { personId, kind: 'introductions.met' }, 'stopped');
    if (forGood) await deleteWish(trx, personId);
  });
  homeChanged(personId);
}

export const findOwn = async (
  { db, vault }: Pick<IntroductionDeps, 'db' | 'vault'>,
  { person }: Actor,
  id: string,
): Promise<Own | undefined> => (await listOwn(db, vault, person.id)).find((one) => one.id === id);

export type MetOutcome = { kind: 'gone' } | { kind: 'wrong-day' } | { kind: 'kept'; own: Own };

/** They say that they met, or, without `met`, that they did not after all. */
export async function sayMet(
  deps: IntroductionDeps,
  actor: Actor,
  id: string,
  met: Meeting | undefined,
): Promise<MetOutcome> {
  const { db, vault } = deps;
  const { person } = actor;
  if (!may(actor, 'own.write', { ownerId: person.id })) return { kind: 'gone' };
  return db.transaction().execute(async (trx): Promise<MetOutcome> => {
    const own = await findOwn({ db: trx, vault }, actor, id);
    if (!own) return { kind: 'gone' };
    if (met && (met.on < own.madeOn || met.on > todayOf(deps, actor))) return { kind: 'wrong-day' };
    await writeMeeting(trx, vault, { id, personId: person.id, met });
    await cancelQueued(trx, { idempotencyKey: `${madeKey(id, person.id)}:met` }, 'answered');
    return { kind: 'kept', own: { ...own, met } };
  });
}

/** Local date of whoever asks. */
export const todayOf = (
  { clock, timeZone }: Pick<IntroductionDeps, 'clock' | 'timeZone'>,
  { person }: Actor,
): string => localDate(clock.now(), usableZone(person.timeZone, timeZone));

/** What they may begin a talk with, where they were told of it. */
export async function findPrompt(deps: IntroductionDeps, { person }: Actor, id: string) {
  const { db, prompts } = deps;
  const introduction = await findIntroduction(db, id);
  if (!introduction || !(await listMembers(db, id)).includes(person.id)) return undefined;
  return prompts.prompts.find((one) => one.id === introduction.promptId);
}
