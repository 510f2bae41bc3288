import { type Selectable, sql } from 'kysely';
import '../tables.ts';
import type { Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import type { Place } from '../readers.ts';
import { type Round, toRound } from '../store.ts';
import type { ParticipationsTable } from '../tables.ts';

export type ParticipationStatus = 'asked' | 'answered' | 'skipped' | 'withdrawn';
export type Participation = { status: ParticipationStatus; laterCount: number; isShared: boolean };

export async function findParticipation(
  db: Db,
  roundId: string,
  personId: string,
): Promise<Participation | undefined> {
  const row = await db
    .selectFrom('participations')
    .selectAll()
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toParticipation(row);
}

const toParticipation = (row: Selectable<ParticipationsTable>): Participation => ({
  status: row.status as ParticipationStatus,
  laterCount: row.later_count,
  isShared: row.shared === 1,
});

/** Asking somebody twice changes nothing. */
export async function insertParticipation(db: Db, roundId: string, personId: string): Promise<void> {
  await db
    .insertInto('participations')
    .values({ round_id: roundId, person_id: personId, status: 'asked' })
    .onConflict((conflict) => conflict.columns(['round_id', 'person_id']).doNothing())
    .execute();
}

/** @returns whether it was in one of the states `from`: the one who gets true is the one who changed it. */
export async function changeParticipation(
  db: Db,
  roundId: string,
  personId: string,
  from: readonly ParticipationStatus[],
  change: { status: ParticipationStatus; shared?: boolean },
): Promise<boolean> {
  const result = await db
    .updateTable('participations')
    .set({
      status: change.status,
      ...(change.shared !== undefined && { shared: change.shared ? (1 as const) : (0 as const) }),
    })
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .where('status', 'in', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function recordLater(db: Db, roundId: string, personId: string): Promise<void> {
  await db
    .updateTable('participations')
    .set((eb) => ({ later_count: eb('later_count', '+', 1) }))
    .where('round_id', '=', roundId)
    .where('person_id', '=', personId)
    .execute();
}

export type Participant = Participation & { personId: string };

/** Everybody who was asked, with what became of it and how often they put it off. */
export async function listParticipants(db: Db, roundId: string): Promise<Participant[]> {
  const rows = await db.selectFrom('participations').selectAll().where('round_id', '=', roundId).execute();
  return rows.map((row) => ({ personId: row.person_id, ...toParticipation(row) }));
}

/** Whom a round is for: who was in the group when it opened and still is, whether or not they may be asked anything. */
export async function listMeant(db: Db, roundId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('checkin_rounds')
    .innerJoin('checkins', 'checkins.id', 'checkin_rounds.checkin_id')
    .innerJoin('cohort_members', 'cohort_members.cohort_id', 'checkins.cohort_id')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .select('cohort_members.person_id')
    .where('checkin_rounds.id', '=', roundId)
    .where('cohort_members.left_at', 'is', null)
    .whereRef('cohort_members.joined_at', '<=', 'checkin_rounds.opened_at')
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'not in', ['bot', 'external'])
    .execute();
  return rows.map((row) => row.person_id);
}

/** @param readers people who can read its results. @param place where it was asked. */
export async function countParticipation(
  db: Db,
  roundId: string,
  readers: ReadonlySet<string>,
  place: Place,
): Promise<Tally> {
  const meant = place === undefined ? undefined : await listMeant(db, roundId);
  const onPaper = await countOnPaper(db, roundId);
  return tallyOf(await listParticipants(db, roundId), { meant, readers, onPaper });
}

/** `meant`: whom it is for; undefined: whoever wishes. `readers`: people who can read the results. */
type Around = {
  meant: readonly string[] | undefined;
  readers: ReadonlySet<string>;
  onPaper: number;
};

/**
 * Whoever answered on paper is not one of the silent: whether or not they are known to have answered here as well, or the
 * number would tell that.
 */
export function tallyOf(
  asked: readonly Pick<Participant, 'personId' | 'status'>[],
  { meant, readers, onPaper }: Around,
): Tally {
  const answered = new Set(asked.filter(({ status }) => status === 'answered').map((one) => one.personId));
  const everybody = new Set([...(meant ?? []), ...asked.map(({ personId }) => personId)]);
  return {
    answered: answered.size,
    readers: [...answered].filter((id) => readers.has(id)).length,
    silent:
      meant &&
      Math.max(0, [...everybody].filter((id) => !readers.has(id) && !answered.has(id)).length - onPaper),
  };
}

/**
 * Rounds somebody was asked in, newest first. @param isOpen only those that are not over, and that they have not answered on
 * paper.
 */
export async function listRoundsOf(
  db: Db,
  personId: string,
  statuses: readonly ParticipationStatus[],
  { isOpen = false } = {},
): Promise<{ round: Round; status: ParticipationStatus; cohortId: string | undefined }[]> {
  let query = db
    .selectFrom('checkin_rounds')
    .innerJoin('participations', 'participations.round_id', 'checkin_rounds.id')
    .innerJoin('checkins', 'checkins.id', 'checkin_rounds.checkin_id')
    .selectAll('checkin_rounds')
    .select(['participations.status as participation', 'checkins.cohort_id'])
    .where('participations.person_id', '=', personId)
    .where('participations.status', 'in', statuses)
    .orderBy('checkin_rounds.due_at', 'desc')
    .limit(60);
  if (isOpen)
    query = query
      .where('checkin_rounds.status', '=', 'open')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('paper_people')
              .select('paper_people.person_id')
              .whereRef('paper_people.round_id', '=', 'participations.round_id')
              .whereRef('paper_people.person_id', '=', 'participations.person_id'),
          ),
        ),
      );
  return (await query.execute()).map((row) => ({
    round: toRound(row),
    status: row.participation as ParticipationStatus,
    cohortId: row.cohort_id ?? undefined,
  }));
}

