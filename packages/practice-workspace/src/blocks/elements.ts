import { z } from 'zod';
import { isObject, lengthOf, sameJson } from '../json.ts';
import { richTextBlock } from './rich-text.ts';
import {
  actionId,
  chars,
  confirm,
  dispatchConfig,
  httpUrl,
  items,
  optionGroup,
  overflowOption,
  plainOption,
  plainText,
  richOption,
} from './text.ts';

/** /reference/block-kit/block-elements, each with the limits its page gives. */

const action = { action_id: actionId.optional() };
const confirmable = { confirm: confirm.optional() };
const focusable = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };
const selectable = { max_selected_items: z.int().min(1, 'must be at least 1').optional() };
const dispatchable = { dispatch_action_config: dispatchConfig.optional() };
const menu = { ...action, ...confirmable, ...focusable, ...placeholder };
const styled = {
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: chars(75, 0).optional(),
};

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  value: chars(2000, 0).optional(),
  url: httpUrl.optional(),
  ...styled,
  ...action,
  ...confirmable,
});

const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  text: plainText(75),
  workflow: z.strictObject({
    trigger: z.strictObject({
      url: httpUrl,
      customizable_input_parameters: z
        .array(z.strictObject({ name: z.string(), value: z.string() }))
        .optional(),
    }),
  }),
  ...styled,
  ...action,
  ...confirmable,
});

type Choosable = {
  options?: unknown[] | undefined;
  option_groups?: { options: unknown[] }[] | undefined;
  initial_option?: unknown;
  initial_options?: unknown[] | undefined;
};

function offered(element: Choosable): unknown[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

/** "initial_option must equal an option exactly": text, value and description alike. */
function choosesFromOffered(element: Choosable): boolean {
  const all = offered(element);
  const chosen = [
    ...(element.initial_option === undefined ? [] : [element.initial_option]),
    ...(element.initial_options ?? []),
  ];
  return chosen.every((option) => all.some((one) => sameJson(one, option)));
}

function hasUniqueValues(element: Choosable): boolean {
  const values = offered(element).map((option) => (isObject(option) ? option.value : option));
  return new Set(values).size === values.length;
}

function oneKindOfOptions(element: Choosable): boolean {
  return (element.options === undefined) !== (element.option_groups === undefined);
}

const exactly = { error: 'initial options must match options exactly' };
const unique = { error: 'option values must be unique' };
const oneKind = { error: 'must provide exactly one of options and option_groups', abort: true };

const optionLists = {
  options: items(plainOption, 1, 100).optional(),
  option_groups: items(optionGroup, 1, 100).optional(),
};
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...optionLists,
    initial_option: plainOption.optional(),
    ...menu,
  })
  .refine(oneKindOfOptions, oneKind)
  .refine(choosesFromOffered, exactly)
  .refine(hasUniqueValues, unique);
const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...optionLists,
    initial_options: items(plainOption, 1, 100).optional(),
    ...menu,
    ...selectable,
  })
  .refine(oneKindOfOptions, oneKind)
  .refine(choosesFromOffered, exactly)
  .refine(hasUniqueValues, unique);

const minQuery = { min_query_length: z.int().min(0).optional() };
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  initial_option: plainOption.optional(),
  ...minQuery,
  ...menu,
});
const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  initial_options: items(plainOption, 1, 100).optional(),
  ...minQuery,
  ...menu,
  ...selectable,
});

const filter = z
  .strictObject({
    include: items(z.enum(['im', 'mpim', 'private', 'public']), 1, 4).optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((value) => Object.keys(value).length > 0, { error: 'must provide at least one filter' })
  .optional();
const respondable = { response_url_enabled: z.boolean().optional() };
const ids = items(z.string().min(1), 1, 100);
const pickers = [
  z.strictObject({ type: z.literal('users_select'), initial_user: z.string().optional(), ...menu }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    initial_users: ids.optional(),
    ...menu,
    ...selectable,
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    initial_conversation: z.string().optional(),
    default_to_current_conversation: z.boolean().optional(),
    filter,
    ...menu,
    ...respondable,
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    initial_conversations: ids.optional(),
    default_to_current_conversation: z.boolean().optional(),
    filter,
    ...menu,
    ...selectable,
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    initial_channel: z.string().optional(),
    ...menu,
    ...respondable,
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    initial_channels: ids.optional(),
    ...menu,
    ...selectable,
  }),
] as const;
export const selects = [staticSelect, externalSelect, pickers[0], pickers[2], pickers[4]] as const;
export const multiSelects = [
  multiStaticSelect,
  multiExternalSelect,
  pickers[1],
  pickers[3],
  pickers[5],
] as const;

export const overflow = z
  .strictObject({
    type: z.literal('overflow'),
    options: items(overflowOption, 1, 5),
    ...action,
    ...confirmable,
  })
  .refine(hasUniqueValues, unique);
export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    options: items(richOption, 1, 10),
    initial_options: items(richOption, 1, 10).optional(),
    ...action,
    ...confirmable,
    ...focusable,
  })
  .refine(choosesFromOffered, exactly)
  .refine(hasUniqueValues, unique);
