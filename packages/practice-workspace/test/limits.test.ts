import { describe, expect, test } from 'vitest';
import { type BlockSurface, checkBlocks, checkView } from '../src/blocks/check.ts';

type Blocks = Record<string, unknown>[];

/** An emoji outside the basic plane is one character to Slack and two to JavaScript. */
const long = (length: number): string => '🙂'.repeat(length);
const plain = (length: number) => ({ type: 'plain_text', text: long(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: long(length) });
const url = (length: number): string => `https://example.org/${'a'.repeat(length - 20)}`;
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const divider = { type: 'divider' };
const section = (change: object): Blocks => [{ type: 'section', ...change }];
const says = { text: mrkdwn(1) };
const accessory = (element: object): Blocks => section({ ...says, accessory: element });
const actions = (...elements: object[]): Blocks => [{ type: 'actions', elements }];
const input = (element: object, change: object = {}): Blocks => [
  { type: 'input', label: plain(1), element, ...change },
];
const button = (change: object = {}) => ({ type: 'button', text: plain(1), ...change });
const option = (value: string | number, change: object = {}) => ({
  text: plain(1),
  value: String(value),
  ...change,
});
const select = (change: object) => ({ type: 'static_select', ...change });
const confirm = (change: object) => ({
  title: plain(1),
  text: plain(1),
  confirm: plain(1),
  deny: plain(1),
  ...change,
});
const group = (label: number, count: number, from = 0) => ({
  label: plain(label),
  options: times(count, (index) => option(from + index)),
});
const richText = (list: object) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_list', style: 'bullet', elements: [], ...list }],
});
const cell = { type: 'raw_text', text: 'x' };
const table = (rows: number, columns: number, change: object = {}): Blocks => [
  { type: 'table', rows: times(rows, () => times(columns, () => cell)), ...change },
];
const dataTable = (rows: number, columns: number, change: object = {}): Blocks => [
  { type: 'data_table', caption: 'c', rows: times(rows, () => times(columns, () => cell)), ...change },
];
const chart = (change: object, title = 'Title'): Blocks => [
  { type: 'data_visualization', title, chart: change },
];
const points = (count: number) => times(count, (index) => ({ label: `p${index}`, value: index }));
const line = (series: number, categories: number, change: object = {}) => ({
  type: 'line',
  series: times(series, (index) => ({ name: `s${index}`, data: points(categories) })),
  axis_config: { categories: points(categories).map(({ label }) => label), ...change },
});
const feedback = (length: number) => ({ text: plain(length), value: 'v' });
const card = (change: object): Blocks => [{ type: 'card', title: mrkdwn(1), ...change }];

