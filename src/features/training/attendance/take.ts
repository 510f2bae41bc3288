import { hasConsent } from '../../../community/consents.ts';
import { findPerson, findPersonBySlackId, isOurs, type Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { mayPlan } from '../sessions/rights.ts';
import { endOf, type Session } from '../sessions/session.ts';
import { findSession, listHosts, lockSession } from '../sessions/store.ts';
import type { AttendanceDeps } from './deps.ts';
import { afterKey, askKey } from './ids.ts';
import { type Standing, standingOf } from './rules.ts';
import {
  confirmPresent,
  findRegister,
  listExpected,
  listPresent,
  type Present,
  type Register,
  saveRegister,
  unconfirm,
} from './store.ts';

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
};

export type TakeOutcome =
  | { kind: 'taken'; taking: Taking }
  /** Somebody changed it while this form was open. Nothing is saved: what either ticked stands in `ticks`. */
  | { kind: 'changed-meanwhile'; taking: Taking; ticks: Ticks }
  /** Of some of those who were added no name can be kept. Nothing is saved: they are counted in `ticks`. */
  | { kind: 'without-name'; taking: Taking; ticks: Ticks; slackIds: string[] }
  | { kind: 'settled'; taking: Taking }
  | TakingRefusal;

/**
 * Takes attendance, or corrects it: whoever is not ticked is not there, which is written nowhere.
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
  const { found, slackIds } = await findWalkIns(db, ticks.walkIns);
  if (slackIds.length > 0)
    return {
      kind: 'without-name',
      taking: opened.taking,
      slackIds,
      ticks: {
        ...ticks,
        walkIns: found.map(({ slackId }) => slackId),
        others: ticks.others + slackIds.length,
      },
    };
  const outcome = await db.transaction().execute(async (trx): Promise<TakeOutcome> => {
    const session = await lockSession(trx, sessionId);
    if (!session || standingOf(session, now) !== 'open') return { kind: 'not-yours' };
    const taking = await readTaking(trx, session, 'open');
    const expected = new Set(taking.booked.map(({ id }) => id));
    // Whoever was deleted, or gave up their place in between, is not in it any more.
    const wanted = new Set([...ticks.there.filter((id) => expected.has(id)), ...found.map(({ id }) => id)]);
    const before = taking.present.filter(({ presence }) => presence === 'confirmed');
    const { register } = taking;
    // Pressed twice, or two hosts of one mind.
    const isSame =
      register.taken !== undefined &&
      register.others === ticks.others &&
      before.length === wanted.size &&
      before.every(({ person }) => wanted.has(person.id));
    if (isSame) return { kind: 'taken', taking };
    if (register.version !== version)
      return {
        kind: 'changed-meanwhile',
        taking,
        ticks: bothTicks(taking, ticks),
      };
    const gone = before.filter(({ person }) => !wanted.has(person.id)).map(({ person }) => person.id);
    await unconfirm(trx, sessionId, gone);
    await confirmPresent(trx, sessionId, [...wanted], now);
    await saveRegister(trx, sessionId, { at: now, by: actor.person.id, others: ticks.others });
    for (const { id } of await listHosts(trx, sessionId))
      await cancelQueued(trx, { idempotencyKey: askKey(sessionId, id) }, 'taken');
    const after = await readTaking(trx, session, 'open');
    const isThanked = new Set(after.present.map(({ person }) => person.id));
    for (const { id } of taking.booked)
      if (!isThanked.has(id))
        await cancelQueued(trx, { idempotencyKey: afterKey(sessionId, id) }, 'not there');
    return { kind: 'taken', taking: after };
  });
  if (outcome.kind === 'taken') for (const { person } of outcome.taking.present) homeChanged(person.id);
  return outcome;
}

function bothTicks({ booked, present, register }: Taking, mine: Ticks): Ticks {
  const expected = new Set(booked.map(({ id }) => id));
  const confirmed = present.filter(({ presence }) => presence === 'confirmed').map(({ person }) => person);
  const there = confirmed.filter(({ id }) => expected.has(id)).map(({ id }) => id);
  const walkIns = confirmed.filter(({ id }) => !expected.has(id)).map(({ slackId }) => slackId);
  return {
    there: [...new Set([...mine.there, ...there])],
    walkIns: [...new Set([...mine.walkIns, ...walkIns])],
    others: Math.max(mine.others, register.others),
  };
}

/** Names are kept of those who agreed to that. Why somebody is not among them is nobody else's business. */
async function findWalkIns(
  db: Db,
  chosen: readonly string[],
): Promise<{ found: Person[]; slackIds: string[] }> {
  const found: Person[] = [];
  const slackIds: string[] = [];
  for (const slackId of chosen) {
    const person = await findPersonBySlackId(db, slackId);
    if (person && isOurs(person) && (await hasConsent(db, person.id, 'agreement'))) found.push(person);
    else slackIds.push(slackId);
  }
  return { found, slackIds };
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
    }
    return { kind: 'opened', taking: await readTaking(trx, session, 'open') };
  });
  if (outcome.kind !== 'opened') return outcome;
  for (const { person } of outcome.taking.present) homeChanged(person.id);
  return { kind: 'taken', taking: outcome.taking };
}