export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    options: items(richOption, 1, 10),
    initial_option: richOption.optional(),
    ...action,
    ...confirmable,
    ...focusable,
  })
  .refine(choosesFromOffered, exactly)
  .refine(hasUniqueValues, unique);

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  initial_date: z.string().refine(isDate, { error: 'must be a valid date (YYYY-MM-DD)' }).optional(),
  ...menu,
});
export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a valid time (HH:mm)')
    .optional(),
  timezone: z.string().optional(),
  ...menu,
});
export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  initial_date_time: z
    .int()
    .refine((value) => String(value).length === 10, { error: 'must be a UNIX timestamp of 10 digits' })
    .optional(),
  ...action,
  ...confirmable,
  ...focusable,
});

const textual = { ...action, ...dispatchable, ...focusable, ...placeholder };
const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    initial_value: z.string().optional(),
    multiline: z.boolean().optional(),
    min_length: z
      .int()
      .refine((value) => value >= 0 && value <= 3000, { error: 'must be a number between 0 and 3000' })
      .optional(),
    max_length: z
      .int()
      .refine((value) => value >= 1 && value <= 3000, { error: 'must be a number between 1 and 3000' })
      .optional(),
    ...textual,
  })
  .refine((input) => (input.min_length ?? 0) <= (input.max_length ?? 3000), {
    error: 'min_length must not be greater than max_length',
  })
  .refine((input) => lengthOf(input.initial_value ?? '') <= (input.max_length ?? 3000), {
    error: 'initial_value must not be longer than max_length',
  })
  .refine(
    (input) =>
      input.initial_value === undefined ||
      input.initial_value === '' ||
      lengthOf(input.initial_value) >= (input.min_length ?? 0),
    { error: 'initial_value must not be shorter than min_length' },
  );

const numeric = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'must be a number in a string')
  .optional();
const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    is_decimal_allowed: z.boolean(),
    initial_value: numeric,
    min_value: numeric,
    max_value: numeric,
    ...textual,
  })
  .refine(
    (input) => {
      const within = (value: string | undefined): boolean =>
        value === undefined ||
        (Number(value) >= Number(input.min_value ?? '-Infinity') &&
          Number(value) <= Number(input.max_value ?? 'Infinity'));
      return within(input.initial_value) && within(input.min_value);
    },
    { error: 'must be between min_value and max_value' },
  );

const lines = z.int().min(1, 'must be at least 1').max(100, 'must be at most 100').optional();
export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  initial_value: richTextBlock.optional(),
  min_lines: lines,
  max_lines: lines,
  ...textual,
  // The one element whose action_id is not optional.
  action_id: actionId,
});

export const textInputs = [
  plainTextInput,
  numberInput,
  richTextInput,
  z.strictObject({ type: z.literal('email_text_input'), initial_value: z.string().optional(), ...textual }),
  z.strictObject({ type: z.literal('url_text_input'), initial_value: z.string().optional(), ...textual }),
] as const;
export const fileInput = z.strictObject({
  type: z.literal('file_input'),
  filetypes: z.array(z.string()).optional(),
  max_files: z
    .int()
    .refine((value) => value >= 1 && value <= 10, { error: 'must be a number between 1 and 10' })
    .optional(),
  ...action,
});

const feedback = z.strictObject({
  text: plainText(75),
  value: chars(2000, 0),
  accessibility_label: chars(75, 0).optional(),
});
export const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  positive_button: feedback,
  negative_button: feedback,
  ...action,
});
export const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  icon: z.enum(['trash']),
  text: plainText(75),
  accessibility_label: chars(75, 0).optional(),
  value: chars(2000, 0).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
  ...action,
  ...confirmable,
});

const chosen = [datepicker, timepicker, overflow, checkboxes, radioButtons] as const;
export const actionsElement = z.discriminatedUnion('type', [
  button,
  workflowButton,
  ...selects,
  ...multiSelects,
  ...chosen,
  datetimepicker,
  richTextInput,
]);
export const accessoryElement = [button, workflowButton, ...selects, ...multiSelects, ...chosen] as const;
export const inputElement = z.discriminatedUnion('type', [
  ...textInputs,
  ...selects,
  ...multiSelects,
  checkboxes,
  radioButtons,
  datepicker,
  timepicker,
  datetimepicker,
  fileInput,
]);
