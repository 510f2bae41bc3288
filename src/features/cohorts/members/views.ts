import type { KnownBlock } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirm, context, section } from '../../../slack/blocks.ts';
import {
  clip,
  count,
  escapeEntities,
  joinMrkdwn,
  type Mrkdwn,
  mention,
  mrkdwn,
} from '../../../slack/text.ts';
import { actionIds } from '../ids.ts';
import { names, sayPeople, turn } from '../views.ts';
import type { Enrolment } from './membership.ts';

export const peopleAPage = 10;

/** The people of one group, with a way to take each out. */
export function peopleList(
  cohort: Cohort,
  { people: shown, total, page }: { people: Person[]; total: number; page: number },
  receipt?: { text: Mrkdwn; putBack?: string },
): Answer {
  const pages = Math.max(1, Math.ceil(total / peopleAPage));
  const blocks: KnownBlock[] = [];
  if (receipt)
    blocks.push(
      section(
        receipt.text,
        receipt.putBack
          ? button('Undo', actionIds.putBack, { value: `${cohort.id}:${receipt.putBack}` })
          : undefined,
      ),
    );
  blocks.push(section(mrkdwn`*${cohort.name}*: ${sayPeople(total)}`));
  for (const person of shown)
    blocks.push(
      section(
        person.kind === 'guest' ? mrkdwn`${mention(person.slackId)} (guest)` : mention(person.slackId),
        button('Take out', actionIds.remove, {
          value: `${cohort.id}:${person.id}:${page}`,
          label: `Take ${person.displayName || 'this person'} out of the group`,
          confirm: confirm(
            'Take them out?',
            `They get no more check-ins or steps of “${clip(cohort.name, 80)}”, also those already on their way. What they wrote is kept. You can undo this.`,
            'Take out',
            'Keep them in',
          ),
        }),
      ),
    );
  if (pages > 1) blocks.push(context(mrkdwn`Page ${page + 1} of ${pages}, by name`));
  const value = (to: number): string => `${cohort.id}:${to}`;
  blocks.push(
    actions(
      [
        ...turn(page, pages, actionIds.earlierPeople, actionIds.laterPeople, value),
        button('Back to the group', actionIds.open, { value: cohort.id }),
      ],
      'cohorts.peoplePages',
    ),
  );
  return { title: 'People', text: escapeEntities(`People in ${clip(cohort.name, 100)}`), blocks };
}

/** What came of adding people, in counts: who was added, and who was left out and why. */
export function enrolmentReceipt(
  cohort: Cohort,
  enrolment: Enrolment & { unknown?: number },
  { byName = false } = {},
): Mrkdwn {
  const { added, already, stayedAway, bots, external, deactivated, unknown = 0 } = enrolment;
  const guests = added.filter(({ kind }) => kind === 'guest').length;
  const first =
    added.length > 0
      ? mrkdwn`*Added ${count(added.length, 'person', 'people')} to ${cohort.name}.*`
      : mrkdwn`*Nobody new was added to ${cohort.name}.*`;
  const lines = [
    guests > 0 &&
      mrkdwn`${count(guests, 'of them is a guest', 'of them are guests')} of this workspace, which works just as well.`,
    already.length > 0 &&
      (byName && already.length <= 5
        ? joinMrkdwn([mrkdwn`In the group already:`, joinMrkdwn(names(already), ', ')], ' ')
        : mrkdwn`In the group already: ${already.length}.`),
    left(stayedAway.length, 'left this group themselves before; add them by name if they ask for it'),
    left(bots.length, count(bots.length, 'is a bot', 'are bots').replace(/^\d+ /, '')),
    left(external.length, 'from another workspace, who cannot take part here'),
    left(deactivated.length, 'no longer in this workspace'),
    unknown > 0 &&
      mrkdwn`Slack did not say who ${count(unknown, 'person is', 'people are')}; try again later to add them.`,
  ];
  return joinMrkdwn([first, ...lines], '\n');
}

const left = (number: number, why: string): Mrkdwn | false =>
  number > 0 && mrkdwn`Left out: ${number} (${why}).`;
