import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../community/cohorts.ts';
import type { Answer } from '../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  modal,
  option,
  rows,
  section,
} from '../../slack/blocks.ts';
import { date, type Form, form, line, oneOf, time, type WindowKind } from '../../slack/form.ts';
import { packed, packedId, packedJson, placeNumber } from '../../slack/packed.ts';
import { pageOf, type Turn, turnButtons } from '../../slack/paging.ts';
import {
  count,
  joinMrkdwn,
  type Mrkdwn,
  mrkdwn,
  sayDate,
  sayDateFrom,
  sayFullDate,
} from '../../slack/text.ts';
import type { PilotTemplate } from './content.ts';
import { daysBetween, reportKey, startKey } from './dates.ts';
import { ids } from './ids.ts';
import type { MakeOutcome, MakeProblem, WantedPilot } from './make.ts';
import type { Difference, How } from './move.ts';
import type { PartSeen, PilotSeen } from './read.ts';

const title = 'Pilot';

export const packedPage = packed('|', { id: z.string().min(1).max(80), page: placeNumber });
export const packedPart = packed('|', { id: z.string().min(1).max(80), key: z.string().min(1).max(80) });

/** Which move of a pilot. Without a mark it was sent before there were any, and undoes nothing. */
export const packedUndo = packed('|', {
  id: z.string().min(1).max(80),
  mark: z.string().max(80).default(''),
});

export const planButton = button('Plan a pilot', ids.plan);
const pageButton = (text: string, seen: PilotSeen, key: string) =>
  button(text, ids.open, { value: packedPage.pack({ id: seen.pilot.id, page: pageWith(seen, key) }) });

export const notThere: Answer = {
  title,
  text: 'This pilot is not there any more.',
  blocks: [
    section(mrkdwn`*This pilot is not there any more*, or you do not run its group.`),
    actions([button('My pilots', ids.list, { value: '0' })]),
  ],
};
export const nothingMoved = (words: string): Answer => ({
  title,
  text: title,
  blocks: [section(mrkdwn`*Nothing was moved.* ${words}`)],
});
export const inWindow: Answer = {
  title: 'Pilots',
  text: 'Pilots',
  blocks: [
    section(mrkdwn`Pilots open in a window.`),
    actions([button('My pilots', ids.list, { value: '0' }), planButton]),
  ],
};

// Planning one.

/** Stands for a group that does not exist yet. */
export const newGroup = 'new';
const wantedPilot = packedJson(
  z.object({
    id: z.string(),
    templateId: z.string(),
    startsOn: z.string(),
    time: z.string(),
    cohortId: z.string().optional(),
    name: z.string(),
    besides: z.array(z.string()).optional(),
  }),
);

const fields = {
  template: oneOf('Which pilot?', { radio: true, missing: 'Please choose a pilot.' }),
  start: date('First day', {
    missing: 'Please choose the first day.',
    hint: 'The first questions go out then. Everything else is counted from it.',
  }),
  time: time('Sessions begin at', { missing: 'Please choose the time.' }),
  cohort: oneOf('Who is it for?', { missing: 'Please choose who it is for.' }),
  name: line('Name of the new group', {
    max: 80,
    hint: 'Left empty, it is called after the pilot and its month.',
  }),
};
export const planForm: Form<typeof fields, string> = form(
  { id: ids.planForm, carries: packedId },
  { title: 'Plan a pilot', submit: 'See all dates', close: 'Close', fields },
);

