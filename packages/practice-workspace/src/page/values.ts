import type { Block, StateValues } from '../protocol.ts';
import type { Obj } from './json.ts';
import { isObj, num, obj, objs, str, strs } from './json.ts';

/** What an input element holds, in Slack's own shape: `{ value }`, `{ selected_option }`, `{ selected_users }` … */
export type Held = Record<string, unknown>;

const fields: Record<string, (element: Obj) => Held> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: (element) => ({ rich_text_value: element.initial_value ?? null }),
  static_select: (element) => ({ selected_option: element.initial_option ?? null }),
  external_select: (element) => ({ selected_option: element.initial_option ?? null }),
  radio_buttons: (element) => ({ selected_option: element.initial_option ?? null }),
  multi_static_select: (element) => ({ selected_options: objs(element.initial_options) }),
  multi_external_select: (element) => ({ selected_options: objs(element.initial_options) }),
  checkboxes: (element) => ({ selected_options: objs(element.initial_options) }),
  users_select: (element) => ({ selected_user: element.initial_user ?? null }),
  multi_users_select: (element) => ({ selected_users: strs(element.initial_users) }),
  conversations_select: (element) => ({ selected_conversation: element.initial_conversation ?? null }),
  multi_conversations_select: (element) => ({ selected_conversations: strs(element.initial_conversations) }),
  channels_select: (element) => ({ selected_channel: element.initial_channel ?? null }),
  multi_channels_select: (element) => ({ selected_channels: strs(element.initial_channels) }),
  datepicker: (element) => ({ selected_date: element.initial_date ?? null }),
  timepicker: (element) => ({ selected_time: element.initial_time ?? null }),
  datetimepicker: (element) => ({ selected_date_time: element.initial_date_time ?? null }),
  file_input: () => ({ files: [] }),
};

function text(element: Obj): Held {
  return { value: typeof element.initial_value === 'string' ? element.initial_value : null };
}

export function isStateful(element: Obj): boolean {
  return Object.hasOwn(fields, str(element.type));
}

export function initialValue(element: Obj): Held {
  return fields[str(element.type)]?.(element) ?? {};
}

export function isEmpty(held: Held): boolean {
  const values = Object.entries(held).filter(([key]) => key !== 'type');
  return values.every(
    ([, value]) =>
      value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

export type Placed = { block: Obj; blockId: string; element: Obj; actionId: string; isInput: boolean };

/** Every element that holds something, in the order in which they are read. */
export function statefulElements(blocks: readonly Obj[]): Placed[] {
  return blocks.flatMap((block) => {
    if (block.type === 'container') return statefulElements(objs(block.child_blocks));
    const isInput = block.type === 'input';
    const elements = isInput
      ? [block.element]
      : block.type === 'section'
        ? [block.accessory]
        : block.type === 'actions'
          ? objs(block.elements)
          : [];
    return elements
      .filter(isObj)
      .filter(isStateful)
      .map((element) => ({
        block,
        blockId: str(block.block_id),
        element,
        actionId: str(element.action_id),
        isInput,
      }));
  });
}

/** `view.state.values` for a submission: everything on the view, touched or not. */
export function collectValues(blocks: readonly Block[], held: (placed: Placed) => Held): StateValues {
  const values: StateValues = {};
  for (const placed of statefulElements(blocks)) {
    const ofBlock = values[placed.blockId] ?? {};
    ofBlock[placed.actionId] = { type: str(placed.element.type), ...held(placed) };
    values[placed.blockId] = ofBlock;
  }
  return values;
}

/** What Slack's own client checks before it sends a form, in its order; block_id → what to put right. */
export function localErrors(blocks: readonly Block[], values: StateValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, blockId, element, actionId, isInput } of statefulElements(blocks)) {
    if (!isInput) continue;
    const held = obj(values[blockId]?.[actionId]);
    const error = isEmpty(held)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : mistake(element, str(held.value));
    if (error) errors[blockId] = error;
  }
  return errors;
}

function mistake(element: Obj, value: string): string | undefined {
  const shortest = num(element.min_length) ?? 0;
  const longest = num(element.max_length) ?? 3000;
  switch (element.type) {
    case 'plain_text_input':
      if (value.length < shortest) return `Please write at least ${shortest} characters.`;
      return value.length > longest ? `Please keep this to ${longest} characters.` : undefined;
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
        ? undefined
        : 'Please give a full e-mail address, for example ana@example.org.';
    case 'url_text_input':
      return /^https?:\/\/\S+\.\S+$/.test(value)
        ? undefined
        : 'Please give a full address, for example https://example.org.';
    case 'number_input':
      return wrongNumber(element, value);
    default:
      return undefined;
  }
}

function wrongNumber(element: Obj, value: string): string | undefined {
  const least = num(element.min_value);
  const most = num(element.max_value);
  const whole = element.is_decimal_allowed !== true;
  if (!(whole ? /^[-+]?\d+$/ : /^[-+]?\d*\.?\d+$/).test(value))
    return whole ? 'Please give a whole number.' : 'Please give a number.';
  const number = Number(value);
  if (least !== undefined && number < least) return `Please give a number of at least ${least}.`;
  if (most !== undefined && number > most) return `Please give a number of at most ${most}.`;
  return undefined;
}
