import { audit } from '../../community/audit.ts';
import { type Cohort, findCohort, listManagedCohorts } from '../../community/cohorts.ts';
import { type Actor, may } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';
import { days, later } from '../../lib/clock.ts';
import { newId } from '../../lib/random.ts';
import { daysOffIn } from '../../scheduler/days-off.ts';
import {
  type Rhythm,
  recurrenceOf,
  type Timing,
  timingOf,
  type Weekday,
  weekdayCodes,
} from '../../scheduler/recurrence.ts';
import { lookAtRoom, type Room } from '../../slack/room.ts';
import { nextTime, poolFor, usedBy, whatComes } from './choosing.ts';
import { findPrompt, type Prompt, type PromptDeps } from './deps.ts';
import * as store from './store.ts';

/** Who plans check-ins for a group plans its prompts; for everybody, who leads the whole programme. */
export const mayPlan = (actor: Actor, cohortId: string | undefined): boolean =>
  cohortId === undefined ? may(actor, 'sessions.run-for-all') : may(actor, 'checkins.schedule', { cohortId });

/** Whether the facilitators' part is shown at all. */
export const plansAnywhere = (actor: Actor): boolean => may(actor, 'checkins.schedule');

/** A plan as its facilitators see it. */
export type Planned = {
  plan: store.PromptPlan;
  cohort: Cohort | undefined;
  /** What comes next, unless somebody chooses another. */
  next: Prompt | undefined;
  /** How many of its pool have been used, and how many there are. */
  used: number;
  of: number;
  /** The last one that was left out, as long as that can be undone. */
  undoable: store.Skip | undefined;
};

type Reading = Pick<PromptDeps, 'prompts' | 'clock' | 'daysOff'>;

export const readPlanned = async (deps: Reading, db: Db, plan: store.PromptPlan): Promise<Planned> =>
  toPlanned(deps, db, plan, await readAll(deps, db, plan));

/** @param besides a plan that is over, or is not read anew. */
async function readAll({ prompts, clock }: Reading, db: Db, besides?: store.PromptPlan) {
  const listed = await store.listPlans(db);
  const plans = besides ? [...listed.filter(({ id }) => id !== besides.id), besides] : listed;
  const placed = await store.listPlaced(db);
  return { plans, placed, next: whatComes(prompts.prompts, plans, placed, clock.now()) };
}

async function toPlanned(
  deps: Reading,
  db: Db,
  plan: store.PromptPlan,
  { placed, next }: Awaited<ReturnType<typeof readAll>>,
): Promise<Planned> {
  const pool = poolFor(deps.prompts.prompts, plan.age);
  const had = usedBy(plan, placed);
  const cohort = plan.cohortId === undefined ? undefined : await findCohort(db, plan.cohortId);
  return {
    plan,
    cohort,
    next: next.get(plan.id),
    used: pool.filter(({ id }) => had.includes(id)).length,
    of: pool.length,
    undoable: undoableSkip(deps, plan, cohort),
  };
}

/** A date that is still ahead, and still one of the plan's. */
function undoableSkip(
  deps: Reading,
  plan: store.PromptPlan,
  cohort: Cohort | undefined,
): store.Skip | undefined {
  const last = plan.skipped.at(-1);
  if (!last || plan.status !== 'running' || last.at <= deps.clock.now()) return undefined;
  const still = nextTime(plan.recurrence, later(last.at, -1), daysOffFor(deps, cohort));
  return still?.getTime() === last.at.getTime() ? last : undefined;
}

/** Those that somebody may change, with what comes next. */
export async function listPlanned(deps: PromptDeps, actor: Actor): Promise<Planned[]> {
  const all = await readAll(deps, deps.db);
  const found: Planned[] = [];
  for (const plan of all.plans)
    if (mayPlan(actor, plan.cohortId)) found.push(await toPlanned(deps, deps.db, plan, all));
  return found;
}

