import type { WebClient } from '@slack/web-api';
import type { Person } from '../community/people.ts';
import { slackCode } from '../lib/log.ts';

/** What somebody types in a channel to have the bot there, by the name that it is mentioned by: `display_name` in manifest.yml. */
export const inviteMe = '/invite @chatr-companion';

/** Where something may be passed on to. */
export type Room =
  | { kind: 'open'; hasOutsiders: boolean }
  /** The bot is not in it: it can be invited. */
  | { kind: 'not-in' }
  | { kind: 'archived' }
  /** Whoever wants to share is not in it, or it is no channel that the bot knows. */
  | { kind: 'not-theirs' }
  /** Slack does not say: whether it can be posted there turns out when it is. */
  | { kind: 'not-said' };

/** Slack waits three seconds for what becomes of a form. */
const patienceMs = 1_800;

/** Asked of Slack each time: channels are archived, shared with others and left. */
export async function lookAtRoom(client: WebClient, channelId: string, person: Person): Promise<Room> {
  const late = Promise.withResolvers<Room>();
  const timer = setTimeout(() => late.resolve({ kind: 'not-said' }), patienceMs);
  try {
    return await Promise.race([ask(client, channelId, person), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(client: WebClient, channelId: string, person: Person): Promise<Room> {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    if (!channel || channel.is_im || channel.is_mpim) return { kind: 'not-theirs' };
    if (channel.is_archived) return { kind: 'archived' };
    if (!channel.is_member) return { kind: 'not-in' };
    // Whoever may not read there may not write there either, by way of the bot or not.
    const mustBeIn = channel.is_private === true || person.kind === 'guest';
    if (mustBeIn && !(await isIn(client, channelId, person.slackId))) return { kind: 'not-theirs' };
    return { kind: 'open', hasOutsiders: channel.is_ext_shared === true };
  } catch (error) {
    // Of a private channel without the bot, Slack says the same as of one that is not there.
    return { kind: slackCode(error) === 'channel_not_found' ? 'not-in' : 'not-said' };
  }
}

async function isIn(client: WebClient, channel: string, slackId: string): Promise<boolean> {
  let cursor: string | undefined;
  do {
    const page = await client.conversations.members({ channel, limit: 1000, ...(cursor && { cursor }) });
    if (page.members?.includes(slackId)) return true;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return false;
}
