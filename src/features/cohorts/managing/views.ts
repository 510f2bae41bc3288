import type { InputBlock, KnownBlock, View } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { context, input, modal, option, section, textInput } from '../../../slack/blocks.ts';
import { type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { blockIds, callbackIds, valueId } from '../ids.ts';
import { nameMax } from './fields.ts';

export type CohortDefaults = {
  name?: string | undefined;
  ageGroup?: string | undefined;
  startsOn?: string | undefined;
  endsOn?: string | undefined;
  people?: readonly string[] | undefined;
};

/** @param id of the group to be, so that sending the form twice makes one. */
export const makeForm = (
  id: string,
  vocabulary: Pick<Vocabulary, 'age_groups'>,
  defaults: CohortDefaults = {},
  sameNameAs?: Cohort,
): View =>
  modal({
    callbackId: callbackIds.make,
    title: 'Make a group',
    submit: 'Make this group',
    close: 'Cancel',
    metadata: id,
    blocks: [
      context(mrkdwn`Its facilitators see who is in it. Members see its name and dates, not each other.`),
      ...fields(vocabulary, defaults),
      input(
        blockIds.people,
        'People',
        {
          type: 'multi_users_select',
          action_id: valueId,
          ...(defaults.people && defaults.people.length > 0 && { initial_users: [...defaults.people] }),
        },
        { optional: true, hint: 'You can add more at any time, a whole channel too.' },
      ),
      ...askSameName(sameNameAs),
    ],
  });

export const editForm = (
  cohort: Cohort,
  vocabulary: Pick<Vocabulary, 'age_groups'>,
  defaults: CohortDefaults = cohort,
  sameNameAs?: Cohort,
): View =>
  modal({
    callbackId: callbackIds.edit,
    title: 'Name and dates',
    submit: 'Save changes',
    close: 'Cancel',
    metadata: cohort.id,
    blocks: [
      context(mrkdwn`Members see the name and the dates.`),
      ...fields(vocabulary, defaults),
      ...askSameName(sameNameAs),
    ],
  });

function fields({ age_groups }: Pick<Vocabulary, 'age_groups'>, defaults: CohortDefaults): KnownBlock[] {
  const options = age_groups.slice(0, 100).map(({ id, label }) => option(label, id));
  const initial = options.find(({ value }) => value === defaults.ageGroup);
  return [
    input(
      blockIds.name,
      'Name',
      textInput(valueId, {
        max: nameMax,
        ...(defaults.name && { initial: defaults.name }),
        focus: !defaults.name,
      }),
      {
        hint: 'For example “Perinatal pilot, spring”.',
      },
    ),
    input(
      blockIds.ageGroup,
      'Age group',
      { type: 'static_select', action_id: valueId, options, ...(initial && { initial_option: initial }) },
      { optional: true, hint: 'Leave it empty for a mixed group.' },
    ),
    date(blockIds.startsOn, 'First day', defaults.startsOn),
    date(blockIds.endsOn, 'Last day', defaults.endsOn),
  ];
}

const date = (blockId: string, label: string, initial: string | undefined): InputBlock =>
  input(
    blockId,
    label,
    { type: 'datepicker', action_id: valueId, ...(initial && { initial_date: initial }) },
    { optional: true },
  );

/** Asked only where there is a running group of that name; ticking it is the answer. */
function askSameName(existing: Cohort | undefined): KnownBlock[] {
  if (!existing) return [];
  return [
    section(
      mrkdwn`*There is a group called ${existing.name} already.* Choose another name, or tick the box to have two of that name.`,
    ),
    input(
      blockIds.sameName,
      'Two of the same name',
      {
        type: 'checkboxes',
        action_id: valueId,
        options: [option('Yes, have two groups of this name', 'yes')],
      },
      { optional: true },
    ),
  ];
}

export const addForm = (cohort: Cohort): View =>
  modal({
    callbackId: callbackIds.add,
    title: 'Add people',
    submit: 'Add to the group',
    close: 'Cancel',
    metadata: cohort.id,
    blocks: [
      context(
        mrkdwn`To *${cohort.name}*. They are told by their next welcome step or check-in, not by this.`,
      ),
      input(
        blockIds.people,
        'People',
        { type: 'multi_users_select', action_id: valueId, focus_on_load: true },
        { hint: 'Choosing somebody who is in the group already does no harm.' },
      ),
    ],
  });

export const addChannelForm = (cohort: Cohort): View =>
  modal({
    callbackId: callbackIds.addChannel,
    title: 'Add a whole channel',
    submit: 'Add everyone in it',
    close: 'Cancel',
    metadata: cohort.id,
    blocks: [
      context(
        mrkdwn`To *${cohort.name}*. Bots and people of other workspaces are left out; guests are added.`,
      ),
      input(blockIds.channel, 'Channel', channelSelect(cohort.channelId), {
        hint: 'For a private channel, ChATR Companion must be in it: type /invite there first.',
      }),
    ],
  });

export const channelForm = (cohort: Cohort): View => {
  const follow = option(
    'Keep the group in step with it',
    'yes',
    'Whoever joins or leaves the channel joins or leaves the group',
  );
  return modal({
    callbackId: callbackIds.channel,
    title: 'Linked channel',
    submit: 'Save channel',
    close: 'Cancel',
    metadata: cohort.id,
    blocks: [
      context(
        mrkdwn`For *${cohort.name}*. Leave the channel empty to link none; nobody is taken out by that.`,
      ),
      input(blockIds.channel, 'Channel', channelSelect(cohort.channelId), { optional: true }),
      input(
        blockIds.follow,
        'Membership',
        {
          type: 'checkboxes',
          action_id: valueId,
          options: [follow],
          ...(cohort.followsChannel && { initial_options: [follow] }),
        },
        {
          optional: true,
          hint: 'With this ticked, everyone who is in the channel now is added at once. ChATR Companion must be in the channel to hear who comes and goes: type /invite there.',
        },
      ),
    ],
  });
};

const channelSelect = (initial: string | undefined): InputBlock['element'] => ({
  type: 'conversations_select',
  action_id: valueId,
  filter: { include: ['public', 'private'], exclude_bot_users: true },
  ...(initial && { initial_conversation: initial }),
});

export const facilitatorsForm = (cohort: Cohort, slackIds: readonly string[]): View =>
  modal({
    callbackId: callbackIds.facilitators,
    title: 'Facilitators',
    submit: 'Save facilitators',
    close: 'Cancel',
    metadata: cohort.id,
    blocks: [
      context(
        mrkdwn`Of *${cohort.name}*. Facilitators see who is in the group, how far people are with their welcome steps, and check-in answers that are given with a name.`,
      ),
      input(
        blockIds.people,
        'Facilitators of this group',
        {
          type: 'multi_users_select',
          action_id: valueId,
          ...(slackIds.length > 0 && { initial_users: [...slackIds] }),
        },
        {
          optional: true,
          hint: 'Each person gets a note about the change. With nobody here, the facilitators of all groups look after it, and administrators are told.',
        },
      ),
    ],
  });

/** While something takes longer than Slack waits. */
export const busyView = (words: Mrkdwn, aside: Mrkdwn = goesOn): View =>
  modal({
    callbackId: 'cohorts.busy',
    title: 'One moment',
    blocks: [section(words), context(aside)],
  });

const goesOn = mrkdwn`You can close this. It goes on, and you get the result in a message.`;
