import { setTimeout as wait } from 'node:timers/promises';
import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { slackCode } from '../lib/log.ts';
import { failureOf } from '../outbox/outcome.ts';

type Where = { trigger_id?: string | undefined; view?: { id: string; type: string } | undefined };

/**
 * Opens a screen beside a message or App Home, or on top of the screen whose button was pressed, which stays as it is.
 * @see https://docs.slack.dev/surfaces/modals
 */
export async function openOnTop(body: Where, client: WebClient, view: View): Promise<void> {
  const trigger = body.trigger_id;
  if (trigger === undefined) return;
  if (body.view?.type !== 'modal') return openByTrigger('open', trigger, client, view);
  try {
    await openByTrigger('push', trigger, client, view);
  } catch (error) {
    const code = slackCode(error);
    if (code !== undefined && closedMeanwhile.has(code)) return;
    // Slack stacks three screens; a fourth takes the place of the third.
    if (code !== 'push_limit_reached') throw error;
    await updateModal(client, body.view.id, view);
  }
}

/** Slack has no screen any more for a trigger that came from one: nobody is looking, as where `updateModal` says false. */
const closedMeanwhile = new Set(['invalid_trigger', 'invalid_trigger_id', 'not_found']);

/** Opens a screen beside a message or App Home, or in the place of the screen whose button was pressed. */
export async function openInPlace(body: Where, client: WebClient, view: View): Promise<void> {
  if (body.view?.type === 'modal') await updateModal(client, body.view.id, view);
  else if (body.trigger_id !== undefined) await openByTrigger('open', body.trigger_id, client, view);
}

/**
 * Once: a trigger works once, and not for long. The window is named after it, so that where Slack's answer is lost it can
 * be found out whether the window is there. Nobody is told that something failed who is looking at it.
 */
async function openByTrigger(how: 'open' | 'push', trigger: string, client: WebClient, view: View) {
  const named = { ...view, external_id: trigger };
  try {
    await client.views[how]({ trigger_id: trigger, view: named });
  } catch (error) {
    if (failureOf(error).kind !== 'unclear') throw error;
    if (!(await update(client, { external_id: trigger, view: named }).catch(() => true))) throw error;
  }
}

/** @returns false when the person has closed it meanwhile: what they asked for is done, and nobody is looking. */
export const updateModal = (client: WebClient, viewId: string, view: View): Promise<boolean> =>
  update(client, { view_id: viewId, view });

/** Somebody looks at "one moment" while Slack asks to wait. */
const longestWaitSeconds = 10;

/** Showing the same screen twice does no harm, so what may have failed is done again. @returns false when it is not there. */
async function update(
  client: WebClient,
  what: Parameters<WebClient['views']['update']>[0],
): Promise<boolean> {
  const once = () => client.views.update(what);
  try {
    await once().catch(async (error: unknown) => {
      const failure = failureOf(error);
      if (failure.kind === 'later' && failure.seconds <= longestWaitSeconds)
        await wait(failure.seconds * 1_000);
      else if (failure.kind !== 'unclear') throw error;
      return once();
    });
    return true;
  } catch (error) {
    if (slackCode(error) === 'not_found') return false;
    throw error;
  }
}
