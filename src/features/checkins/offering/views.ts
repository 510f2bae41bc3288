import type { Message } from '../../../outbox/outbox.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { mrkdwn, sayTime } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import type { CheckIn } from '../store.ts';
import { said } from '../views.ts';
import { privacySentence, sayMinutes } from '../words.ts';

/** What became of what somebody said to being asked. */
export type Wished =
  | { kind: 'wanted' | 'not-wanted'; checkin: CheckIn }
  | { kind: 'over'; checkin: CheckIn }
  | { kind: 'not-yours' };

/** Bland: phones show it on locked screens. */
const offerText = 'Would you like to be asked?';

/** The one question before the first: what it would be, how often, who sees it. */
export function offerMessage(
  { id, definition, recurrence }: Pick<CheckIn, 'id' | 'definition' | 'recurrence'>,
  cohortName: string,
  { next, zone }: { next: Date | undefined; zone: string },
): Message {
  const { label, purpose, minutes } = definition;
  const first = next ? mrkdwn` The first would come on ${sayTime(next, zone)}.` : mrkdwn``;
  const often = recurrence && recurrence.rule !== 'once' ? 'each time' : 'once';
  return {
    text: offerText,
    blocks: [
      section(
        mrkdwn`*${label}*: would you like it?\n${purpose} It takes ${sayMinutes(minutes)} ${often}, and you can skip any.${first}`,
      ),
      context(mrkdwn`${privacySentence(definition)}`),
      actions([
        button('Yes, ask me', ids.want, { value: id, style: 'primary', label: `Yes, ask me: ${label}` }),
        button('No, thank you', ids.doNotWant, { value: id, label: `No, thank you: ${label}` }),
      ]),
      context(
        mrkdwn`Offered to everyone in ${cohortName}, once. If you do nothing you are not asked, and nobody is told who said what. You can change it in \`/chatr checkins\`.`,
      ),
    ],
  };
}

/** What stands in its place. */
export function wishedAnswer(outcome: Wished): Answer {
  switch (outcome.kind) {
    case 'wanted':
      return said(`You will be asked for “${outcome.checkin.definition.label}”. You can stop at any time.`, {
        text: 'You will be asked',
        next: { text: 'Rather not', id: ids.doNotWant, value: outcome.checkin.id },
      });
    case 'not-wanted':
      return said(
        `You will not be asked for “${outcome.checkin.definition.label}”. Nobody is told who said no.`,
        {
          text: 'You will not be asked',
          next: { text: 'Ask me after all', id: ids.want, value: outcome.checkin.id },
        },
      );
    case 'over':
      return said(`“${outcome.checkin.definition.label}” is over. Nothing more is needed.`, {
        text: 'Nothing more is needed',
      });
    case 'not-yours':
      return said('This is for a group you are not in any more. Nothing more is needed.', {
        text: 'Nothing more is needed',
      });
  }
}