/** The groups somebody may plan for. */
export const groupsToPlanFor = async (deps: PromptDeps, actor: Actor): Promise<Cohort[]> =>
  (await listManagedCohorts(deps.db, actor)).filter(({ id }) => mayPlan(actor, id));

export type Wanted = {
  cohortId: string | undefined;
  /** Undefined: the group's own, or the forum. */
  channelId: string | undefined;
  age: string;
  day: Weekday;
  how: Extract<Rhythm, 'weekly' | 'fortnightly'>;
  time: string;
  /** Local date of the programme, as `from`. */
  until: string | undefined;
  from: string;
};

export type PlanOutcome =
  | { kind: 'not-allowed' }
  | { kind: 'no-channel' | 'day-taken' | 'never' }
  | { kind: 'no-room'; room: Exclude<Room, { kind: 'open' | 'not-said' }> }
  | { kind: 'planned'; planned: Planned };

/** How long after a prompt its thread is asked what people tried. */
export const askAfter = days(7);

const slotOf = (channelId: string, day: Weekday): string => `${channelId}/${day}`;

export async function planPrompts(deps: PromptDeps, actor: Actor, wanted: Wanted): Promise<PlanOutcome> {
  const { db, clock, client, timeZone, forumChannel } = deps;
  const { cohortId, how, day, time, until, from, age } = wanted;
  if (!mayPlan(actor, cohortId)) return { kind: 'not-allowed' };
  const cohort = cohortId === undefined ? undefined : await findCohort(db, cohortId);
  if (cohortId !== undefined && (!cohort || cohort.isArchived)) return { kind: 'not-allowed' };
  const channelId = wanted.channelId ?? (cohort ? cohort.channelId : forumChannel);
  if (channelId === undefined) return { kind: 'no-channel' };
  const timing: Timing = { how, days: [day], date: from, time, zone: timeZone, until };
  const recurrence = recurrenceOf(timing);
  const now = clock.now();
  const nextAt = nextTime(recurrence, now, daysOffFor(deps, cohort));
  if (!nextAt) return { kind: 'never' };
  const room = await lookAtRoom(client, channelId, actor.person);
  if (room.kind !== 'open' && room.kind !== 'not-said') return { kind: 'no-room', room };
  const id = newId(clock);
  const isKept = await db.transaction().execute(async (trx) => {
    const plan = { id, cohortId, channelId, age, recurrence, nextAt };
    const slot = slotOf(channelId, day);
    if (!(await store.insertPlan(trx, plan, { by: actor.person.id, at: now, slot }))) return false;
    const detail = { channelId, age, cohortId: cohortId ?? null };
    await audit(trx, clock, { actor: actor.person.id, action: 'prompts.plan', subject: id, detail });
    return true;
  });
  const plan = isKept ? await store.findPlan(db, id) : undefined;
  return plan ? { kind: 'planned', planned: await readPlanned(deps, db, plan) } : { kind: 'day-taken' };
}

export const daysOffFor = ({ daysOff }: Pick<PromptDeps, 'daysOff'>, cohort: Cohort | undefined) =>
  cohort ? daysOffIn(daysOff, cohort) : daysOff;

type Edited = Omit<Wanted, 'cohortId'>;