export const planView = (
  id: string,
  {
    templates,
    cohorts,
    mayMakeGroup,
    said,
    problem,
    zone,
  }: {
    templates: readonly PilotTemplate[];
    cohorts: readonly Cohort[];
    mayMakeGroup: boolean;
    said?: WantedPilot;
    problem?: MakeProblem;
    zone: string | undefined;
  },
): View =>
  planForm.view({
    carry: id,
    above: [
      problem
        ? section(mrkdwn`*Nothing was made.* ${problem.words}`)
        : context(
            mrkdwn`You see every date before anything is made, nobody is told of it, and each can be moved.`,
          ),
      ...zoneLine(zone),
    ],
    options: {
      template: templates.map((one) => option(one.label, one.id, shapeOf(one))),
      cohort: [
        ...(mayMakeGroup ? [option('A new group', newGroup)] : []),
        ...cohorts.map((cohort) => option(cohort.name, cohort.id)),
      ],
    },
    initial: {
      time: said?.time ?? '10:00',
      template: said?.templateId,
      start: said?.startsOn,
      cohort: said ? (said.cohortId ?? newGroup) : mayMakeGroup ? newGroup : cohorts[0]?.id,
      name: said?.name,
    },
    ...(mayMakeGroup ? {} : { without: ['name'] as const }),
  });

/** "3 sessions every 2 weeks, follow-up 9 weeks later" */
function shapeOf({ sessions: { many, everyDays }, follow_up: after }: PilotTemplate): string {
  const rhythm = many === 1 ? '' : everyDays === 7 ? ' every week' : ' every 2 weeks';
  const then = after ? `, follow-up ${after.weeks_after_last} weeks later` : '';
  return `${count(many, 'session', 'sessions')}${rhythm}${then}`;
}

export const checkForm: Form<Record<never, never>, WantedPilot> = form(
  {
    id: ids.checkForm,
    carries: {
      pack: (wanted: WantedPilot) => wantedPilot.pack(wanted),
      open: (text) => {
        const wanted = wantedPilot.open(text);
        return wanted && { ...wanted, cohortId: wanted.cohortId, besides: wanted.besides };
      },
    },
  },
  { title: 'Plan a pilot', submit: 'Schedule all of it', close: 'Close', fields: {} },
);

const mostClashes = 4;

/** Everything as it would be. */
export const checkView = (
  wanted: WantedPilot,
  { seen, besides, clashes }: Extract<MakeOutcome, { kind: 'made' }>,
  template: PilotTemplate,
  zone: string | undefined,
): View =>
  checkForm.view({
    carry: wanted,
    above: [
      ...zoneLine(zone),
      section(
        joinMrkdwn(
          [
            mrkdwn`*${seen.cohort.name}*, ${wanted.cohortId === undefined ? 'a new group' : 'a group that is there'}. Nothing of this is made yet.`,
            ...seen.parts.map((part) => mrkdwn`•  ${partLine(part, seen.today)}`),
          ],
          '\n',
        ),
      ),
      ...(besides.length > 0
        ? [
            section(
              mrkdwn`*${seen.cohort.name} has this pilot already*, ${besides.map(spanOf).join(' and ')}. Do you want a second one? If not, close this, or choose another group with “Change something”.`,
            ),
          ]
        : []),
      ...(clashes.length > 0
        ? [
            section(
              joinMrkdwn(
                [
                  mrkdwn`*At the same time for the same people:*`,
                  ...clashes.slice(0, mostClashes).map((words) => mrkdwn`•  ${words}`),
                  clashes.length > mostClashes && mrkdwn`•  and ${clashes.length - mostClashes} more`,
                ],
                '\n',
              ),
            ),
          ]
        : []),
      ...(template.prepares
        ? [context(mrkdwn`Its members get a private checklist with which to prepare for a conference.`)]
        : []),
      context(
        joinMrkdwn(
          [
            template.published && mrkdwn`Published: ${template.published.join('. ')}.`,
            mrkdwn`Suggested by us: ${template.suggested.join('. ')}.`,
          ],
          '\n',
        ),
      ),
      actions([button('Change something', ids.planAgain)], 'pilots.check'),
    ],
  });

// The page of one.

/** On a phone, so many are a screen and a half. */
const partsAPage = 7;

/** The page on which a part stands. */
export const pageWith = ({ parts }: PilotSeen, key: string): number =>
  Math.max(0, Math.floor(parts.findIndex((part) => part.key === key) / partsAPage));

/** "Perinatal: session 2 of 3: Tuesday 5 May, 10:00, until 11:30" */
function partLine(part: PartSeen, today: string): Mrkdwn {
  return joinMrkdwn([mrkdwn`*${part.title}:* ${whenOf(part, today)}`, otherwiseOf(part)], ' ');
}

