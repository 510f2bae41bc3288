import type { Selectable } from 'kysely';
import { storedList } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import { later } from '../../lib/clock.ts';
import type { Recurrence } from '../../scheduler/recurrence.ts';
import type { PromptPlansTable, PromptPostsTable, PromptReadersTable } from './tables.ts';

/** Why one rests, or what became of its last prompt, that nobody decided. */
const troubles = [
  'not-in',
  'archived',
  'group-archived',
  'refused',
  'unclear',
  'missed',
  'none-left',
] as const;
export type Trouble = (typeof troubles)[number];

/** A prompt that was left out, and when it would have come. */
export type Skip = { promptId: string; at: Date };
/** As stored: "<instant> <prompt>". */
const toSkip = (stored: string): Skip[] => {
  const [at = '', promptId = ''] = stored.split(' ');
  return promptId === '' ? [] : [{ promptId, at: new Date(at) }];
};
/** More are forgotten, the oldest first. */
const mostSkips = 50;

export type PromptPlan = {
  id: string;
  cohortId: string | undefined;
  channelId: string;
  age: string;
  recurrence: Recurrence;
  nextAt: Date | undefined;
  nextPrompt: string | undefined;
  status: 'running' | 'paused' | 'over';
  trouble: Trouble | undefined;
  /** Oldest first. */
  skipped: readonly Skip[];
};

const toPlan = (row: Selectable<PromptPlansTable>): PromptPlan => ({
  id: row.id,
  cohortId: row.cohort_id ?? undefined,
  channelId: row.channel_id,
  age: row.age_group,
  recurrence: { rule: row.rule, startsAt: row.starts_at, zone: row.zone },
  nextAt: row.next_at === null ? undefined : new Date(row.next_at),
  nextPrompt: row.next_prompt ?? undefined,
  status: row.status === 'running' || row.status === 'paused' ? row.status : 'over',
  trouble: troubles.find((one) => one === row.trouble),
  skipped: storedList(row.skipped).flatMap(toSkip),
});

