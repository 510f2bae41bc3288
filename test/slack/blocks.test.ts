import { expect, test } from 'vitest';
import { button, header, modal, section } from '../../src/slack/blocks.ts';
import { mrkdwn } from '../../src/slack/text.ts';

test('what heads an answer is not said again below the same title of a modal', () => {
  const rest = section(mrkdwn`Something`);
  const blocksOf = (first: ReturnType<typeof section> | ReturnType<typeof header>) =>
    modal({ callbackId: 'answer', title: 'Groups', blocks: [first, rest] }).blocks;
  expect(blocksOf(header('Groups'))).toEqual([rest]);
  expect(blocksOf(section(mrkdwn`*Groups*`))).toEqual([rest]);
  const others = [
    header('Other'),
    section(mrkdwn`*Groups*`, button('Open', 'open')),
    section(mrkdwn`Groups`),
  ];
  for (const other of others) expect(blocksOf(other)).toEqual([other, rest]);
});
