import type { KnownBlock, View } from '@slack/types';
import { type Actor, may } from '../../community/permissions.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import { actions, button, divider, modal, rows, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Viewer } from '../feature.ts';
import { feedButton } from './calendar/views.ts';
import { coreModule } from './content.ts';
import type { TrainingDeps } from './deps.ts';
import { furtherButtons, listFurther } from './further.ts';
import { ids } from './ids.ts';
import { findPlace } from './module/parts.ts';
import { moduleBlocks } from './module/views.ts';

/** What stands there for whoever looks; no blocks: nothing does. */
export type HubBlocks = (viewer: Viewer) => Promise<KnownBlock[]>;

export type Hub = {
  /** The dates of sessions, below the core module; no blocks: there are none for whoever looks. */
  sessionBlocks: HubBlocks;
  /** What is to do now for those who host, above everything. */
  toDoBlocks: HubBlocks;
};

/** `/chatr training`: the core module, the sessions, and what else there is to read. @param note what has just been done. */
export async function showHub(
  deps: TrainingDeps,
  { sessionBlocks, toDoBlocks }: Hub,
  actor: Actor,
  note?: KnownBlock[],
): Promise<View> {
  const { person } = actor;
  const viewer = { person, actor, now: deps.clock.now(), zone: usableZone(person.timeZone, deps.timeZone) };
  const sessions = await sessionBlocks(viewer);
  const toDo = await toDoBlocks(viewer);
  const more = [
    ...(await deps.prepareButtons(actor)),
    ...furtherButtons(listFurther(deps, actor)),
    ...(may(actor, 'cohorts.progress')
      ? [button('How groups are getting on', ids.groups, { value: '0' })]
      : []),
  ];
  return modal({
    callbackId: ids.hubView,
    title: 'Training',
    blocks: [
      ...(toDo.length > 0 ? [...toDo, divider()] : []),
      ...moduleBlocks(coreModule(deps.training), await findPlace(deps, actor), note),
      ...(sessions.length > 0 ? [divider(), ...sessions] : []),
      ...(deps.feedsAt ? [actions([feedButton], 'training.calendar')] : []),
      ...(more.length > 0
        ? [divider(), section(mrkdwn`*There is more*`), ...rows(more, 'training.more')]
        : []),
    ],
  });
}
