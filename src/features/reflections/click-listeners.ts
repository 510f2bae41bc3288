import type { App, BlockAction } from '@slack/bolt';
import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Actor } from '../../community/permissions.ts';
import { actorIn } from '../../slack/guard.ts';
import type { ReflectionDeps } from './deps.ts';
import type { Drawing } from './views-form.ts';

/** Private words are shown in windows only: in place of the window that was clicked in, else in a new one. */
export async function show(
  body: { view?: { id: string; type: string } | undefined; trigger_id?: string },
  client: WebClient,
  view: View,
): Promise<void> {
  if (body.view?.type === 'modal') {
    try {
      await client.views.update({ view_id: body.view.id, view });
    } catch (error) {
      // Closed in the meantime: what was asked for is done, and nobody is looking.
      if (!isGone(error)) throw error;
    }
  } else if (body.trigger_id) {
    await client.views.open({ trigger_id: body.trigger_id, view });
  }
}

const gone = z.object({ data: z.object({ error: z.literal('not_found') }) });
const isGone = (error: unknown): boolean => gone.safeParse(error).success;

export const drawingFor = ({ frameworks, signposts, timeZone }: ReflectionDeps, actor: Actor): Drawing => ({
  frameworks,
  signposts,
  zone: actor.person.timeZone ?? timeZone,
});

export type Click = { actor: Actor; value: string; body: BlockAction; drawing: Drawing };

/** A button or menu that answers with a window. */
export function onClick(
  app: App,
  deps: ReflectionDeps,
  id: string | RegExp,
  draw: (click: Click) => Promise<View>,
): void {
  app.action<BlockAction>(id, async ({ ack, action, body, context, client }) => {
    await ack();
    const actor = actorIn(context);
    const view = await draw({ actor, value: clickedValue(action), body, drawing: drawingFor(deps, actor) });
    await show(body, client, view);
  });
}

const clicked = z.object({
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

function clickedValue(action: unknown): string {
  const { data } = clicked.safeParse(action);
  return data?.value ?? data?.selected_option?.value ?? '';
}
