import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { clip, mrkdwn, sayDay, sayLength } from '../../../slack/text.ts';
import type { Session } from '../sessions/session.ts';
import { certificateKind, ids } from './ids.ts';
import type { Presence } from './rules.ts';

/** Which session, and the page it stands on; from a message there is none. */
export const packedPast = packed('|', { id: z.string().min(1), page: placeNumber });

export const wasThereButton = ({ id, title: name }: Session, page: number): Button =>
  button('I was there', ids.wasThere, {
    value: packedPast.pack({ id, page }),
    label: clip(`I was there: ${name}`, 75),
  });
export const certificateButton = ({ id, title: name }: Session): Button =>
  fileButton('Certificate (Word)', certificateKind, id, clip(`Certificate (Word): ${name}`, 75));

/** What somebody can do about one that is behind them. */
export type Thanks = {
  session: Session;
  presence: Presence | undefined;
  zone: string;
  /** Whether they like to note what they will try. */
  offer: readonly KnownBlock[];
  reflectButton: { text: string; actionId: string };
};

/** To whoever a host wrote down though they had no place. Nothing stands under their name before they say so. */
export const walkInMessage = (
  session: Session,
  zone: string,
  reflectButton: Thanks['reflectButton'],
): Message => ({
  text: 'After your session',
  blocks: [
    section(
      mrkdwn`*Were you at ${session.title} on ${sayDay(session.startsAt, zone)}?* A host wrote down that you came without a place. Nothing is kept under your name unless you say so; then it can go into your CPD record as ${sayLength(session.minutes)}.`,
    ),
    actions([wasThereButton(session, 0), button(reflectButton.text, reflectButton.actionId)], 'afterwards'),
    context(mrkdwn`You can leave all of this. Fewer messages: \`/chatr settings\``),
  ],
});

/**
 * The one message after a session: bland, since phones show it. Of whoever nobody has written down it supposes nothing.
 * What can be done stands beside one another, and all of it may be left.
 */
export function afterMessage({ session, presence, zone, offer, reflectButton }: Thanks): Message {
  const when = sayDay(session.startsAt, zone);
  const thanks =
    presence === undefined
      ? mrkdwn`*If you came to ${session.title} on ${when}: thank you.* Say so, and it can go into your CPD record as ${sayLength(session.minutes)}.`
      : presence === 'said'
        ? mrkdwn`*Thank you for coming to ${session.title} on ${when}.* You said that you were there, so it can go into your CPD record as ${sayLength(session.minutes)}. A host can confirm it.`
        : mrkdwn`*Thank you for coming to ${session.title} on ${when}.* It can go into your CPD record as ${sayLength(session.minutes)}.`;
  return {
    text: 'After your session',
    blocks: [
      section(thanks),
      actions(
        [
          ...(presence === undefined ? [wasThereButton(session, 0)] : []),
          ...(presence === 'confirmed' ? [certificateButton(session)] : []),
          button(reflectButton.text, reflectButton.actionId),
        ],
        'afterwards',
      ),
      ...offer,
      context(mrkdwn`You can leave all of this. Fewer messages: \`/chatr settings\``),
    ],
  };
}
