import type { App, BlockAction } from '@slack/bolt';
import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import { actorIn, pressedValue } from '../../../slack/legacy.ts';
import { openInPlace } from '../../../slack/modals.ts';
import type { ReflectionDeps } from '../deps.ts';
import type { Drawing } from './views.ts';

export const drawingFor = ({ frameworks, signposts, timeZone }: ReflectionDeps, actor: Actor): Drawing => ({
  frameworks,
  signposts,
  zone: usableZone(actor.person.timeZone, timeZone),
});

export type Click = { actor: Actor; value: string; body: BlockAction; drawing: Drawing };

/** A button or menu that answers with a window: private words are shown nowhere else. */
export function onClick(
  app: App,
  deps: ReflectionDeps,
  id: string | RegExp,
  draw: (click: Click) => Promise<View>,
): void {
  app.action<BlockAction>(id, async ({ ack, action, body, context, client }) => {
    await ack();
    const actor = actorIn(context);
    const view = await draw({ actor, value: pressedValue(action), body, drawing: drawingFor(deps, actor) });
    await openInPlace(body, client, view);
  });
}
