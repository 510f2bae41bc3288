import type { Selectable } from 'kysely';
import { z } from 'zod';
import './tables.ts';
import type { Opened } from '../../../community/opened.ts';
import { type Person, toPerson } from '../../../community/people.ts';
import { forPerson } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { TrainingNeedsTable } from './tables.ts';

/** Whose, and for which session. */
export type NeedsOf = { sessionId: string; personId: string };

export type Needs = {
  /** Empty: they said nothing. */
  words: string;
  /** Which hosts have opened these words, the latest first. */
  openedBy: Opened[];
};

/** In code points. */
export const longestNeeds = 1000;
/** In bytes: whatever the form takes fits, with who has opened it, so that no row tells whether something was said. */
const room = 8 * 1024;

const needsSchema = z.object({
  words: z.string(),
  openedBy: z.array(z.object({ by: z.string(), on: z.string() })),
});
const placeOf = (sessionId: string, personId: string) => `session-needs:${sessionId}:${personId}`;

/** Where these words are sealed. */
export const sealedNeeds = forPerson({
  table: 'training_needs',
  by: ['session_id', 'person_id'],
  place: ({ session_id, person_id }) => placeOf(session_id, person_id),
});

/** @returns undefined where the session asks nothing of them, or it has gone. */
export async function findNeeds(
  db: Db,
  vault: Vault,
  { sessionId, personId }: NeedsOf,
): Promise<Needs | undefined> {
  const row = await db
    .selectFrom('training_needs')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toNeeds(vault, row);
}

export async function writeNeeds(
  db: Db,
  vault: Vault,
  { sessionId, personId }: NeedsOf,
  needs: Needs,
): Promise<void> {
  const row = toRow(vault, { sessionId, personId }, needs);
  await db
    .insertInto('training_needs')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['session_id', 'person_id']).doUpdateSet({ sealed: row.sealed }),
    )
    .execute();
}

/** That they said nothing, where nothing of theirs is there. */
export async function addEmpty(db: Db, vault: Vault, of: NeedsOf): Promise<void> {
  await db
    .insertInto('training_needs')
    .values(toRow(vault, of, { words: '', openedBy: [] }))
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doNothing())
    .execute();
}

const toRow = (vault: Vault, { sessionId, personId }: NeedsOf, needs: Needs) => ({
  session_id: sessionId,
  person_id: personId,
  sealed: vault.sealFor({ person: personId }, JSON.stringify(needs), placeOf(sessionId, personId), room),
});

/** Sessions of which it has to be looked at what is kept here. */
export async function listToLookAt(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('training_sessions')
    .select('id')
    .where('needs_look_at', '<=', now.toISOString())
    .orderBy('needs_look_at')
    .execute();
  return rows.map(({ id }) => id);
}

/** @param at undefined: not again, unless something changes. */
export async function lookAgain(db: Db, sessionId: string, at: Date | undefined): Promise<void> {
  await db
    .updateTable('training_sessions')
    .set({ needs_look_at: at?.toISOString() ?? null })
    .where('id', '=', sessionId)
    .execute();
}

/** Those who are in a session and of whom there is no row: they came in by another way than the form. */
export async function listWithoutRow(db: Db, sessionId: string): Promise<NeedsOf[]> {
  const rows = await db
    .selectFrom('training_bookings')
    .leftJoin('training_needs', (join) =>
      join
        .onRef('training_needs.session_id', '=', 'training_bookings.session_id')
        .onRef('training_needs.person_id', '=', 'training_bookings.person_id'),
    )
    .select('training_bookings.person_id')
    .where('training_bookings.session_id', '=', sessionId)
    .where('training_bookings.status', '!=', 'cancelled')
    .where('training_needs.sealed', 'is', null)
    .execute();
  return rows.map(({ person_id: personId }) => ({ sessionId, personId }));
}

/** In a transaction: nobody else changes theirs until that is over. */
export async function holdNeeds(db: Db, { sessionId, personId }: NeedsOf): Promise<void> {
  await db
    .updateTable('training_needs')
    .set((eb) => ({ sealed: eb.ref('sealed') }))
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .execute();
}

/** @param of left out: everybody's of the session, or all of the person's. */
export async function deleteNeeds(db: Db, { sessionId, personId }: Partial<NeedsOf>): Promise<void> {
  let rows = db.deleteFrom('training_needs');
  if (sessionId !== undefined) rows = rows.where('session_id', '=', sessionId);
  if (personId !== undefined) rows = rows.where('person_id', '=', personId);
  if (sessionId !== undefined || personId !== undefined) await rows.execute();
}

/** What those who have a place at a session said, by name. */
export async function listNeedsAt(
  db: Db,
  vault: Vault,
  sessionId: string,
): Promise<{ person: Person; words: string }[]> {
  const rows = await db
    .selectFrom('training_needs')
    .innerJoin('training_bookings', (join) =>
      join
        .onRef('training_bookings.session_id', '=', 'training_needs.session_id')
        .onRef('training_bookings.person_id', '=', 'training_needs.person_id'),
    )
    .innerJoin('people', 'people.id', 'training_needs.person_id')
    .selectAll('people')
    .select(['training_needs.session_id', 'training_needs.person_id', 'sealed'])
    .where('training_needs.session_id', '=', sessionId)
    .where('training_bookings.status', '=', 'booked')
    .where('people.deactivated_at', 'is', null)
    .orderBy('people.display_name')
    .orderBy('people.id')
    .execute();
  return rows.flatMap((row) => {
    const words = toNeeds(vault, row)?.words;
    return words ? [{ person: toPerson(row), words }] : [];
  });
}

/** What was said by those who have no place any more and wait for none. */
export async function deleteWithoutPlace(db: Db, sessionId: string): Promise<void> {
  await db
    .deleteFrom('training_needs')
    .where('session_id', '=', sessionId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('training_bookings')
            .select('training_bookings.session_id')
            .whereRef('training_bookings.session_id', '=', 'training_needs.session_id')
            .whereRef('training_bookings.person_id', '=', 'training_needs.person_id')
            .where('status', '!=', 'cancelled'),
        ),
      ),
    )
    .execute();
}

/** @returns undefined for what the present key does not open. */
export const toNeeds = (
  vault: Vault,
  { session_id: session, person_id: person, sealed }: Selectable<TrainingNeedsTable>,
): Needs | undefined => openJson(vault, { person }, sealed, placeOf(session, person), needsSchema);
