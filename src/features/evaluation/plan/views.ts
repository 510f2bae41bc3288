import type { KnownBlock, View } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, option, section } from '../../../slack/blocks.ts';
import { form, severalOf } from '../../../slack/form.ts';
import { packedId } from '../../../slack/packed.ts';
import { joinMrkdwn, list, type Mrkdwn, mrkdwn, sayDate } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import type { StageSeen } from './read.ts';

/** How one stands, in a line. Nothing goes out for a group that is archived, so nothing of it is still to come. */
function lineOf(seen: StageSeen, isArchived: boolean): Mrkdwn {
  const { stage } = seen;
  const name = mrkdwn`•  *${stage.label}*`;
  switch (seen.is) {
    case 'there':
      return isArchived && seen.asked.state === 'planned'
        ? mrkdwn`${name} · ${seen.asked.title}: not asked`
        : mrkdwn`${name} · ${seen.asked.title}: ${sayAsked(seen.asked)}`;
    case 'missing':
      if (isArchived) return notAsked(seen);
      return stage.optional
        ? mrkdwn`${name} · if you want it: it would come on ${sayDate(seen.on)}`
        : mrkdwn`${name} · *missing*: it would come on ${sayDate(seen.on)}`;
    case 'too-late':
      return stage.optional
        ? notAsked(seen)
        : mrkdwn`${name} · not asked, and its day is over (${sayDate(seen.on)})`;
    case 'no-dates':
      if (isArchived) return notAsked(seen);
      return mrkdwn`${name} · has no day: ${stage.from === 'start' ? 'the group has no first day and no session yet' : 'the group has no last day and no session yet'}`;
  }
}

const notAsked = ({ stage }: StageSeen): Mrkdwn =>
  stage.optional
    ? mrkdwn`•  *${stage.label}* · not asked; only if wanted`
    : mrkdwn`•  *${stage.label}* · not asked`;

function sayAsked({ state, on, until }: (StageSeen & { is: 'there' })['asked']): string {
  switch (state) {
    case 'planned':
      return on === undefined ? 'planned, and has no day yet' : `planned for ${sayDate(on)}`;
    case 'open':
      return until === undefined ? 'open' : `open until ${sayDate(until)}`;
    case 'closed':
      return until === undefined ? 'closed' : `closed on ${sayDate(until)}`;
  }
}

/** The plan of a group's evaluation, and a button for what is missing. */
export function planBlocks(plan: readonly StageSeen[], cohort: Cohort): KnownBlock[] {
  const { isArchived } = cohort;
  const isMissing = plan.some(({ is, stage }) => is === 'missing' && !stage.optional);
  const canAdd = plan.some(({ is }) => is === 'missing') && !isArchived;
  const hasNoDates = plan.some(({ is }) => is === 'no-dates') && !isArchived;
  const isComplete = plan.every(
    (seen) => seen.stage.optional || (seen.is === 'there' && !(isArchived && seen.asked.state === 'planned')),
  );
  return [
    section(
      joinMrkdwn(
        [
          isComplete
            ? mrkdwn`*The plan*: nothing that belongs to it is missing`
            : mrkdwn`*The plan*: what makes before and after comparable`,
          ...plan.map((seen) => lineOf(seen, isArchived)),
        ],
        '\n',
      ),
    ),
    ...(canAdd
      ? [
          actions(
            [
              button(isMissing ? 'Schedule what is missing' : 'Ask again later', ids.plan, {
                value: cohort.id,
              }),
            ],
            'evaluation.plan',
          ),
        ]
      : []),
    ...(hasNoDates
      ? [
          context(
            mrkdwn`Give the group its first and last day in \`/chatr groups\` (“Name and dates”), or plan its sessions. Then this can be scheduled with one press.`,
          ),
        ]
      : []),
  ];
}

export const planForm = form(
  { id: ids.planForm, carries: packedId },
  {
    title: 'Schedule check-ins',
    submit: 'Schedule them',
    fields: {
      later: severalOf('Ask again later', {
        hint: 'Only where you want to know what lasts: each asks people once more.',
      }),
    },
  },
);

/** What one press would schedule, before it is. */
export function planView(plan: readonly StageSeen[], cohort: Cohort): View {
  const missing = plan.filter((one) => one.is === 'missing');
  const needed = missing.filter(({ stage }) => !stage.optional);
  const optional = missing.filter(({ stage }) => stage.optional);
  return planForm.view({
    carry: cohort.id,
    above: [
      section(
        needed.length > 0
          ? joinMrkdwn(
              [
                mrkdwn`*For ${cohort.name}*, by its dates:`,
                ...needed.map(
                  ({ stage, on }) => mrkdwn`•  *${stage.label}* · ${stage.asks}, on ${sayDate(on)}`,
                ),
              ],
              '\n',
            )
          : mrkdwn`*${cohort.name}* has what belongs to the plan. You can ask again later.`,
      ),
    ],
    options: {
      later: optional.map(({ stage, on }) => option(`${stage.label}, ${sayDate(on)}`, stage.id)),
    },
    without: optional.length === 0 ? ['later'] : [],
    below: [
      context(
        mrkdwn`Members are told what it is for and who sees it each time, and choose. You can move or remove each under \`/chatr checkin list\` before it goes out.`,
      ),
    ],
  });
}

const title = 'Schedule check-ins';

export const planNotTheirs: Answer = {
  title,
  text: 'For those who run the group',
  blocks: [section(mrkdwn`*This is for those who run the group.* Nothing was scheduled.`)],
};

/** It was archived since the button was drawn. */
export const planArchived = ({ name }: Cohort): Answer => ({
  title,
  text: 'The group is archived',
  blocks: [
    section(
      mrkdwn`*${name} is archived*, so nothing is scheduled for it. To go on, bring it back in \`/chatr groups\`.`,
    ),
  ],
});

export const nothingMissing: Answer = {
  title,
  text: 'Nothing to schedule',
  blocks: [section(mrkdwn`*There is nothing to schedule*: what can still be asked is planned.`)],
};

export const scheduledAnswer = (plan: readonly StageSeen[], made: readonly string[]): Answer => {
  const labels = plan.flatMap(({ stage }) => (made.includes(stage.id) ? [stage.label.toLowerCase()] : []));
  return {
    title,
    text: 'Scheduled',
    blocks: [
      section(
        labels.length > 0
          ? mrkdwn`*Scheduled: ${list(labels)}.* Nobody is told before the day. To move or remove one, open \`/chatr checkin list\`.`
          : mrkdwn`*Nothing was scheduled*: it was planned already.`,
      ),
    ],
  };
};
