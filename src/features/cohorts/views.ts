import type { ActionsBlockElement, Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../community/cohorts.ts';
import type { Across } from '../../community/organisations/list.ts';
import type { Person } from '../../community/people.ts';
import { fewestPeople } from '../../community/suppress.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Answer } from '../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  modal,
  option,
  overflow,
  section,
} from '../../slack/blocks.ts';
import { packed, placeNumber } from '../../slack/packed.ts';
import { type Turn, turnButtons } from '../../slack/paging.ts';
import {
  channelMention,
  clip,
  count,
  escapeEntities,
  joinMrkdwn,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayFullDate,
} from '../../slack/text.ts';
import type { CohortsDeps } from './deps.ts';
import { ids } from './ids.ts';

/** A page of what belongs to a group: who is in it, or expected in it; without an id, in none. */
export const groupPage = packed(':', { cohortId: z.string(), page: placeNumber });

export type CohortSummary = { cohort: Cohort; members: number; expected: number; isUnled: boolean };

export type CohortDetails = CohortSummary & {
  /** By a role for this cohort. */
  facilitators: Person[];
  /** Who looks after it when it has none of its own. */
  leads: Person[];
};

type Ages = Pick<Vocabulary, 'age_groups'>;

/** "Perinatal · 3 March 2026 to 26 May 2026 · #perinatal-pilot" */
export function facts(cohort: Cohort, { age_groups }: Ages): Mrkdwn | undefined {
  const age = age_groups.find(({ id }) => id === cohort.ageGroup)?.label;
  const parts = [age && mrkdwn`${age}`, dates(cohort), cohort.channelId && channelMention(cohort.channelId)];
  const said = parts.filter((part) => typeof part === 'object');
  return said.length > 0 ? joinMrkdwn(said, ' · ') : undefined;
}

function dates({ startsOn, endsOn }: Cohort): Mrkdwn | undefined {
  if (startsOn && endsOn) return mrkdwn`${sayFullDate(startsOn)} to ${sayFullDate(endsOn)}`;
  if (startsOn) return mrkdwn`from ${sayFullDate(startsOn)}`;
  return endsOn ? mrkdwn`until ${sayFullDate(endsOn)}` : undefined;
}

export const sayMembers = (number: number): string =>
  number === 0 ? 'nobody yet' : count(number, 'member', 'members');

function numbers({ members, expected }: { members: number; expected: number }): string {
  return expected > 0 ? `${sayMembers(members)}, ${expected} expected` : sayMembers(members);
}

export type Groups = Turn & {
  /** The page of groups they run that is shown, and how many there are. */
  lead: CohortSummary[];
  leadTotal: number;
  /** The groups they are in. */
  own: Cohort[];
  mayManage: boolean;
  mayCreate: boolean;
  archivedTotal: number;
};

/** What `/chatr groups` answers: groups one runs, and groups one is in. */
export function groupList(groups: Groups, ages: Ages): Answer {
  const blocks: KnownBlock[] = [];
  if (groups.mayManage) blocks.push(...leadBlocks(groups, ages));
  if (groups.own.length > 0 || !groups.mayManage) blocks.push(...ownBlocks(groups, ages));
  return { title: 'Groups', text: 'Your groups', blocks };
}

function leadBlocks(
  { lead, leadTotal, page, pages, mayCreate, archivedTotal }: Groups,
  ages: Ages,
): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  if (leadTotal === 0)
    blocks.push(
      section(
        mrkdwn`*Make your first group.* A group is a set of people you run something for, such as a pilot or a course. Check-ins and welcome steps go to the people in it.`,
      ),
    );
  else blocks.push(section(mrkdwn`*Groups you run* (${leadTotal})`));
  for (const summary of lead) blocks.push(summaryBlock(summary, ages));
  const turning = turnButtons(
    { page, pages },
    { back: { text: 'Back', id: ids.earlier }, more: { text: 'More', id: ids.later } },
  );
  if (turning.length > 0)
    blocks.push(context(mrkdwn`Page ${page + 1} of ${pages}, by name`), actions(turning, 'cohorts.pages'));
  const doors: ActionsBlockElement[] = [];
  if (mayCreate)
    doors.push(
      button(
        'Make a group',
        ids.make,
        leadTotal === 0 ? { value: 'new', style: 'primary' } : { value: 'new' },
      ),
    );
  if (leadTotal > 0 || mayCreate) doors.push(button('Import trainees', ids.import, { value: 'any' }));
  if (mayCreate)
    doors.push(
      button('Trainees on their way', ids.expected, { value: groupPage.pack({ cohortId: '', page: 0 }) }),
    );
  if (archivedTotal > 0) doors.push(button(`Archived (${archivedTotal})`, ids.archived, { value: '0' }));
  if (doors.length > 0) blocks.push(actions(doors, 'cohorts.doors'));
  return blocks;
}

