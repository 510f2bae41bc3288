import { isForgotten } from '../../community/forgotten.ts';
import { type Person, recordSlackUser, type SlackUser } from '../../community/people.ts';
import type { Actor } from '../../community/permissions.ts';
import { describeError, slackCode } from '../../lib/log.ts';
import type { CohortsDeps } from './deps.ts';
import { listKnownPeople } from './store.ts';

/** Up to so many people are asked for one by one; for more, Slack's list of people is read in pages. */
const oneByOne = 30;
/** Slack advises at most 200 a page. @see https://docs.slack.dev/apis/web-api/pagination */
const pageSize = 200;

export type Resolved = {
  people: Person[];
  /** Slack ids that Slack would not explain, at least not now. */
  unknown: string[];
  /** How many had everything about them deleted: only they themselves come back. */
  forgotten: number;
};

type KnownUser = SlackUser & { id: string };

/** Who these Slack ids are. Whoever the bot has not met is asked of Slack and remembered. */
export async function resolvePeople(deps: CohortsDeps, slackIds: readonly string[]): Promise<Resolved> {
  const ids = [...new Set(slackIds)];
  const known = new Map((await listKnownPeople(deps.db, ids)).map((person) => [person.slackId, person]));
  const missing = new Set<string>();
  let forgotten = 0;
  for (const id of ids.filter((one) => !known.has(one)))
    if (await isForgotten(deps.db, deps.vault, id)) forgotten += 1;
    else missing.add(id);
  const learn = async (user: KnownUser): Promise<void> => {
    const { person } = await recordSlackUser(deps.db, deps.clock, user, deps.teamId);
    known.set(user.id, person);
    missing.delete(user.id);
  };
  if (missing.size > oneByOne)
    await readList(deps, async (users) => {
      for (const user of users) if (missing.has(user.id)) await learn(user);
      return missing.size > 0;
    });
  // Strangers in shared channels are not on the list; only a few are worth a question each.
  for (const id of [...missing].slice(0, oneByOne)) {
    const user = await askAbout(deps, id);
    if (user) await learn(user);
  }
  return {
    people: ids.flatMap((id) => known.get(id) ?? []),
    unknown: [...missing],
    forgotten,
  };
}

async function askAbout({ client, log }: CohortsDeps, slackId: string): Promise<KnownUser | undefined> {
  try {
    const { user } = await client.users.info({ user: slackId });
    return user?.id ? { ...user, id: user.id } : undefined;
  } catch (error) {
    log.warn({ feature: 'cohorts', ...describeError(error) }, 'Slack did not say who somebody is');
    return undefined;
  }
}

/** Reads Slack's list of people until `take` has enough. What cannot be read is left to the caller's next try. */
async function readList(deps: CohortsDeps, take: (users: KnownUser[]) => Promise<boolean>): Promise<void> {
  try {
    let cursor: string | undefined;
    do {
      const page = await listPage(deps, cursor);
      if (!(await take(page.users))) return;
      cursor = page.next;
    } while (cursor);
  } catch (error) {
    deps.log.warn({ feature: 'cohorts', ...describeError(error) }, "Slack's list of people was not read");
  }
}

/** A page of everybody in the workspace. @throws what Slack answers. */
export async function listPage(
  { client }: Pick<CohortsDeps, 'client'>,
  cursor: string | undefined,
): Promise<{ users: KnownUser[]; next: string | undefined }> {
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
  { client, log }: CohortsDeps,
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
    log.warn({ feature: 'cohorts', ...describeError(error) }, 'A channel was not read');
    return { kind: 'failed' };
  }
  return { kind: 'members', slackIds: [...slackIds] };
}

/** The same for somebody: who is in a private channel is only for those who are in it, facilitators or not. */
export async function listVisibleMembers(
  deps: CohortsDeps,
  { person }: Actor,
  channelId: string,
): Promise<ChannelAnswer> {
  const answer = await listChannelMembers(deps, channelId);
  if (answer.kind !== 'members' || answer.slackIds.includes(person.slackId)) return answer;
  const { channel } = await deps.client.conversations.info({ channel: channelId });
  return channel?.is_private === false ? answer : { kind: 'not-visible' };
}
