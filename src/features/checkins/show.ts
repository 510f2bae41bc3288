import type { KnownBlock, View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { describeError } from '../../lib/log.ts';
import type { Message } from '../../outbox/outbox.ts';
import type { CheckInDeps } from './deps.ts';

type Where = {
  trigger_id?: string;
  view?: { id: string; type: string } | undefined;
  container?: { type?: string; is_ephemeral?: boolean };
};

/**
 * Opens a screen beside a message or App Home, or on top of the screen whose button was pressed. What people wrote is
 * only ever shown in screens: a message would stay in Slack.
 * @param inPlace of the screen whose button was pressed: paging.
 */
export async function show(
  client: WebClient,
  body: Where,
  view: View,
  { inPlace = false } = {},
): Promise<void> {
  const inModal = body.view?.type === 'modal' ? body.view : undefined;
  if (inModal && inPlace) {
    await client.views.update({ view_id: inModal.id, view });
    return;
  }
  if (body.trigger_id === undefined) return;
  if (!inModal) {
    await client.views.open({ trigger_id: body.trigger_id, view });
    return;
  }
  try {
    await client.views.push({ trigger_id: body.trigger_id, view });
  } catch (error) {
    // Slack stacks three screens; a fourth takes the place of the third.
    if (slackCode(error) !== 'push_limit_reached') throw error;
    await client.views.update({ view_id: inModal.id, view });
  }
}

function slackCode(error: unknown): unknown {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const { data } = error;
  return typeof data === 'object' && data !== null && 'error' in data ? data.error : undefined;
}

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
