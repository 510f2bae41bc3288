import './tables.ts';
import '../tables.ts';
import { type Person, toPerson } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import type { Session } from '../sessions/session.ts';
import { listBooked, listSessions } from '../sessions/store.ts';
import { correctableUntil, isOfThisDate, type Presence, presenceOf } from './rules.ts';

export type Register = {
  /** 0: nothing was taken yet. */
  version: number;
  /** Undefined: only what people said was confirmed, or the session had another date then. */
  taken: { at: Date; by: string | undefined } | undefined;
  /** How many were there of whom no name is kept. */
  others: number;
};

export type Present = { person: Person; presence: Presence };

const instant = (at: string | null): Date | undefined => (at === null ? undefined : new Date(at));

export async function findRegister(db: Db, session: Pick<Session, 'id' | 'startsAt'>): Promise<Register> {
  const row = await db
    .selectFrom('training_registers')
    .selectAll()
    .where('session_id', '=', session.id)
    .executeTakeFirst();
  const at = instant(row?.taken_at ?? null);
  const isTaken = at !== undefined && isOfThisDate(session, at);
  return {
    version: row?.version ?? 0,
    taken: isTaken ? { at, by: row?.taken_by ?? undefined } : undefined,
    others: isTaken ? (row?.others ?? 0) : 0,
  };
}

/** Counts a change. @param taken left out where only what people said was confirmed. */
export async function saveRegister(
  db: Db,
  sessionId: string,
  taken?: { at: Date; by: string; others: number },
): Promise<void> {
  const values = taken && {
    taken_at: taken.at.toISOString(),
    taken_by: taken.by,
    others: taken.others,
  };
  await db
    .insertInto('training_registers')
    .values({ session_id: sessionId, version: 1, taken_at: null, taken_by: null, ...values })
    .onConflict((conflict) =>
      conflict.column('session_id').doUpdateSet((eb) => ({
        version: eb('training_registers.version', '+', 1),
        ...values,
      })),
    )
    .execute();
}

/** So many of the others have a name now. */
export async function countFewer(db: Db, sessionId: string, fewer: number): Promise<void> {
  const row = await db
    .selectFrom('training_registers')
    .select('others')
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  if (row && fewer > 0)
    await db
      .updateTable('training_registers')
      .set({ others: Math.max(0, row.others - fewer) })
      .where('session_id', '=', sessionId)
      .execute();
}

/**
 * How many were there, ticked or without a name, once nobody can put it right any more. It is counted once: a number that
 * moved when somebody is deleted would tell of them. Undefined: nobody took attendance, or that is still to come.
 */
export async function countAttended(db: Db, session: Session, now: Date): Promise<number | undefined> {
  if (now < correctableUntil(session)) return undefined;
  const counted = async () =>
    (
      await db
        .selectFrom('training_registers')
        .select('counted')
        .where('session_id', '=', session.id)
        .executeTakeFirst()
    )?.counted ?? undefined;
  const before = await counted();
  if (before !== undefined) return before;
  const { taken, others } = await findRegister(db, session);
  if (!taken) return undefined;
  const present = (await listPresent(db, session)).filter(({ presence }) => presence === 'confirmed');
  await db
    .updateTable('training_registers')
    .set({ counted: present.length + others })
    .where('session_id', '=', session.id)
    .where('counted', 'is', null)
    .execute();
  return counted();
}

/** Who were there, or say so, and are still here, by name. */
export async function listPresent(db: Db, session: Pick<Session, 'id' | 'startsAt'>): Promise<Present[]> {
  const rows = await db
    .selectFrom('training_attendance')
    .innerJoin('people', 'people.id', 'training_attendance.person_id')
    .selectAll('people')
    .select(['said_at', 'confirmed_at'])
    .where('session_id', '=', session.id)
    .orderBy('people.display_name')
    .orderBy('people.id')
    .execute();
  const declined = await declinedAmong(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row): Present[] => {
    const presence = presenceOf(session, {
      saidAt: instant(row.said_at),
      confirmedAt: instant(row.confirmed_at),
    });
    return presence && !declined.has(row.id) ? [{ person: toPerson(row), presence }] : [];
  });
}

/** Who had a place and can still be asked about. */
export async function listExpected(db: Db, sessionId: string): Promise<Person[]> {
  const booked = await listBooked(db, sessionId);
  const declined = await declinedAmong(
    db,
    booked.map(({ id }) => id),
  );
  return booked.filter(({ id }) => !declined.has(id));
}

async function declinedAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('consents')
    .select('person_id')
    .where('kind', '=', 'declined')
    .where('withdrawn_at', 'is', null)
    .where('person_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Somebody's own record: what they were at or say so, the latest first. */
export async function listAttended(
  db: Db,
  personId: string,
): Promise<{ session: Session; presence: Presence }[]> {
  const rows = await db
    .selectFrom('training_attendance')
    .selectAll()
    .where('person_id', '=', personId)
    .execute();
  const sessions = await listSessions(db, { ids: rows.map(({ session_id: id }) => id) });
  return sessions.toReversed().flatMap((session) => {
    const row = rows.find(({ session_id: id }) => id === session.id);
    const presence =
      row &&
      !session.isCancelled &&
      presenceOf(session, { saidAt: instant(row.said_at), confirmedAt: instant(row.confirmed_at) });
    return presence ? [{ session, presence }] : [];
  });
}

export async function saveSaid(db: Db, sessionId: string, personId: string, at: Date): Promise<void> {
  const said_at = at.toISOString();
  await db
    .insertInto('training_attendance')
    .values({ session_id: sessionId, person_id: personId, said_at, confirmed_at: null })
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doUpdateSet({ said_at }))
    .execute();
}

/** They take it back; what a host confirmed stays. */
export async function unsaySaid(db: Db, sessionId: string, personId: string): Promise<void> {
  await db
    .updateTable('training_attendance')
    .set({ said_at: null })
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .execute();
  await deleteEmpty(db, sessionId);
}

export async function confirmPresent(
  db: Db,
  sessionId: string,
  personIds: readonly string[],
  at: Date,
): Promise<void> {
  const confirmed_at = at.toISOString();
  for (const personId of personIds)
    await db
      .insertInto('training_attendance')
      .values({ session_id: sessionId, person_id: personId, said_at: null, confirmed_at })
      .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doUpdateSet({ confirmed_at }))
      .execute();
}

/** A host corrects the list; what they say themselves stays theirs. */
export async function unconfirm(db: Db, sessionId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await db
    .updateTable('training_attendance')
    .set({ confirmed_at: null })
    .where('session_id', '=', sessionId)
    .where('person_id', 'in', personIds)
    .execute();
  await deleteEmpty(db, sessionId);
}

const deleteEmpty = async (db: Db, sessionId: string): Promise<void> =>
  void (await db
    .deleteFrom('training_attendance')
    .where('session_id', '=', sessionId)
    .where('said_at', 'is', null)
    .where('confirmed_at', 'is', null)
    .execute());

/**
 * Of sessions that began before: who had a place, and who took attendance. Who was there stays in each person's own record.
 */
export async function deleteOldLists(db: Db, before: Date): Promise<void> {
  const old = (eb: Pick<Db, 'selectFrom'>) =>
    eb.selectFrom('training_sessions').select('id').where('starts_at', '<', before.toISOString());
  await db.deleteFrom('training_bookings').where('session_id', 'in', old(db)).execute();
  await db
    .updateTable('training_registers')
    .set({ taken_by: null })
    .where('taken_by', 'is not', null)
    .where('session_id', 'in', old(db))
    .execute();
}
