import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, section } from '../../../slack/blocks.ts';
import { form, people } from '../../../slack/form.ts';
import { packed, packedId, placeNumber } from '../../../slack/packed.ts';
import { type Turn, turnButtons } from '../../../slack/paging.ts';
import {
  clip,
  count,
  escapeEntities,
  joinMrkdwn,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayTime,
} from '../../../slack/text.ts';
import type { CohortsDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { busy, groupPage, names, type Receipt, said, sayMembers } from '../views.ts';
import type {
  AddOutcome,
  Enrolment,
  LeaveOutcome,
  RejoinOutcome,
  RemoveOutcome,
  UndoOutcome,
} from './membership.ts';

/** Somebody in a group, and the page they stand on. */
export const listedMember = packed(':', { cohortId: z.string(), personId: z.string(), page: placeNumber });
/** Somebody who was taken out. */
export const removedMember = packed(':', { cohortId: z.string(), personId: z.string() });

/** What was added in one go. */
export const additionTo = packed(':', { cohortId: z.string(), addition: z.string() });

export const addForm = form(
  { id: ids.addForm, carries: packedId },
  {
    title: 'Add people',
    submit: 'Add to the group',
    fields: {
      people: people('People', {
        hint: 'Choosing somebody who is in the group already does no harm.',
        missing: 'Please choose at least one person.',
        focus: true,
      }),
    },
  },
);

export const addDialog = (cohort: Cohort): View =>
  addForm.view({
    carry: cohort.id,
    above: [
      context(
        mrkdwn`To *${cohort.name}*. They are told by their next welcome step or check-in, not by this.`,
      ),
    ],
  });

/** While Slack is asked who they are. @param before what has been done already. */
export const addingNow = (number: number, before?: Mrkdwn): View =>
  busy(joinMrkdwn([before, mrkdwn`Adding ${count(number, 'person', 'people')} …`], '\n'));

/** Somebody in the list of a group. */
export const memberLine = (person: Person): Mrkdwn =>
  person.kind === 'guest' ? mrkdwn`${mention(person.slackId)} (guest)` : mention(person.slackId);

/** The people of one group, with a way to take each out. */
export function peopleList(
  cohort: Cohort,
  { people: shown, total, page, pages }: Turn & { people: Person[]; total: number },
  { receipt, more = [] }: { receipt?: Receipt | undefined; more?: CohortsDeps['peopleButtons'] } = {},
): Answer {
  const blocks: KnownBlock[] = [];
  if (receipt) blocks.push(section(receipt.text, receipt.undo));
  blocks.push(section(mrkdwn`*${cohort.name}*: ${sayMembers(total)}`));
  // Slack draws the names. Those kept here are not said: where none is kept, its absence would tell why.
  for (const [index, person] of shown.entries())
    blocks.push(
      section(
        memberLine(person),
        button('Take out', ids.remove, {
          value: listedMember.pack({ cohortId: cohort.id, personId: person.id, page }),
          // The line before it says whom, as Slack draws it; a number alone would be another's after the next press.
          label: `Take out whom the line before names, number ${index + 1} of ${shown.length}`,
          confirm: confirmLoss(
            'Take this person out?',
            `They get no more check-ins or steps of “${clip(cohort.name, 80)}”, also those already on their way. What they wrote is kept. You can undo this.`,
            'Take out',
            'Keep them in',
          ),
        }),
      ),
    );
  if (pages > 1) blocks.push(context(mrkdwn`Page ${page + 1} of ${pages}, who joined first on top`));
  blocks.push(
    actions(
      [
        ...turnButtons(
          { page, pages },
          {
            back: { text: 'Back', id: ids.earlierPeople },
            more: { text: 'More', id: ids.laterPeople },
            value: (to) => groupPage.pack({ cohortId: cohort.id, page: to }),
          },
        ),
        ...(total > 0 ? more : []).map(({ text, actionId }) => button(text, actionId, { value: cohort.id })),
        button('Back to the group', ids.open, { value: cohort.id }),
      ],
      'cohorts.people-pages',
    ),
  );
  return { title: 'People', text: escapeEntities(`People in ${clip(cohort.name, 100)}`), blocks };
}

/** What came of adding people. @param byName who was there already is named as well. */
export const additionReceipt = (
  outcome: Exclude<AddOutcome, { kind: 'not-allowed' }>,
  { byName = false } = {},
): Receipt =>
  outcome.kind === 'archived'
    ? { text: mrkdwn`*Nobody was added:* this group is archived. Bring it back first.` }
    : {
        text: enrolmentReceipt(outcome.cohort, outcome, { byName }),
        undo:
          outcome.added.length > 0
            ? button('Undo', ids.undoAdding, {
                value: additionTo.pack({ cohortId: outcome.cohort.id, addition: outcome.addition }),
              })
            : undefined,
      };

export const undoneReceipt = ({
  cohort,
  people: number,
}: Exclude<UndoOutcome, { kind: 'not-allowed' }>): Mrkdwn =>
  number > 0
    ? mrkdwn`*Undone: ${count(number, 'person is', 'people are')} out of ${cohort.name} again.* Nothing more is sent to them for it.`
    : mrkdwn`None of these people is in ${cohort.name} any more; nothing changed.`;

/** Who would be added, by name as far as there is room, and who would not. */
export function enrolmentPreview(cohort: Cohort, { added, ...others }: Enrolment): Mrkdwn {
  const first = mrkdwn`*${count(added.length, 'person', 'people')} would join ${cohort.name}:*`;
  return joinMrkdwn(
    [joinMrkdwn([first, joinMrkdwn(names(added), ', ')], ' '), ...besides({ added, ...others }, false)],
    '\n',
  );
}

/** What came of adding people, in counts: who was added, and who was left out and why. */
export function enrolmentReceipt(cohort: Cohort, enrolment: Enrolment, { byName = false } = {}): Mrkdwn {
  const { added } = enrolment;
  const first =
    added.length > 0
      ? mrkdwn`*Added ${count(added.length, 'person', 'people')} to ${cohort.name}.*`
      : mrkdwn`*Nobody new was added to ${cohort.name}.*`;
  return joinMrkdwn([first, ...besides(enrolment, byName)], '\n');
}

function besides(enrolment: Enrolment, byName: boolean): (Mrkdwn | false)[] {
  const {
    added,
    already,
    stayedAway,
    leads,
    bots,
    external,
    deactivated,
    unknown = 0,
    forgotten = 0,
  } = enrolment;
  const guests = added.filter(({ kind }) => kind === 'guest').length;
  return [
    guests > 0 &&
      mrkdwn`${count(guests, 'of them is a guest', 'of them are guests')} of this workspace, which works just as well.`,
    already.length > 0 &&
      (byName && already.length <= 5
        ? mrkdwn`In the group already: ${joinMrkdwn(names(already), ', ')}`
        : mrkdwn`In the group already: ${already.length}.`),
    left(stayedAway.length, 'left this group themselves before; add them by name if they ask for it'),
    leads.length > 0 &&
      mrkdwn`Left out: ${joinMrkdwn(names(leads), ', ')} (${leads.length === 1 ? 'runs' : 'run'} this group; add them by name if they take part as well).`,
    left(bots.length, bots.length === 1 ? 'is a bot' : 'are bots'),
    left(external.length, 'from another workspace, who cannot take part here'),
    left(deactivated.length, 'no longer in this workspace'),
    left(
      forgotten,
      'asked for everything about them to be deleted; they can come back by writing to me themselves',
    ),
    unknown > 0 &&
      mrkdwn`Slack did not say who ${count(unknown, 'person is', 'people are')}; try again later to add them.`,
  ];
}

const left = (number: number, why: string): Mrkdwn | false =>
  number > 0 && mrkdwn`Left out: ${number} (${why}).`;

export function removeReceipt(
  { kind, cohort }: Exclude<RemoveOutcome, { kind: 'not-allowed' }>,
  person: Person | undefined,
): Receipt {
  const name = person ? mention(person.slackId) : mrkdwn`This person`;
  if (kind === 'not-a-member')
    return { text: mrkdwn`${name} was not in ${cohort.name} any more; nothing changed.` };
  return {
    text: mrkdwn`*${name} is out of ${cohort.name}.* Nothing more is sent to them for it.`,
    ...(person && {
      undo: button('Undo', ids.putBack, {
        value: removedMember.pack({ cohortId: cohort.id, personId: person.id }),
      }),
    }),
  };
}

export function leaveAnswer(outcome: LeaveOutcome, zone: string): Answer {
  if (outcome.kind === 'not-a-member')
    return said(mrkdwn`You were not in this group any more; nothing changed.`);
  const { cohort, undoUntil } = outcome;
  return {
    title: 'Groups',
    text: 'You have left a group',
    blocks: [
      section(
        mrkdwn`*You have left ${cohort.name}.* Nothing more is sent to you for it. What you wrote stays yours. You can undo this until ${sayTime(undoUntil, zone)}.`,
        button('Undo', ids.rejoin, { value: cohort.id }),
      ),
      actions([button('My groups', ids.list, { value: '0' })]),
    ],
  };
}

export function rejoinAnswer(outcome: RejoinOutcome): Answer {
  switch (outcome.kind) {
    case 'back':
      return said(mrkdwn`*You are back in ${outcome.cohort.name}.* Its check-ins and steps reach you again.`);
    case 'already':
      return said(mrkdwn`You are in ${outcome.cohort.name}; nothing changed.`);
    case 'ask-facilitator':
      return said(
        mrkdwn`This can only be undone for a day, by yourself, while the group runs. A facilitator can add you again.`,
      );
  }
}
