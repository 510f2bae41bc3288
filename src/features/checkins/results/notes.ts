import { z } from 'zod';
import '../tables.ts';
import { listPeople } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { forPerson } from '../../../db/reseal.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import type { CheckInDeps } from '../deps.ts';
import { namesIn } from '../members-named.ts';
import { mayRead } from '../readers.ts';
import { type CheckIn, findCheckIn, findRound, type Round } from '../store.ts';
import { holdsNameOf } from './quoted.ts';

/** In code points. */
export const longestNote = 3000;
/** In bytes: every usual note takes up the same. */
const room = 4 * 1024;
/** `begun`: what its author typed and did not save, which nobody else sees. */
const noted = z.object({ text: z.string(), begun: z.string().optional() });
const place = (roundId: string, personId: string) => `round-note:${roundId}:${personId}`;

/** Where notes lie, for whoever wrote them. */
export const sealedNotes = forPerson({
  table: 'round_notes',
  by: ['round_id', 'person_id'],
  place: ({ round_id, person_id }) => place(round_id, person_id),
});

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

/** Whether a note on a round that keeps nobody's name names one of its group. */
export async function namesMember(
  { db }: Pick<CheckInDeps, 'db'>,
  actor: Actor,
  roundId: string,
  text: string,
): Promise<boolean> {
  const found = await findReadable({ db }, actor, roundId);
  const cohortId = found?.checkin.cohortId;
  if (cohortId === undefined || found?.round.definition.mode === 'named') return false;
  return holdsNameOf(text, await namesIn(db, cohortId));
}

export const openNote = (
  vault: Vault,
  row: { round_id: string; person_id: string; sealed: string },
): z.output<typeof noted> | undefined =>
  openJson(vault, { person: row.person_id }, row.sealed, place(row.round_id, row.person_id), noted);

export type Notes = {
  kind: 'notes';
  round: Round;
  isOfGroup: boolean;
  mine: string;
  /** What one typed and did not save. */
  begun: string | undefined;
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
    const opened = openNote(vault, row);
    const name = people.find(({ id }) => id === row.person_id)?.displayName || 'A colleague';
    return opened ? [{ personId: row.person_id, name, ...opened, at: new Date(row.noted_at) }] : [];
  });
  const mine = notes.find(({ personId }) => personId === actor.person.id);
  return {
    kind: 'notes',
    round: found.round,
    isOfGroup: found.checkin.cohortId !== undefined,
    mine: mine?.text ?? '',
    begun: mine?.begun,
    others: notes.filter(({ personId, text }) => personId !== actor.person.id && text !== ''),
  };
}

/** Writes one's own note on a round, or takes it away when it is empty. */
export async function writeNote(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  text: string,
): Promise<{ kind: 'kept' | 'taken-away'; isOfGroup: boolean } | { kind: 'not-allowed' }> {
  const found = await findReadable(deps, actor, roundId);
  if (!found) return { kind: 'not-allowed' };
  await putNote(deps, actor, roundId, { text });
  return { kind: text === '' ? 'taken-away' : 'kept', isOfGroup: found.checkin.cohortId !== undefined };
}

/** The form was closed: what stood in it is there for them when they open it again, and is no note yet. */
export async function keepBegunNote(
  deps: CheckInDeps,
  actor: Actor,
  roundId: string,
  typed: string,
): Promise<void> {
  const notes = await readNotes(deps, actor, roundId);
  if (notes.kind === 'not-allowed') return;
  const begun = typed === notes.mine || typed === '' ? undefined : typed;
  if (begun !== notes.begun) await putNote(deps, actor, roundId, { text: notes.mine, begun });
}

async function putNote(
  { db, vault, clock, settle }: CheckInDeps,
  actor: Actor,
  roundId: string,
  note: z.output<typeof noted>,
): Promise<void> {
  const personId = actor.person.id;
  if (note.text === '' && note.begun === undefined) {
    await db
      .deleteFrom('round_notes')
      .where('round_id', '=', roundId)
      .where('person_id', '=', personId)
      .execute();
    return settle();
  }
  const sealed = vault.sealFor({ person: personId }, JSON.stringify(note), place(roundId, personId), room);
  const row = { sealed, noted_at: clock.now().toISOString() };
  await db
    .insertInto('round_notes')
    .values({ round_id: roundId, person_id: personId, ...row })
    .onConflict((conflict) =>
      // What is only begun does not make a note any newer.
      conflict.columns(['round_id', 'person_id']).doUpdateSet(note.begun === undefined ? row : { sealed }),
    )
    .execute();
}
