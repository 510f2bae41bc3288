import type { Person } from '../../../community/people.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, section } from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { count, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import { copyKinds, ids } from '../ids.ts';

/** Says what leaving does before it asks for a yes, and what else there is. @param groups their names. @param ends what ends with it, in sentences. */
export const leaveAnswer = (groups: readonly string[], ends: readonly string[]): Answer => ({
  title: 'Leave',
  text: 'Leaving the programme',
  blocks: [
    section(
      mrkdwn`*Leaving the programme* stops all messages at once${groups.length > 0 ? mrkdwn` and takes you out of ${groups.length === 1 ? `the group ${groups[0] ?? ''}` : count(groups.length, 'group', 'groups')}` : ''}. Extras you said yes to are withdrawn. Your account in Slack stays, and you can still look things up.`,
    ),
    ...(ends.length > 0 ? [section(mrkdwn`${ends.join(' ')} Coming back does not begin it again.`)] : []),
    section(
      mrkdwn`What you wrote stays yours, and you can read it here as before. You can take a copy, or have everything deleted as you leave.`,
    ),
    actions(
      [
        button('Leave the programme', ids.leaveNow, {
          style: 'danger',
          confirm: confirmLoss(
            'Leave the programme?',
            'All messages stop now, and you are no longer in any group. A facilitator can bring you back into a group later.',
            'Leave',
            'Stay',
          ),
        }),
        fileButton('Get a copy', copyKinds.document, '', 'Get a copy of everything, as a Word file'),
        button('Leave and delete everything', ids.everything),
        button('Only pause messages', pauseId),
      ],
      'privacy.leave',
    ),
  ],
});

/** The message settings answer these. */
const pauseId = 'preferences.pause';
const startId = 'preferences.start';

const namesOf = (humans: readonly Person[]): Mrkdwn =>
  humans.length === 0
    ? mrkdwn`the programme team`
    : joinMrkdwn(
        humans.slice(0, 3).map((human) => mention(human.slackId)),
        ', ',
      );

export const leftAnswer = (groups: number, humans: readonly Person[]): Answer => ({
  title: 'You have left',
  text: 'You have left the programme.',
  blocks: [
    section(
      mrkdwn`*You have left.* Nothing more is sent${groups > 0 ? `, and you are out of ${count(groups, 'group', 'groups')}` : ''}. Thank you for having been part of it.`,
    ),
    section(
      mrkdwn`What you wrote stays yours until you delete it. To come back into a group, write to ${namesOf(humans)}.`,
    ),
    actions([
      button('Start messages again', startId),
      button('My data', ids.privacy, { label: 'My data: get a copy, or delete' }),
    ]),
  ],
});
