import type { WebClient } from '@slack/web-api';
import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import type { Db, Schema } from '../db/schema.ts';
import './tables.ts';
import { cancelQueued } from './outbox.ts';
import { type CallFailure, failureOf } from './outcome.ts';

const page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        user: z.string().optional(),
        bot_id: z.string().optional(),
        files: z.array(z.object({ id: z.string() })).optional(),
      }),
    )
    .optional(),
  has_more: z.boolean().optional(),
});

/** So many messages of a conversation are looked at in one call. */
const pageSize = 100;

/**
 * The bot's own messages in a conversation, newest first, with the ids of their files, and where the next page begins.
 * @param before a `ts`; left out: from the newest. @throws what the call throws.
 */
export async function listOwnMessages(
  client: WebClient,
  { channel, before, botUserId }: { channel: string; before: string | undefined; botUserId: string },
): Promise<{ own: { ts: string; files: string[] }[]; before: string | undefined }> {
  const { messages = [], has_more: hasMore = false } = page.parse(
    await client.conversations.history({ channel, limit: pageSize, ...(before && { latest: before }) }),
  );
  return {
    own: messages
      .filter(({ user, bot_id: bot }) => user === botUserId || bot !== undefined)
      .map(({ ts, files = [] }) => ({ ts, files: files.map(({ id }) => id) })),
    before: hasMore ? messages.at(-1)?.ts : undefined,
  };
}

/** Takes a message of the bot's out of Slack. @returns undefined when it is gone; 'refused': it never will be. */
export async function removeMessage(
  client: WebClient,
  message: { channel: string; ts: string },
): Promise<CallFailure | undefined> {
  try {
    await client.chat.delete(message);
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

/** What the bot said to others because of somebody: what they posted or passed on by it. Its key or its topic names them. */
const isBecauseOf = (eb: ExpressionBuilder<Schema, 'outbox'>, personId: string) =>
  eb.or([eb('idempotency_key', 'like', `%${personId}%`), eb('topic', 'like', `%${personId}%`)]);

/**
 * Takes back what waits to be said to others because of somebody, or names them, in the transaction that deletes them. What is
 * theirs goes with them.
 */
export async function takeBackAbout(db: Db, { id, slackId }: { id: string; slackId: string }): Promise<void> {
  // What brings words of theirs is sealed; whatever else names them does so by their Slack id.
  const isAbout = (eb: ExpressionBuilder<Schema, 'outbox'>) =>
    eb.or([isBecauseOf(eb, id), eb('message', 'like', `%${slackId}%`)]);
  const waiting = await db
    .selectFrom('outbox')
    .select('idempotency_key')
    .where('status', 'in', ['queued', 'gathering', 'sending', 'unclear'])
    .where(isAbout)
    .execute();
  for (const { idempotency_key: idempotencyKey } of waiting)
    await cancelQueued(db, { idempotencyKey }, 'deleted');
  // Slack refused these, and somebody was to look at them.
  await db
    .updateTable('outbox')
    .set({ message: '{}' })
    .where('status', '=', 'failed')
    .where(isAbout)
    .execute();
}

export type SaidAbout = { id: string; status: string; channel: string | undefined; ts: string | undefined };

/** What was said to others because of somebody who is deleted. */
export async function listSaidBecauseOf(db: Db, personId: string): Promise<SaidAbout[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'status', 'sent_channel', 'sent_ts'])
    .where((eb) => isBecauseOf(eb, personId))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    status: row.status,
    channel: row.sent_channel ?? undefined,
    ts: row.sent_ts ?? undefined,
  }));
}

export async function forgetDelivery(db: Db, id: string): Promise<void> {
  await db.deleteFrom('outbox').where('id', '=', id).execute();
}
