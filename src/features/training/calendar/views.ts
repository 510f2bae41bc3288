import type { KnownBlock, View } from '@slack/types';
import {
  actions,
  button,
  confirmLoss,
  context,
  modal,
  preformatted,
  section,
} from '../../../slack/blocks.ts';
import { mrkdwn, sayDay } from '../../../slack/text.ts';
import { ids } from './ids.ts';
import type { Feed } from './store.ts';

/** In the window of training, where feeds are served. */
export const feedButton = button('My calendar', ids.open);

const view = (blocks: KnownBlock[]): View => modal({ callbackId: ids.view, title: 'My calendar', blocks });

const makeAnew = (text: string) =>
  button(text, ids.make, {
    confirm: confirmLoss(
      'A new address?',
      'The address you have stops working at once. Put the new one into your calendar in its place.',
      'Make a new one',
      'Keep it',
    ),
  });

const whoSees = context(
  mrkdwn`Whoever has the address can read your sessions: when, where, the link to join, and who runs them. So please keep it to yourself. I keep only a mark by which I know it again.`,
);

/** Before there is one, or after it was stopped. */
export const noFeedView = (isStopped = false): View =>
  view([
    ...(isStopped ? [section(mrkdwn`*Stopped.* The address does not work any more.`)] : []),
    section(
      mrkdwn`*Your sessions in your own calendar.* You get a secret address; your calendar asks there by itself, about once an hour or once a day, and shows what you have booked, what has moved and what is cancelled.`,
    ),
    whoSees,
    actions([button('Make my address', ids.make, { style: 'primary' })]),
  ]);

/** Somebody has one already. It is not kept, so it cannot be shown. */
export const feedView = ({ madeAt }: Feed, zone: string): View =>
  view([
    section(
      mrkdwn`*You have a calendar address*, made on ${sayDay(madeAt, zone)}. I cannot show it again, since I do not keep it. If it is lost, or somebody else may have it, make a new one.`,
    ),
    whoSees,
    actions([makeAnew('Make a new address'), stopButton]),
  ]);

/** The one time it is shown. */
export const newFeedView = (address: URL): View =>
  view([
    section(mrkdwn`*Your calendar address.* Copy it now: it is shown only here, and only this once.`),
    preformatted(address.href),
    section(
      mrkdwn`*Outlook:* Add calendar, then _Subscribe from web_.\n*Google Calendar*, on a computer: Other calendars, _+_, then _From URL_.\n*iPhone or Mac:* Add calendar, then _Add subscription calendar_; or open this one:`,
    ),
    preformatted(`webcal:${address.href.slice(address.protocol.length)}`),
    whoSees,
    context(mrkdwn`With it you need no files from “Add to calendar”: both would show a session twice.`),
    actions([makeAnew('Make another address'), stopButton]),
  ]);

const stopButton = button('Stop it', ids.stop, {
  confirm: confirmLoss(
    'Stop it?',
    'The address does not work any more, and your calendar hears of no change. You can make a new one at any time.',
    'Stop it',
    'Keep it',
  ),
});