type Row = [name: string, limit: number, surface: BlockSurface, make: (size: number) => Blocks];
const upTo: Row[] = [
  ['blocks of a message', 50, 'message', (n) => times(n, () => divider)],
  ['blocks of a modal', 100, 'modal', (n) => times(n, () => divider)],
  ['blocks of a Home tab', 100, 'home', (n) => times(n, () => divider)],
  ['block_id', 255, 'message', (n) => [{ ...divider, block_id: long(n) }]],
  ['action_id', 255, 'message', (n) => actions(button({ action_id: long(n) }))],
  ['section text', 3000, 'message', (n) => section({ text: mrkdwn(n) })],
  ['section fields', 10, 'message', (n) => section({ fields: times(n, () => mrkdwn(1)) })],
  ['section field text', 2000, 'message', (n) => section({ fields: [plain(n)] })],
  ['header', 150, 'message', (n) => [{ type: 'header', text: plain(n) }]],
  ['context elements', 10, 'message', (n) => [{ type: 'context', elements: times(n, () => mrkdwn(1)) }]],
  ['actions', 25, 'message', (n) => actions(...times(n, () => button()))],
  ['input label', 2000, 'modal', (n) => input({ type: 'plain_text_input' }, { label: plain(n) })],
  ['input hint', 2000, 'modal', (n) => input({ type: 'plain_text_input' }, { hint: plain(n) })],
  ['image url', 3000, 'message', (n) => [{ type: 'image', image_url: url(n), alt_text: 'x' }]],
  ['image alt_text', 2000, 'message', (n) => [{ type: 'image', image_url: url(30), alt_text: long(n) }]],
  [
    'image title',
    2000,
    'message',
    (n) => [{ type: 'image', image_url: url(30), alt_text: 'x', title: plain(n) }],
  ],
  ['rich text indent', 8, 'message', (n) => [richText({ indent: n })]],
  ['rich text border', 1, 'message', (n) => [richText({ border: n })]],
  ['markdown', 12_000, 'message', (n) => [{ type: 'markdown', text: long(n) }]],
  [
    'markdown, all together',
    12_000,
    'message',
    (n) => [
      { type: 'markdown', text: long(6000) },
      { type: 'markdown', text: long(n - 6000) },
    ],
  ],
  ['tables of a message', 1, 'message', (n) => times(n, () => table(1, 1)).flat()],
  ['table rows', 100, 'message', (n) => table(n, 1)],
  ['table cells', 20, 'message', (n) => table(1, n)],
  [
    'column_settings',
    20,
    'message',
    (n) => table(1, 1, { column_settings: times(n, () => ({ align: 'left' })) }),
  ],
  ['data table rows', 101, 'home', (n) => dataTable(n, 1)],
  ['data table columns', 20, 'home', (n) => dataTable(2, n)],
  ['data table page', 100, 'home', (n) => dataTable(2, 1, { page_size: n })],
  ['data table row header', 1, 'home', (n) => dataTable(2, 2, { row_header_column_index: n })],
  [
    'data table characters',
    10_000,
    'home',
    (n) => [{ type: 'data_table', caption: 'c', rows: [[cell], [{ type: 'raw_text', text: long(n - 1) }]] }],
  ],
  ['charts of a message', 2, 'message', (n) => times(n, () => chart(line(1, 1))).flat()],
  ['chart title', 50, 'home', (n) => chart(line(1, 1), long(n))],
  ['chart series', 6, 'home', (n) => chart(line(n, 2))],
  ['chart categories', 20, 'home', (n) => chart(line(1, n))],
  ['chart axis label', 50, 'home', (n) => chart(line(1, 1, { x_label: long(n) }))],
  [
    'pie segments',
    6,
    'home',
    (n) => chart({ type: 'pie', segments: times(n, (at) => ({ label: `${at}`, value: 1 })) }),
  ],
  ['pie label', 20, 'home', (n) => chart({ type: 'pie', segments: [{ label: long(n), value: 1 }] })],
  ['alert', 200, 'modal', (n) => [{ type: 'alert', text: mrkdwn(n) }]],
  ['card title', 150, 'message', (n) => card({ title: mrkdwn(n) })],
  ['card subtitle', 150, 'message', (n) => card({ subtitle: mrkdwn(n) })],
  ['card body', 200, 'message', (n) => card({ body: mrkdwn(n) })],
  ['card buttons', 3, 'message', (n) => card({ actions: times(n, () => button()) })],
  ['carousel', 10, 'message', (n) => [{ type: 'carousel', elements: times(n, () => card({})[0]) }]],
  [
    'container children',
    10,
    'message',
    (n) => [{ type: 'container', title: plain(1), child_blocks: times(n, () => divider) }],
  ],
  [
    'context actions',
    5,
    'message',
    (n) => [
      {
        type: 'context_actions',
        elements: times(n, () => ({
          type: 'feedback_buttons',
          positive_button: feedback(1),
          negative_button: feedback(1),
        })),
      },
    ],
  ],
  [
    'video title',
    200,
    'message',
    (n) => [{ type: 'video', title: plain(n), video_url: url(30), thumbnail_url: url(30), alt_text: 'x' }],
  ],
  ['button text', 75, 'message', (n) => actions(button({ text: plain(n) }))],
  ['button value', 2000, 'message', (n) => actions(button({ value: long(n) }))],
  ['button url', 3000, 'message', (n) => actions(button({ url: url(n) }))],
  ['button accessibility_label', 75, 'message', (n) => actions(button({ accessibility_label: long(n) }))],
  ['primary buttons in a set', 1, 'message', (n) => actions(...times(n, () => button({ style: 'primary' })))],
  ['select options', 100, 'message', (n) => accessory(select({ options: times(n, (at) => option(at)) }))],
  [
    'option groups',
    100,
    'message',
    (n) => accessory(select({ option_groups: times(n, (at) => group(1, 1, at)) })),
  ],
  ['options of a group', 100, 'message', (n) => accessory(select({ option_groups: [group(1, n)] }))],
  ['group label', 75, 'message', (n) => accessory(select({ option_groups: [group(n, 1)] }))],
  ['option text', 75, 'message', (n) => accessory(select({ options: [option(1, { text: plain(n) })] }))],
  ['option value', 150, 'message', (n) => accessory(select({ options: [option('v'.repeat(n))] }))],
  [
    'option description',
    75,
    'message',
    (n) => accessory(select({ options: [option(1, { description: plain(n) })] })),
  ],
  ['placeholder', 150, 'message', (n) => accessory(select({ options: [option(1)], placeholder: plain(n) }))],
  [
    'overflow options',
    5,
    'message',
    (n) => accessory({ type: 'overflow', options: times(n, (at) => option(at)) }),
  ],
  [
    'overflow url',
    3000,
    'message',
    (n) => accessory({ type: 'overflow', options: [option(1, { url: url(n) })] }),
  ],
  [
    'checkboxes',
    10,
    'message',
    (n) => accessory({ type: 'checkboxes', options: times(n, (at) => option(at)) }),
  ],
  [
    'radio buttons',
    10,
    'message',
    (n) => accessory({ type: 'radio_buttons', options: times(n, (at) => option(at)) }),
  ],
  ['max_length', 3000, 'modal', (n) => input({ type: 'plain_text_input', max_length: n })],
  ['min_length', 3000, 'modal', (n) => input({ type: 'plain_text_input', min_length: n })],
  [
    'initial_value',
    20,
    'modal',
    (n) => input({ type: 'plain_text_input', max_length: 20, initial_value: long(n) }),
  ],
  ['files', 10, 'modal', (n) => input({ type: 'file_input', max_files: n })],
  ['rich text lines', 100, 'modal', (n) => input({ type: 'rich_text_input', action_id: 'a', max_lines: n })],
  [
    'number',
    9,
    'modal',
    (n) => input({ type: 'number_input', is_decimal_allowed: false, max_value: '9', initial_value: `${n}` }),
  ],
  [
    'focus_on_load',
    1,
    'modal',
    (n) => times(n, () => input({ type: 'plain_text_input', focus_on_load: true })).flat(),
  ],
  ['confirm title', 100, 'message', (n) => actions(button({ confirm: confirm({ title: plain(n) }) }))],
  ['confirm text', 300, 'message', (n) => actions(button({ confirm: confirm({ text: mrkdwn(n) }) }))],
  ['confirm button', 30, 'message', (n) => actions(button({ confirm: confirm({ confirm: plain(n) }) }))],
  ['deny button', 30, 'message', (n) => actions(button({ confirm: confirm({ deny: plain(n) }) }))],
];

