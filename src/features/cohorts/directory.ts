import type { WebClient } from '@slack/web-api';
import { type Person, recordSlackUser, type SlackUser, toPerson } from '../../community/people.ts';
import type { Db } from '../../db/schema.ts';
import { describeError, slackCode } from '../../lib/log.ts';
import type { CohortsDeps } from './deps.ts';
import { chunks } from './store.ts';

/** What Slack is asked here: who people are, and who is in a channel. */
export type SlackDirectory = Pick<WebClient, 'users' | 'conversations'>;

/** Up to so many people are asked for one by one; for more, Slack's list of people is read in pages. */
const oneByOne = 30;
/** Slack advises at most 200 a page. @see https://docs.slack.dev/apis/web-api/pagination */
export const pageSize = 200;

export type Resolved = {
  people: Person[];
  /** Slack ids that Slack would not explain, at least not now. */
  unknown: string[];
};

type Progress = (known: number, of: number) => Promise<void>;

/** Who these Slack ids are. Whoever the bot has not met is asked of Slack and remembered. */
export async function resolvePeople(
  deps: CohortsDeps,
  client: SlackDirectory,
  slackIds: readonly string[],
  progress: Progress = async () => {},
): Promise<Resolved> {
  const ids = [...new Set(slackIds)];
  const known = await listKnown(deps.db, ids);
  const missing = new Set(ids.filter((id) => !known.has(id)));
  const learn = async (user: SlackUser & { id: string }): Promise<void> => {
    const { person } = await recordSlackUser(deps.db, deps.clock, user, deps.teamId);
    known.set(user.id, person);
    missing.delete(user.id);
  };
  if (missing.size > oneByOne) {
    await readList(deps, client, async (users) => {
      for (const user of users) if (missing.has(user.id)) await learn(user);
      await progress(known.size, ids.length);
      return missing.size > 0;
    });
  }
  // Strangers in shared channels are not on the list; only a few are worth a question each.
  for (const id of [...missing].slice(0, oneByOne)) {
    const user = await askAbout(deps, client, id);
    if (user) await learn(user);
  }
  return {
    people: ids.flatMap((id) => known.get(id) ?? []),
    unknown: [...missing],
  };
}

async function listKnown(db: Db, slackIds: readonly string[]): Promise<Map<string, Person>> {
  const known = new Map<string, Person>();
  for (const ids of chunks(slackIds)) {
    const rows = await db
      .selectFrom('people')
      .selectAll()
      .where('slack_id', 'in', ids)
      .where('kind', '!=', 'unknown')
      .execute();
    for (const row of rows) known.set(row.slack_id, toPerson(row));
  }
  return known;
}

async function askAbout(
  deps: CohortsDeps,
  client: SlackDirectory,
  slackId: string,
): Promise<(SlackUser & { id: string }) | undefined> {
  try {
    const { user } = await client.users.info({ user: slackId });
    return user?.id ? { ...user, id: user.id } : undefined;
  } catch (error) {
    deps.log.warn({ feature: 'cohorts', ...describeError(error) }, 'Slack did not say who somebody is');
    return undefined;
  }
}

/** Reads Slack's list of people until `take` has enough. What cannot be read is left to the caller's next try. */
async function readList(
  deps: CohortsDeps,
  client: SlackDirectory,
  take: (users: (SlackUser & { id: string })[]) => Promise<boolean>,
): Promise<void> {
  try {
    let cursor: string | undefined;
    do {
      const page = await listPage(client, cursor);
      if (!(await take(page.users))) return;
      cursor = page.next;
    } while (cursor);
  } catch (error) {
    deps.log.warn({ feature: 'cohorts', ...describeError(error) }, "Slack's list of people was not read");
  }
}

export async function listPage(
  client: SlackDirectory,
  cursor: string | undefined,
): Promise<{ users: (SlackUser & { id: string })[]; next: string | undefined }> {
  const page = await client.users.list({ limit: pageSize, ...(cursor && { cursor }) });
  return {
    users: (page.members ?? []).flatMap((user) => (user.id ? { ...user, id: user.id } : [])),
    next: page.response_metadata?.next_cursor || undefined,
  };
}

export type ChannelAnswer =
  | { kind: 'members'; slackIds: string[] }
  /** The bot is not in it, or it is no channel any more. */
  | { kind: 'not-visible' }
  | { kind: 'failed' };

/** Everyone in a channel, bots and people from elsewhere included; all pages or nothing. */
export async function listChannelMembers(
  deps: CohortsDeps,
  client: SlackDirectory,
  channelId: string,
): Promise<ChannelAnswer> {
  const slackIds = new Set<string>();
  try {
    let cursor: string | undefined;
    do {
      const page = await client.conversations.members({
        channel: channelId,
        limit: pageSize,
        ...(cursor && { cursor }),
      });
      for (const id of page.members ?? []) slackIds.add(id);
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
  } catch (error) {
    const code = slackCode(error);
    if (code && ['channel_not_found', 'not_in_channel', 'is_archived', 'missing_scope'].includes(code))
      return { kind: 'not-visible' };
    deps.log.warn({ feature: 'cohorts', ...describeError(error) }, 'A channel was not read');
    return { kind: 'failed' };
  }
  return { kind: 'members', slackIds: [...slackIds] };
}
