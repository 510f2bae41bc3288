import type { KnownBlock } from '@slack/types';
import { button, section } from '../../../slack/blocks.ts';
import { type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { sayMinutes } from '../words.ts';
import type { Startable } from './start.ts';

/** What a member can start, each with its button. */
export const startableLines = (startable: readonly Startable[]): KnownBlock[] =>
  startable.map(({ checkin: { id, definition }, cohortName }) =>
    section(
      mrkdwn`*${definition.label}*\n${cohortName} · whenever there is something to say · ${sayMinutes(definition.minutes)}`,
      button('Start', ids.start, { value: id, label: `Start: ${definition.label}, ${cohortName}` }),
      `start-${id}`,
    ),
  );

/** Above the questions, for whoever has answered this month already. @param from the first day of the month it counts with. */
export const countsLater = (from: string): Mrkdwn =>
  mrkdwn`You have answered before, so this one counts with those of ${Temporal.PlainDate.from(from).toLocaleString('en-GB', { month: 'long' })}.`;

/** Why somebody cannot start one. */
export const notStarted = {
  'not-yours': 'This is for a group you are not in any more.',
  over: 'This is not asked any more. What you answered before is kept as it was.',
  'not-yet': 'This begins once its session is over. It stands in App Home then.',
  declined:
    'You did not take up the community agreement, so nothing that you write is kept, answers included. If you change your mind, you can agree at any time in Home.',
  enough:
    'You have answered for this month and the next three already. Thank you: from the first of next month you can again.',
} as const;