test.each(upTo)('%s: %i pass, one more fails', (_name, limit, surface, make) => {
  expect(checkBlocks(make(limit), surface)).toMatchObject({ ok: true });
  expect(checkBlocks(make(limit + 1), surface)).toMatchObject({ ok: false });
});

const atLeast: Row[] = [
  ['text', 1, 'message', (n) => section({ text: mrkdwn(n) })],
  ['actions', 1, 'message', (n) => actions(...times(n, () => button()))],
  ['context elements', 1, 'message', (n) => [{ type: 'context', elements: times(n, () => mrkdwn(1)) }]],
  ['fields', 1, 'message', (n) => section({ fields: times(n, () => mrkdwn(1)) })],
  ['select options', 1, 'message', (n) => accessory(select({ options: times(n, (at) => option(at)) }))],
  [
    'overflow options',
    1,
    'message',
    (n) => accessory({ type: 'overflow', options: times(n, (at) => option(at)) }),
  ],
  ['max_length', 1, 'modal', (n) => input({ type: 'plain_text_input', max_length: n })],
  [
    'max_selected_items',
    1,
    'message',
    (n) => accessory({ type: 'multi_users_select', max_selected_items: n }),
  ],
  ['files', 1, 'modal', (n) => input({ type: 'file_input', max_files: n })],
  ['data table rows', 2, 'home', (n) => dataTable(n, 1)],
  ['page size', 1, 'home', (n) => dataTable(2, 1, { page_size: n })],
  ['carousel', 1, 'message', (n) => [{ type: 'carousel', elements: times(n, () => card({})[0]) }]],
  ['pie value', 1, 'home', (n) => chart({ type: 'pie', segments: [{ label: 'x', value: n }] })],
  [
    'trigger_actions_on',
    1,
    'modal',
    (n) =>
      input({
        type: 'plain_text_input',
        dispatch_action_config: { trigger_actions_on: times(n, () => 'on_enter_pressed') },
      }),
  ],
];