export function summaryBlock(summary: CohortSummary, ages: Ages): KnownBlock {
  const { cohort, isUnled } = summary;
  const about = facts(cohort, ages);
  const lines = [
    mrkdwn`*${clip(cohort.name, 80)}*`,
    joinMrkdwn([mrkdwn`${numbers(summary)}`, about], ' · '),
    isUnled && mrkdwn`No facilitator chosen`,
  ];
  return section(
    joinMrkdwn(lines, '\n'),
    button('Open', ids.open, { value: cohort.id, label: `Open the group ${cohort.name}` }),
  );
}

function ownBlocks({ own, mayManage }: Groups, ages: Ages): KnownBlock[] {
  if (own.length === 0)
    return [
      section(
        mrkdwn`*You are in no group at the moment.* Groups are for pilots and courses; a facilitator adds you. Everything else here works without one.`,
      ),
    ];
  // Nobody is in more than a handful; what does not fit is said.
  const shown = own.slice(0, 10);
  return [
    ...(mayManage ? [divider()] : []),
    section(mrkdwn`*Groups you are in*`),
    ...shown.map((cohort) =>
      section(
        joinMrkdwn([mrkdwn`*${clip(cohort.name, 80)}*`, facts(cohort, ages)], '\n'),
        button('Leave this group', ids.leave, {
          value: cohort.id,
          label: `Leave this group: ${cohort.name}`,
          confirm: confirmLoss(
            'Leave this group?',
            `You get no more check-ins or steps of “${clip(cohort.name, 80)}”, also those already on their way. What you wrote stays yours. You can undo this for a day.`,
            'Leave this group',
            'Stay',
          ),
        }),
      ),
    ),
    ...(own.length > shown.length
      ? [context(mrkdwn`${own.length - shown.length} more are not shown. Ask a facilitator about those.`)]
      : []),
    context(mrkdwn`Its facilitators can see that you are in a group. Other members cannot see the list.`),
  ];
}

/** What came of something, above what is shown next; with a way to undo it where there is one. */
export type Receipt = { text: Mrkdwn; undo?: Button | undefined };

/** One group, for those who run it. */
export function cohortCard(
  details: CohortDetails,
  ages: Ages,
  receipt?: Receipt,
  { cardButtons: more = [], footButtons = [] }: Pick<CohortsDeps, 'cardButtons' | 'footButtons'> = {},
  across?: Across,
): Answer {
  const { cohort, members, facilitators, leads } = details;
  const title = cohort.isArchived ? mrkdwn`*${cohort.name}* (archived)` : mrkdwn`*${cohort.name}*`;
  const blocks: KnownBlock[] = [
    ...(receipt ? [section(receipt.text, receipt.undo), divider()] : []),
    section(joinMrkdwn([title, joinMrkdwn([mrkdwn`${numbers(details)}`, facts(cohort, ages)], ' · ')], '\n')),
    context(ledBy(facilitators, leads), ...sayAcross(across)),
  ];
  if (cohort.isArchived)
    blocks.push(
      section(
        mrkdwn`Nothing is sent for this group. Its people, answers and dates are kept as they were.`,
        button('Bring it back', ids.restore, { value: cohort.id, style: 'primary' }),
      ),
    );
  else {
    if (members === 0)
      blocks.push(
        section(
          mrkdwn`Nobody is in this group yet. Add people by name, take everyone in a channel, or import a list of trainees who are not in Slack yet.`,
        ),
      );
    if (cohort.followsChannel && cohort.channelId)
      blocks.push(
        context(
          mrkdwn`Kept in step with ${channelMention(cohort.channelId)}: whoever joins or leaves the channel joins or leaves the group.`,
        ),
      );
    blocks.push(...cardButtons(details, more));
  }
  const rest = cohort.isArchived ? [] : seldom(details);
  const foot = footButtons.map(({ text, actionId }) => button(text, actionId, { value: cohort.id }));
  blocks.push(actions([...foot, ...rest, button('All groups', ids.list, { value: '0' })], 'cohorts.back'));
  return { title: 'Group', text: escapeEntities(clip(cohort.name, 150)), blocks };
}

/** From five who say where they work on; a general choice such as a school counts once, so it may be more. */
const sayAcross = (across: Across | undefined): Mrkdwn[] =>
  across && across.people >= fewestPeople
    ? [
        mrkdwn`From ${across.organisations === 1 ? 'one organisation' : `at least ${across.organisations} organisations`}, as ${across.people} of them say`,
      ]
    : [];

