import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { describeError } from '../../../lib/log.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { CheckInDeps } from '../deps.ts';

type Where = {
  container?: { type?: string; is_ephemeral?: boolean };
};

/** Puts other words in the place of messages that have been sent, so that no prompt asks for what is done. */
export async function updateSent(
  { db, log }: Pick<CheckInDeps, 'db' | 'log'>,
  client: WebClient,
  messageKeys: readonly string[],
  { text, blocks }: Message,
): Promise<void> {
  if (messageKeys.length === 0) return;
  const sent = await db
    .selectFrom('outbox')
    .select(['sent_channel', 'sent_ts'])
    .where('idempotency_key', 'in', messageKeys)
    .where('status', '=', 'sent')
    .execute();
  for (const { sent_channel: channel, sent_ts: ts } of sent) {
    if (channel === null || ts === null) continue;
    try {
      await client.chat.update({ channel, ts, text, blocks });
    } catch (error) {
      // The answer is saved; a message that somebody deleted need not be changed.
      log.warn(describeError(error), 'A check-in prompt could not be updated');
    }
  }
}

type Respond = (message: {
  text: string;
  blocks: KnownBlock[];
  replace_original?: boolean;
  response_type?: 'ephemeral';
}) => Promise<unknown>;

/** Whether the click came from a message that stays, such as the prompt in the DM. */
export const isInMessage = (body: Where): boolean =>
  body.container?.type === 'message' && body.container.is_ephemeral !== true;

/** Puts other words in the place of the message whose button was pressed. */
export const replaceMessage = (respond: Respond, { text, blocks }: Message): Promise<unknown> =>
  respond({ text, blocks, replace_original: true });
