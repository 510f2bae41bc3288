import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Actor } from '../community/permissions.ts';
import { type Answerer, answerClick as answers } from './answer.ts';

/** For features that are not converted yet. */
export function actorIn(context: { [key: string]: unknown }): Actor {
  const actor = context.actor;
  if (!actor) throw new Error('This payload has no acting person.');
  return actor as Actor;
}

const pressed = z.looseObject({
  value: z.string().optional(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
});

export function pressedValue(action: unknown): string {
  const parsed = pressed.safeParse(action);
  return parsed.data?.selected_option?.value ?? parsed.data?.value ?? '';
}

type Where = {
  container?: { type?: string; is_ephemeral?: boolean };
  view?: { id: string; type: string; hash?: string };
  trigger_id?: string;
  user?: { id: string };
};
type Respond = (message: {
  text: string;
  blocks: KnownBlock[];
  response_type: 'ephemeral';
  replace_original: boolean;
}) => Promise<unknown>;

export function answerClick(body: Where, client: WebClient, respond: Respond | undefined): Answerer {
  return answers({
    where: body,
    client,
    respond,
    slackId: body.user?.id ?? '',
    post: async (channel, message) => void (await client.chat.postMessage({ channel, ...message })),
  }).answer;
}