/** Another day, time, channel or age group from the next one on. What is paused stays paused. */
export async function editPrompts(
  deps: PromptDeps,
  actor: Actor,
  { id, ...wanted }: Edited & { id: string },
): Promise<Exclude<PlanOutcome, { kind: 'planned' }> | { kind: 'edited'; planned: Planned }> {
  const { db, clock, client, timeZone, forumChannel } = deps;
  const plan = await findOwn(deps, actor, id);
  if (!plan) return { kind: 'not-allowed' };
  const { cohort } = await readPlanned(deps, db, plan);
  const channelId = wanted.channelId ?? (cohort ? cohort.channelId : forumChannel);
  if (channelId === undefined) return { kind: 'no-channel' };
  const recurrence = changedRecurrence(plan, wanted, timeZone);
  const now = clock.now();
  const nextAt = nextTime(recurrence, afterSkip(plan, wanted, now), daysOffFor(deps, cohort));
  if (!nextAt) return { kind: 'never' };
  if (channelId !== plan.channelId) {
    const room = await lookAtRoom(client, channelId, actor.person);
    if (room.kind !== 'open' && room.kind !== 'not-said') return { kind: 'no-room', room };
  }
  const { status } = plan;
  const isKept = await db.transaction().execute(async (trx) => {
    const slot = slotOf(channelId, wanted.day);
    const to = { channelId, age: wanted.age, recurrence, status, slot, nextAt };
    if (!(await store.editPlan(trx, plan, to))) return false;
    const detail = { channelId, age: wanted.age };
    await audit(trx, clock, { actor: actor.person.id, action: 'prompts.edit', subject: id, detail });
    return true;
  });
  const changed = isKept ? await store.findPlan(db, id) : undefined;
  return changed ? { kind: 'edited', planned: await readPlanned(deps, db, changed) } : { kind: 'day-taken' };
}

const isOfSameDay = ({ recurrence }: store.PromptPlan, { how, day }: Edited): boolean => {
  const before = timingOf(recurrence);
  return before.how === how && weekdayIn(before) === day;
};

/** What was skipped stays so, at another time of the same day. */
const afterSkip = (plan: store.PromptPlan, wanted: Edited, now: Date): Date => {
  const dayBefore = plan.nextAt && later(plan.nextAt, -days(1));
  return dayBefore && dayBefore > now && isOfSameDay(plan, wanted) ? dayBefore : now;
};

/** Every second week goes on in the weeks in which it came, where neither day nor rhythm is another. */
function changedRecurrence(plan: store.PromptPlan, wanted: Edited, zone: string) {
  const { how, day, time, until, from } = wanted;
  const before = timingOf(plan.recurrence);
  const isSame = isOfSameDay(plan, wanted);
  return recurrenceOf({ how, days: [day], date: isSame ? before.date : from, time, zone, until });
}

/** What was stopped by a slip, as it was. Its day may be another's by now. */
export async function bringBack(deps: PromptDeps, actor: Actor, id: string): Promise<ChangeOutcome> {
  const { db, clock } = deps;
  const plan = await store.findPlan(db, id);
  if (!plan || !mayPlan(actor, plan.cohortId)) return { kind: 'gone' };
  const planned = await readPlanned(deps, db, plan);
  // Pressed twice it is there once.
  if (plan.status !== 'over') return { kind: 'changed', change: 'bring-back', planned };
  if (planned.cohort?.isArchived) return { kind: 'gone' };
  const now = clock.now();
  const nextAt = nextAfterRest(deps, planned);
  if (!nextAt) return { kind: 'never', planned };
  const isBack = await db.transaction().execute(async (trx) => {
    const slot = slotOf(plan.channelId, weekdayIn(timingOf(plan.recurrence)));
    if (!(await store.editPlan(trx, plan, { ...plan, nextAt, status: 'running', slot }))) return false;
    await store.askAfterAll(trx, id, later(now, -askAfter), askAfter);
    await audit(trx, clock, { actor: actor.person.id, action: 'prompts.bring-back', subject: id });
    return true;
  });
  const back = await store.findPlan(db, id);
  return isBack && back
    ? { kind: 'changed', change: 'bring-back', planned: await readPlanned(deps, db, back) }
    : { kind: 'day-taken', planned };
}

/** The one that was next when it was paused or stopped, or, where that is over, the first from now on. */
function nextAfterRest(deps: Reading, { plan, cohort }: Pick<Planned, 'plan' | 'cohort'>): Date | undefined {
  const now = deps.clock.now();
  return plan.nextAt && plan.nextAt > now
    ? plan.nextAt
    : nextTime(plan.recurrence, now, daysOffFor(deps, cohort));
}

