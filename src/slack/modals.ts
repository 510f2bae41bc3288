import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { slackCode } from '../lib/log.ts';

type Where = { trigger_id?: string | undefined; view?: { id: string; type: string } | undefined };

/**
 * Opens a screen beside a message or App Home, or on top of the screen whose button was pressed, which stays as it is.
 * @see https://docs.slack.dev/surfaces/modals
 */
export async function openOnTop(body: Where, client: WebClient, view: View): Promise<void> {
  if (body.trigger_id === undefined) return;
  if (body.view?.type !== 'modal') {
    await client.views.open({ trigger_id: body.trigger_id, view });
    return;
  }
  try {
    await client.views.push({ trigger_id: body.trigger_id, view });
  } catch (error) {
    // Slack stacks three screens; a fourth takes the place of the third.
    if (slackCode(error) !== 'push_limit_reached') throw error;
    await updateModal(client, body.view.id, view);
  }
}

/** Opens a screen beside a message or App Home, or in the place of the screen whose button was pressed. */
export async function openInPlace(body: Where, client: WebClient, view: View): Promise<void> {
  if (body.view?.type === 'modal') await updateModal(client, body.view.id, view);
  else if (body.trigger_id !== undefined) await client.views.open({ trigger_id: body.trigger_id, view });
}

/** Slack's own troubles, over as soon as they come; showing the same screen twice does no harm. */
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** @returns false when the person has closed it meanwhile: what they asked for is done, and nobody is looking. */
export async function updateModal(client: WebClient, viewId: string, view: View): Promise<boolean> {
  const update = () => client.views.update({ view_id: viewId, view });
  try {
    await update().catch((error: unknown) => {
      if (!passing.has(slackCode(error) ?? '')) throw error;
      return update();
    });
    return true;
  } catch (error) {
    if (slackCode(error) === 'not_found') return false;
    throw error;
  }
}
