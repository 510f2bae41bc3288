import type { AllMiddlewareArgs, AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Person } from '../community/people.ts';
import { type Actor, findActorBySlackId, may } from '../community/permissions.ts';
import type { Db } from '../db/schema.ts';
import { type Clock, days, later } from '../lib/clock.ts';
import { asModal, isTaken } from './answer.ts';
import { openInPlace } from './modals.ts';
import { refusalOf } from './refusal.ts';

type GuardDeps = {
  db: Db;
  clock: Clock;
  /** The workspace that the bot is in, or the organisation where it is installed in all of it. */
  teamId(): string;
  /** The organisation of that workspace, on Enterprise Grid. */
  organisationId?(): string | undefined;
  /** Asks Slack about somebody not met yet. @returns undefined when they are not one of ours; rejects where it did not say. */
  whoIs(slackId: string): Promise<Person | undefined>;
  /**
   * Whether somebody had everything about them deleted. A command or a message of theirs makes them somebody new; an old
   * button, or what happens to them, does not. Left out: nobody has.
   */
  isForgotten?(slackId: string): Promise<boolean>;
  /** How long a click, a form or a command waits for that: Slack wants its acknowledgement within three seconds. */
  waitMs?: number;
};

/**
 * The first thing every payload meets: repeated events are dropped, bots and people of other workspaces are kept out,
 * and whoever is left is looked up. Nobody is served before Slack has said who they are, which costs their first payload
 * a question; whoever is known costs none.
 */
export function guard(deps: GuardDeps): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const { body, context, next } = args;
    const eventId = 'event_id' in body && typeof body.event_id === 'string' ? body.event_id : undefined;
    // Whoever opens App Home twice sees the same page: that is not worth a write to the disk each time.
    const isOnce = eventId !== undefined && idIn(Reflect.get(body, 'event'), 'type') !== 'app_home_opened';
    if (isOnce && !(await isNewEvent(deps, eventId))) return;
    const letInAgain = () => forgetEvent(deps, isOnce ? eventId : undefined);

    const slackId = isSlackId(context.userId) ? context.userId : undefined;
    if (slackId === undefined) delete context.userId;
    let beginsAnew = false;
    // Whatever says that nobody did it has no actor, and nobody answers it.
    if (slackId !== undefined && context.botUserId !== slackId) {
      const known = await findActorBySlackId(deps.db, slackId);
      // Whoever is known has begun already.
      beginsAnew = known === undefined && 'command' in body && ((await deps.isForgotten?.(slackId)) ?? false);
      const who = await whoActs(deps, { slackId, known }, body, eventId !== undefined);
      if (who === 'not-said') {
        await letInAgain();
        await refuse(args, words.notSaid);
        return;
      }
      if (who === 'forgotten') return refuse(args, words.forgotten);
      // Someone who is leaving still causes events; clicks and commands of theirs are over.
      if (who === 'not-ours' || (who && eventId === undefined && !may(who, 'community.use'))) {
        await refuse(args, words.notOurs);
        return;
      }
      if (who) context.actor = who;
    }
    const { respond } = args as { respond?: Answer };
    try {
      await next();
    } catch (error) {
      await letInAgain();
      const isGone = context.actor && (await isGoneNow(deps.db, context.actor.person.slackId));
      if (!isGone) throw error;
      // They had everything about them deleted meanwhile: there is nothing left that this could have been done to.
      return tell(respond, words.forgotten);
    }
    if (beginsAnew) await tell(respond, words.beginsAnew);
  };
}

/**
 * @returns undefined for an event that says itself who somebody is, or that happens to somebody deleted: whoever hears it
 * needs nobody looked up.
 */