export const weekdayIn = ({ days: [day] = [], date }: Timing): Weekday =>
  day ?? weekdayCodes[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'TH';

export const changes = ['pause', 'go-on', 'skip', 'unskip', 'stop'] as const;
export type Change = (typeof changes)[number];

export type ChangeOutcome =
  | { kind: 'gone' }
  | { kind: 'no-room'; room: Exclude<Room, { kind: 'open' | 'not-said' }>; planned: Planned }
  /** What was to be brought back: its day is another's, or its last day is over. */
  | { kind: 'day-taken'; planned: Planned }
  | { kind: 'never'; planned: Planned }
  /** What was skipped is over, or there is no such time any more. */
  | { kind: 'too-late'; planned: Planned }
  | { kind: 'changed'; change: Change | 'choose' | 'edit' | 'bring-back'; planned: Planned };

/** Pressed twice it is done once: what was changed meanwhile stays, and is shown. */
export async function changePrompts(
  deps: PromptDeps,
  actor: Actor,
  { id, change }: { id: string; change: Change },
): Promise<ChangeOutcome> {
  const { db, clock, client } = deps;
  const plan = await findOwn(deps, actor, id);
  if (!plan) return { kind: 'gone' };
  const planned = await readPlanned(deps, db, plan);
  const { cohort, next, undoable } = planned;
  if (change === 'unskip' && !undoable) return { kind: 'too-late', planned };
  if (change === 'go-on') {
    if (cohort?.isArchived) return { kind: 'gone' };
    const room = await lookAtRoom(client, plan.channelId, actor.person);
    // Of a private channel that they are not in, somebody who runs the group may still say "go on".
    if (room.kind === 'not-in' || room.kind === 'archived') return { kind: 'no-room', room, planned };
  }
  const goesOnAt = nextAfterRest(deps, planned);
  const at = plan.nextAt ?? clock.now();
  const afterIt = nextTime(plan.recurrence, at, daysOffFor(deps, cohort));
  const to: store.PlanChange = {
    pause: { status: 'paused' } as const,
    stop: { status: 'over' } as const,
    'go-on': { status: goesOnAt ? 'running' : 'over', nextAt: goesOnAt, trouble: undefined } as const,
    skip: {
      status: afterIt ? 'running' : 'over',
      nextAt: afterIt,
      nextPrompt: undefined,
      trouble: undefined,
      skipped: next ? [...plan.skipped, { promptId: next.id, at }] : plan.skipped,
    } as const,
    unskip: {
      nextAt: undoable?.at,
      nextPrompt: undoable?.promptId,
      skipped: plan.skipped.slice(0, -1),
    },
  }[change];
  const fits = plan.status === (change === 'go-on' ? 'paused' : 'running') || change === 'stop';
  if (fits)
    await db.transaction().execute(async (trx) => {
      if (!(await store.changePlan(trx, plan, to))) return;
      if (change === 'stop') await store.askNever(trx, id);
      const action = `prompts.${change}`;
      await audit(trx, clock, { actor: actor.person.id, action, subject: id });
    });
  return {
    kind: 'changed',
    change,
    planned: await readPlanned(deps, db, (await store.findPlan(db, id)) ?? plan),
  };
}

/** Instead of the one whose turn it is. */
export async function chooseNext(
  deps: PromptDeps,
  actor: Actor,
  { id, promptId }: { id: string; promptId: string },
): Promise<ChangeOutcome> {
  const plan = await findOwn(deps, actor, id);
  if (!plan || !findPrompt(deps, promptId)) return { kind: 'gone' };
  await store.changePlan(deps.db, plan, { nextPrompt: promptId });
  const now = (await store.findPlan(deps.db, id)) ?? plan;
  return { kind: 'changed', change: 'choose', planned: await readPlanned(deps, deps.db, now) };
}

/** @returns undefined where it is over, or not theirs. */
export async function findOwn(
  deps: PromptDeps,
  actor: Actor,
  id: string,
): Promise<store.PromptPlan | undefined> {
  const plan = await store.findPlan(deps.db, id);
  return plan && plan.status !== 'over' && mayPlan(actor, plan.cohortId) ? plan : undefined;
}
