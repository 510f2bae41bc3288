import { z } from 'zod';
import '../tables.ts';
import { listPeople } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { openJson } from '../../../lib/crypto.ts';
import type { CheckInDeps } from '../deps.ts';
import { mayRead } from '../readers.ts';
import { type CheckIn, findCheckIn, findRound, type Round } from '../store.ts';

/** In code points. */
export const longestNote = 3000;
/** In bytes: every usual note takes up the same. */
const room = 4 * 1024;
const noted = z.object({ text: z.string() });
const place = (roundId: string, personId: string) => `round-note:${roundId}:${personId}`;

/** A round whose results somebody may read. */
export async function findReadable(
  { db }: Pick<CheckInDeps, 'db'>,
  actor: Actor,
  roundId: string,
): Promise<{ round: Round; checkin: CheckIn } | undefined> {
  const round = await findRound(db, roundId);
  const checkin = round && (await findCheckIn(db, round.checkinId));
  return round && checkin && mayRead(actor, checkin.cohortId) ? { round, checkin } : undefined;
}

export type Notes = {
  kind: 'notes';
  round: Round;
  isOfGroup: boolean;
  mine: string;
  /** Of the other readers, the oldest first. */
  others: { name: string; text: string; at: Date }[];
};

/** What those who read a round's results have noted on it, each for all of them. */
export async function readNotes(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
): Promise<Notes | { kind: 'not-allowed' }> {
  const { db, vault } = deps;
  const found = await findReadable(deps, actor, roundId);
  if (!found) return { kind: 'not-allowed' };
  const rows = await db
    .selectFrom('round_notes')
    .selectAll()
    .where('round_id', '=', roundId)
    .orderBy('noted_at')
    .orderBy('person_id')
    .execute();
  const people = await listPeople(
    db,
    rows.map((row) => row.person_id),
  );
  const notes = rows.flatMap((row) => {
    const at = place(roundId, row.person_id);
    const opened = openJson(vault, { person: row.person_id }, row.sealed, at, noted);
    const name = people.find(({ id }) => id === row.person_id)?.displayName || 'A colleague';
    return opened ? [{ personId: row.person_id, name, text: opened.text, at: new Date(row.noted_at) }] : [];
  });
  return {
    kind: 'notes',
    round: found.round,
    isOfGroup: found.checkin.cohortId !== undefined,
    mine: notes.find(({ personId }) => personId === actor.person.id)?.text ?? '',
    others: notes.filter(({ personId }) => personId !== actor.person.id),
  };
}

/** Writes one's own note on a round, or takes it away when it is empty. */
export async function writeNote(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  text: string,
): Promise<{ kind: 'kept' | 'taken-away'; isOfGroup: boolean } | { kind: 'not-allowed' }> {
  const { db, vault, clock } = deps;
  const found = await findReadable(deps, actor, roundId);
  if (!found) return { kind: 'not-allowed' };
  const isOfGroup = found.checkin.cohortId !== undefined;
  const personId = actor.person.id;
  if (text === '') {
    await db
      .deleteFrom('round_notes')
      .where('round_id', '=', roundId)
      .where('person_id', '=', personId)
      .execute();
    await deps.settle();
    return { kind: 'taken-away', isOfGroup };
  }
  const row = {
    sealed: vault.sealFor({ person: personId }, JSON.stringify({ text }), place(roundId, personId), room),
    noted_at: clock.now().toISOString(),
  };
  await db
    .insertInto('round_notes')
    .values({ round_id: roundId, person_id: personId, ...row })
    .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).doUpdateSet(row))
    .execute();
  return { kind: 'kept', isOfGroup };
}
