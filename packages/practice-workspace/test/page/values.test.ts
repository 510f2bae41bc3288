import { describe, expect, test } from 'vitest';
import { axisTicks, chartSummary, readChart, wedge } from '../../src/page/chart-data.ts';
import { Drafts } from '../../src/page/drafts.ts';
import { ownAddress, safeHref } from '../../src/page/href.ts';
import { fromRichText, toRichText } from '../../src/page/rich-text-value.ts';
import { readRoute, writeRoute } from '../../src/page/route.ts';
import { compareCells } from '../../src/page/table-order.ts';
import { collectValues, initialValue, localErrors } from '../../src/page/values.ts';
import type { Block } from '../../src/protocol.ts';

const option = { text: { type: 'plain_text', text: 'A' }, value: 'a' };

function input(blockId: string, element: Record<string, unknown>, more: Record<string, unknown> = {}): Block {
  return { type: 'input', block_id: blockId, element: { action_id: 'v', ...element }, ...more };
}

test('a submission holds everything on the view, touched or not, in Slack’s shape', () => {
  const blocks: Block[] = [
    input('name', { type: 'plain_text_input', initial_value: 'Ana' }),
    input('who', { type: 'multi_users_select' }),
    {
      type: 'section',
      block_id: 'pick',
      accessory: { type: 'static_select', action_id: 's', initial_option: option },
    },
    {
      type: 'actions',
      block_id: 'more',
      elements: [
        { type: 'button', action_id: 'b' },
        { type: 'datepicker', action_id: 'd' },
      ],
    },
    { type: 'divider' },
  ];
  expect(collectValues(blocks, ({ element }) => initialValue(element))).toEqual({
    name: { v: { type: 'plain_text_input', value: 'Ana' } },
    who: { v: { type: 'multi_users_select', selected_users: [] } },
    pick: { s: { type: 'static_select', selected_option: option } },
    more: { d: { type: 'datepicker', selected_date: null } },
  });
});

describe('what the page checks before it sends a form', () => {
  test.each([
    [{ type: 'plain_text_input' }, null, 'Please complete this required field.'],
    [{ type: 'plain_text_input', min_length: 5 }, 'abc', 'Please write at least 5 characters.'],
    [{ type: 'plain_text_input', max_length: 2 }, 'abc', 'Please keep this to 2 characters.'],
    [{ type: 'plain_text_input' }, 'fine', undefined],
    [{ type: 'email_text_input' }, 'ana', 'Please give a full e-mail address, for example ana@example.org.'],
    [{ type: 'email_text_input' }, 'ana@example.org', undefined],
    [{ type: 'url_text_input' }, 'example', 'Please give a full address, for example https://example.org.'],
    [{ type: 'number_input', is_decimal_allowed: false }, '2.5', 'Please give a whole number.'],
    [{ type: 'number_input', is_decimal_allowed: true }, 'two', 'Please give a number.'],
    [
      { type: 'number_input', is_decimal_allowed: true, max_value: '10' },
      '11',
      'Please give a number of at most 10.',
    ],
    [
      { type: 'number_input', is_decimal_allowed: true, min_value: '1' },
      '0.5',
      'Please give a number of at least 1.',
    ],
  ])('%j with %j', (element, value, expected) => {
    const blocks = [input('b', element)];
    const errors = localErrors(blocks, { b: { v: { value } } });
    expect(errors).toEqual(expected === undefined ? {} : { b: expected });
  });

  test('an optional field may stay empty, but not be wrong', () => {
    const blocks = [input('b', { type: 'email_text_input' }, { optional: true })];
    expect(localErrors(blocks, { b: { v: { value: null } } })).toEqual({});
    expect(localErrors(blocks, { b: { v: { value: 'x' } } })).toHaveProperty('b');
  });
});

test('what was typed stays while its field stays, and goes with it', () => {
  const drafts = new Drafts();
  drafts.set('modal', 'b', 'v', { value: 'typed' });
  drafts.prune('modal', [input('b', { type: 'plain_text_input' })]);
  expect(drafts.get('modal', 'b', 'v')).toEqual({ value: 'typed' });
  drafts.prune('modal', [input('other', { type: 'plain_text_input' })]);
  expect(drafts.get('modal', 'b', 'v')).toBeUndefined();
});

