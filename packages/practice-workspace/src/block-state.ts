import { elementsOf } from './blocks/check.ts';
import { isObject, type JsonObject, objectsOf, textOf } from './json.ts';
import type { Block, StateValues } from './protocol.ts';
import type { Random } from './random.ts';

/** Elements that hold a value, with the key of the value and the field of the element that sets it at first. */
const stateful: Record<string, { value: string; initial: string; empty: unknown }> = {
  plain_text_input: { value: 'value', initial: 'initial_value', empty: null },
  email_text_input: { value: 'value', initial: 'initial_value', empty: null },
  url_text_input: { value: 'value', initial: 'initial_value', empty: null },
  number_input: { value: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { value: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { value: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { value: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { value: 'selected_option', initial: 'initial_option', empty: null },
  multi_static_select: { value: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { value: 'selected_options', initial: 'initial_options', empty: [] },
  checkboxes: { value: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { value: 'selected_user', initial: 'initial_user', empty: null },
  conversations_select: { value: 'selected_conversation', initial: 'initial_conversation', empty: null },
  channels_select: { value: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_users_select: { value: 'selected_users', initial: 'initial_users', empty: [] },
  multi_conversations_select: {
    value: 'selected_conversations',
    initial: 'initial_conversations',
    empty: [],
  },
  multi_channels_select: { value: 'selected_channels', initial: 'initial_channels', empty: [] },
  datepicker: { value: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { value: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { value: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { value: 'files', initial: '', empty: [] },
};

/** The key under which an element of this type keeps its value, e.g. `selected_option`; undefined without a value. */
export function valueKey(type: string): string | undefined {
  return stateful[type]?.value;
}

/** A copy with the block and action ids that Slack makes up where the app gave none. */
export function withIds(blocks: readonly Block[], random: Random): Block[] {
  const copy = structuredClone(blocks) as Block[];
  const fill = (list: JsonObject[]): void => {
    for (const block of list) {
      block.block_id ??= random.token(5);
      fill(objectsOf(block.child_blocks));
      if (block.type === 'carousel') fill(objectsOf(block.elements));
    }
  };
  fill(copy);
  for (const { element } of elementsOf(copy)) element.action_id ??= random.token(5);
  return copy;
}

/** `state.values` before anybody touched anything. */
export function initialState(blocks: readonly Block[]): StateValues {
  const values: StateValues = {};
  for (const { block, element } of elementsOf(blocks)) {
    const type = textOf(element.type);
    const kind = stateful[type];
    if (!kind) continue;
    const blockId = textOf(block.block_id);
    const value = { type, [kind.value]: structuredClone(element[kind.initial] ?? kind.empty) };
    values[blockId] = { ...values[blockId], [textOf(element.action_id)]: value };
  }
  return values;
}

/** Input is kept over an update where block_id, action_id and type stay. /surfaces/modals */
export function carriedState(blocks: readonly Block[], before: StateValues): StateValues {
  const values = initialState(blocks);
  for (const [blockId, actions] of Object.entries(values))
    for (const [actionId, value] of Object.entries(actions)) {
      const old = before[blockId]?.[actionId];
      if (old && old.type === value.type) actions[actionId] = old;
    }
  return values;
}

export function findElement(
  blocks: readonly Block[],
  blockId: string,
  actionId: string,
): { block: JsonObject; element: JsonObject } | undefined {
  return elementsOf(blocks).find(
    ({ block, element }) => block.block_id === blockId && element.action_id === actionId,
  );
}

export function inputBlocks(blocks: readonly JsonObject[]): JsonObject[] {
  return blocks.flatMap((block) => {
    if (block.type === 'input') return [block];
    return inputBlocks(objectsOf(block.child_blocks));
  });
}

export function isEmptyValue(value: unknown): boolean {
  if (!isObject(value)) return true;
  const held = value[valueKey(textOf(value.type)) ?? ''];
  return held === null || held === undefined || held === '' || (Array.isArray(held) && held.length === 0);
}
