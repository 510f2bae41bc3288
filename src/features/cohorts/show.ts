import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Answer } from '../../slack/answer.ts';
import { modal } from '../../slack/blocks.ts';
import { updateModal } from '../../slack/modals.ts';

/** An answer in the place of a form. */
export const asModal = ({ title = 'Groups', blocks }: Answer): View =>
  modal({ callbackId: 'answer', title, blocks });

/** Shows what came of something that took a while: in the modal, or in a message to someone who has closed it. */
export async function showResult(
  client: WebClient,
  { viewId, slackId }: { viewId: string; slackId: string },
  answer: Answer,
): Promise<void> {
  if (await updateModal(client, viewId, asModal(answer))) return;
  await client.chat.postMessage({ channel: slackId, text: answer.text, blocks: answer.blocks });
}