test('plain writing becomes rich text and comes back', () => {
  const written = 'Before\nafter\n- one\n- two\n1. first';
  const value = toRichText(written);
  expect(value).toEqual({
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: 'Before\nafter' }] },
      {
        type: 'rich_text_list',
        style: 'bullet',
        indent: 0,
        elements: ['one', 'two'].map((text) => ({
          type: 'rich_text_section',
          elements: [{ type: 'text', text }],
        })),
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 0,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] }],
      },
    ],
  });
  expect(fromRichText(value)).toBe(written);
  expect(toRichText(' \n ')).toBeNull();
});

test.each([
  ['https://example.org', true],
  ['mailto:ana@example.org', true],
  ['tel:999', true],
  ['javascript:alert(1)', false],
  [' JavaScript:alert(1)', false],
  ['data:text/html,x', false],
  ['file:///etc/passwd', false],
  ['/relative', false],
])('%s may be a link: %s', (address, allowed) => {
  expect(safeHref(address) !== undefined).toBe(allowed);
});

test('only this workspace’s own files are fetched', () => {
  const origin = 'http://127.0.0.1:4000';
  expect(ownAddress('/practice/files/F1', origin)).toBe('/practice/files/F1');
  expect(ownAddress(`${origin}/practice/files/F1`, origin)).toBe(`${origin}/practice/files/F1`);
  expect(ownAddress('//elsewhere.example/x', origin)).toBeUndefined();
  expect(ownAddress('https://elsewhere.example/x', origin)).toBeUndefined();
});

test('the address keeps who and where', () => {
  for (const place of [
    { kind: 'conversation', id: 'C1' },
    { kind: 'app', tab: 'home' },
    { kind: 'app', tab: 'messages' },
  ] as const)
    expect(readRoute(writeRoute('U1', place))).toEqual({ person: 'U1', place });
  expect(readRoute('')).toEqual({});
  expect(readRoute('#/%E0%A4%A')).toEqual({});
});

describe('charts', () => {
  const bars = {
    title: 'Answers',
    chart: {
      type: 'bar',
      series: [
        {
          name: 'Week',
          data: [
            { label: 'Tue', value: 2 },
            { label: 'Mon', value: 1 },
          ],
        },
      ],
      axis_config: { categories: ['Mon', 'Tue', 'Wed'] },
    },
  };
  test('values follow the order of the categories', () => {
    expect(readChart(bars)?.series).toEqual([{ name: 'Week', values: [1, 2, undefined] }]);
  });
  test('a chart can be heard', () => {
    const chart = readChart(bars);
    expect(chart && chartSummary(chart)).toBe('Bar chart, Answers. Week: Mon 1, Tue 2, Wed –.');
  });
  test.each([
    [
      [3, 5, 11],
      [0, 5, 10, 15],
    ],
    [
      [1, 2],
      [0, 1, 2],
    ],
    [
      [0.2, 0.9],
      [0, 0.25, 0.5, 0.75, 1],
    ],
    [
      [-4, 6],
      [-5, 0, 5, 10],
    ],
    [
      [0, 0],
      [0, 1],
    ],
  ])('an axis for %j', (values, expected) => {
    expect(axisTicks(values)).toEqual(expected);
  });
  test('a whole circle is drawn', () => {
    expect(wedge(0, 1, 10)).toContain('A10 10 0 1 1');
  });
});

test('cells are sorted by size, then as words, with gaps at the end', () => {
  const number = (value: number) => ({ type: 'raw_number', value, text: String(value) });
  const word = (text: string) => ({ type: 'raw_text', text });
  expect([number(10), number(9)].sort(compareCells)).toEqual([number(9), number(10)]);
  expect([word(''), word('Group 10'), word('group 9')].sort(compareCells)).toEqual([
    word('group 9'),
    word('Group 10'),
    word(''),
  ]);
});
