import { elementsOf } from '../blocks/check.ts';
import { isObject, type JsonObject, textOf, unescapeText } from '../json.ts';
import type { Block, Surface } from '../protocol.ts';

/** Finding what a test names the way a person would: by its words, or by its ids. */

export type Screen = { surface: Surface; blocks: Block[]; what: string };
export type Target = {
  surface: Surface;
  block: JsonObject;
  element: JsonObject;
  blockId: string;
  actionId: string;
};
export type Wanted = string | { text?: string; actionId?: string; blockId?: string; value?: string };

function words(value: unknown): string {
  return isObject(value) ? unescapeText(textOf(value.text)) : '';
}

/** Label of an element: its own words, its block's label, the text it stands beside, or its placeholder. */
function names(block: JsonObject, element: JsonObject): string[] {
  const own = textOf(element.type).endsWith('button') ? [words(element.text)] : [];
  return [...own, words(block.label), words(element.placeholder), words(block.text)].filter(
    (name) => name !== '',
  );
}

function isWanted(wanted: Wanted, block: JsonObject, element: JsonObject): boolean {
  const ids = [block.block_id, element.action_id];
  if (typeof wanted === 'string') return names(block, element).includes(wanted) || ids.includes(wanted);
  return (
    (wanted.text === undefined || names(block, element).includes(wanted.text)) &&
    (wanted.actionId === undefined || element.action_id === wanted.actionId) &&
    (wanted.blockId === undefined || block.block_id === wanted.blockId) &&
    (wanted.value === undefined || element.value === wanted.value)
  );
}

export function findTargets(
  screen: Screen,
  wanted: Wanted,
  fits: (element: JsonObject) => boolean,
): Target[] {
  const all = elementsOf(screen.blocks).filter(({ element }) => fits(element));
  const found = all.filter(({ block, element }) => isWanted(wanted, block, element));
  return found.map(({ block, element }) => ({
    surface: screen.surface,
    block,
    element,
    blockId: textOf(block.block_id),
    actionId: textOf(element.action_id),
  }));
}

export function isButton(element: JsonObject): boolean {
  return ['button', 'workflow_button', 'icon_button', 'feedback_buttons'].includes(textOf(element.type));
}

/** Every button and input on a screen, for a message that helps. */
export function listTargets(screen: Screen): string {
  return elementsOf(screen.blocks)
    .map(
      ({ block, element }) =>
        `${textOf(element.type)} "${names(block, element)[0] ?? textOf(element.action_id)}"`,
    )
    .join(', ');
}
