import type { StateValues } from '../protocol.ts';
import type { Obj } from './json.ts';
import type { Held } from './values.ts';
import { statefulElements } from './values.ts';

/**
 * What people have typed or chosen on this page, by surface. It outlives every redraw, so that an update of a view
 * keeps what stands in fields whose block_id and action_id stay the same, as Slack does.
 */
export class Drafts {
  #surfaces = new Map<string, Map<string, Held>>();

  get(surface: string, blockId: string, actionId: string): Held | undefined {
    return this.#surfaces.get(surface)?.get(key(blockId, actionId));
  }

  set(surface: string, blockId: string, actionId: string, held: Held): void {
    const drafts = this.#surfaces.get(surface) ?? new Map<string, Held>();
    drafts.set(key(blockId, actionId), held);
    this.#surfaces.set(surface, drafts);
  }

  /** Forgets fields that are no longer there, so that a later field of the same name starts afresh. */
  prune(surface: string, blocks: readonly Obj[]): void {
    const drafts = this.#surfaces.get(surface);
    if (!drafts) return;
    const present = new Set(statefulElements(blocks).map(({ blockId, actionId }) => key(blockId, actionId)));
    for (const field of drafts.keys()) if (!present.has(field)) drafts.delete(field);
  }

  forget(surface: string): void {
    this.#surfaces.delete(surface);
  }
}

function key(blockId: string, actionId: string): string {
  return JSON.stringify([blockId, actionId]);
}

/** What the workspace remembers of a field, without the `type` that Slack adds. */
export function rememberedValue(state: StateValues, blockId: string, actionId: string): Held | undefined {
  const kept = state[blockId]?.[actionId];
  if (!kept) return undefined;
  const { type: _, ...held } = kept;
  return held;
}