function ledBy(facilitators: Person[], leads: Person[]): Mrkdwn {
  if (facilitators.length > 0)
    return joinMrkdwn([mrkdwn`Facilitated by`, joinMrkdwn(names(facilitators), ', ')], ' ');
  if (leads.length > 0)
    return joinMrkdwn(
      [
        mrkdwn`Looked after by`,
        mrkdwn`${joinMrkdwn(names(leads), ', ')}, while no facilitator is chosen for it`,
      ],
      ' ',
    );
  return mrkdwn`Nobody facilitates this group. Choose somebody under ⋯, “Facilitators”.`;
}

export const names = (list: Person[]): Mrkdwn[] => [
  ...list.slice(0, 10).map(({ slackId }) => mention(slackId)),
  ...(list.length > 10 ? [mrkdwn`${list.length - 10} more`] : []),
];

/** A form about a group, in the card's menu: the id of the button that opens it, and the group. */
export const formChoice = packed(':', { form: z.string(), cohortId: z.string() });

/** What a group is there for first: people, and then asking them. The other forms are in a menu. */
function cardButtons(
  { cohort, members }: CohortDetails,
  more: NonNullable<CohortsDeps['cardButtons']>,
): KnownBlock[] {
  const { id } = cohort;
  const others = Object.groupBy(more, ({ style }) => style ?? 'plain');
  const drawn = (of: typeof more = []) =>
    of.map(({ text, actionId, style }) => button(text, actionId, { value: id, ...(style && { style }) }));
  const menu = (forms: readonly (readonly [string, string])[]) =>
    overflow(
      ids.more,
      forms.map(([form, text]) => option(text, formChoice.pack({ form, cohortId: id }))),
    );
  const about = [
    [ids.edit, 'Name and dates'],
    [ids.facilitators, 'Facilitators'],
    [ids.channel, 'Linked channel'],
  ] as const;
  const filling = [
    [ids.addChannel, 'Add a whole channel'],
    [ids.import, 'Import trainees'],
  ] as const;
  return [
    actions(
      members === 0
        ? [
            button('Add people', ids.add, { value: id, style: 'primary' }),
            ...filling.map(([form, text]) => button(text, form, { value: id })),
            menu(about),
          ]
        : [
            ...drawn(others.primary),
            button('Add people', ids.add, { value: id }),
            button('See people', ids.people, { value: groupPage.pack({ cohortId: id, page: 0 }) }),
            ...drawn(others.plain),
            menu([...filling, ...about]),
          ],
      'cohorts.card',
    ),
    context(
      members === 0
        ? mrkdwn`Name and dates, facilitators and a linked channel: under ⋯.`
        : mrkdwn`A whole channel, a list of trainees, name and dates, facilitators and a linked channel: under ⋯.`,
    ),
  ];
}

function seldom({ cohort: { id }, expected }: CohortDetails): ActionsBlockElement[] {
  const firstPage = groupPage.pack({ cohortId: id, page: 0 });
  return [
    ...(expected > 0 ? [button('See who is expected', ids.expected, { value: firstPage })] : []),
    button('Archive', ids.archive, {
      value: id,
      confirm: confirmLoss(
        'Archive this group?',
        'Nothing more is sent for it, also what is already on its way. Its people and answers are kept, and you can bring it back at any time.',
        'Archive this group',
        'Keep it running',
      ),
    }),
  ];
}

/** One sentence, and the way back to the groups. */
export const said = (words: Mrkdwn): Answer => ({
  title: 'Groups',
  text: 'Groups',
  blocks: [section(words), actions([button('My groups', ids.list, { value: '0' })])],
});

export const notAllowed = said(
  mrkdwn`This group is looked after by its facilitators, and you are not one of them, so nothing was changed. If you should be, ask an administrator.`,
);

const goesOn = mrkdwn`You can close this. It goes on, and you get the result in a message.`;

/** While something takes longer than Slack waits. */
export const busy = (words: Mrkdwn, aside: Mrkdwn = goesOn): View =>
  modal({
    callbackId: 'cohorts.busy',
    title: 'One moment',
    blocks: [section(words), context(aside)],
  });

/** The archived groups somebody may bring back. */
export const archivedList = (
  { shown, total, ...turn }: Turn & { shown: CohortSummary[]; total: number },
  ages: Ages,
): Answer => ({
  title: 'Archived groups',
  text: 'Archived groups',
  blocks: [
    section(
      total === 0
        ? mrkdwn`No group is archived.`
        : mrkdwn`*Archived groups* (${total}). Nothing is sent for them, and nothing of them is lost.`,
    ),
    ...shown.map((summary) => summaryBlock({ ...summary, isUnled: false }, ages)),
    actions(
      [
        // Archived pages turn by the same button that opens the list.
        ...turnButtons(turn, { more: { text: 'More', id: ids.archived } }),
        button('Back to the groups', ids.list, { value: '0' }),
      ],
      'cohorts.archived-pages',
    ),
  ],
});