/** @returns false where another one has that weekday in that channel. */
export async function insertPlan(
  db: Db,
  {
    id,
    cohortId,
    channelId,
    age,
    recurrence,
    nextAt,
  }: Omit<PromptPlan, 'status' | 'trouble' | 'nextPrompt' | 'skipped'>,
  made: { by: string; at: Date; slot: string },
): Promise<boolean> {
  const row = await db
    .insertInto('prompt_plans')
    .values({
      id,
      cohort_id: cohortId ?? null,
      channel_id: channelId,
      age_group: age,
      rule: recurrence.rule,
      starts_at: recurrence.startsAt,
      zone: recurrence.zone,
      next_at: nextAt?.toISOString() ?? null,
      next_prompt: null,
      status: 'running',
      trouble: null,
      skipped: '[]',
      slot: made.slot,
      made_by: made.by,
      made_at: made.at.toISOString(),
    })
    .onConflict((conflict) => conflict.column('slot').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findPlan(db: Db, id: string): Promise<PromptPlan | undefined> {
  const row = await db.selectFrom('prompt_plans').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toPlan(row);
}

/** Those that are not over, oldest first. */
export async function listPlans(db: Db): Promise<PromptPlan[]> {
  const rows = await db
    .selectFrom('prompt_plans')
    .selectAll()
    .where('status', '!=', 'over')
    .orderBy('id')
    .execute();
  return rows.map(toPlan);
}

export async function listDue(db: Db, now: Date): Promise<PromptPlan[]> {
  const rows = await db
    .selectFrom('prompt_plans')
    .selectAll()
    .where('status', '=', 'running')
    .where('next_at', '<=', now.toISOString())
    .orderBy('next_at')
    .execute();
  return rows.map(toPlan);
}

export type PlanChange = Partial<{
  nextAt: Date | undefined;
  nextPrompt: string | undefined;
  status: PromptPlan['status'];
  trouble: Trouble | undefined;
  skipped: readonly Skip[];
}>;

/**
 * Writes only what is given. @param from as it was read: what somebody else has changed meanwhile stays. @returns false
 * then.
 */
export async function changePlan(db: Db, from: PromptPlan, change: PlanChange): Promise<boolean> {
  const { nextAt, nextPrompt, status, trouble, skipped } = { ...from, ...change };
  const row = await db
    .updateTable('prompt_plans')
    .set({
      next_at: nextAt?.toISOString() ?? null,
      next_prompt: nextPrompt ?? null,
      status,
      trouble: trouble ?? null,
      skipped: JSON.stringify(
        skipped.slice(-mostSkips).map(({ promptId, at }) => `${at.toISOString()} ${promptId}`),
      ),
      // What is over leaves its day to others.
      ...(status === 'over' && { slot: null }),
    })
    .where('id', '=', from.id)
    .where('status', '=', from.status)
    .where('next_at', from.nextAt === undefined ? 'is' : '=', from.nextAt?.toISOString() ?? null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** What somebody changes of a plan: where, for whom, when. Of what is given, `slot` is its day in a channel. */
export type PlanEdit = Pick<PromptPlan, 'channelId' | 'age' | 'recurrence' | 'nextAt' | 'status'> & {
  slot: string;
};

/** In a transaction. @returns false where another one has that weekday in that channel, or it was changed meanwhile. */
export async function editPlan(db: Db, from: PromptPlan, to: PlanEdit): Promise<boolean> {
  const other = await db
    .selectFrom('prompt_plans')
    .select('id')
    .where('slot', '=', to.slot)
    .where('id', '!=', from.id)
    .executeTakeFirst();
  if (other) return false;
  const row = await db
    .updateTable('prompt_plans')
    .set({
      channel_id: to.channelId,
      age_group: to.age,
      rule: to.recurrence.rule,
      starts_at: to.recurrence.startsAt,
      zone: to.recurrence.zone,
      next_at: to.nextAt?.toISOString() ?? null,
      status: to.status,
      slot: to.slot,
      trouble: null,
    })
    .where('id', '=', from.id)
    .where('status', '=', from.status)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export type PromptPost = {
  id: string;
  planId: string;
  channelId: string;
  promptId: string;
  ts: string | undefined;
};

const toPost = (row: Selectable<PromptPostsTable>): PromptPost => ({
  id: row.id,
  planId: row.plan_id,
  channelId: row.channel_id,
  promptId: row.prompt_id,
  ts: row.ts ?? undefined,
});

export async function insertPost(
  db: Db,
  { id, planId, channelId, promptId }: Omit<PromptPost, 'ts'>,
  { dueAt, askAt }: { dueAt: Date; askAt: Date },
): Promise<void> {
  await db
    .insertInto('prompt_posts')
    .values({
      id,
      plan_id: planId,
      channel_id: channelId,
      prompt_id: promptId,
      due_at: dueAt.toISOString(),
      ts: null,
      ask_at: askAt.toISOString(),
    })
    .execute();
}

/** A prompt in a channel, for a group or for everybody. */
export type Placed = { channelId: string; cohortId: string | undefined; promptId: string; at: Date };

/** What came to all channels, oldest first. */
export async function listPlaced(db: Db): Promise<Placed[]> {
  const rows = await db
    .selectFrom('prompt_posts')
    .innerJoin('prompt_plans', 'prompt_plans.id', 'prompt_posts.plan_id')
    .select(['prompt_posts.channel_id', 'cohort_id', 'prompt_id', 'due_at'])
    .orderBy('due_at')
    .orderBy('prompt_posts.id')
    .execute();
  return rows.map((row) => ({
    channelId: row.channel_id,
    cohortId: row.cohort_id ?? undefined,
    promptId: row.prompt_id,
    at: new Date(row.due_at),
  }));
}

/** Those of which it is not known yet where they stand. */
export async function listUnsettled(db: Db): Promise<PromptPost[]> {
  const rows = await db
    .selectFrom('prompt_posts')
    .selectAll()
    .where('ts', 'is', null)
    .where('ask_at', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.map(toPost);
}

export async function listToAsk(db: Db, now: Date): Promise<PromptPost[]> {
  const rows = await db
    .selectFrom('prompt_posts')
    .selectAll()
    .where('ts', 'is not', null)
    .where('ask_at', '<=', now.toISOString())
    .orderBy('id')
    .execute();
  return rows.map(toPost);
}

export const recordStands = async (db: Db, id: string, ts: string): Promise<void> =>
  void (await db.updateTable('prompt_posts').set({ ts }).where('id', '=', id).execute());

/** @param at undefined: never. */
export const askLater = async (db: Db, id: string, at: Date | undefined): Promise<void> =>
  void (await db
    .updateTable('prompt_posts')
    .set({ ask_at: at?.toISOString() ?? null })
    .where('id', '=', id)
    .execute());

/** Threads of a plan that is stopped are left alone. */
export const askNever = async (db: Db, planId: string): Promise<void> =>
  void (await db.updateTable('prompt_posts').set({ ask_at: null }).where('plan_id', '=', planId).execute());

/** Those of its threads that were not to be asked yet when it was stopped. @param since what came after this instant. */
export const askAfterAll = async (db: Db, planId: string, since: Date, after: number): Promise<void> => {
  const posts = await db
    .selectFrom('prompt_posts')
    .select(['id', 'due_at'])
    .where('plan_id', '=', planId)
    .where('ts', 'is not', null)
    .where('due_at', '>', since.toISOString())
    .execute();
  for (const { id, due_at } of posts) await askLater(db, id, later(new Date(due_at), after));
};

/** It never came, so it was not used. */
export const deletePost = async (db: Db, id: string): Promise<void> =>
  void (await db.deleteFrom('prompt_posts').where('id', '=', id).execute());

/** @property since an instant, as stored. */
export type Reader = { personId: string; age: string; had: string[]; since: string };

const toReader = (row: Selectable<PromptReadersTable>): Reader => ({
  personId: row.person_id,
  age: row.age_group,
  had: storedList(row.had),
  since: row.since,
});

export async function findReader(db: Db, personId: string): Promise<Reader | undefined> {
  const row = await db
    .selectFrom('prompt_readers')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row && toReader(row);
}

export async function listReaders(db: Db): Promise<Reader[]> {
  const rows = await db.selectFrom('prompt_readers').selectAll().orderBy('person_id').execute();
  return rows.map(toReader);
}

/** What they had before stays known where they choose another age group. */
export async function saveReader(db: Db, personId: string, age: string, at: Date): Promise<void> {
  await db
    .insertInto('prompt_readers')
    .values({ person_id: personId, age_group: age, had: '[]', since: at.toISOString() })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ age_group: age }))
    .execute();
}

export const recordHad = async (db: Db, personId: string, had: readonly string[]): Promise<void> =>
  void (await db
    .updateTable('prompt_readers')
    .set({ had: JSON.stringify(had) })
    .where('person_id', '=', personId)
    .execute());

export const deleteReader = async (db: Db, personId: string): Promise<void> =>
  void (await db.deleteFrom('prompt_readers').where('person_id', '=', personId).execute());