function whenOf(part: PartSeen, today: string): string {
  const { date: on, says, state } = part;
  if (state === 'gone') return 'taken away';
  const day = on === undefined ? undefined : momentOf(part, today);
  return [day, says].filter((part) => part !== undefined).join(', ');
}

const otherwiseOf = ({ otherwise }: PartSeen): Mrkdwn | undefined =>
  otherwise && mrkdwn`_(not ${sayDate(otherwise.wantedOn)}: ${otherwise.why})_`;

/** "30 March to 20 July 2026" */
const spanOf = ({ parts }: PilotSeen): string => {
  const on = (key: string) => parts.find((part) => part.key === key)?.date;
  const [from, until] = [on(startKey), on(reportKey)];
  if (from === undefined || until === undefined) return '';
  const isSameYear = from.slice(0, 4) === until.slice(0, 4);
  return `${isSameYear ? sayFullDate(from).slice(0, -5) : sayFullDate(from)} to ${sayFullDate(until)}`;
};

/** @param zone of the programme, for whoever's own clock shows another time; undefined: they have the same. */
export type Noted = { note?: Mrkdwn | undefined; undoMark?: string | undefined; zone?: string | undefined };

const zoneLine = (zone: string | undefined): KnownBlock[] =>
  zone === undefined
    ? []
    : [context(mrkdwn`Times are those in ${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')}.`)];

export function pageView(seen: PilotSeen, wanted: number, { note, undoMark, zone }: Noted = {}): View {
  const { pilot, cohort, parts, group } = seen;
  const { shown, ...turn } = pageOf(parts, wanted, partsAPage);
  const isRemovable = parts.every(({ isUntouched }) => isUntouched);
  const turning = turnButtons(turn, {
    back: { text: 'Earlier dates', id: ids.earlier },
    more: { text: 'Later dates', id: ids.later },
    value: (page) => packedPage.pack({ id: pilot.id, page }),
  });
  const buttons: ActionsBlockElement[] = [
    ...toPages(group?.buttons),
    button('My pilots', ids.list, { value: '0' }),
    ...(isRemovable && !cohort.isArchived
      ? [
          button('Remove this pilot', ids.remove, {
            value: pilot.id,
            style: 'danger',
            confirm: confirmLoss(
              'Remove this pilot?',
              `Its ${count(parts.filter(({ kind }) => kind !== 'day').length, 'session or check-in goes', 'sessions and check-ins go')}, and its group if nobody is in it. Nothing of it has been sent or booked.${startedByMembers(seen) ? ' What members start themselves ends; whatever was answered is kept by its own rules.' : ''} It cannot be brought back.`,
              'Remove it',
              'Keep it',
            ),
          }),
        ]
      : []),
  ];
  return modal({
    callbackId: ids.pageView,
    title,
    blocks: [
      ...(note
        ? [
            section(
              note,
              undoMark === undefined
                ? undefined
                : button('Undo', ids.undo, {
                    value: packedUndo.pack({ id: pilot.id, mark: undoMark }),
                    label: 'Undo this move',
                  }),
            ),
          ]
        : []),
      section(mrkdwn`*${cohort.name}*\n${whatAndWhen(seen)}`),
      ...zoneLine(zone),
      ...(cohort.isArchived
        ? [
            section(
              mrkdwn`*Its group is archived.* Nothing can be moved until you bring it back in \`/chatr groups\`.`,
            ),
          ]
        : []),
      ...(endsTooSoon(seen)
        ? [
            section(
              mrkdwn`*The group ends before its pilot*, on ${sayFullDate(cohort.endsOn ?? '')}. Change its dates by opening the group, or move the pilot.`,
            ),
          ]
        : []),
      ...shown.map((part) => partBlock(seen, part)),
      ...(turning.length > 0 ? [actions(turning, 'pilots.turn')] : []),
      divider(),
      ...rows(buttons, 'pilots.page'),
      ...(isRemovable
        ? []
        : [
            context(
              mrkdwn`Something was sent or booked, so the pilot cannot be removed as a whole. Each part is called off in its own page: “Open”.`,
            ),
          ]),
    ],
  });
}

