import type { FileShareMessageEvent, GenericMessageEvent, SlackEvent } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import {
  findPersonBySlackId,
  isOneOfUs,
  isOurs,
  meetPerson,
  type Person,
  recordSlackUser,
  type SlackUser,
} from '../community/people.ts';
import type { Db } from '../db/schema.ts';
import { type Clock, later, minutes } from '../lib/clock.ts';
import { describeError, type Log, slackCode } from '../lib/log.ts';
import type { Comings, LastHeard } from './comings.ts';
import { packedMessage } from './commands.ts';
import type { Routes } from './routes.ts';

export type HowMet = 'joined' | 'opened-home' | 'wrote' | 'in-forum' | 'used';

export type ArrivalDeps = {
  db: Db;
  clock: Clock;
  log: Log;
  client: WebClient;
  comings: Comings;
  teamId: string;
  forumChannel: string | undefined;
  /** Whether somebody had everything about them deleted: only they themselves come back. */
  isForgotten(slackId: string): Promise<boolean>;
  /** Somebody of the community: greet them if nobody has. */
  met(person: Person, how: HowMet): Promise<void>;
  /** Their e-mail address as Slack told it just now; it is used to match an expected trainee and not kept. */
  knownByEmail(person: Person, email: string): Promise<void>;
  returned(person: Person): Promise<void>;
  deactivated(person: Person): Promise<void>;
  leftForum(person: Person): Promise<void>;
  /** Who was in the forum when we last heard of it. */
  listInForum(): Promise<Person[]>;
  /** @param occasion names the message. */
  wroteToBot(person: Person, text: string, occasion: string): Promise<void>;
};

export type Arrivals = {
  listen(to: Routes): void;
  /**
   * Who somebody is whom the bot has not met: asks Slack, once for each. Of whoever is not one of ours nothing is kept, and
   * Slack is not asked again for a while.
   * @returns undefined when they are not. @throws where Slack did not say.
   */
  whoIs(slackId: string): Promise<Person | undefined>;
  /** Asks Slack about somebody who is known: their name was not kept until now. Never throws. */
  lookUpAgain(slackId: string): void;
  /** Resolves when everybody asked about has been answered. */
  settled(): Promise<void>;
  /** After a start: people who came or went while the bot was away. */
  catchUp(): Promise<void>;
};

/** How long whoever is not one of ours is not asked about again, and of how many that is remembered. */
const turnedAwayMinutes = 1;
const mostRemembered = 1_000;
/** Slack's words for somebody who is not in this workspace. */
const saysNobody = new Set(['user_not_found', 'user_not_visible', 'users_not_found']);