async function whoActs(
  deps: GuardDeps,
  { slackId, known }: { slackId: string; known: Actor | undefined },
  body: AnyMiddlewareArgs['body'],
  isEvent: boolean,
): Promise<Actor | 'not-ours' | 'not-said' | 'forgotten' | undefined> {
  const kind = known?.person.kind ?? 'unknown';
  if (known && kind !== 'unknown' && kind !== 'external') return known;
  if (isEvent && tellsWhoTheyAre(body)) return known;
  if (!known && !isTurningToUs(body) && (await deps.isForgotten?.(slackId)))
    return isEvent ? undefined : 'forgotten';
  // What Slack said of somebody counts for more than where a payload comes from.
  if (kind === 'unknown' && isFromElsewhere(body, deps)) return 'not-ours';
  // Whoever was from elsewhere may have come to be one of ours.
  const asked = deps.whoIs(slackId);
  // What comes after the limit is kept all the same, and serves the next payload.
  asked.catch(() => {});
  try {
    // Nobody waits for an event, which is acknowledged already.
    const person = isEvent ? await asked : await within(deps.waitMs ?? 1_500, asked);
    if (person === 'late') return 'not-said';
    return (person && (await findActorBySlackId(deps.db, slackId))) ?? 'not-ours';
  } catch {
    return 'not-said';
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | 'late'> {
  const limit = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => limit.resolve('late'), milliseconds);
  try {
    return await Promise.race([work, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** These bring Slack's whole word about somebody. */
const tellsWhoTheyAre = (body: AnyMiddlewareArgs['body']): boolean =>
  'event' in body && ['team_join', 'user_change'].includes(String(body.event?.type));

/** Somebody writes to the bot, or types a command: what nobody does by mistake, and nothing does for them. */
const isTurningToUs = (body: AnyMiddlewareArgs['body']): boolean =>
  'command' in body ||
  ('event' in body && body.event?.type === 'message' && idIn(body.event, 'channel_type') === 'im') ||
  ('type' in body && ['shortcut', 'message_action'].includes(String(body.type)));

/** Slack delivers at least once. @see https://docs.slack.dev/apis/events-api */
async function isNewEvent({ db, clock }: GuardDeps, eventId: string): Promise<boolean> {
  const inserted = await db
    .insertInto('seen_events')
    .values({ event_id: eventId, seen_at: clock.now().toISOString() })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** A redelivery must be let in again. */
async function forgetEvent({ db }: GuardDeps, eventId: string | undefined): Promise<void> {
  if (eventId !== undefined) await db.deleteFrom('seen_events').where('event_id', '=', eventId).execute();
}

/** Forgets event ids that Slack will not repeat any more: its last retry comes within a day and an hour. */
export async function forgetOldEvents(db: Db, keptForDays: number, now: Date): Promise<void> {
  await db
    .deleteFrom('seen_events')
    .where('seen_at', '<', later(now, -days(keptForDays)).toISOString())
    .execute();
}

/**
 * People in Slack Connect channels can press our buttons; their payloads name their own workspace. On Enterprise Grid a
 * person's workspace may be any of the organisation's, and what tells is where the payload comes from.
 * @see https://docs.slack.dev/apis/slack-connect
 */
function isFromElsewhere(body: AnyMiddlewareArgs['body'], deps: GuardDeps): boolean {
  const { user, team, enterprise } = body as Record<string, unknown>;
  const theirs = idIn(user, 'team_id');
  const ours = [deps.teamId(), deps.organisationId?.()].filter(Boolean);
  const places = [theirs, idIn(team, 'id'), idIn(team, 'enterprise_id'), idIn(enterprise, 'id')];
  return theirs !== undefined && !places.some((place) => ours.includes(place));
}

const idIn = (value: unknown, name: string): string | undefined => {
  const id = typeof value === 'object' && value !== null && Reflect.get(value, name);
  return typeof id === 'string' ? id : undefined;
};

const isSlackId = (id: unknown): id is string => typeof id === 'string' && /^[UW][A-Z0-9]+$/.test(id);

const words = {
  forgotten:
    'Everything I kept about you is deleted, as you asked, so there is nothing here to change. If you would like to begin again, write /chatr.',
  beginsAnew:
    'Everything I kept about you before is deleted, as you asked: from here on you begin as somebody new.',
  notOurs: 'This works for members of the workspace that ChATR Companion belongs to. Nothing was stored.',
  notSaid:
    'I do not know you yet, and Slack has not told me who you are in time. Please try again in a moment. Nothing was stored.',
};
const keepIt: Record<string, string> = {
  [words.notOurs]: ' If you need what you wrote, please copy it before you close this.',
  [words.notSaid]: ' What you wrote stays here.',
};

/** Where that cannot be found out, it is told what failed first. */
const isGoneNow = (db: Db, slackId: string): Promise<boolean> =>
  findActorBySlackId(db, slackId).then(
    (who) => who === undefined,
    () => false,
  );

type Answer = (answer?: object) => Promise<unknown>;

async function tell(respond: Answer | undefined, text: string): Promise<void> {
  if (respond) await isTaken(respond({ text, response_type: 'ephemeral', replace_original: false }));
}

async function refuse(args: AnyMiddlewareArgs & AllMiddlewareArgs, text: string): Promise<void> {
  const { ack, respond } = args as { ack?: Answer; respond?: Answer };
  const { body, client } = args;
  await ack?.(refusalOf(body, `${text}${keepIt[text] ?? ''}`));
  if (respond) await tell(respond, text);
  else if (isPress(body))
    // A shortcut has no other place for an answer.
    await openInPlace({ trigger_id: body.trigger_id }, client, asModal(said(text)));
}

const isPress = (body: AnyMiddlewareArgs['body']): body is typeof body & { trigger_id: string } =>
  'type' in body &&
  ['shortcut', 'message_action', 'block_actions'].includes(String(body.type)) &&
  'trigger_id' in body &&
  typeof body.trigger_id === 'string';

const said = (text: string) => ({
  text,
  title: 'ChATR Companion',
  blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text } }],
});