// What stands above the page of one, once something was done or not.

export const scheduled = mrkdwn`*All of it is scheduled.* Next: add people (*Open the group*), and say where each session is and how many places it has (*Open* beside it). Nobody is told of the sessions by itself: tell your group; people book in \`/chatr training\`.`;
/** @param more how many moved with it. */
export const moved = (part: string, more: number): Mrkdwn =>
  mrkdwn`*${part} is moved*${more > 0 ? `, and ${count(more, 'more', 'more')} with it` : ''}.`;
export const movedBack = mrkdwn`*Moved back.* Everything stands where it stood before.`;
export const notMovedBack = mrkdwn`*That cannot be undone any more:* something was moved since, or its old time is over. This is how it stands.`;
export const notMovable = mrkdwn`*Nothing was moved:* it has begun, or has been called off.`;
export const changedMeanwhile = mrkdwn`*Nothing was moved.* Somebody else has changed something meanwhile. This is how it stands now; please look again.`;
export const notRemovable = mrkdwn`*Nothing was removed:* something has been sent or booked. Call off each part in its own page instead.`;
/** Above the list of the others. */
export const removed = (seen: PilotSeen, { groupStays }: { groupStays: boolean }): Mrkdwn =>
  groupStays
    ? mrkdwn`*The pilot is removed*, with its sessions and check-ins. The group ${seen.cohort.name} stays, with whatever else it has: you can archive it in \`/chatr groups\`.${startedByMembers(seen) ? ' The check-in that members started themselves is ended; whatever was answered is kept by its own rules.' : ''}`
    : mrkdwn`*The pilot is removed*, with its group, its sessions and its check-ins. Nobody had been told of it.`;

export const thereAlready = 'It is there already. Please choose another day.';

/** Whether anything of it has no day, since members start it when there is something to say. */
const startedByMembers = ({ pilot }: PilotSeen): boolean =>
  pilot.parts.some(({ key }) => key.endsWith(':own'));

const endsTooSoon = ({ cohort, parts }: PilotSeen): boolean => {
  const { endsOn } = cohort;
  return endsOn !== undefined && parts.some(({ date: on }) => on !== undefined && on > endsOn);
};

const toPages = (pages: PartSeen['buttons'] = []) =>
  pages.map(({ text, actionId, value }) => button(text, actionId, { value }));

const partBlock = ({ pilot, today }: PilotSeen, part: PartSeen): KnownBlock =>
  section(
    joinMrkdwn([mrkdwn`*${part.title}*`, mrkdwn`${whenOf(part, today)}`, otherwiseOf(part)], '\n'),
    part.state === 'gone'
      ? undefined
      : button('Open', ids.part, {
          value: packedPart.pack({ id: pilot.id, key: part.key }),
          label: `Open: ${part.title}`,
        }),
  );

// One part, and moving it.

const moveFields = {
  date: date('Day', { missing: 'Please choose the day.' }),
  time: time('At', { missing: 'Please choose the time.' }),
};
const dayFields = { date: moveFields.date };
const carriedPart = packedJson(z.object({ pilotId: z.string(), key: z.string() }));
type CarriedPart = { pilotId: string; key: string };
const moveKind = { title: 'Move', submit: 'See what moves', close: 'Close' };
export const moveForm: Form<typeof moveFields, CarriedPart> = form(
  { id: ids.moveForm, carries: carriedPart },
  { ...moveKind, fields: moveFields },
);
/** For what has no time of day. */
export const moveDayForm: Form<typeof dayFields, CarriedPart> = form(
  { id: `${ids.moveForm}-day`, carries: carriedPart },
  { ...moveKind, fields: dayFields },
);

