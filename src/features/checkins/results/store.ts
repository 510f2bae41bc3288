import { z } from 'zod';
import '../tables.ts';
import type { Tally } from '../../../community/suppress.ts';
import { forPerson, forRound } from '../../../db/reseal.ts';
import type { Db } from '../../../db/schema.ts';
import { openJson, type Vault } from '../../../lib/crypto.ts';
import { definitionSchema } from '../content.ts';
import type { Place } from '../readers.ts';
import { type Round, toRound } from '../store.ts';
import { type Frozen, frozenResult } from './frozen.ts';

const frozenPlace = (roundId: string) => `results:${roundId}`;

/** Where results lie. */
export const sealedResults = forRound({
  table: 'round_results',
  by: ['round_id'],
  place: ({ round_id }) => frozenPlace(round_id),
});

export const openFrozen = (vault: Vault, roundId: string, sealed: string): Frozen | undefined =>
  openJson(vault, { round: roundId }, sealed, frozenPlace(roundId), frozenResult);

export async function findFrozen(db: Db, vault: Vault, roundId: string): Promise<Frozen | undefined> {
  const row = await db
    .selectFrom('round_results')
    .select('sealed')
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return row && openFrozen(vault, roundId, row.sealed);
}

/** The first one that is kept stays. */
export async function keepFrozen(db: Db, vault: Vault, roundId: string, frozen: Frozen): Promise<void> {
  const sealed = vault.sealFor({ round: roundId }, JSON.stringify(frozen), frozenPlace(roundId));
  await db
    .insertInto('round_results')
    .values({ round_id: roundId, sealed })
    .onConflict((conflict) => conflict.column('round_id').doNothing())
    .execute();
}

