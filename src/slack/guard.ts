import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { meetPerson } from '../community/people.ts';
import { findActorBySlackId, may } from '../community/permissions.ts';
import type { Db } from '../db/schema.ts';
import { type Clock, days, later } from '../lib/clock.ts';
import { refusalOf } from './refusal.ts';

type GuardDeps = {
  db: Db;
  clock: Clock;
  /** The workspace that the bot is in, or the organisation where it is installed in all of it. */
  teamId(): string;
  /** The organisation of that workspace, on Enterprise Grid. */
  organisationId?(): string | undefined;
  metStranger(slackId: string): void;
};

/**
 * The first thing every payload meets: repeated events are dropped, bots and people of other workspaces are kept out,
 * and whoever is left is looked up. Asks Slack nothing, since the acknowledgement comes after it.
 */
export function guard(deps: GuardDeps): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const { body, context, next } = args;
    const eventId = 'event_id' in body && typeof body.event_id === 'string' ? body.event_id : undefined;
    // Whoever opens App Home twice sees the same page: that is not worth a write to the disk each time.
    const isOnce = eventId !== undefined && idIn(Reflect.get(body, 'event'), 'type') !== 'app_home_opened';
    if (isOnce && !(await isNewEvent(deps, eventId))) return;

    const slackId = isSlackId(context.userId) ? context.userId : undefined;
    if (slackId === undefined) delete context.userId;
    // Whatever says that nobody did it has no actor, and nobody answers it.
    if (slackId !== undefined && context.botUserId !== slackId) {
      const known = await findActorBySlackId(deps.db, slackId);
      // What Slack said of somebody counts for more than where a payload comes from.
      if ((known?.person.kind ?? 'unknown') === 'unknown' && isFromElsewhere(body, deps)) {
        await refuse(args);
        return;
      }
      const actor = known ?? { person: await meetPerson(deps.db, deps.clock, slackId), roles: [] };
      // Whoever was from elsewhere may have come to be one of ours.
      if (actor.person.kind === 'unknown' || actor.person.kind === 'external') deps.metStranger(slackId);
      context.actor = actor;
      // Someone who is leaving still causes events; clicks and commands of theirs are over.
      if (eventId === undefined && !may(actor, 'community.use')) {
        await refuse(args);
        return;
      }
    }
    try {
      await next();
    } catch (error) {
      // A redelivery must be let in again.
      if (isOnce) await deps.db.deleteFrom('seen_events').where('event_id', '=', eventId).execute();
      throw error;
    }
  };
}

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

/** Forgets event ids that Slack will not repeat any more: its last retry comes within a day and an hour. */
export async function forgetOldEvents(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('seen_events')
    .where('seen_at', '<', later(now, -days(3)).toISOString())
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

const words = 'This works for members of the workspace that ChATR Companion belongs to. Nothing was stored.';
const formWords = `${words} If you need what you wrote, please copy it before you close this.`;

type Answer = (answer?: object) => Promise<unknown>;

async function refuse(args: AnyMiddlewareArgs): Promise<void> {
  const { ack, respond } = args as { ack?: Answer; respond?: Answer };
  await ack?.(refusalOf(args.body, formWords));
  await respond?.({ text: words, response_type: 'ephemeral', replace_original: false });
}
