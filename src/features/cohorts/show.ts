import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Answer } from '../../slack/answer.ts';
import { modal } from '../../slack/blocks.ts';
import { slackCode } from './directory.ts';

/** An answer in the place of a form. */
export const asModal = ({ title = 'Groups', blocks }: Answer): View =>
  modal({ callbackId: 'answer', title, blocks });

type Where = { view?: { id: string; type: string }; trigger_id?: string };

/** Opens a form: in the place of the modal whose button was pressed, or as a new one. */
export async function openForm(body: Where, client: WebClient, view: View): Promise<void> {
  if (body.view?.type === 'modal') await client.views.update({ view_id: body.view.id, view });
  else if (body.trigger_id) await client.views.open({ trigger_id: body.trigger_id, view });
}

/** @returns false when the person has closed it meanwhile. */
export async function updateView(client: WebClient, viewId: string, view: View): Promise<boolean> {
  try {
    await client.views.update({ view_id: viewId, view });
    return true;
  } catch (error) {
    if (slackCode(error) === 'not_found') return false;
    throw error;
  }
}

/** Shows what came of something that took a while: in the modal, or in a message to someone who has closed it. */
export async function showResult(
  client: WebClient,
  { viewId, slackId }: { viewId: string; slackId: string },
  answer: Answer,
): Promise<void> {
  if (await updateView(client, viewId, asModal(answer))) return;
  await client.chat.postMessage({ channel: slackId, text: answer.text, blocks: answer.blocks });
}