/** How the bot comes to know people, and hears of it when they go (design, "Onboarding"). */
export function createArrivals(deps: ArrivalDeps): Arrivals {
  const { db, clock, log, client, comings, teamId, forumChannel } = deps;
  const asking = new Map<string, Promise<Person | undefined>>();
  /** Who is not one of ours, until when that is taken as read. */
  const turnedAway = new Map<string, Date>();

  async function record(user: SlackUser & { id: string }): Promise<Person> {
    const { person, before } = await recordSlackUser(db, clock, user, teamId);
    turnedAway.delete(user.id);
    if (person.isDeactivated && !before.isDeactivated) await deps.deactivated(person);
    if (!person.isDeactivated && before.isDeactivated) await deps.returned(person);
    if (isOurs(person) && user.profile?.email) await deps.knownByEmail(person, user.profile.email);
    return person;
  }

  /** A person's first click comes as several payloads: one question to Slack answers them all. */
  function ask(slackId: string): Promise<Person | undefined> {
    const asked = asking.get(slackId) ?? lookUpNow(slackId).finally(() => asking.delete(slackId));
    asking.set(slackId, asked);
    return asked;
  }

  const notSaid = (error: unknown): void =>
    log.warn(describeError(error), 'Slack did not say who somebody is');

  async function lookUpNow(slackId: string): Promise<Person | undefined> {
    const before = await findPersonBySlackId(db, slackId);
    const { user } = await client.users.info({ user: slackId });
    if (!user?.id) return undefined;
    const said = { ...user, id: user.id };
    const isKnown = (await findPersonBySlackId(db, slackId)) !== undefined;
    // Whoever was known had everything deleted meanwhile.
    if (!isKnown && (before !== undefined || !isOneOfUs(said, teamId))) return undefined;
    return record(said);
  }

  async function known(slackId: string): Promise<Person | undefined> {
    const person = await meetPerson(db, clock, slackId);
    // On Enterprise Grid, somebody of another workspace may have joined ours since.
    return person.kind === 'unknown' || person.kind === 'external' ? ask(slackId) : person;
  }

  /** Of many: somebody Slack says nothing about must not keep the others waiting. */
  async function knownIfAny(slackId: string): Promise<Person | undefined> {
    try {
      return await known(slackId);
    } catch (error) {
      // No answer at all is no answer about them.
      if (slackCode(error) === undefined) throw error;
      notSaid(error);
      return undefined;
    }
  }

  async function metIfOurs(person: Person | undefined, how: HowMet): Promise<void> {
    if (person && isOurs(person)) await deps.met(person, how);
  }

  async function readForum(channel: string): Promise<Set<string>> {
    const present = new Set<string>();
    for await (const page of client.paginate('conversations.members', { channel, limit: 200 }))
      for (const slackId of 'members' in page && Array.isArray(page.members) ? page.members : [])
        present.add(String(slackId));
    return present;
  }

  /** People come, go and are deactivated while this goes on: Slack is asked about each, and it takes minutes. */
  async function catchUpWith(forum: string, heard: LastHeard): Promise<void> {
    // Whoever comes from here on cannot be missing from a list that is read from here on.
    const before = await deps.listInForum();
    const present = await readForum(forum);
    const greet = (slackId: string) =>
      comings.inTurn(slackId, async () => {
        if (await deps.isForgotten(slackId)) return;
        const person = await knownIfAny(slackId);
        if (heard(slackId) === undefined) await metIfOurs(person, 'in-forum');
      });
    for (const slackId of present) await greet(slackId);
    const missing = before.filter(({ slackId }) => !present.has(slackId));
    if (missing.length === 0) return;
    // Pages move while somebody goes: whom one reading does not show, a second may.
    const again = await readForum(forum);
    for (const slackId of again) if (!present.has(slackId)) await greet(slackId);
    for (const { slackId } of missing)
      if (!again.has(slackId))
        await comings.inTurn(slackId, async () => {
          if (await deps.isForgotten(slackId)) return;
          // Gone from the forum, or from the workspace: Slack knows, and what was heard decides.
          const person = await ask(slackId);
          if (person && !person.isDeactivated && heard(slackId) === undefined) await deps.leftForum(person);
        });
  }

  return {
    listen(to) {
      to.onEvent('team_join', ({ event }) =>
        comings.inTurn(event.user.id, async () => {
          if (await deps.isForgotten(event.user.id)) return;
          const person = await record(event.user as SlackUser & { id: string });
          // With a forum, the community is whoever joins that channel or turns to the bot.
          if (forumChannel === undefined) await metIfOurs(person, 'joined');
        }),
      );
      to.onEvent('user_change', ({ event }) =>
        comings.inTurn(event.user.id, async () => {
          if (await findPersonBySlackId(db, event.user.id))
            await record(event.user as SlackUser & { id: string });
        }),
      );
      comings.onChange(async ({ channelId, slackId, isIn }) => {
        if (channelId !== forumChannel) return;
        if (isIn && (await deps.isForgotten(slackId))) return;
        if (isIn) return metIfOurs(await known(slackId), 'in-forum');
        const person = await findPersonBySlackId(db, slackId);
        if (person) await deps.leftForum(person);
      });
      to.onEvent('app_home_opened', ({ event }) =>
        comings.inTurn(event.user, async () => {
          if (!(await deps.isForgotten(event.user))) await metIfOurs(await known(event.user), 'opened-home');
        }),
      );
      to.onEvent('message', async ({ event, actor }) => {
        if (!isDirectMessage(event) || !actor) return;
        const { slackId } = actor.person;
        const person = await comings.inTurn(slackId, async () => {
          const met = await known(slackId);
          await metIfOurs(met, 'wrote');
          return met;
        });
        if (!person || !isOurs(person)) return;
        const text = typeof event.text === 'string' ? event.text : '';
        await deps.wroteToBot(person, text, packedMessage.pack(event));
      });
    },

    async whoIs(slackId) {
      const until = turnedAway.get(slackId);
      if (until !== undefined && clock.now() < until) return undefined;
      const person = await ask(slackId).catch((error: unknown) => {
        notSaid(error);
        if (saysNobody.has(slackCode(error) ?? '')) return undefined;
        throw error;
      });
      if (person && isOurs(person)) return person;
      if (turnedAway.size >= mostRemembered) turnedAway.clear();
      turnedAway.set(slackId, later(clock.now(), minutes(turnedAwayMinutes)));
      return undefined;
    },

    lookUpAgain(slackId) {
      const askAgain = async () => (await deps.isForgotten(slackId)) || ask(slackId);
      comings.inTurn(slackId, askAgain).catch(notSaid);
    },

    async settled() {
      while (asking.size > 0) await Promise.allSettled([...asking.values()]);
      await comings.settled();
    },

    async catchUp() {
      if (forumChannel === undefined) return;
      await comings.during(forumChannel, (heard) => catchUpWith(forumChannel, heard));
    },
  };
}

/** Something a person wrote to the bot, with a file or without: no edits, deletions, joins, and nothing of the bot's own. */
function isDirectMessage(event: SlackEvent): event is GenericMessageEvent | FileShareMessageEvent {
  return (
    event.type === 'message' &&
    (event.subtype === undefined || event.subtype === 'file_share') &&
    event.channel_type === 'im' &&
    !('bot_id' in event)
  );
}