/** A part, with its day to change as long as that can be, and the way to its own page. */
export function partView(seen: PilotSeen, part: PartSeen, zone: string | undefined): View {
  const { pilot, cohort, today } = seen;
  const links = actions(
    [...toPages(part.buttons), pageButton('Back to the pilot', seen, part.key)],
    'pilots.part',
  );
  const facts = section(
    joinMrkdwn([mrkdwn`*${part.title}*`, mrkdwn`${whenOf(part, today)}`, otherwiseOf(part)], '\n'),
  );
  const carry = { pilotId: pilot.id, key: part.key };
  if (part.state !== 'ahead' || part.date === undefined || cohort.isArchived)
    return modal({ callbackId: ids.partView, title, blocks: [facts, links] });
  const hints = [
    ...(part.time === undefined ? [] : zoneLine(zone)),
    ...(part.key === startKey ? [context(mrkdwn`Everything else is counted from this day.`)] : []),
    ...(part.key === reportKey
      ? [
          context(
            mrkdwn`On this day you write down what was learnt, from the results in App Home. Whoever runs the group is reminded of it once.`,
          ),
        ]
      : []),
    ...(part.counted
      ? [
          context(
            mrkdwn`It is counted from a session and moves with it. With a day of its own it does not any more.`,
          ),
        ]
      : []),
  ];
  const drawing = { carry, above: [facts, links, ...hints], initial: { date: part.date, time: part.time } };
  return part.time === undefined
    ? moveDayForm.view({ ...drawing, initial: { date: part.date } })
    : moveForm.view(drawing);
}

const shiftFields = {
  how: oneOf<How>('What hangs on it', { radio: true, missing: 'Please choose.' }),
};
const carriedShift = z.object({
  pilotId: z.string(),
  key: z.string(),
  date: z.string(),
  time: z.string().optional(),
  /** What they were shown would move, either way. */
  all: z.string(),
  only: z.string(),
});
export type CarriedShift = z.output<typeof carriedShift>;
/** Its one field stands there only where there is something to choose. */
export const shiftWindow: WindowKind<CarriedShift> = { id: ids.shiftForm, carries: packedJson(carriedShift) };
export const shiftForm: Form<typeof shiftFields, CarriedShift> = form(shiftWindow, {
  title: 'Move',
  submit: 'Move',
  close: 'Close',
  fields: shiftFields,
});

/** What would move. @param only undefined: it cannot be moved alone, for this reason. */
export function shiftView(
  carry: CarriedShift,
  seen: PilotSeen,
  all: readonly Difference[],
  only: { differences: readonly Difference[] } | { words: string },
): View {
  const alone = 'words' in only ? [] : only.differences;
  const isAlone = (one: Difference) => alone.some(({ before }) => before.key === one.before.key);
  const first = all.filter(({ before }) => before.key === carry.key);
  const along = alone.filter(({ before }) => before.key !== carry.key);
  const too = all.filter((one) => one.before.key !== carry.key && !isAlone(one));
  const isOffered = too.length > 0 && !('words' in only);
  const own = first[0];
  const weeks = own?.before.date && own.after.date ? daysBetween(own.before.date, own.after.date) / 7 : 0;
  const lines = (some: readonly Difference[]) => some.map((one) => differenceLine(one, seen.today));
  return shiftForm.view({
    carry,
    above: [
      section(joinMrkdwn([...lines(first), own && !saysOtherwise(own) && otherwiseOf(own.after)], '\n')),
      ...(Math.abs(weeks) > farWeeks
        ? [
            section(
              mrkdwn`*Please look at the year once more:* that is ${Math.round(Math.abs(weeks))} weeks ${weeks > 0 ? 'later' : 'earlier'}.`,
            ),
          ]
        : []),
      ...(along.length > 0
        ? [section(joinMrkdwn([mrkdwn`Counted from it, and moving with it:`, ...lines(along)], '\n'))]
        : []),
      ...('words' in only && too.length > 0 ? [context(mrkdwn`Not alone: ${only.words}`)] : []),
    ],
    // Below what is to be chosen, since it may be long.
    below: [
      ...(too.length > 0
        ? [section(joinMrkdwn([mrkdwn`*${sayToo(too.length)}*`, ...lines(too)], '\n'))]
        : []),
      ...(all.some(({ before }) => before.kind === 'session' && !before.isUntouched)
        ? [context(mrkdwn`Whoever has booked is told, once for all that changes within the hour.`)]
        : []),
      actions([pageButton('Back, move nothing', seen, carry.key)], 'pilots.shift'),
    ],
    ...(isOffered
      ? {
          options: {
            how: [
              option(`Move ${too.length === 1 ? 'that' : `these ${inWords(too.length)}`} too`, 'all'),
              option('Leave the rest where it is', 'only'),
            ],
          },
          initial: { how: 'all' as const },
        }
      : { without: ['how'] as const }),
  });
}

