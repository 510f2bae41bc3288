import { listPeople } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { CheckInDeps } from '../deps.ts';
import { namesIn } from '../members-named.ts';
import { mayRead } from '../readers.ts';
import { type CheckIn, findCheckIn, findRound, type Round } from '../store.ts';
import { deleteNoteOf, listNotes, type Noted, writeNoteOf } from './store.ts';

/** In code points. */
export const longestNote = 3000;

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

/** The names that a note on a round should not have in it: where nobody's is kept, those of its group. */
export async function namesKeptOutOfNotes(
  { db }: Pick<CheckInDeps, 'db'>,
  actor: Actor,
  roundId: string,
): Promise<string[]> {
  const found = await findReadable({ db }, actor, roundId);
  const cohortId = found?.checkin.cohortId;
  if (cohortId === undefined || found?.round.definition.mode === 'named') return [];
  return namesIn(db, cohortId);
}

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
  const kept = await listNotes(db, vault, roundId);
  const people = await listPeople(
    db,
    kept.map(({ personId }) => personId),
  );
  const notes = kept.map((note) => ({
    ...note,
    name: people.find(({ id }) => id === note.personId)?.displayName || 'A colleague',
  }));
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
  { person }: Actor,
  roundId: string,
  note: Noted,
): Promise<void> {
  const isEmpty = note.text === '' && note.begun === undefined;
  if (!isEmpty) return writeNoteOf(db, vault, roundId, person.id, note, clock.now());
  await deleteNoteOf(db, roundId, person.id);
  await settle();
}
