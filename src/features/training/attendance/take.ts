import { hasConsent } from '../../../community/consents.ts';
import { findPerson, findPersonBySlackId, isOurs, type Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import { listKnownKeys } from '../../../outbox/sent.ts';
import { mayPlan } from '../sessions/rights.ts';
import { endOf, type Session } from '../sessions/session.ts';
import { findSession, listHosts, lockSession } from '../sessions/store.ts';
import { type AttendanceDeps, zoneFor } from './deps.ts';
import { afterKey, askKey, walkInKey } from './ids.ts';
import { walkInMessage } from './messages.ts';
import { type Standing, standingOf, writtenToFrom } from './rules.ts';
import {
  confirmPresent,
  countFewer,
  findRegister,
  listExpected,
  listPresent,
  type Present,
  type Register,
  saveRegister,
  unconfirm,
} from './store.ts';
import { sayConfirmed } from './thanks.ts';

/** Attendance of a session as its hosts see it. */
export type Taking = {
  session: Session;
  standing: Extract<Standing, 'open' | 'settled'>;
  register: Register;
  /** Who took it last, where that is still known. */
  takenBy: Person | undefined;
  /** Who had a place. */
  booked: Person[];
  present: Present[];
};

export type TakingRefusal = { kind: 'not-yours' | 'no-longer-kept' | 'cancelled' } | NotBegun;
type NotBegun = { kind: 'not-begun'; session: Session };
export type OpenOutcome = { kind: 'opened'; taking: Taking } | TakingRefusal;

/** Its hosts and, where none is left, those who run the group it was for. */
export async function mayTake(db: Db, actor: Actor, session: Session): Promise<boolean> {
  const { person } = actor;
  if (!isOurs(person) || actor.hasDeclined === true) return false;
  const hosts = await listHosts(db, session.id);
  return hosts.length === 0 ? mayPlan(actor, session.cohortId) : hosts.some(({ id }) => id === person.id);
}

/** For its own hosts, from its beginning until the list is no longer kept. */
export async function openTaking(
  { db, clock, retention }: Pick<AttendanceDeps, 'db' | 'clock' | 'retention'>,
  actor: Actor,
  sessionId: string,
): Promise<OpenOutcome> {
  const session = await findSession(db, sessionId);
  if (!session || !(await mayTake(db, actor, session))) return { kind: 'not-yours' };
  const now = clock.now();
  const standing = standingOf(session, now);
  if (standing === 'cancelled') return { kind: 'cancelled' };
  if (standing === 'not-begun') return { kind: 'not-begun', session };
  if (isListGone(session, retention['attendance-lists'].days, now)) return { kind: 'no-longer-kept' };
  return { kind: 'opened', taking: await readTaking(db, session, standing) };
}

export const isListGone = (session: Session, keptDays: number, now: Date): boolean =>
  later(endOf(session), days(keptDays)) <= now;

async function readTaking(db: Db, session: Session, standing: Taking['standing']): Promise<Taking> {
  const register = await findRegister(db, session);
  const by = register.taken?.by;
  return {
    session,
    standing,
    register,
    takenBy: by === undefined ? undefined : await findPerson(db, by),
    booked: await listExpected(db, session.id),
    present: await listPresent(db, session),
  };
}

/** What stands in the form. */
export type Ticks = {
  /** Ids of those who had a place. */
  there: readonly string[];
  /** Slack ids of those who came without one. */
  walkIns: readonly string[];
  others: number;
  /**
   * `others` are all without a name, whoever is chosen in `walkIns` among them: the list was taken before, and of those chosen
   * then only their number is kept. Left out: whoever is chosen comes to it.
   */
  areAll?: boolean;
};

export type TakeOutcome =
  /** @property asked how many of those who were added are counted without a name until they say that they came. */
  | { kind: 'taken'; taking: Taking; asked: number }
  /**
   * Somebody changed it while this form was open. Nothing is saved: what either ticked stands in `ticks`.
   * @property mine how many others it would have been.
   */
  | { kind: 'changed-meanwhile'; taking: Taking; ticks: Ticks; mine: number }
  | { kind: 'settled'; taking: Taking }
  | TakingRefusal;

/**
 * Takes attendance, or corrects it: whoever is not ticked is not there, which is written nowhere. Whoever came without a place
 * stands in it by name once they have said so themselves, and is a number until then, whether they agreed to anything or not:
 * names that are taken at once would tell of all others that they did not agree.
 * @param version of the register that the form was drawn from.
 */
export async function takeAttendance(
  deps: AttendanceDeps,
  actor: Actor,
  sessionId: string,
  version: number,
  ticks: Ticks,
): Promise<TakeOutcome> {
  const opened = await openTaking(deps, actor, sessionId);
  if (opened.kind !== 'opened') return opened;
  if (opened.taking.standing === 'settled') return { kind: 'settled', taking: opened.taking };
  const { db, clock, homeChanged } = deps;
  const now = clock.now();
  const outcome = await db.transaction().execute(async (trx): Promise<TakeOutcome> => {
    const session = await lockSession(trx, sessionId);
    if (!session || standingOf(session, now) !== 'open') return { kind: 'not-yours' };
    const taking = await readTaking(trx, session, 'open');
    const expected = new Set(taking.booked.map(({ id }) => id));
    const walkIns = await readWalkIns(trx, actor, taking, ticks.walkIns);
    // Whoever was deleted, or gave up their place in between, is not in it any more.
    const wanted = new Set([...ticks.there.filter((id) => expected.has(id)), ...walkIns.named]);
    const before = taking.present.filter(({ presence }) => presence === 'confirmed');
    const { register } = taking;
    const others = ticks.areAll
      ? Math.max(
          ticks.others - (await countNamedNow(trx, sessionId, walkIns.named, before)),
          walkIns.unnamed.length,
        )
      : ticks.others + walkIns.unnamed.length;
    // Pressed twice, or two hosts of one mind.
    const isSame =
      register.taken !== undefined &&
      register.others === others &&
      before.length === wanted.size &&
      before.every(({ person }) => wanted.has(person.id));
    if (isSame) return { kind: 'taken', taking, asked: walkIns.unnamed.length };
    if (register.version !== version)
      return {
        kind: 'changed-meanwhile',
        taking,
        ticks: bothTicks(taking, ticks, others),
        mine: others,
      };
    const gone = before.filter(({ person }) => !wanted.has(person.id)).map(({ person }) => person.id);
    await unconfirm(trx, sessionId, gone);
    await confirmPresent(trx, sessionId, [...wanted], now);
    await saveRegister(trx, sessionId, { at: now, by: actor.person.id, others });
    for (const slackId of walkIns.unnamed) await askWalkIn(deps, trx, session, slackId);
    for (const { id } of await listHosts(trx, sessionId))
      await cancelQueued(trx, { idempotencyKey: askKey(sessionId, id) }, 'taken');
    const after = await readTaking(trx, session, 'open');
    const isThanked = new Set(after.present.map(({ person }) => person.id));
    for (const { id } of taking.booked)
      if (!isThanked.has(id))
        await cancelQueued(trx, { idempotencyKey: afterKey(sessionId, id) }, 'not there');
    return { kind: 'taken', taking: after, asked: walkIns.unnamed.length };
  });
  if (outcome.kind !== 'taken') return outcome;
  for (const { person } of outcome.taking.present) homeChanged(person.id);
  await sayConfirmed(deps, opened.taking, outcome.taking);
  return outcome;
}

/** How many of those chosen were a number until now, and have said so themselves since. */
async function countNamedNow(
  db: Db,
  sessionId: string,
  named: readonly string[],
  before: readonly Present[],
): Promise<number> {
  const now = named.filter((id) => !before.some(({ person }) => person.id === id));
  return (
    await listKnownKeys(
      db,
      now.map((id) => walkInKey(sessionId, id)),
    )
  ).size;
}

/** @param others how many it would have been by `mine`. */
function bothTicks({ booked, present, register }: Taking, mine: Ticks, others: number): Ticks {
  const expected = new Set(booked.map(({ id }) => id));
  const confirmed = present.filter(({ presence }) => presence === 'confirmed').map(({ person }) => person);
  const there = confirmed.filter(({ id }) => expected.has(id)).map(({ id }) => id);
  const walkIns = confirmed.filter(({ id }) => !expected.has(id)).map(({ slackId }) => slackId);
  return {
    there: [...new Set([...mine.there, ...there])],
    walkIns: [...new Set([...mine.walkIns, ...walkIns])],
    others: Math.max(others, register.others),
    areAll: true,
  };
}

/**
 * Named are those who say so themselves, or are in the list already: whoever takes it, those with a place, those confirmed.
 * All others are a number, and why is told of none.
 */
async function readWalkIns(
  db: Db,
  { person: taker }: Actor,
  { booked, present }: Taking,
  chosen: readonly string[],
): Promise<{ named: string[]; unnamed: string[] }> {
  const known = new Map(
    [...booked, ...present.map(({ person }) => person)].map((one) => [one.slackId, one.id]),
  );
  if (await hasConsent(db, taker.id, 'agreement')) known.set(taker.slackId, taker.id);
  return {
    named: chosen.flatMap((slackId) => known.get(slackId) ?? []),
    unnamed: chosen.filter((slackId) => !known.has(slackId)),
  };
}

/** Once, and only where something may be kept of them. Whoever wants no messages finds it in their past sessions. */
async function askWalkIn(
  { clock, reach, ...deps }: AttendanceDeps,
  trx: Db,
  session: Session,
  slackId: string,
): Promise<void> {
  const person = await findPersonBySlackId(trx, slackId);
  if (!person || !isOurs(person) || !(await hasConsent(trx, person.id, 'agreement'))) return;
  const idempotencyKey = walkInKey(session.id, person.id);
  const known = await listKnownKeys(trx, [idempotencyKey, afterKey(session.id, person.id)]);
  if (known.size > 0 || !(await reach.mayBeAsked(trx, person.id))) return;
  const [now, from] = [clock.now(), writtenToFrom(session)];
  await enqueue(trx, clock, {
    idempotencyKey,
    kind: 'training.afterwards',
    to: { personId: person.id },
    message: walkInMessage(session, zoneFor(deps, person), deps.reflectButton),
    sendAfter: from > now ? from : now,
  });
}

/** Confirms what people say themselves. @param personId one of them; left out: all who say so now. */
export async function confirmSaid(
  deps: AttendanceDeps,
  actor: Actor,
  sessionId: string,
  personId?: string,
): Promise<Extract<TakeOutcome, { kind: 'taken' | 'settled' }> | TakingRefusal> {
  const opened = await openTaking(deps, actor, sessionId);
  if (opened.kind !== 'opened') return opened;
  if (opened.taking.standing === 'settled') return { kind: 'settled', taking: opened.taking };
  const { db, clock, homeChanged } = deps;
  const now = clock.now();
  const outcome = await db.transaction().execute(async (trx): Promise<OpenOutcome> => {
    const session = await lockSession(trx, sessionId);
    if (!session || standingOf(session, now) !== 'open') return { kind: 'not-yours' };
    const said = (await listPresent(trx, session))
      .filter(({ presence, person }) => presence === 'said' && (personId ?? person.id) === person.id)
      .map(({ person }) => person.id);
    if (said.length > 0) {
      await confirmPresent(trx, sessionId, said, now);
      await saveRegister(trx, sessionId);
      // A host wrote them down before: until now they were a number.
      const counted = await listKnownKeys(
        trx,
        said.map((id) => walkInKey(sessionId, id)),
      );
      await countFewer(trx, sessionId, counted.size);
    }
    return { kind: 'opened', taking: await readTaking(trx, session, 'open') };
  });
  if (outcome.kind !== 'opened') return outcome;
  for (const { person } of outcome.taking.present) homeChanged(person.id);
  await sayConfirmed(deps, opened.taking, outcome.taking);
  return { kind: 'taken', taking: outcome.taking, asked: 0 };
}
