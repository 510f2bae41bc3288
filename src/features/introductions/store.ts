import { z } from 'zod';
import './tables.ts';
import { type Person, toPerson } from '../../community/people.ts';
import { forPerson } from '../../db/reseal.ts';
import type { Db } from '../../db/schema.ts';
import { openJson, type Vault } from '../../lib/crypto.ts';
import type { Met } from './matching/match.ts';
import { pairKey } from './matching/match.ts';
import { type Standing, usualPace } from './when.ts';

/** Whoever wants to meet anybody of the community; any other pool is a group's id. */
export const everybody = 'everybody';

/** How somebody wants to be introduced. */
export type Wish = {
  pool: string;
  everyWeeks: number;
  isPaused: boolean;
  standing: Standing;
  /** Slack ids. Undefined: it cannot be opened with the present key, so nobody is safe to be introduced. */
  avoids: readonly string[] | undefined;
};

export const usualWish: Wish = {
  pool: everybody,
  everyWeeks: usualPace,
  isPaused: false,
  standing: 'next',
  avoids: [],
};

/** So many people can be on it: it is always of one size. */
export const mostAvoided = 20;
const listRoom = 1024;
const meetingRoom = 256;

const listed = z.object({ avoids: z.array(z.string()) });
const wishPlace = (personId: string): string => `introduction-wish:${personId}`;

export type Meeting = { on: string; minutes: number | undefined };
const meeting = z.object({ on: z.string(), minutes: z.number().optional() });
const noted = z.object({ met: meeting.optional() });
const memberPlace = (introductionId: string): string => `introduction:${introductionId}`;

export const sealedIntroductions = [
  forPerson({
    table: 'introduction_wishes',
    by: ['person_id'],
    place: ({ person_id }) => wishPlace(person_id),
  }),
  forPerson({
    table: 'introduction_members',
    by: ['introduction_id', 'person_id'],
    place: ({ introduction_id }) => memberPlace(introduction_id),
  }),
];

type WishRow = {
  person_id: string;
  pool: string;
  every_weeks: number;
  is_paused: number;
  standing: string;
  sealed: string;
};

export const toWish = (vault: Pick<Vault, 'openFor'>, row: WishRow): Wish => ({
  pool: row.pool,
  everyWeeks: row.every_weeks,
  isPaused: row.is_paused === 1,
  standing: row.standing as Standing,
  avoids: openJson(vault, { person: row.person_id }, row.sealed, wishPlace(row.person_id), listed)?.avoids,
});

export async function findWish(db: Db, vault: Vault, personId: string): Promise<Wish | undefined> {
  const row = await db
    .selectFrom('introduction_wishes')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toWish(vault, row);
}

