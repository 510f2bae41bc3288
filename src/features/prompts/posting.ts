import { findCohort, listCohortFacilitators, listLeadFacilitators } from '../../community/cohorts.ts';
import { defaultPreferences } from '../../community/preferences.ts';
import type { Db } from '../../db/schema.ts';
import { hours, later } from '../../lib/clock.ts';
import { newId } from '../../lib/random.ts';
import { enqueue } from '../../outbox/outbox.ts';
import { findFailure, listSent } from '../../outbox/sent.ts';
import { nextAllowed } from '../../scheduler/calendar.ts';
import { isOff } from '../../scheduler/days-off.ts';
import { forEach } from '../../scheduler/each.ts';
import type { Job } from '../feature.ts';
import { isOpen, nextTime } from './choosing.ts';
import { findPrompt, type PromptDeps } from './deps.ts';
import { channelPost, stoppedNote, triedQuestion } from './messages.ts';
import { askAfter, daysOffFor, readPlanned } from './plan.ts';
import * as store from './store.ts';

export const postingJobs = (deps: PromptDeps): Job[] => [
  { name: 'prompts.post', run: (now) => postDue(deps, now) },
  { name: 'prompts.settle', run: (now) => settlePosts(deps, now) },
  { name: 'prompts.ask', run: (now) => askWhatWasTried(deps, now) },
];

/** What the bot slept through for longer is left out until the next time. */
const grace = hours(4);
const keyOf = (postId: string): string => `prompts.post:${postId}`;

async function postDue(deps: PromptDeps, now: Date): Promise<void> {
  const { db, clock, log } = deps;
  await forEach(log, 'prompts.post', await store.listDue(db, now), (plan) =>
    db.transaction().execute(async (trx) => {
      const { cohort, next } = await readPlanned(deps, trx, plan);
      const dueAt = plan.nextAt ?? now;
      const daysOff = daysOffFor(deps, cohort);
      if (cohort?.isArchived) {
        const rest = { status: 'paused', nextAt: undefined, trouble: 'group-archived' } as const;
        return void (await store.changePlan(trx, plan, rest));
      }
      const nextAt = nextTime(plan.recurrence, dueAt > later(now, -grace) ? dueAt : now, daysOff);
      // Days that were closed since it was planned.
      const isShut = !isOpen(dueAt, plan.recurrence.zone, daysOff);
      const trouble = isShut
        ? undefined
        : !next
          ? 'none-left'
          : dueAt <= later(now, -grace)
            ? 'missed'
            : undefined;
      const isPosted = !isShut && trouble === undefined;
      const onward = {
        nextAt,
        trouble,
        status: nextAt ? 'running' : 'over',
        ...(isPosted && { nextPrompt: undefined }),
      } as const;
      // Another bot on the same database may have been quicker.
      if (!(await store.changePlan(trx, plan, onward)) || !isPosted || !next) return;
      const post = { id: newId(clock), planId: plan.id, channelId: plan.channelId, promptId: next.id };
      await store.insertPost(trx, post, { dueAt, askAt: later(dueAt, askAfter) });
      await enqueue(trx, clock, {
        idempotencyKey: keyOf(post.id),
        kind: 'prompts.post',
        to: { channelId: plan.channelId },
        message: channelPost(next, deps),
        sendAfter: now,
      });
    }),
  );
}

/** Where each stands, for its thread; what Slack refused is said once to those who run it, and the plan rests. */
async function settlePosts(deps: PromptDeps, now: Date): Promise<void> {
  const { db, log } = deps;
  const waiting = await store.listUnsettled(db);
  const sent = new Map(
    (
      await listSent(
        db,
        waiting.map(({ id }) => keyOf(id)),
      )
    ).map(({ idempotencyKey, ts }) => [idempotencyKey, ts]),
  );
  await forEach(log, 'prompts.settle', waiting, async (post) => {
    const ts = sent.get(keyOf(post.id));
    if (ts) return store.recordStands(db, post.id, ts);
    const why = await findFailure(db, keyOf(post.id));
    if (why !== undefined) await db.transaction().execute((trx) => giveUp(deps, trx, post, why, now));
  });
}

async function giveUp(
  deps: PromptDeps,
  trx: Db,
  post: store.PromptPost,
  why: string,
  now: Date,
): Promise<void> {
  const plan = await store.findPlan(trx, post.planId);
  // It may stand there all the same, so it counts as used, and its thread is left alone.
  if (why === 'unclear') {
    await store.askLater(trx, post.id, undefined);
    if (plan?.status === 'running') await store.changePlan(trx, plan, { trouble: 'unclear' });
    return;
  }
  await store.deletePost(trx, post.id);
  if (plan?.status !== 'running') return;
  const trouble = { not_in_channel: 'not-in', channel_not_found: 'not-in', is_archived: 'archived' }[why];
  const rest = { status: 'paused', nextAt: undefined, nextPrompt: post.promptId } as const;
  const reason = trouble === 'not-in' || trouble === 'archived' ? trouble : 'refused';
  if (!(await store.changePlan(trx, plan, { ...rest, trouble: reason }))) return;
  const who =
    plan.cohortId === undefined
      ? await listLeadFacilitators(trx)
      : await listCohortFacilitators(trx, plan.cohortId);
  for (const person of who)
    await enqueue(trx, deps.clock, {
      idempotencyKey: `prompts.stopped:${post.id}:${person.id}`,
      kind: 'prompts.stopped',
      to: { personId: person.id },
      message: stoppedNote(plan, reason),
      sendAfter: await deps.reach.nextAllowed(trx, person.id, now),
    });
}

/** In the thread, once. It comes at a civil hour of a working day. */
async function askWhatWasTried(deps: PromptDeps, now: Date): Promise<void> {
  const { db, clock, log, timeZone, daysOff } = deps;
  const { quietFrom, quietUntil } = defaultPreferences;
  await forEach(log, 'prompts.ask', await store.listToAsk(db, now), async (post) => {
    const plan = await store.findPlan(db, post.planId);
    const cohort = plan?.cohortId === undefined ? undefined : await findCohort(db, plan.cohortId);
    const closed = daysOffFor({ daysOff }, cohort);
    const at = nextAllowed(now, {
      zone: plan?.recurrence.zone,
      programmeZone: timeZone,
      quietFrom,
      quietUntil,
      isOff: (date) => isOff(closed, date),
    });
    if (at > now) return store.askLater(db, post.id, at);
    await db.transaction().execute(async (trx) => {
      await store.askLater(trx, post.id, undefined);
      const prompt = findPrompt(deps, post.promptId);
      // Where they rest, somebody wanted it to be quiet there.
      if (!prompt || !post.ts || !plan || plan.status === 'paused') return;
      await enqueue(trx, clock, {
        idempotencyKey: `prompts.tried:${post.id}`,
        kind: 'prompts.tried',
        to: { channelId: post.channelId },
        message: { ...triedQuestion(prompt), thread: post.ts },
        sendAfter: now,
      });
    });
  });
}