/** All that somebody answered and has not withdrawn. */
export async function listRoundsAnsweredBy(db: Db, personId: string): Promise<Round[]> {
  const rows = await db
    .selectFrom('participations')
    .innerJoin('checkin_rounds', 'checkin_rounds.id', 'participations.round_id')
    .selectAll('checkin_rounds')
    .where('participations.person_id', '=', personId)
    .where('participations.status', '=', 'answered')
    .execute();
  return rows.map(toRound);
}

/** The rounds before this one of the same check-in in which somebody was asked, the latest few. */
export async function listEarlier(
  db: Db,
  { id, checkinId, dueAt }: Pick<Round, 'id' | 'checkinId' | 'dueAt'>,
  personId: string,
): Promise<{ roundId: string; status: ParticipationStatus }[]> {
  const rows = await db
    .selectFrom('participations')
    .innerJoin('checkin_rounds', 'checkin_rounds.id', 'participations.round_id')
    .select(['checkin_rounds.id', 'participations.status'])
    .where('participations.person_id', '=', personId)
    .where('checkin_rounds.checkin_id', '=', checkinId)
    .where('checkin_rounds.id', '!=', id)
    .where('checkin_rounds.due_at', '<', dueAt.toISOString())
    .orderBy('checkin_rounds.due_at', 'desc')
    .limit(10)
    .execute();
  return rows.map((row) => ({ roundId: row.id, status: row.status as ParticipationStatus }));
}

/** Who is still in the group and has neither answered, here or on paper, skipped, put it off, nor stopped the check-in. */
export async function listWaiting(db: Db, roundId: string, cohortId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('participations')
    .innerJoin('cohort_members', 'cohort_members.person_id', 'participations.person_id')
    .innerJoin('checkin_rounds', 'checkin_rounds.id', 'participations.round_id')
    .leftJoin('checkin_optouts', (join) =>
      join
        .onRef('checkin_optouts.checkin_id', '=', 'checkin_rounds.checkin_id')
        .onRef('checkin_optouts.person_id', '=', 'participations.person_id'),
    )
    .select('participations.person_id')
    .where('checkin_optouts.person_id', 'is', null)
    .where('participations.round_id', '=', roundId)
    .where('participations.status', '=', 'asked')
    .where('participations.later_count', '=', 0)
    .where('cohort_members.cohort_id', '=', cohortId)
    .where('cohort_members.left_at', 'is', null)
    .execute();
  const onPaper = await listOnPaper(db, roundId);
  return rows.map((row) => row.person_id).filter((id) => !onPaper.has(id));
}

