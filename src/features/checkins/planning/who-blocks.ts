import type { KnownBlock } from '@slack/types';
import { section } from '../../../slack/blocks.ts';
import { clip, list, mrkdwn } from '../../../slack/text.ts';
import type { Definition } from '../content.ts';
import { whoIsAsked } from './asks-who.ts';

/** Beside questions whose answers would say whose they are, where no name is kept. It keeps nobody from asking. */
export function whoBlocks(definition: Pick<Definition, 'mode' | 'questions'>): KnownBlock[] {
  const asked = whoIsAsked(definition);
  return asked.length === 0
    ? []
    : [
        section(
          mrkdwn`*Please note:* answers to ${list(asked.map((text) => `“${clip(text, 80)}”`))} could say whose they are. In this check-in nobody’s name is kept: people are told so when they are asked. If you need to know who said what, choose a check-in with names.`,
        ),
      ];
}
