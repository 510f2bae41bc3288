import type { WebClient } from '@slack/web-api';
import { describeError, type Log } from '../lib/log.ts';
import { tidyLine } from './text.ts';

/**
 * Somebody's full name as it stands in Slack, for a document that is theirs: what they are called in conversations may be
 * shorter. It is not kept. @returns undefined where Slack does not tell.
 */
export async function fullNameOf(
  { client, log }: { client: WebClient; log: Log },
  slackId: string,
): Promise<string | undefined> {
  try {
    const { user } = await client.users.info({ user: slackId });
    return tidyLine(user?.profile?.real_name ?? user?.real_name ?? '') || undefined;
  } catch (error) {
    log.warn(describeError(error), 'Slack did not say what somebody is called');
    return undefined;
  }
}
