import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { actions, section, written } from '../../slack/blocks.ts';
import { packed, placeNumber } from '../../slack/packed.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Body } from './body.ts';

/** "<what>:<number>": a reflection's or a share's id, or "all", and from where on. */
export const packedPlace = packed(':', { what: z.string(), number: placeNumber });

/** Text carried over from several frameworks can make an entry long; Slack shows a hundred blocks and 250 kB. */
const partsAtOnce = 12;

/** Some parts of a reflection, and with the last of them what was ticked. @param more the button that goes on. */
export function partBlocks(
  { parts, choices }: Body,
  from: number,
  more: (from: number) => ActionsBlockElement,
): KnownBlock[] {
  const goOn = parts.length > from + partsAtOnce;
  return [
    ...parts
      .slice(from, from + partsAtOnce)
      .flatMap(({ label, text }) => [section(mrkdwn`*${label}*`), ...written(text)]),
    ...(goOn
      ? []
      : choices.map(({ label, selected }) => section(mrkdwn`*${label}*\n${selected.join(', ')}`))),
    ...(goOn ? [actions([more(from + partsAtOnce)])] : []),
  ];
}
