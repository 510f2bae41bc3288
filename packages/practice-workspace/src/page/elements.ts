import type { VNode } from 'preact';
import { Button, FeedbackButtons, IconButton, Overflow } from './element-buttons.ts';
import { Checkboxes, RadioButtons } from './element-choices.ts';
import { DatePicker, DateTimePicker, TimePicker } from './element-dates.ts';
import type { ElementProps } from './element-props.ts';
import { Select } from './element-select.ts';
import { FileInput, RichTextInput, TextInput } from './element-text.ts';
import { html, make } from './html.ts';
import { isObj, type Obj, str, textOf } from './json.ts';
import { Picture } from './picture.ts';
import type { Placed } from './values.ts';

const parts: Record<string, (props: ElementProps) => VNode | null> = {
  button: Button,
  workflow_button: Button,
  overflow: Overflow,
  feedback_buttons: FeedbackButtons,
  icon_button: IconButton,
  checkboxes: Checkboxes,
  radio_buttons: RadioButtons,
  datepicker: DatePicker,
  timepicker: TimePicker,
  datetimepicker: DateTimePicker,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  rich_text_input: RichTextInput,
  file_input: FileInput,
};
for (const kind of ['static', 'external', 'users', 'conversations', 'channels']) {
  parts[`${kind}_select`] = Select;
  parts[`multi_${kind}_select`] = Select;
}

export function Element(props: ElementProps): VNode {
  const type = str(props.placed.element.type);
  if (type === 'image') return make(Picture, { image: props.placed.element, className: 'accessory-picture' });
  const part = Object.hasOwn(parts, type) ? parts[type] : undefined;
  if (!part) return html`<span class="unknown">This practice workspace cannot show “${type}”.</span>`;
  return make(part, props);
}

/** An element outside an input block, with the best name it can be given. */
export function placedElement(block: Obj, value: unknown, around: string): VNode | null {
  if (!isObj(value)) return null;
  const placed: Placed = {
    block,
    blockId: str(block.block_id),
    element: value,
    actionId: str(value.action_id),
    isInput: false,
  };
  const label = textOf(value.placeholder) || around || 'Choose';
  return make(Element, { key: placed.actionId, placed, label });
}
