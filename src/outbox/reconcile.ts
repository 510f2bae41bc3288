import { z } from 'zod';
import type { OutboxClient } from './client.ts';
import type { Delivery } from './store.ts';

/** Metadata of every message we send. Any app in the conversation can read it, so it holds the id and nothing else. */
export const DELIVERY_EVENT = 'chatr_delivery';

const page = z.object({
  messages: z.array(z.unknown()).optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
const ours = z.object({
  ts: z.string(),
  metadata: z.object({
    event_type: z.literal(DELIVERY_EVENT),
    event_payload: z.object({ delivery_id: z.string() }),
  }),
});

/** Slack's clock and ours may differ; an hour more costs a direct conversation nothing. */
const CLOCK_DIFFERENCE_SECONDS = 3_600;

/**
 * Looks through the conversation since the attempt for the message that carries this delivery's id.
 * @returns its `ts`, or undefined when Slack never posted it.
 * @throws what the call throws: then nothing is known yet.
 */
export async function findInHistory(client: OutboxClient, delivery: Delivery): Promise<string | undefined> {
  const { id, sent_channel: channel, attempt_at: attemptAt } = delivery;
  if (channel === null || attemptAt === null) return undefined;
  const oldest = Date.parse(attemptAt) / 1000 - CLOCK_DIFFERENCE_SECONDS;
  for (let cursor = ''; ; ) {
    const answer = page.parse(
      await client.conversations.history({
        channel,
        oldest: oldest.toFixed(6),
        inclusive: true,
        include_all_metadata: true,
        limit: 200,
        ...(cursor !== '' && { cursor }),
      }),
    );
    for (const message of answer.messages ?? []) {
      const found = ours.safeParse(message);
      if (found.success && found.data.metadata.event_payload.delivery_id === id) return found.data.ts;
    }
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return undefined;
  }
}
