import type { KnownBlock } from '@slack/types';
import { section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { coreModule, type Training } from '../content.ts';

export function partsBlocks(training: Training): KnownBlock[] {
  const { label, parts } = coreModule(training);
  return [
    section(mrkdwn`*${label}*`),
    ...parts.map((part, nth) =>
      section(mrkdwn`*${nth + 1}. ${part.label}*\nAbout ${part.suggested_minutes} minutes`),
    ),
  ];
}
