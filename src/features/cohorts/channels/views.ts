import type { View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import { button, context, section } from '../../../slack/blocks.ts';
import { channel, form, ticked } from '../../../slack/form.ts';
import { packed, packedId } from '../../../slack/packed.ts';
import { inviteMe } from '../../../slack/room.ts';
import { channelMention, joinMrkdwn, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import type { Enrolment } from '../members/membership.ts';
import { additionReceipt, enrolmentPreview, enrolmentReceipt, undoneReceipt } from '../members/views.ts';
import { busy, type Receipt } from '../views.ts';
import type { AddChannelOutcome, PreviewOutcome } from './add-channel.ts';
import type { FollowOutcome, LinkOutcome } from './channel.ts';

export const addChannelForm = form(
  { id: ids.addChannelForm, carries: packedId },
  {
    title: 'Add a whole channel',
    submit: 'See who would join',
    fields: {
      channel: channel('Channel', {
        hint: `For a private channel I must be in it: type ${inviteMe} there first.`,
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
        mrkdwn`To *${cohort.name}*. Nobody is added before you have seen who it would be. Bots, people of other workspaces and those who run the group are left out.`,
      ),
    ],
    initial: { channel: cohort.channelId },
  });

const stayHere = mrkdwn`Nobody is added before you have seen who it would be.`;

export const readingChannel = (channelId: string): View =>
  busy(mrkdwn`Reading who is in ${channelMention(channelId)} …`, stayHere);

/** A group, and a channel whose people would come into it. */
const channelFor = packed(':', { cohortId: z.string(), channelId: z.string() });

export const addChannelPreview = form(
  { id: ids.addChannelPreview, carries: channelFor },
  { title: 'Add a whole channel', submit: 'Add them', fields: {} },
);

type Preview = { cohort: Cohort } & Enrolment;

export const addChannelPreviewDialog = ({ cohort, ...enrolment }: Preview, channelId: string): View =>
  addChannelPreview.view({
    carry: { cohortId: cohort.id, channelId },
    above: [
      section(enrolmentPreview(cohort, enrolment)),
      context(
        mrkdwn`They are in ${channelMention(channelId)} now. They are told by their next welcome step or check-in, not by this. You can undo it.`,
      ),
    ],
  });

export const addingAll = (): View => busy(mrkdwn`Adding people …`);

export const addingSome = (done: number, of: number): View => busy(mrkdwn`Adding people: ${done} of ${of} …`);

/** What to do when a channel cannot be read. */
const trouble = {
  'not-visible': mrkdwn`*Nothing was changed:* I cannot see that channel. In a private one we must both be: type \`${inviteMe}\` there, and try again.`,
  failed: mrkdwn`*Nothing was changed:* Slack did not say who is in that channel. Please try again in a few minutes.`,
};

export function addChannelReceipt(
  outcome: Exclude<AddChannelOutcome | PreviewOutcome, { kind: 'not-allowed' }>,
): Receipt {
  switch (outcome.kind) {
    case 'added':
    case 'archived':
      return additionReceipt(outcome);
    case 'preview':
      return { text: enrolmentReceipt(outcome.cohort, outcome) };
    default:
      return { text: trouble[outcome.kind] };
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
        hint: `With this ticked, you see next who would join now. I must be in the channel to hear who comes and goes: type ${inviteMe} there.`,
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

export const followPreview = form(
  { id: ids.followPreview, carries: channelFor },
  { title: 'Linked channel', submit: 'Keep in step', fields: {} },
);

export const followPreviewDialog = ({ cohort, ...enrolment }: Preview, channelId: string): View =>
  followPreview.view({
    carry: { cohortId: cohort.id, channelId },
    above: [
      section(
        enrolment.added.length > 0
          ? enrolmentPreview(cohort, enrolment)
          : mrkdwn`Nobody would join ${cohort.name} now.`,
      ),
      section(
        mrkdwn`From then on, whoever joins or leaves ${channelMention(channelId)} joins or leaves the group. You can undo it.`,
      ),
    ],
  });

/** What keeping in step began with. */
export const following = packed(':', { cohortId: z.string(), channelId: z.string(), addition: z.string() });

export function followReceipt(
  outcome: Exclude<FollowOutcome, { kind: 'not-allowed' }>,
  channelId: string,
): Receipt {
  if (outcome.kind !== 'following') return { text: trouble[outcome.kind] };
  const { cohort, addition } = outcome;
  const lines = [
    mrkdwn`*Saved.* From now on the group is kept in step with ${channelMention(channelId)}.`,
    enrolmentReceipt(cohort, outcome.enrolment),
    !outcome.botIsIn &&
      mrkdwn`I am not in that channel yet, so I do not hear who comes and goes. Type \`${inviteMe}\` there.`,
  ];
  const value = following.pack({ cohortId: cohort.id, channelId, addition });
  return { text: joinMrkdwn(lines, '\n'), undo: button('Undo', ids.undoFollowing, { value }) };
}

/** @param isLinked another channel was linked since, and stays. */
export const unfollowedReceipt = (undone: Parameters<typeof undoneReceipt>[0], isLinked: boolean): Mrkdwn =>
  joinMrkdwn([!isLinked && mrkdwn`*No channel is linked now.*`, undoneReceipt(undone)], '\n');
