import type { Answer } from '../../slack/answer.ts';
import { section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';

/** One thing said. */
export const plainAnswer = (title: string, text: string): Answer => ({
  text,
  title,
  blocks: [section(mrkdwn`${text}`)],
});

export const notAllowed = plainAnswer(
  'Not available',
  'This works for members of the workspace that I belong to. Nothing was stored.',
);
