import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { meetPerson } from '../community/people.ts';
import { findActorBySlackId, may } from '../community/permissions.ts';
import type { Db } from '../db/schema.ts';
import { type Clock, days, later } from '../lib/clock.ts';

type GuardDeps = { db: Db; clock: Clock; teamId(): string; metStranger(slackId: string): void };

/**
 * The first thing every payload meets: repeated events are dropped, bots and people of other workspaces are kept out,
 * and whoever is left is looked up. Asks Slack nothing, since the acknowledgement comes after it.
 */
export function guard(deps: GuardDeps): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const { body, context, next } = args;
    const eventId = 'event_id' in body && typeof body.event_id === 'string' ? body.event_id : undefined;
    if (eventId !== undefined && !(await isNewEvent(deps, eventId))) return;

    const slackId = context.userId;
    // Whatever says that nobody did it has no actor, and nobody answers it.
    if (slackId !== undefined && context.botUserId !== slackId) {
      if (isFromElsewhere(body, deps.teamId())) {
        await refuse(args);
        return;
      }
      const actor = (await findActorBySlackId(deps.db, slackId)) ?? {
        person: await meetPerson(deps.db, deps.clock, slackId),
        roles: [],
      };
      if (actor.person.kind === 'unknown') deps.metStranger(slackId);
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
      if (eventId !== undefined)
        await deps.db.deleteFrom('seen_events').where('event_id', '=', eventId).execute();
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

/** People in Slack Connect channels can press our buttons. @see https://docs.slack.dev/apis/slack-connect */
function isFromElsewhere(body: AnyMiddlewareArgs['body'], teamId: string): boolean {
  const user = 'user' in body && typeof body.user === 'object' && body.user !== null ? body.user : undefined;
  const userTeam = user && 'team_id' in user ? user.team_id : undefined;
  return typeof userTeam === 'string' && userTeam !== teamId;
}

async function refuse(args: AnyMiddlewareArgs & { ack?: unknown; respond?: unknown }): Promise<void> {
  if (typeof args.ack === 'function') await args.ack();
  if (typeof args.respond !== 'function') return;
  const text = 'This works for members of the workspace that ChATR Companion belongs to. Nothing was stored.';
  await args.respond({ text, response_type: 'ephemeral', replace_original: false });
}