/** Waits until nobody else is at it, so that of two rounds that close at once the second sees the first. */
export async function oneAtATime(db: Db, now: Date): Promise<void> {
  const value = now.toISOString();
  await db
    .insertInto('settings')
    .values({ key: 'checkins.frozen', value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** A round that has closed, with the results that are shown of it, sealed; older ones have none. */
export type Closed = {
  round: Round;
  cohortId: string | undefined;
  group: string | undefined;
  sealed: string | undefined;
};

/**
 * Of other check-ins those that closed and whose results may stand beside a round's: of other groups, and of its own what
 * was open at the same time.
 * @param asked when they were asked; what is asked once counts while it closed from then on.
 */
export async function listClosedBeside(
  db: Db,
  round: Pick<Round, 'id' | 'checkinId'>,
  cohortId: Place,
  asked: { from: Date; until: Date },
): Promise<Closed[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .innerJoin('checkins', 'checkins.id', 'checkin_rounds.checkin_id')
    .leftJoin('cohorts', 'cohorts.id', 'checkins.cohort_id')
    .leftJoin('round_results', 'round_results.round_id', 'checkin_rounds.id')
    .selectAll('checkin_rounds')
    .select(['cohorts.id as cohort_id', 'cohorts.name as group', 'round_results.sealed'])
    .where('checkin_rounds.checkin_id', '!=', round.checkinId)
    .where('checkin_rounds.closed_at', 'is not', null)
    .where((eb) => {
      const from = asked.from.toISOString();
      return eb.or([
        eb('checkin_rounds.due_at', '>=', from),
        eb.and([eb('checkins.recurrence', 'is', null), eb('checkin_rounds.closed_at', '>=', from)]),
      ]);
    })
    .where('checkin_rounds.due_at', '<=', asked.until.toISOString())
    .where((eb) =>
      eb.or([
        eb('cohorts.id', 'is', null),
        ...(cohortId === undefined ? [eb('cohorts.id', 'is not', null)] : [eb('cohorts.id', '!=', cohortId)]),
        eb.and([
          eb('checkin_rounds.closed_at', '>', (opened) =>
            opened
              .selectFrom('checkin_rounds as this')
              .select('this.opened_at')
              .where('this.id', '=', round.id),
          ),
          eb('checkin_rounds.opened_at', '<', (closed) =>
            closed
              .selectFrom('checkin_rounds as that')
              .select('that.closed_at')
              .where('that.id', '=', round.id),
          ),
        ]),
      ]),
    )
    .execute();
  return rows.map(({ cohort_id, group, sealed, ...row }) => ({
    round: toRound(row),
    cohortId: cohort_id ?? undefined,
    group: group ?? undefined,
    sealed: sealed ?? undefined,
  }));
}

/** The rounds whose people knew, when they were asked, that the group may be told what came out. */
export async function listTold(db: Db, checkinId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .select('id')
    .where('checkin_id', '=', checkinId)
    .where('told_of_giving_back', '=', 1)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

const hiddenWords = z.array(z.object({ question: z.string(), text: z.string() }));
export type Hidden = z.output<typeof hiddenWords>;
const hiddenPlace = (roundId: string) => `hidden-words:${roundId}`;

/** Where hidden words lie. */
export const sealedHidden = forRound({
  table: 'hidden_words',
  by: ['round_id'],
  place: ({ round_id }) => hiddenPlace(round_id),
});

/** So many bytes at least, so that the row does not tell how much was hidden. */
const hiddenRoom = 8 * 1024;

export async function readHidden(db: Db, vault: Vault, roundId: string): Promise<Hidden> {
  const row = await db
    .selectFrom('hidden_words')
    .select('sealed')
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return (row && openJson(vault, { round: roundId }, row.sealed, hiddenPlace(roundId), hiddenWords)) ?? [];
}

/** What is not shown of a question's answers, by what it says: whose it is, is not known here either. */
export const listHidden = async (
  db: Db,
  vault: Vault,
  roundId: string,
  question: string,
): Promise<string[]> =>
  (await readHidden(db, vault, roundId)).flatMap((one) => (one.question === question ? [one.text] : []));

/** Holds the row until the transaction is over, so that of two at once the second sees what the first has done. */
export async function holdHidden(db: Db, vault: Vault, roundId: string): Promise<Hidden> {
  await db
    .insertInto('hidden_words')
    .values({ round_id: roundId, sealed: sealHidden(vault, roundId, []) })
    .onConflict((conflict) => conflict.column('round_id').doUpdateSet({ round_id: roundId }))
    .execute();
  return readHidden(db, vault, roundId);
}

export async function writeHidden(db: Db, vault: Vault, roundId: string, hidden: Hidden): Promise<void> {
  await db
    .updateTable('hidden_words')
    .set({ sealed: sealHidden(vault, roundId, hidden) })
    .where('round_id', '=', roundId)
    .execute();
}

const sealHidden = (vault: Vault, roundId: string, hidden: Hidden): string =>
  vault.sealFor({ round: roundId }, JSON.stringify(hidden), hiddenPlace(roundId), hiddenRoom);

/** In bytes: every usual note takes up the same. */
const noteRoom = 4 * 1024;
/** `begun`: what its author typed and did not save, which nobody else sees. */
const noted = z.object({ text: z.string(), begun: z.string().optional() });
export type Noted = z.output<typeof noted>;
const notePlace = (roundId: string, personId: string) => `round-note:${roundId}:${personId}`;

/** Where notes lie, for whoever wrote them. */
export const sealedNotes = forPerson({
  table: 'round_notes',
  by: ['round_id', 'person_id'],
  place: ({ round_id, person_id }) => notePlace(round_id, person_id),
});

export const openNote = (
  vault: Vault,
  row: { round_id: string; person_id: string; sealed: string },
): Noted | undefined =>
  openJson(vault, { person: row.person_id }, row.sealed, notePlace(row.round_id, row.person_id), noted);

/** What was noted on a round, begun or kept, the oldest first. */
export async function listNotes(
  db: Db,
  vault: Vault,
  roundId: string,
): Promise<(Noted & { personId: string; at: Date })[]> {
  const rows = await db
    .selectFrom('round_notes')
    .selectAll()
    .where('round_id', '=', roundId)
    .orderBy('noted_at')
    .orderBy('person_id')
    .execute();
  return rows.flatMap((row) => {
    const opened = openNote(vault, row);
    return opened ? [{ personId: row.person_id, ...opened, at: new Date(row.noted_at) }] : [];
  });
}

export async function deleteNoteOf(db: Db, roundId: string, personId: string): Promise<void> {
  await db
    .deleteFrom('round_notes')
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .execute();
}

export async function writeNoteOf(
  db: Db,
  vault: Vault,
  roundId: string,
  personId: string,
  note: Noted,
  now: Date,
): Promise<void> {
  const place = notePlace(roundId, personId);
  const sealed = vault.sealFor({ person: personId }, JSON.stringify(note), place, noteRoom);
  const row = { sealed, noted_at: now.toISOString() };
  await db
    .insertInto('round_notes')
    .values({ round_id: roundId, person_id: personId, ...row })
    .onConflict((conflict) =>
      // What is only begun does not make a note any newer.
      conflict.columns(['round_id', 'person_id']).doUpdateSet(note.begun === undefined ? row : { sealed }),
    )
    .execute();
}

const tally = z.object({ answered: z.number(), readers: z.number(), silent: z.number().optional() });

/** What was last counted of open rounds, by the check-in's id: all that is shown of them while they are open. */
export async function listSoFar(
  db: Db,
  checkinIds: readonly string[],
): Promise<Map<string, { label: string; closesAt: Date | undefined; counted: Tally | undefined }>> {
  if (checkinIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('checkin_rounds')
    .select(['checkin_id', 'closes_at', 'counted', 'definition'])
    .where('checkin_id', 'in', checkinIds)
    .where('status', '=', 'open')
    // Of two the later one counts.
    .orderBy('due_at')
    .execute();
  return new Map(
    rows.map((row) => [
      row.checkin_id,
      {
        // As it is called towards those who have it.
        label: definitionSchema.parse(JSON.parse(row.definition)).label,
        closesAt: row.closes_at === null ? undefined : new Date(row.closes_at),
        counted: toTally(row.counted),
      },
    ]),
  );
}

function toTally(counted: string | null): Tally | undefined {
  if (counted === null) return undefined;
  const { answered, readers, silent } = tally.parse(JSON.parse(counted));
  return { answered, readers, silent };
}

/** The same of one round. */
export async function findSoFar(db: Db, roundId: string): Promise<Tally | undefined> {
  const row = await db
    .selectFrom('checkin_rounds')
    .select('counted')
    .where('id', '=', roundId)
    .executeTakeFirst();
  return toTally(row?.counted ?? null);
}

/** Open rounds that were not counted on a day yet. @param today as YYYY-MM-DD. */
export async function listRoundsToCount(db: Db, today: string): Promise<{ id: string }[]> {
  return db
    .selectFrom('checkin_rounds')
    .select('id')
    .where('status', '=', 'open')
    .where((eb) => eb.or([eb('counted_on', 'is', null), eb('counted_on', '<', today)]))
    .execute();
}

export async function recordCounted(db: Db, roundId: string, counted: Tally, today: string): Promise<void> {
  await db
    .updateTable('checkin_rounds')
    .set({ counted: JSON.stringify(counted), counted_on: today })
    .where('id', '=', roundId)
    .execute();
}