const small = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (many: number): string => small[many] ?? String(many);
const sayToo = (many: number): string =>
  many === 1 ? 'This one would move too:' : `These ${inWords(many)} would move too:`;

/** A move by more than this is mostly another year than was meant. */
const farWeeks = 26;

/** Whether the line of it says why it is not on the day that was wanted. */
const saysOtherwise = ({ before, after }: Difference): boolean =>
  after.otherwise !== undefined && before.otherwise?.wantedOn !== after.otherwise.wantedOn;

const differenceLine = (one: Difference, today: string): Mrkdwn => {
  const { before, after } = one;
  return joinMrkdwn(
    [
      mrkdwn`•  ${before.title}: ${momentOf(before, today)} → *${momentOf(after, today)}*`,
      after.otherwise &&
        saysOtherwise(one) &&
        mrkdwn` (not ${sayDate(after.otherwise.wantedOn)}: ${after.otherwise.why})`,
      after.says?.startsWith('waits') && mrkdwn`, ${after.says}`,
    ],
    '',
  );
};

const momentOf = ({ date: on, time: at }: PartSeen, today: string): string => {
  if (on === undefined) return 'no day';
  const day = sayDateFrom(on, today);
  return at === undefined ? day : `${day}, ${at}`;
};

// All of them.

export const pilotsAPage = 5;

export function listView(
  { shown, page, pages }: Turn & { shown: readonly PilotSeen[] },
  today: string,
  note?: Mrkdwn,
): View {
  return modal({
    callbackId: ids.listView,
    title: 'Pilots',
    blocks: [
      ...(note ? [section(note)] : []),
      ...(shown.length === 0
        ? [
            section(
              mrkdwn`*No pilots yet.* From a kind of pilot and a first day you get the group, its sessions, its check-ins and the day of the report, all at once.`,
            ),
          ]
        : shown.map((seen) =>
            section(
              lineOf(seen, today),
              button('Open', ids.open, {
                value: packedPage.pack({ id: seen.pilot.id, page: 0 }),
                label: `Open: ${seen.cohort.name}`,
              }),
            ),
          )),
      actions(
        [
          planButton,
          ...turnButtons(
            { page, pages },
            {
              back: { text: 'Newer', id: ids.list },
              more: { text: 'Older', id: ids.listMore },
            },
          ),
        ],
        'pilots.list',
      ),
    ],
  });
}

/** With what comes next. @param today local date. */
export function lineOf(seen: PilotSeen, today: string): Mrkdwn {
  const { cohort, parts } = seen;
  const next = parts.find(
    ({ date: on, state, key }) => on !== undefined && on >= today && state === 'ahead' && key !== startKey,
  );
  return joinMrkdwn(
    [
      mrkdwn`*${cohort.name}*`,
      mrkdwn`${whatAndWhen(seen)}`,
      cohort.isArchived
        ? mrkdwn`Its group is archived.`
        : next && mrkdwn`Next: ${next.title}, ${momentOf(next, today)}`,
    ],
    '\n',
  );
}

/** What kind of pilot, where its group is not called after it, and from when to when. */
const whatAndWhen = (seen: PilotSeen): string =>
  seen.cohort.name.startsWith(seen.pilot.label) ? spanOf(seen) : `${seen.pilot.label}, ${spanOf(seen)}`;
