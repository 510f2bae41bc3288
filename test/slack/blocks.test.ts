import fc from 'fast-check';
import { elementsOf } from 'practice-workspace/block-check';
import { expect, test } from 'vitest';
import {
  actions,
  button,
  confirm,
  confirmLoss,
  context,
  header,
  inert,
  input,
  modal,
  option,
  rows,
  section,
  textInput,
} from '../../src/slack/blocks.ts';
import { mrkdwn } from '../../src/slack/text.ts';

test('what heads an answer is not said again below the same title of a modal', () => {
  const rest = section(mrkdwn`Something`);
  const blocksOf = (first: ReturnType<typeof section> | ReturnType<typeof header>) =>
    modal({ callbackId: 'answer', title: 'Groups', blocks: [first, rest] }).blocks;
  expect(blocksOf(header('Groups'))).toEqual([rest]);
  expect(blocksOf(section(mrkdwn`*Groups*`))).toEqual([rest]);
  expect(blocksOf(section(mrkdwn`*Groups.* You are in one.`))).toEqual([
    section(mrkdwn`You are in one.`),
    rest,
  ]);
  expect(blocksOf(section(mrkdwn`*Groups*\nYou are in one.`))).toEqual([
    section(mrkdwn`You are in one.`),
    rest,
  ]);
  const others = [
    header('Other'),
    section(mrkdwn`*Groups*, as they are`),
    section(mrkdwn`*Groups of mine.* Two.`),
    section(mrkdwn`*Groups*`, button('Open', 'open')),
    section(mrkdwn`Groups`),
  ];
  for (const other of others) expect(blocksOf(other)).toEqual([other, rest]);
});

test('one button of a window is green at most: its own, or else the first that asks for it', () => {
  const green = (text: string) => button(text, text, { style: 'primary' });
  const blocks = [
    section(mrkdwn`One`, green('One')),
    actions([green('Two'), button('Three', 'three', { style: 'danger' }), green('Four')]),
  ];
  const styles = (submit?: string) =>
    elementsOf(modal({ callbackId: 'a', title: 'A', blocks, ...(submit && { submit }) }).blocks as never).map(
      ({ element }) => element.style ?? false,
    );
  expect(styles()).toEqual(['primary', false, 'danger', false]);
  expect(styles('Save')).toEqual([false, false, 'danger', false]);
});

test('what takes something away asks in red, and what does not in the usual colour', () => {
  const words = ['Delete it?', 'It goes.', 'Delete', 'Keep'] as const;
  expect(confirmLoss(...words)).toEqual({ ...confirm(...words), style: 'danger' });
  expect(confirm(...words)).not.toHaveProperty('style');
});

test.each([
  ['A line about you (optional)', true, 'A line about you'],
  ['A line about you  (Optional) ', true, 'A line about you'],
  ['A line about you', true, 'A line about you'],
  // Slack adds nothing here, so the word is somebody's own.
  ['Choose (optional)', false, 'Choose (optional)'],
])('a label does not say "(optional)" a second time: %s', (label, optional, shown) => {
  expect(input('a', label, textInput('value'), { optional }).label.text).toBe(shown);
});

test('many buttons are rows of much the same length, five at most', () => {
  const lengths = (many: number) =>
    rows(
      Array.from({ length: many }, (_, at) => button(`Button ${at}`, `button.${at}`)),
      'row',
    ).map((row) => elementsOf([row] as never).length);
  expect([1, 5, 6, 7, 8, 11].map(lengths)).toEqual([[1], [5], [3, 3], [4, 3], [4, 4], [4, 4, 3]]);
});

test('a preview looks the same, and nothing in it acts', () => {
  const select = {
    type: 'static_select' as const,
    action_id: 'pace',
    options: [option('Slow', 'slow')],
  };
  const ask = confirmLoss('Delete?', 'All of it.', 'Delete', 'Keep');
  const shown = inert(
    [
      section(mrkdwn`*A step*`, select),
      actions(
        [button('Go', 'go', { style: 'primary', value: '1' }), button('Delete', 'delete', { confirm: ask })],
        'row',
      ),
    ],
    'previewed:',
  );
  expect(elementsOf(shown as never).map(({ element }) => [element.action_id, element.confirm])).toEqual([
    ['previewed:1', undefined],
    ['previewed:2', undefined],
    ['previewed:3', undefined],
  ]);
  expect(JSON.stringify(shown)).toContain('"Go"');
});

test('the green button of a row comes first, and the others stay in their order', () => {
  const row = actions([
    button('Back', 'back'),
    button('Go on', 'on', { style: 'primary' }),
    button('Stop', 'stop'),
  ]);
  expect(elementsOf([row] as never).map(({ element }) => element.action_id)).toEqual(['on', 'back', 'stop']);
});

test('nothing in somebody’s words becomes a link or a mention that Slack makes of its own', () => {
  const said = mrkdwn`${'@here see #general and https://example.org'}`;
  for (const block of [section(said), context(said)])
    expect(JSON.stringify(block)).toContain('"verbatim":true');
});

test('a button is called by what is seen on it first, whatever its name for a screen reader', () => {
  const named = (text: string, label: string) => button(text, 'x', { label }).accessibility_label;
  expect(named('Open', 'Open the group Perinatal')).toBe('Open the group Perinatal');
  expect(named('It belongs to…', 'Add the words to a topic')).toBe(
    'It belongs to…: Add the words to a topic',
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 75 }), fc.string({ minLength: 1 }), (text, label) => {
      const made = button(text, 'x', { label });
      const seen = made.text.text.slice(0, 70).toLowerCase();
      expect(made.accessibility_label?.toLowerCase().startsWith(seen)).toBe(true);
      expect(made.accessibility_label?.length).toBeLessThanOrEqual(75);
    }),
  );
});
