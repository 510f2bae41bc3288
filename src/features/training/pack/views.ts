import type { Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { fewestPeople } from '../../../community/suppress.ts';
import { inWords } from '../../../lib/numbers.ts';
import { localTime as clockTime } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, modal, option, plain, section } from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { packed } from '../../../slack/packed.ts';
import { count, joinMrkdwn, link, type Mrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import { openNeedsButton } from '../access/views.ts';
import type { Told } from '../sessions/messages.ts';
import { cityOf, sayLong, sayWhen } from '../sessions/when.ts';
import { ids } from './ids.ts';
import { groupSizes } from './mixing.ts';
import type { PackOutline } from './outline.ts';
import type { Pack } from './read.ts';
import type { Counted } from './who-comes.ts';

/** `example` opens it behind its content note; `example-open` is what stands behind. */
const pages = ['shape', 'example', 'example-open', 'background', 'people', 'groups', 'file'] as const;
export type Page = (typeof pages)[number];

/** A session, and the page of its pack. */
export const packPage = packed(':', {
  sessionId: z.string(),
  page: z.enum(pages).catch('shape'),
});
export const packSize = packed(':', { sessionId: z.string(), size: z.coerce.number().int() });
export const packCase = packed(':', { sessionId: z.string(), caseId: z.string() });

/** In the order in which they are turned to. */
const tabs: readonly { page: Page; text: string }[] = [
  { page: 'shape', text: 'Shape' },
  { page: 'example', text: 'Example' },
  { page: 'background', text: 'Background' },
  { page: 'people', text: 'Who comes' },
  { page: 'groups', text: 'Groups' },
  { page: 'file', text: 'Word file' },
];

/** Opens the pack, for those who run the session. */
export const packButton = (sessionId: string): Button =>
  button('Session pack', ids.open, { value: packPage.pack({ sessionId, page: 'shape' }) });

export const notHosted: Answer = {
  title: 'For its hosts',
  text: 'This is for those who run the session.',
  blocks: [
    section(mrkdwn`This is for those who run the session, and you are not one of them. Nothing was changed.`),
  ],
};

export function packView(pack: Pack, page: Page, told: Told): View {
  const { session, hasNeeds } = pack;
  const here = page === 'example-open' ? 'example' : page;
  return modal({
    callbackId: ids.view,
    title: 'Session pack',
    blocks: [
      section(mrkdwn`*${session.title}*\n${whenAndWhere(pack, told)}`),
      actions(
        tabs
          .filter((tab) => tab.page !== here)
          .map((tab) =>
            button(tab.text, `${ids.page}${tab.page}`, {
              value: packPage.pack({ sessionId: session.id, page: tab.page }),
            }),
          ),
        'tabs',
      ),
      ...(session.isCancelled
        ? [context(mrkdwn`This session is cancelled.`)]
        : page === 'shape' && (session.asksAccess || hasNeeds)
          ? [
              section(
                hasNeeds
                  ? mrkdwn`Somebody who comes has said what would make taking part easier. Please read it before the day.`
                  : mrkdwn`Nobody who comes has said what would make taking part easier.`,
                openNeedsButton(session.id),
              ),
            ]
          : []),
      divider(),
      ...bodyOf(pack, page, told),
    ],
  });
}

const whenAndWhere = ({ session }: Pack, { zone, home }: Told): string =>
  [`${sayWhen(session, zone, home)} (${sayLong(session.minutes)})`, session.place ?? '']
    .filter((one) => one !== '')
    .join('\n');

function bodyOf(pack: Pack, page: Page, told: Told): KnownBlock[] {
  switch (page) {
    case 'shape':
      return shapeBlocks(pack, told);
    case 'example':
    case 'example-open':
      return exampleBlocks(pack, page === 'example-open');
    case 'background':
      return backgroundBlocks(pack);
    case 'people':
      return peopleBlocks(pack);
    case 'groups':
      return groupsBlocks(pack);
    case 'file':
      return fileBlocks(pack);
  }
}

function shapeBlocks({ outline, session }: Pack, { zone, home }: Told): KnownBlock[] {
  const { shape, notes, label } = outline;
  const minutesNote = sayMinutes(outline, session.minutes);
  const rows = shape.map(
    ({ at, part, minutes }) => mrkdwn`*${clockTime(at, zone)}*  ${part} (${minutes} min)`,
  );
  return [
    section(
      rows.length > 0
        ? mrkdwn`*Shape: ${label}*\n${joinMrkdwn(rows, '\n')}`
        : mrkdwn`*Shape*\nThe programme's material has no shape for this session.`,
    ),
    ...(rows.length > 0 && clockTime(session.startsAt, zone) !== clockTime(session.startsAt, home)
      ? [context(mrkdwn`Times are your own (${cityOf(zone)}); the Word file has those of ${cityOf(home)}.`)]
      : []),
    ...(minutesNote === undefined ? [] : [context(mrkdwn`${minutesNote}`)]),
    ...(rows.length > 0 && !session.isCancelled
      ? [actions([button('Change the minutes', ids.minutes, { value: session.id })], 'shape')]
      : []),
    ...(notes.length > 0
      ? [
          section(mrkdwn`*For whoever runs it*\n${bullets(notes)}`),
          context(
            mrkdwn`A check-in or practice prompts that you have planned come by themselves: you need not send them.`,
          ),
        ]
      : []),
  ];
}

/** What is to be said of a shape that does not fill its session as it was planned; undefined: it does. */
export function sayMinutes({ shape, plannedFor, isOwn }: PackOutline, lasts: number): string | undefined {
  if (plannedFor !== undefined)
    return `${isOwn ? 'Whoever runs this session has planned' : 'The programme plans'} ${plannedFor} minutes for this. Each part is shortened in proportion to fit the ${lasts} of the session: keep to it, or change the minutes.`;
  const together = shape.reduce((sum, { minutes }) => sum + minutes, 0);
  return together === 0 || together === lasts
    ? undefined
    : `Together ${together} of ${lasts} minutes; the rest is free.`;
}

function exampleBlocks({ session, outline, example }: Pack, isOpen: boolean): KnownBlock[] {
  if (!example) return [section(mrkdwn`*Example*\nThere is no fictional case for this session yet.`)];
  const { one, nth } = example;
  const { cases } = outline;
  const next = cases[(nth + 1) % cases.length];
  const note = one.content_note;
  const another =
    next && next.id !== one.id
      ? [
          button('Another example', ids.example, {
            value: packCase.pack({ sessionId: session.id, caseId: next.id }),
          }),
        ]
      : [];
  const show = button('Show it', ids.showExample, {
    value: packPage.pack({ sessionId: session.id, page: 'example-open' }),
    style: 'primary',
    label: 'Show it, after its content note',
  });
  const isShown = isOpen || note === undefined;
  const buttons = [...(isShown ? [] : [show]), ...another];
  return [
    section(mrkdwn`*Example: ${one.title}*${note === undefined ? '' : mrkdwn`\n_Content note:_ ${note}`}`),
    ...(isShown
      ? [section(mrkdwn`${one.text}`), section(mrkdwn`*To talk about*\n${bullets(one.questions)}`)]
      : []),
    ...(buttons.length > 0 ? [actions(buttons, 'example')] : []),
    context(
      mrkdwn`${fictional} Whoever runs this session sees the one you choose here, and it goes into the file. ${nth + 1} of ${cases.length}.`,
    ),
  ];
}

/** As data/practice-prompts.yaml promises of every case. */
export const fictional = 'An invented example, about no real person or family.';

function backgroundBlocks({ outline, resources }: Pack): KnownBlock[] {
  const { background } = outline;
  if (background.length === 0 && resources.length === 0)
    return [section(mrkdwn`*Background*\nThe programme's material has nothing more for this session.`)];
  return [
    ...background.map(({ heading, lines }) => section(mrkdwn`*${heading}*\n${bullets(lines)}`)),
    ...(resources.length > 0
      ? [
          section(
            mrkdwn`*To read before*\n${joinMrkdwn(
              resources.map(
                ({ title, publisher, url }) =>
                  mrkdwn`\u2022 ${url === undefined ? title : link(url, title)} (${publisher})`,
              ),
              '\n',
            )}`,
          ),
        ]
      : []),
  ];
}

function peopleBlocks({ people, counts: { professions, organisations } }: Pack): KnownBlock[] {
  return [
    section(
      people === 0
        ? mrkdwn`*Who comes*\nNobody has a place yet.`
        : mrkdwn`*Who comes*\n${count(people, 'person has', 'people have')} a place.`,
    ),
    ...(people === 0
      ? []
      : [
          section(mrkdwn`*Professions*\n${bullets(countLines(professions))}`),
          section(mrkdwn`*Organisations*\n${bullets(countLines(organisations))}`),
          context(
            mrkdwn`${howCounted(professions)} You see the names under *Groups*; this page goes into a file that is passed on, so it names nobody.`,
          ),
        ]),
  ];
}

/** With what they were counted of, since somebody may have come or gone. */
export const howCounted = ({ people }: Counted): string =>
  `Counted when ${count(people, 'person', 'people')} had a place; again once ${inWords(fewestPeople)} have come or gone. No count of fewer than ${inWords(fewestPeople)}, and none by which one could be worked out.`;

/** One line for each that may be told; else a line that says so. */
export const countLines = ({ shown }: Counted): string[] =>
  shown.length === 0
    ? ['Nothing can be told: there are too few of each.']
    : [
        ...shown.map(({ label, count: many }) => `${label}: ${many === 'most' ? 'more than half' : many}`),
        'The others, or not known: not shown',
      ];

/** Groups in one block, so that any number of them stays within what a window takes. */
const groupsInABlock = 6;

function groupsBlocks({ session, groups, settled }: Pack): KnownBlock[] {
  if (groups.length === 0) return [section(mrkdwn`*Groups*\nNobody has a place yet.`)];
  const sizes = groupSizes.map((size) =>
    option(`About ${size} in a group`, packSize.pack({ sessionId: session.id, size })),
  );
  const initial = sizes[groupSizes.indexOf(settled.groupSize)];
  const said = groups.map((group, nth) => {
    const names = joinMrkdwn(
      group.map(({ slackId }) => mention(slackId)),
      ', ',
    );
    return groups.length === 1
      ? mrkdwn`*All together*\n${names}`
      : mrkdwn`*${groupName(nth)}* (${group.length})\n${names}`;
  });
  return [
    section(mrkdwn`*Groups for the discussion*`),
    actions(
      [
        {
          type: 'static_select',
          action_id: ids.size,
          placeholder: plain('How large', 150),
          options: sizes,
          ...(initial && { initial_option: initial }),
        },
        ...(groups.length > 1 ? [button('Mix again', ids.mix, { value: session.id })] : []),
      ],
      'groups',
    ),
    ...Array.from({ length: Math.ceil(said.length / groupsInABlock) }, (_, at) =>
      section(joinMrkdwn(said.slice(at * groupsInABlock, (at + 1) * groupsInABlock), '\n')),
    ),
    ...(groups.length > 1 ? [context(mrkdwn`${howMixed}`)] : []),
    context(
      mrkdwn`Only those who run this session see the names. When somebody gets or gives up a place, the groups are made anew.`,
    ),
  ];
}

export const groupName = (nth: number): string => `Group ${nth + 1}`;

export const howMixed =
  'Each brings professions together as evenly as can be, and agencies as far as that leaves a choice. Who has not said either is spread evenly too.';

const fileBlocks = ({ session, groups }: Pack): KnownBlock[] => [
  section(
    mrkdwn`*The pack as a Word file*\nShape, example, background and who comes, as counts. Its last page is a sheet with the groups: with names in large type to put on the wall, or without, to fill in by hand.`,
  ),
  actions(
    [
      fileButton('Without names', ids.file, session.id, 'Without names, as a Word file'),
      ...(groups.length > 0
        ? [
            fileButton(
              'With names',
              ids.fileWithNames,
              session.id,
              'With the names of the groups, as a Word file',
            ),
          ]
        : []),
    ],
    'files',
  ),
  context(mrkdwn`What makes taking part easier for somebody is in neither.`),
];

const bullets = (lines: readonly string[]): Mrkdwn =>
  joinMrkdwn(
    lines.map((line) => mrkdwn`\u2022 ${line}`),
    '\n',
  );
