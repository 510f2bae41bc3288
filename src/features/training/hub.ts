import type { KnownBlock, View } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import { modal } from '../../slack/blocks.ts';
import type { Viewer } from '../feature.ts';
import type { TrainingDeps } from './deps.ts';
import { ids } from './ids.ts';
import { partsBlocks } from './module/views.ts';

/** What stands below the core module for whoever looks; no blocks: nothing does. */
export type HubBlocks = (viewer: Viewer) => Promise<KnownBlock[]>;

export type HubParts = {
  /** The dates of sessions by age group. */
  sessionBlocks: HubBlocks;
  /** What is left to do of those that are over. */
  afterBlocks: HubBlocks;
};

/** `/chatr training`: the core module, then the sessions. */
export async function showHub(
  deps: TrainingDeps,
  actor: Actor,
  { sessionBlocks, afterBlocks }: HubParts,
): Promise<View> {
  const { person } = actor;
  const viewer = { person, actor, now: deps.clock.now(), zone: usableZone(person.timeZone, deps.timeZone) };
  return modal({
    callbackId: ids.hubView,
    title: 'Training',
    blocks: [...partsBlocks(deps.training), ...(await sessionBlocks(viewer)), ...(await afterBlocks(viewer))],
  });
}
