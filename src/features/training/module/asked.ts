import type { KnownBlock } from '@slack/types';
import { button, section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { CoreModule } from '../content.ts';
import { ids } from '../ids.ts';
import { sayParts } from './views.ts';

/**
 * Somebody asks for the programme's own training, and for nothing besides: "core module", "the ChATR course". With anything
 * else in it ("training for midwives", "course on attachment") it is a search like any other.
 */
const asked =
  /^(?:(?:the|our|your|chatr|chatr's|programme|programme's|core) )*(?:training|modules?|course)(?: (?:modules?|course|training|parts?))*$/;
const around =
  /^(?:(?:open|start|begin|find|do|show|what is|what's|where is|where's|how do i (?:start|begin|open|find)|i want to (?:do|start)|take me to|go to|me|please) )+/;

export function asksForModule(line: string): boolean {
  const words = line
    .toLowerCase()
    .replace(/\u2019/g, "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length <= 80 && asked.test(words.replace(around, ''));
}

export const foundBlocks = (module: CoreModule): KnownBlock[] => [
  section(
    mrkdwn`*${module.label} of this programme*\n${sayParts(module).replace(/^./, (first) => first.toUpperCase())}, here in Slack, in any order.`,
    button('Open the core module', ids.open, { style: 'primary' }),
  ),
];
