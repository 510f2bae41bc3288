import type { View } from '@slack/types';
import { whoSeesIntroductions } from '../../../community/promises.ts';
import { type Answer, asModal } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, modal, section } from '../../../slack/blocks.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { joinMrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { sayQuarter } from '../when.ts';
import { sayCounted } from './counts.ts';
import type { Counted } from './store.ts';

const title = 'Introductions';

/** More than a year tells nobody anything that they could act on. */
const mostQuarters = 5;

export type Told = { quarter: string; counted: Counted };

const countBlocks = (told: readonly Told[]) =>
  told.length === 0
    ? [
        section(
          mrkdwn`How many are introduced across agencies and professions is counted once a day, for the first time tomorrow.`,
        ),
      ]
    : told
        .slice(0, mostQuarters)
        .map(({ quarter, counted }) =>
          section(
            joinMrkdwn(
              [mrkdwn`*${sayQuarter(quarter)}*`, ...sayCounted(counted).map((line) => mrkdwn`${line}`)],
              '\n',
            ),
          ),
        );

const promise = context(
  mrkdwn`${whoSeesIntroductions} Numbers go in steps of five and move only when five people have come between. Whoever is introduced in several groups counts in one, and you do not count.`,
);

export const everybodyView = (told: readonly Told[]): View =>
  modal({
    callbackId: ids.groupView,
    title,
    blocks: [
      section(
        mrkdwn`*Among everybody who wants to be introduced*, apart from groups that have it among themselves.`,
      ),
      ...countBlocks(told),
      promise,
    ],
  });

const perPage = 10;

export type GroupsLook = {
  groups: readonly { id: string; name: string }[];
  /** Ids of those that have it switched on. */
  on: readonly string[];
  readsEverybodys: boolean;
};

/** The groups somebody runs, and, where they lead all of it, everybody. */
export function groupsView({ groups, on, readsEverybodys }: GroupsLook, wanted: number): View {
  const { shown, ...turn } = pageOf(groups, wanted, perPage);
  const turning = turnButtons(turn, {
    back: { text: 'Back', id: `${ids.groupsPage}back` },
    more: { text: 'More', id: `${ids.groupsPage}more` },
  });
  return modal({
    callbackId: ids.groupView,
    title,
    blocks: [
      ...(readsEverybodys
        ? [section(mrkdwn`*Everybody here who wants it*`, button('How they go', ids.everybody))]
        : []),
      ...(groups.length === 0 && !readsEverybodys ? [section(mrkdwn`You run no group at the moment.`)] : []),
      ...shown.map(({ id, name }) =>
        section(
          mrkdwn`*${name}*\n${on.includes(id) ? 'On' : 'Off'}`,
          button('Look', ids.group, { value: id, label: `Look at introductions in ${name}` }),
        ),
      ),
      ...(turning.length > 0 ? [actions(turning)] : []),
      context(
        mrkdwn`Within a group that has it on, its people can choose to meet each other rather than anybody here.`,
      ),
    ],
  });
}

export type GroupLook = {
  group: { id: string; name: string };
  isOn: boolean;
  /** Undefined: whoever looks may switch it, and is told no numbers. */
  told: readonly Told[] | undefined;
};

export const groupView = ({ group: { id, name }, isOn, told }: GroupLook): View =>
  modal({
    callbackId: ids.groupView,
    title,
    blocks: [
      section(
        isOn
          ? mrkdwn`*On for ${name}.* Its people can choose to be introduced to each other, each at their own pace. Nobody is, unless they say so themselves: \`/chatr connect\``
          : mrkdwn`*Off for ${name}.* Switched on, its people can choose to be introduced to each other. I write to nobody about it: it stands in their Home, and you can tell them.`,
      ),
      actions([
        isOn
          ? button('Switch off', ids.switchOff, {
              value: id,
              confirm: confirmLoss(
                'Switch introductions off?',
                'Nobody of the group is introduced within it any more, and those on their way are taken back. Each can choose to meet anybody here instead.',
                'Switch off',
                'Leave on',
              ),
            })
          : button('Switch on', ids.switchOn, { value: id, style: 'primary' }),
      ]),
      // Where nothing ever was, there is nothing to count.
      ...(told && (isOn || told.length > 0) ? [...countBlocks(told), promise] : []),
    ],
  });

const notTheirs: Answer = {
  title,
  text: title,
  blocks: [section(mrkdwn`This is for those who run the group. Nothing was changed.`)],
};
export const notTheirsView = asModal(notTheirs);
