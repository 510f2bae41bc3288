import type { Act, Snapshot, Surface } from '../protocol.ts';
import { isObj } from './json.ts';

/** Whether nobody needs to read what went wrong: it stands where it belongs already, or the press was for what is gone. */
export function needsNoWords(act: Act, error: string, now: Snapshot | undefined): boolean {
  if (act.do === 'input' || act.do === 'options') return true;
  if (!now) return false;
  return isSaid(act, error, now) || isOvertaken(act, now);
}

function isSaid(act: Act, error: string, now: Snapshot): boolean {
  if (now.notices.some((notice) => notice.text === error)) return true;
  if (act.do === 'submit') {
    const view = now.modals.find((modal) => modal.id === act.viewId);
    return view !== undefined && Object.keys(view.errors).length > 0;
  }
  if (act.do !== 'command') return false;
  return (now.messages[act.channel] ?? [])
    .slice(-3)
    .some((message) => message.fromSlack && message.text === error);
}

/** Somebody was quicker than their screen: what has come up instead is the answer. */
function isOvertaken(act: Act, now: Snapshot): boolean {
  if (act.do === 'submit' || act.do === 'close') return now.modals.at(-1)?.id !== act.viewId;
  return act.do === 'act' && !holds(blocksOf(act.surface, now), act.blockId, act.actionId);
}

function blocksOf(surface: Surface, now: Snapshot): unknown {
  if (surface.kind === 'home') return now.home?.blocks;
  if (surface.kind === 'modal') return now.modals.find(({ id }) => id === surface.viewId)?.blocks;
  return now.messages[surface.channel]?.find(({ ts }) => ts === surface.ts)?.blocks;
}

/** Whether it has such a block, with such an element in it, however deep. */
function holds(inside: unknown, blockId: string, actionId: string): boolean {
  if (Array.isArray(inside)) return inside.some((one) => holds(one, blockId, actionId));
  if (!isObj(inside)) return false;
  if (blockId !== '' && inside.block_id === blockId) return holds(Object.values(inside), '', actionId);
  if (blockId === '' && inside.action_id === actionId) return true;
  return holds(Object.values(inside), blockId, actionId);
}