test.each(atLeast)('%s: %i pass, one less fails', (_name, limit, surface, make) => {
  expect(checkBlocks(make(limit), surface)).toMatchObject({ ok: true });
  expect(checkBlocks(make(limit - 1), surface)).toMatchObject({ ok: false });
});

const opt = option('a');
const refused: [name: string, surface: BlockSurface, blocks: unknown, says: string][] = [
  [
    'an unknown field',
    'message',
    [{ ...divider, colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  ['an unknown block', 'message', [{ type: 'sectoin' }], 'unsupported type [json-pointer:/blocks/0]'],
  [
    'a missing field',
    'message',
    [{ type: 'header' }],
    'missing required field: text [json-pointer:/blocks/0]',
  ],
  [
    'a text too long',
    'message',
    section({ text: mrkdwn(3001) }),
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['neither text nor fields', 'message', section({}), 'must provide text or fields'],
  ['mrkdwn in a header', 'message', [{ type: 'header', text: mrkdwn(1) }], '/blocks/0/text/type'],
  [
    'two equal block ids',
    'message',
    [
      { ...divider, block_id: 'a' },
      { ...divider, block_id: 'a' },
    ],
    'already exists',
  ],
  [
    'two equal action ids in a block',
    'message',
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
    '/blocks/0/elements/1/action_id',
  ],
  [
    'an alert in a message',
    'message',
    [{ type: 'alert', text: plain(1) }],
    'unsupported block type for message: alert',
  ],
  ['an alert in a Home tab', 'home', [{ type: 'alert', text: plain(1) }], 'unsupported block type'],
  ['markdown in a modal', 'modal', [{ type: 'markdown', text: 'x' }], 'unsupported block type'],
  ['a table in a modal', 'modal', table(1, 1), 'unsupported block type'],
  ['a data table in a modal', 'modal', dataTable(2, 1), 'unsupported block type'],
  ['a chart in a modal', 'modal', chart(line(1, 1)), 'unsupported block type'],
  ['a file input in a message', 'message', input({ type: 'file_input' }), 'file_input'],
  [
    'options and groups',
    'message',
    accessory(select({ options: [opt], option_groups: [group(1, 1)] })),
    'exactly one of options',
  ],
  [
    'an initial option that is none',
    'message',
    accessory(select({ options: [opt], initial_option: option('a', { text: plain(2) }) })),
    'must match options exactly',
  ],
  [
    'options with the same value',
    'message',
    accessory(select({ options: [opt, option('a', { text: plain(2) })] })),
    'unique',
  ],
  [
    'a confirm without deny',
    'message',
    actions(button({ confirm: { title: plain(1), text: plain(1), confirm: plain(1) } })),
    'missing required field: deny',
  ],
  [
    'a number input that does not say decimals',
    'modal',
    input({ type: 'number_input' }),
    'is_decimal_allowed',
  ],
  [
    'numbers that are numbers',
    'modal',
    input({ type: 'number_input', is_decimal_allowed: true, min_value: 1 }),
    'must be a valid string',
  ],
  [
    'a rich text input without action_id',
    'modal',
    input({ type: 'rich_text_input' }),
    'missing required field: action_id',
  ],
  [
    'a date that is none',
    'message',
    accessory({ type: 'datepicker', initial_date: '2026-02-30' }),
    'must be a valid date',
  ],
  [
    'a time that is none',
    'message',
    accessory({ type: 'timepicker', initial_time: '25:00' }),
    'must be a valid time',
  ],
  [
    'milliseconds',
    'message',
    actions({ type: 'datetimepicker', initial_date_time: 1_700_000_000_000 }),
    '10 digits',
  ],
  ['a button in an input', 'modal', input(button()), 'unsupported type'],
  ['an input as accessory', 'message', accessory({ type: 'plain_text_input' }), 'unsupported type'],
  [
    'an image without alt_text',
    'message',
    [{ type: 'image', image_url: url(30) }],
    'missing required field: alt_text',
  ],
  [
    'an image from two places',
    'message',
    [{ type: 'image', image_url: url(30), slack_file: { id: 'F1' }, alt_text: 'x' }],
    'exactly one of image_url',
  ],
  ['a style that is none', 'message', actions(button({ style: 'default' })), '/style'],
  [
    'rows of different lengths',
    'home',
    [{ type: 'data_table', caption: 'c', rows: [[cell], [cell, cell]] }],
    'same number of cells',
  ],
  [
    'rich text in a header row',
    'home',
    [{ type: 'data_table', caption: 'c', rows: [[{ type: 'rich_text', elements: [] }], [cell]] }],
    'header cells',
  ],
  [
    'a series without a category',
    'home',
    chart({ ...line(1, 2), axis_config: { categories: ['p0', 'other'] } }),
    'must match axis_config',
  ],
  [
    'two series of one name',
    'home',
    chart({ ...line(1, 1), series: [...line(1, 1).series, ...line(1, 1).series] }),
    'unique',
  ],
  [
    'a card with a subtitle only',
    'message',
    [{ type: 'card', subtitle: mrkdwn(1) }],
    'must provide hero_image',
  ],
  [
    'a collapsed container that cannot',
    'message',
    [{ type: 'container', title: plain(1), child_blocks: [divider], default_collapsed: true }],
    'is_collapsible',
  ],
  ['blocks that are no list', 'message', { type: 'divider' }, 'must be a valid array'],
];

test.each(refused)('refuses %s', (_name, surface, blocks, words) => {
  const checked = checkBlocks(blocks, surface);
  expect(checked.ok ? '' : checked.messages.join('\n')).toContain(words);
});

describe('views', () => {
  const modal = (change: object = {}) => ({ type: 'modal', title: plain(1), blocks: [divider], ...change });
  const rows: [name: string, limit: number, make: (size: number) => object][] = [
    ['title', 24, (n) => modal({ title: plain(n) })],
    ['submit', 24, (n) => modal({ submit: plain(n) })],
    ['close', 24, (n) => modal({ close: plain(n) })],
    ['private_metadata', 3000, (n) => modal({ private_metadata: long(n) })],
    ['callback_id', 255, (n) => modal({ callback_id: long(n) })],
    ['external_id', 255, (n) => modal({ external_id: long(n) })],
  ];
  test.each(rows)('%s: %i pass, one more fails', (_name, limit, make) => {
    expect(checkView(make(limit))).toMatchObject({ ok: true });
    expect(checkView(make(limit + 1))).toMatchObject({ ok: false });
  });

  test('250 kB are the limit for a whole view', () => {
    const blocks = times(100, () => section({ text: { type: 'mrkdwn', text: 'x'.repeat(2900) } })).flat();
    expect(checkView(modal({ blocks: blocks.slice(0, 80) }))).toMatchObject({ ok: true });
    expect(checkView(modal({ blocks }))).toEqual({ ok: false, messages: ['view_too_large'] });
  });

  test.each([
    [
      'an input without submit',
      modal({ blocks: input({ type: 'plain_text_input' }) }),
      'must define `submit`',
    ],
    ['a server field', modal({ hash: 'x' }), 'invalid additional property: hash [json-pointer:/view]'],
    ['no title', { type: 'modal', blocks: [divider] }, 'missing required field: title'],
    [
      'a title on a Home tab',
      { type: 'home', title: plain(1), blocks: [] },
      'invalid additional property: title',
    ],
    ['a type that is none', { type: 'dialog', blocks: [] }, 'unsupported type [json-pointer:/view]'],
  ])('refuses %s', (_name, view, words) => {
    const checked = checkView(view);
    expect(checked.ok ? '' : checked.messages.join('\n')).toContain(words);
  });
});
