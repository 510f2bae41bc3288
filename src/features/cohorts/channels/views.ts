import type { View } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import { context } from '../../../slack/blocks.ts';
import { channel, form, ticked } from '../../../slack/form.ts';
import { packedId } from '../../../slack/packed.ts';
import { channelMention, joinMrkdwn, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { archivedMeanwhile, enrolmentReceipt } from '../members/views.ts';
import { busy } from '../views.ts';
import type { AddChannelOutcome } from './add-channel.ts';
import type { FollowOutcome, LinkOutcome } from './channel.ts';

export const addChannelForm = form(
  { id: ids.addChannelForm, carries: packedId },
  {
    title: 'Add a whole channel',
    submit: 'Add everyone in it',
    fields: {
      channel: channel('Channel', {
        hint: 'For a private channel I must be in it: type /invite there first, and choose ChATR Companion.',
        missing: 'Please choose a channel, not a conversation.',
      }),
    },
  },
);

export const addChannelDialog = (cohort: Cohort): View =>
  addChannelForm.view({
    carry: cohort.id,
    above: [
      context(
        mrkdwn`To *${cohort.name}*. Bots and people of other workspaces are left out; guests are added.`,
      ),
    ],
    initial: { channel: cohort.channelId },
  });

export const readingChannel = (channelId: string): View =>
  busy(mrkdwn`Reading who is in ${channelMention(channelId)} …`);

export const addingSome = (done: number, of: number): View => busy(mrkdwn`Adding people: ${done} of ${of} …`);

/** What to do when a channel cannot be read. */
const trouble = {
  'not-visible': mrkdwn`*Nothing was changed:* I cannot see that channel. In a private one we must both be: type \`/invite\` there, choose ChATR Companion, and try again.`,
  failed: mrkdwn`*Nothing was changed:* Slack did not say who is in that channel. Please try again in a few minutes.`,
};

export function addChannelReceipt(outcome: Exclude<AddChannelOutcome, { kind: 'not-allowed' }>): Mrkdwn {
  switch (outcome.kind) {
    case 'added':
      return enrolmentReceipt(outcome.cohort, outcome);
    case 'archived':
      return archivedMeanwhile;
    default:
      return trouble[outcome.kind];
  }
}

export const channelForm = form(
  { id: ids.channelForm, carries: packedId },
  {
    title: 'Linked channel',
    submit: 'Save channel',
    fields: {
      channel: channel('Channel'),
      follow: ticked('Membership', {
        yes: 'Keep the group in step with it',
        means: 'Whoever joins or leaves the channel joins or leaves the group',
        hint: 'With this ticked, everyone who is in the channel now is added at once. I must be in it to hear who comes and goes: type /invite there, and choose ChATR Companion.',
      }),
    },
  },
);

export const channelDialog = (cohort: Cohort): View =>
  channelForm.view({
    carry: cohort.id,
    above: [
      context(
        mrkdwn`For *${cohort.name}*. Leave the channel empty to link none; nobody is taken out by that.`,
      ),
    ],
    initial: { channel: cohort.channelId, follow: cohort.followsChannel },
  });

/** Beside the channel, where the box is ticked. */
export const noChannel = 'Please choose the channel to keep in step with, or untick the box.';

export const linkReceipt = ({ kind }: Exclude<LinkOutcome, { kind: 'not-allowed' }>): Mrkdwn =>
  kind === 'linked'
    ? mrkdwn`*Saved.* The channel is linked; nobody was added or taken out.`
    : mrkdwn`*Saved.* No channel is linked now; nobody was taken out.`;

export const comingIntoStep = (channelId: string): View =>
  busy(mrkdwn`Bringing the group in step with ${channelMention(channelId)} …`);

export function followReceipt(
  outcome: Exclude<FollowOutcome, { kind: 'not-allowed' }>,
  channelId: string,
): Mrkdwn {
  if (outcome.kind !== 'following') return trouble[outcome.kind];
  const lines = [
    mrkdwn`*Saved.* From now on the group is kept in step with ${channelMention(channelId)}.`,
    enrolmentReceipt(outcome.cohort, outcome.enrolment),
    !outcome.botIsIn &&
      mrkdwn`I am not in that channel yet, so I do not hear who comes and goes. Type \`/invite\` there and choose ChATR Companion.`,
  ];
  return joinMrkdwn(lines, '\n');
}