/** Whom a facilitator noted as having answered on paper. */
export async function listOnPaper(db: Db, roundId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('paper_people')
    .select('person_id')
    .where('round_id', '=', roundId)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** How many answered on paper: as many as were noted or entered, whichever is more. */
export const countOnPaper = async (db: Db, roundId: string): Promise<number> =>
  Math.max(await countPapers(db, roundId), (await listOnPaper(db, roundId)).size);

/** How many answers on paper were entered. */
export async function countPapers(db: Db, roundId: string): Promise<number> {
  const box = await db
    .selectFrom('paper_boxes')
    .select('papers')
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return box?.papers ?? 0;
}

/** Who asked not to get a check-in any more. */
export async function listOptedOut(db: Db, checkinId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('checkin_optouts')
    .select('person_id')
    .where('checkin_id', '=', checkinId)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** The check-ins that somebody asked not to get any more, or has not said yes to where they ask first. */
export async function listStopped(db: Db, personId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('checkin_optouts')
    .select('checkin_id')
    .where('person_id', '=', personId)
    .execute();
  const unwanted = await db
    .selectFrom('checkins')
    .select('id')
    .where('asks_first', '=', sql.lit(1))
    .where('status', 'in', ['running', 'paused'])
    .where('id', 'not in', (wanted) =>
      wanted
        .selectFrom('checkin_wishes')
        .select('checkin_id')
        .where('person_id', '=', personId)
        .where('wish', '=', 'yes'),
    )
    .execute();
  return new Set([...rows.map((row) => row.checkin_id), ...unwanted.map(({ id }) => id)]);
}

export type Wish = 'asked' | 'yes' | 'no';

/** Who said that they want a check-in that asks first. */
export async function listWishing(db: Db, checkinId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('checkin_wishes')
    .select('person_id')
    .where('checkin_id', '=', checkinId)
    .where('wish', '=', 'yes')
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Whom a check-in has asked whether they want it, whatever they said. */
export async function listOffered(db: Db, checkinId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('checkin_wishes')
    .select('person_id')
    .where('checkin_id', '=', checkinId)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

export async function recordWish(db: Db, checkinId: string, personId: string, wish: Wish): Promise<void> {
  await db
    .insertInto('checkin_wishes')
    .values({ checkin_id: checkinId, person_id: personId, wish })
    .onConflict((conflict) => conflict.columns(['checkin_id', 'person_id']).doUpdateSet({ wish }))
    .execute();
}

export async function insertOptOut(db: Db, checkinId: string, personId: string): Promise<void> {
  await db
    .insertInto('checkin_optouts')
    .values({ checkin_id: checkinId, person_id: personId })
    .onConflict((conflict) => conflict.columns(['checkin_id', 'person_id']).doNothing())
    .execute();
}

export async function deleteOptOut(db: Db, checkinId: string, personId: string): Promise<void> {
  await db
    .deleteFrom('checkin_optouts')
    .where('checkin_id', '=', checkinId)
    .where('person_id', '=', personId)
    .execute();
}

/** Whether anybody has answered a check-in, in any of its rounds: from then on its mode stays. */
export async function hasAnswers(db: Db, checkinId: string): Promise<boolean> {
  const row = await db
    .selectFrom('participations')
    .innerJoin('checkin_rounds', 'checkin_rounds.id', 'participations.round_id')
    .select('participations.round_id')
    .where('checkin_rounds.checkin_id', '=', checkinId)
    .where('participations.status', 'in', ['answered', 'withdrawn'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Everybody who was ever asked in a check-in. */
export async function listEverAsked(db: Db, checkinId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('participations')
    .innerJoin('checkin_rounds', 'checkin_rounds.id', 'participations.round_id')
    .select('participations.person_id')
    .distinct()
    .where('checkin_rounds.checkin_id', '=', checkinId)
    .execute();
  return rows.map((row) => row.person_id);
}