export async function writeWish(
  db: Db,
  vault: Vault,
  personId: string,
  { avoids = [], ...wish }: Wish,
): Promise<void> {
  const row = {
    pool: wish.pool,
    every_weeks: wish.everyWeeks,
    is_paused: wish.isPaused ? (1 as const) : (0 as const),
    standing: wish.standing,
    sealed: vault.sealFor({ person: personId }, JSON.stringify({ avoids }), wishPlace(personId), listRoom),
  };
  await db
    .insertInto('introduction_wishes')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

export async function deleteWish(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('introduction_wishes').where('person_id', '=', personId).execute();
}

export async function setStanding(db: Db, personIds: readonly string[], standing: Standing): Promise<void> {
  if (personIds.length === 0) return;
  await db.updateTable('introduction_wishes').set({ standing }).where('person_id', 'in', personIds).execute();
}

/** Somebody who agreed to be introduced, and how. */
export type Wanting = { person: Person; wish: Wish; hasRow: boolean };

/** @param among only these. By id. */
export async function listWanting(db: Db, vault: Vault, among?: readonly string[]): Promise<Wanting[]> {
  if (among?.length === 0) return [];
  let query = db
    .selectFrom('people')
    .leftJoin('introduction_wishes as wishes', 'wishes.person_id', 'people.id')
    .selectAll('people')
    .select(['wishes.pool', 'wishes.every_weeks', 'wishes.is_paused', 'wishes.standing', 'wishes.sealed'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('consents')
          .select('consents.id')
          .whereRef('consents.person_id', '=', 'people.id')
          .where('consents.kind', '=', 'introduced')
          .where('consents.withdrawn_at', 'is', null),
      ),
    )
    .orderBy('people.id');
  if (among) query = query.where('people.id', 'in', among);
  return (await query.execute()).map((row) => {
    const { pool, every_weeks, is_paused, standing, sealed } = row;
    const isWhole =
      pool !== null && every_weeks !== null && is_paused !== null && standing !== null && sealed !== null;
    return {
      person: toPerson(row),
      wish: isWhole
        ? toWish(vault, { person_id: row.id, pool, every_weeks, is_paused, standing, sealed })
        : usualWish,
      hasRow: isWhole,
    };
  });
}

/** Groups within which people may be introduced now, by name. */
export async function listSwitchedOn(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('introduction_groups')
    .innerJoin('cohorts', 'cohorts.id', 'introduction_groups.cohort_id')
    .select('cohorts.id')
    .where('cohorts.archived_at', 'is', null)
    .orderBy('cohorts.name')
    .execute();
  return rows.map(({ id }) => id);
}

export async function switchOn(
  db: Db,
  { cohortId, by, at }: { cohortId: string; by: string; at: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('introduction_groups')
    .values({ cohort_id: cohortId, switched_on_by: by, switched_on_at: at.toISOString() })
    .onConflict((conflict) => conflict.column('cohort_id').doNothing())
    .returning('cohort_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function switchOff(db: Db, cohortId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('introduction_groups')
    .where('cohort_id', '=', cohortId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function isDrawn(db: Db, pool: string, number: number): Promise<boolean> {
  const row = await db
    .selectFrom('introduction_rounds')
    .select('number')
    .where('pool', '=', pool)
    .where('number', '=', number)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns false when another bot drew it. */
export async function recordDrawn(db: Db, pool: string, number: number): Promise<boolean> {
  const row = await db
    .insertInto('introduction_rounds')
    .values({ pool, number })
    .onConflict((conflict) => conflict.columns(['pool', 'number']).doNothing())
    .returning('number')
    .executeTakeFirst();
  return row !== undefined;
}

/** How often any two of these were introduced to each other. @param since local date; left out: ever. */
export async function listMet(db: Db, personIds: readonly string[], since = ''): Promise<Met> {
  const met = new Map<string, number>();
  if (personIds.length === 0) return met;
  const rows = await db
    .selectFrom('introduction_members as one')
    .innerJoin('introduction_members as other', (join) =>
      join
        .onRef('other.introduction_id', '=', 'one.introduction_id')
        .onRef('other.person_id', '>', 'one.person_id'),
    )
    .innerJoin('introductions', 'introductions.id', 'one.introduction_id')
    .select(['one.person_id as one', 'other.person_id as other'])
    .where('introductions.state', '!=', 'off')
    .where('introductions.made_on', '>=', since)
    .where('one.person_id', 'in', personIds)
    .execute();
  for (const { one, other } of rows) {
    const key = pairKey(one, other);
    met.set(key, (met.get(key) ?? 0) + 1);
  }
  return met;
}

/** Ids of those who were introduced to somebody from this local date on, in whichever pool. */
export async function listIntroducedSince(db: Db, since: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('introduction_members')
    .innerJoin('introductions', 'introductions.id', 'introduction_id')
    .select('person_id')
    .where('state', '!=', 'off')
    .where('made_on', '>=', since)
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

export type State = 'waiting' | 'going' | 'told' | 'off';
export type Introduction = {
  id: string;
  pool: string;
  /** Local date. */
  madeOn: string;
  madeAt: Date;
  state: State;
  promptId: string | undefined;
};

const toIntroduction = (row: {
  id: string;
  pool: string;
  made_on: string;
  made_at: string;
  state: string;
  prompt_id: string | null;
}): Introduction => ({
  id: row.id,
  pool: row.pool,
  madeOn: row.made_on,
  madeAt: new Date(row.made_at),
  state: row.state as State,
  promptId: row.prompt_id ?? undefined,
});

export type NewMember = { personId: string; isOtherAgency: boolean; isOtherProfession: boolean };

export async function insertIntroduction(
  db: Db,
  vault: Vault,
  { id, pool, madeOn, madeAt, promptId }: Omit<Introduction, 'state'>,
  members: readonly NewMember[],
): Promise<void> {
  await db
    .insertInto('introductions')
    .values({
      id,
      pool,
      made_on: madeOn,
      made_at: madeAt.toISOString(),
      state: 'waiting',
      go_at: madeAt.toISOString(),
      ask_at: null,
      prompt_id: promptId ?? null,
    })
    .execute();
  await db
    .insertInto('introduction_members')
    .values(
      members.map(({ personId, isOtherAgency, isOtherProfession }) => ({
        introduction_id: id,
        person_id: personId,
        other_agency: isOtherAgency ? (1 as const) : (0 as const),
        other_profession: isOtherProfession ? (1 as const) : (0 as const),
        sealed: sealMeeting(vault, personId, id, undefined),
      })),
    )
    .execute();
}

const sealMeeting = (vault: Vault, personId: string, id: string, met: Meeting | undefined): string =>
  vault.sealFor({ person: personId }, JSON.stringify({ met }), memberPlace(id), meetingRoom);

export async function findIntroduction(db: Db, id: string): Promise<Introduction | undefined> {
  const row = await db.selectFrom('introductions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toIntroduction(row);
}

/** Ids of those that wait and are to be looked at, the oldest first. */
export async function listWaiting(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('introductions')
    .select('id')
    .where('state', '=', 'waiting')
    .where('go_at', '<=', now.toISOString())
    .orderBy('go_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Ids of those that are under way. */
export async function listGoing(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('introductions').select('id').where('state', '=', 'going').execute();
  return rows.map(({ id }) => id);
}

/** Ids of those whose people are to be asked whether they met. */
export async function listToAsk(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('introductions')
    .select('id')
    .where('ask_at', '<=', now.toISOString())
    .orderBy('ask_at')
    .execute();
  return rows.map(({ id }) => id);
}

/** @returns false when it was in another state by then. */
export async function moveOn(
  db: Db,
  id: string,
  from: State,
  change: { state?: State; goAt?: Date; askAt?: Date | undefined },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('introductions')
    .set({
      ...(change.state && { state: change.state }),
      ...(change.goAt && { go_at: change.goAt.toISOString() }),
      ...('askAt' in change && { ask_at: change.askAt?.toISOString() ?? null }),
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ids of the people in it, in no particular order. */
export async function listMembers(db: Db, introductionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('introduction_members')
    .select('person_id')
    .where('introduction_id', '=', introductionId)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}

/** Ids of those of somebody's that nobody, or not everybody, has been told yet. */
export async function listOpenOf(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('introduction_members')
    .innerJoin('introductions', 'introductions.id', 'introduction_id')
    .select('introductions.id')
    .where('person_id', '=', personId)
    .where('state', 'in', ['waiting', 'going'])
    .execute();
  return rows.map(({ id }) => id);
}

/** Prompts these people were given before. */
export async function listPromptsOf(db: Db, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('introduction_members')
    .innerJoin('introductions', 'introductions.id', 'introduction_id')
    .select('prompt_id')
    .where('person_id', 'in', personIds)
    .execute();
  return new Set(rows.flatMap((row) => row.prompt_id ?? []));
}

/** One of somebody's own, as they keep it. @property others who else is in it, as far as they are still here. */
export type Own = Introduction & { met: Meeting | undefined; others: Person[] };

/** Those that somebody was told of, the latest first. */
export async function listOwn(db: Db, vault: Vault, personId: string): Promise<Own[]> {
  const rows = await db
    .selectFrom('introduction_members')
    .innerJoin('introductions', 'introductions.id', 'introduction_id')
    .selectAll('introductions')
    .select('introduction_members.sealed')
    .where('person_id', '=', personId)
    .where('state', '=', 'told')
    .orderBy('made_at', 'desc')
    .execute();
  const others = new Map<string, Person[]>();
  if (rows.length > 0)
    for (const { introduction_id: id, ...person } of await db
      .selectFrom('introduction_members')
      .innerJoin('people', 'people.id', 'introduction_members.person_id')
      .selectAll('people')
      .select('introduction_id')
      .where(
        'introduction_id',
        'in',
        rows.map(({ id }) => id),
      )
      .where('people.id', '!=', personId)
      .execute())
      others.set(id, [...(others.get(id) ?? []), toPerson(person)]);
  return rows.map((row) => ({
    ...toIntroduction(row),
    met: openMeeting(vault, { ...row, introduction_id: row.id, person_id: personId }),
    others: others.get(row.id) ?? [],
  }));
}

export const openMeeting = (
  vault: Pick<Vault, 'openFor'>,
  row: { introduction_id: string; person_id: string; sealed: string },
): Meeting | undefined => {
  const met = openJson(
    vault,
    { person: row.person_id },
    row.sealed,
    memberPlace(row.introduction_id),
    noted,
  )?.met;
  return met && { on: met.on, minutes: met.minutes };
};

/** @param met undefined: takes it back. */
export async function writeMeeting(
  db: Db,
  vault: Vault,
  { id, personId, met }: { id: string; personId: string; met: Meeting | undefined },
): Promise<void> {
  await db
    .updateTable('introduction_members')
    .set({ sealed: sealMeeting(vault, personId, id, met) })
    .where('introduction_id', '=', id)
    .where('person_id', '=', personId)
    .execute();
}

/** What is older than it is kept for. @param before local date. */
export async function deleteOld(db: Db, before: string): Promise<void> {
  const old = db.selectFrom('introductions').select('id').where('made_on', '<', before);
  await db.deleteFrom('introduction_members').where('introduction_id', 'in', old).execute();
  await db.deleteFrom('introductions').where('made_on', '<', before).execute();
}
