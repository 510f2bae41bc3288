import type { ActionsBlockElement, Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Profession } from '../../../community/professions.ts';
import { whoSeesBookings } from '../../../community/promises.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirm, context, modal, option, section } from '../../../slack/blocks.ts';
import { type Form, form, oneOf } from '../../../slack/form.ts';
import { packed, packedJson, placeNumber } from '../../../slack/packed.ts';
import { sayRange, turnButtons } from '../../../slack/paging.ts';
import {
  clip,
  count,
  joinMrkdwn,
  link,
  list,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayTime,
} from '../../../slack/text.ts';
import type { Sayable } from '../access/asking.ts';
import { ids as access } from '../access/ids.ts';
import { needsDrawing, needsFields } from '../access/views.ts';
import { ids as after } from '../attendance/ids.ts';
import { calendarButton } from '../calendar/button.ts';
import type { BookOutcome, Had } from './book.ts';
import { ids } from './ids.ts';
import { giveUpButton, sayWhere, type Told } from './messages.ts';
import type { Filter, Listed, Numbers, Seen } from './read.ts';
import { hasBegun, hasEnded, type Session } from './session.ts';
import { shapeOf } from './shape.ts';
import { cityOf, sayLong, sayWhen } from './when.ts';

/** Who looks, and when. */
export type Around = Told & {
  now: Date;
  mayPlan: boolean;
  /** They said no to the community agreement, so no date is offered to them. */
  hasDeclined: boolean;
};

/** How somebody comes to have places. */
export const agreeFirst = mrkdwn`Places are for those who have agreed to the community agreement: \`/chatr agreement\`.`;

export const packedTurn = packed(':', { page: placeNumber, series: z.string().catch('') });

const filterNames: Record<Filter, string> = {
  coming: 'Dates to come',
  mine: 'My places',
  open: 'Open to everybody',
  groups: 'For my groups',
  series: 'Other dates',
};

const emptyWords: Record<Filter, string> = {
  coming: 'No dates yet. They stand here as soon as the programme sets them.',
  mine: 'You have no place at a session, and host none. “Dates to come” shows what you can book.',
  open: 'No dates that are open to everybody just now.',
  groups: 'No dates for your groups just now.',
  series: 'There is no other date yet. “Dates to come” shows what else there is.',
};

export const sessionsHelp = {
  does: 'Shows dates of sessions that you can book, and your places.',
  example: 'sessions',
  group: 'together',
} as const;

/** Of the buttons to a page of a list; an id may come only once in a block. */
export const listIds = (filter: Filter) => ({
  page: `${ids.list}${filter}`,
  later: `${ids.list}${filter}.more`,
});

export const listButton = (filter: Filter, text = filterNames[filter], page = 0, series = ''): Button =>
  button(text, listIds(filter).page, { value: packedTurn.pack({ page, series }) });

const shownFilters: Filter[] = ['coming', 'mine', 'open', 'groups'];

/** In a sentence, what somebody has of it; undefined: nothing. */
export function sayOwn(
  { own, session, runs }: Pick<Seen, 'own' | 'session' | 'runs'>,
  { zone }: Told,
): string | undefined {
  if (session.isCancelled) return 'Cancelled';
  if (own?.status === 'booked') return 'You have a place';
  if (own?.status === 'offered' && own.offeredUntil)
    return `A place is kept for you until ${sayTime(own.offeredUntil, zone)}`;
  if (own?.status === 'waiting') return 'You are on the waiting list';
  return runs ? 'You run it' : undefined;
}

/** Nobody can have a place, whatever they come as: none is left that is kept either. */
export const isFull = ({ left, session, numbers }: Pick<Seen, 'left' | 'session' | 'numbers'>): boolean =>
  left === 0 &&
  (session.mix.length === 0 || numbers.booked + numbers.offered >= (session.places ?? Infinity));

/** How many places there are, for whoever might want one. */
export function sayLeft(seen: Pick<Seen, 'left' | 'session' | 'numbers'>): string | undefined {
  const { left } = seen;
  if (left === undefined) return undefined;
  if (left > 0) return `${count(left, 'place', 'places')} left`;
  return !isFull(seen)
    ? 'Only places left that are kept for some professions'
    : 'Full; there is a waiting list';
}

/** "12 of 20 places, 3 waiting". */
export function sayNumbers({ booked, offered, waiting }: Numbers, places: number | undefined): string {
  const of =
    places === undefined
      ? count(booked, 'place taken', 'places taken')
      : `${booked} of ${count(places, 'place', 'places')}`;
  return [
    of,
    ...(offered > 0 ? [`${offered} offered`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ].join(', ');
}

const forWhom = ({ cohort }: Pick<Seen, 'cohort'>): string =>
  cohort === undefined ? 'For everybody' : `For ${cohort.name}`;

/** One of several. */
export function lineBlock(seen: Seen, around: Around): KnownBlock {
  const { session, numbers } = seen;
  const isPast = hasEnded(session, around.now);
  const own = sayOwn(seen, around);
  const where = sayWhere(session);
  const quiet = [
    forWhom(seen),
    ...(where === undefined ? [] : [where]),
    ...(isPast || session.isCancelled
      ? []
      : seen.runs
        ? [sayNumbers(numbers, session.places)]
        : seen.own
          ? []
          : [sayLeft(seen) ?? '']),
  ].filter((one) => one !== '');
  return section(
    joinMrkdwn(
      [
        mrkdwn`*${session.title}*`,
        mrkdwn`${sayWhen(session, around.zone, around.home, around.now)}`,
        mrkdwn`${quiet.join(' · ')}`,
        own !== undefined && !isPast && mrkdwn`*${own}*`,
      ],
      '\n',
    ),
    button('Open', ids.open, {
      value: session.id,
      label: `Open: ${session.title}, ${sayTime(session.startsAt, around.zone)}`,
    }),
  );
}

export function listView(
  { filter, seriesId, shown, total, page, pages, offset }: Listed,
  around: Around,
): View {
  const { page: sooner, later } = listIds(filter);
  const turn = turnButtons(
    { page, pages },
    {
      back: { text: 'Sooner ones', id: sooner },
      more: { text: 'Later ones', id: later },
      value: (wanted) => packedTurn.pack({ page: wanted, series: seriesId }),
    },
  );
  return modal({
    callbackId: ids.listView,
    title: 'Sessions',
    blocks: [
      section(
        total > shown.length
          ? mrkdwn`*${filterNames[filter]}*: ${sayRange({ from: offset, shown: shown.length, total }, 'session', 'sessions')}`
          : mrkdwn`*${filterNames[filter]}*`,
      ),
      ...(shown.length === 0
        ? [
            around.hasDeclined && filter !== 'mine'
              ? section(mrkdwn`You said no to the community agreement, which is fine. ${agreeFirst}`)
              : section(mrkdwn`${emptyWords[filter]}`),
          ]
        : shown.map((seen) => lineBlock(seen, around))),
      ...(turn.length > 0 ? [actions(turn, 'turn')] : []),
      ...abroadNote(around),
      actions(
        [...shownFilters.filter((one) => one !== filter).map((one) => listButton(one)), pastButton()],
        'filters',
      ),
      ...(around.mayPlan ? [actions([addButton()], 'plan')] : []),
    ],
  });
}

/** Sessions that are over: what somebody was at, and what is left to do about them. */
export const pastButton = (): Button => button('Past sessions', after.past);

export const addButton = (): Button => button('Add a session', ids.add);

/** Whoever is abroad reads their own time. */
const abroadNote = ({ zone, home }: Told): KnownBlock[] =>
  zone === home
    ? []
    : [
        context(
          mrkdwn`Times are your own (${cityOf(zone)}); where ${cityOf(home)} has another, it stands beside them.`,
        ),
      ];

/** Everything that somebody may know of it but who comes. */
export function factBlocks(seen: Seen, around: Around): KnownBlock[] {
  const { session, hosts } = seen;
  const where = sayWhere(session);
  const canJoin =
    session.link !== undefined && (seen.own?.status === 'booked' || seen.runs) && !session.isCancelled;
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${session.title}*`,
          mrkdwn`${sayWhen(session, around.zone, around.home, around.now)} (${sayLong(session.minutes)})`,
          where !== undefined && mrkdwn`${where}`,
          canJoin && session.link !== undefined && link(session.link, 'Join online'),
          !canJoin &&
            session.link !== undefined &&
            !session.isCancelled &&
            mrkdwn`The link to join comes with your place.`,
          mrkdwn`${forWhom(seen)}${session.outline.label === session.title ? '' : ` · ${session.outline.label}`}`,
          hosts.length > 0 &&
            mrkdwn`With ${joinMrkdwn(
              hosts.map(({ slackId }) => mention(slackId)),
              ', ',
            )}`,
        ],
        '\n',
      ),
    ),
    ...(session.outline.shape.length > 0
      ? [
          context(
            mrkdwn`How it goes, in minutes: ${shapeOf(session)
              .parts.map(({ part, minutes }) => `${part} (${minutes})`)
              .join(' · ')}`,
          ),
        ]
      : []),
  ];
}

const statusBlocks = (seen: Seen, around: Around): KnownBlock[] => {
  const { session, own } = seen;
  const said = sayOwn(seen, around);
  if (session.isCancelled) return [section(mrkdwn`*This session is cancelled.*`)];
  if (hasEnded(session, around.now)) return [section(mrkdwn`This session is over.`)];
  if (own?.status === 'waiting')
    return [
      section(
        mrkdwn`*${said ?? ''}.* When a place comes free that you can have, I tell you, and it is kept for you for a day.`,
      ),
    ];
  return said === undefined || own === undefined ? [] : [section(mrkdwn`*${said}.*`)];
};

/** @param note what has just been done. @param needs what they said would make taking part easier, and who has opened it. */
export function cardView(
  seen: Seen,
  around: Around,
  {
    note,
    needs = [],
    lacksAgreement = false,
    moves = [],
    saysNeeds = false,
    movedFrom,
  }: {
    note?: Mrkdwn | undefined;
    needs?: readonly KnownBlock[];
    lacksAgreement?: boolean;
    /** Other dates at which they could have their place instead. */
    moves?: readonly Session[];
    /** They have said something of what would make taking part easier. */
    saysNeeds?: boolean | undefined;
    /** The date they have given up for it a moment ago, so it may stand in their calendar. */
    movedFrom?: Session | undefined;
  } = {},
): View {
  const { session, own, runs } = seen;
  const isOpen = !session.isCancelled && !hasBegun(session, around.now);
  const buttons: ActionsBlockElement[] = [
    ...(isOpen && own?.status === 'offered'
      ? [button('Take the place', ids.accept, { value: session.id, style: 'primary' as const })]
      : []),
    ...(isOpen && own?.status === 'booked' ? [calendarButton(session), giveUpButton(session)] : []),
    ...(session.isCancelled && own?.status === 'booked'
      ? [calendarButton(session, 'Take it off my calendar')]
      : []),
    ...(isOpen && own?.status === 'offered'
      ? [button('No, thank you', ids.giveUp, { value: session.id })]
      : []),
    ...(isOpen && own?.status === 'waiting' ? [giveUpButton(session, 'Leave the list')] : []),
    ...(hasBegun(session, around.now) && !session.isCancelled ? [pastButton()] : []),
    ...(runs ? [button('For those who run it', ids.lead, { value: session.id })] : []),
    ...(session.isCancelled ? [listButton('series', 'See other dates', 0, session.seriesId)] : []),
    listButton('coming', 'All sessions'),
  ];
  return modal({
    callbackId: ids.cardView,
    title: 'Session',
    blocks: [
      ...(note ? [section(note)] : []),
      ...(movedFrom ? [actions([calendarButton(movedFrom, 'Take it off my calendar')], 'moved')] : []),
      ...factBlocks(seen, around),
      ...statusBlocks(seen, around),
      ...(lacksAgreement && !own && !runs ? [section(agreeFirst)] : []),
      ...needs,
      ...(moves.length > 0 ? [section(mrkdwn`*Other dates with a place for you*`)] : []),
      ...moves.map((to) =>
        section(
          mrkdwn`${sayWhen(to, around.zone, around.home, around.now)} · ${sayHow(to)}`,
          moveButton(session, to, around, saysNeeds),
        ),
      ),
      ...(own ? [context(mrkdwn`${whoSeesBookings}`)] : []),
      actions(buttons, 'session'),
    ],
  });
}

export const packedMove = packed(':', { from: z.string(), to: z.string() });

/** "90 minutes · Town hall". A place may be long, and a confirmation holds little. */
const sayHow = (session: Session, longestPlace = 150): string =>
  [sayLong(session.minutes), clip(sayWhere(session) ?? 'the place is not set yet', longestPlace)].join(' · ');

/** @param saysNeeds they have said something there of what would make taking part easier. */
const moveButton = (from: Session, to: Session, { zone, home, now }: Told, saysNeeds: boolean): Button =>
  button('Move to this date', ids.move, {
    value: packedMove.pack({ from: from.id, to: to.id }),
    label: `Move to this date: ${sayTime(to.startsAt, zone)}`,
    confirm: confirm(
      'Move to this date?',
      [
        ...(saysNeeds && !to.asksAccess
          ? ['That date does not ask for access needs: what you said of yours goes.']
          : []),
        `You get a place on ${sayWhen(to, zone, home, now)} · ${sayHow(to, 40)}, and then give up ${sayTime(from.startsAt, zone)}.`,
      ].join(' '),
      'Move',
      'Keep my place',
    ),
  });

/** @param from the date at which they had their place. */
export const movedWords = (
  { from, leftNeeds }: { from: Session; leftNeeds: boolean },
  { zone, home }: Told,
): Mrkdwn =>
  joinMrkdwn(
    [
      mrkdwn`*Your place is here now.* The one on ${sayWhen(from, zone, home)} is given up. A note of it is in your messages from me.`,
      leftNeeds &&
        mrkdwn`What you said of access needs did not come with you: this date does not ask. Please tell whoever runs it what you need.`,
    ],
    '\n',
  );

export const noRoomWords = mrkdwn`*You keep the place you have.* There is none for you at the other date any more.`;

const packedBooking = packedJson(
  z.object({ id: z.string(), waits: z.boolean(), doubt: doubt.default('none') }),
);

const asField = oneOf('I come as', {
  missing: 'Please choose what you come as; “Another profession” will do.',
});

const bookFields = { as: asField, ...needsFields };

export const bookForm: Form<
  typeof bookFields,
  { id: string; waits: boolean; doubt: z.output<typeof doubt> }
> = form(
  { id: ids.bookForm, carries: packedBooking },
  { title: 'Book a place', submit: 'Book my place', close: 'Close', fields: bookFields },
);

export type BookingWindow = {
  professions: readonly Profession[];
  /** What may be meant by their role; chosen for them where it is one alone. */
  offered: readonly Profession[];
  role: string | undefined;
  /** What they chose a moment ago. */
  chosen?: string | undefined;
  /** Undefined: it does not ask what would make taking part easier. */
  sayable: Sayable | undefined;
  /** There is no place: they can join the list. */
  waits: boolean;
  /** What they have at the same time. */
  overlapping: readonly Session[];
  /** The date of the same series at which they have a place. */
  elsewhere?: { session: Session; saysNeeds: boolean } | undefined;
  note?: Mrkdwn | undefined;
  /** They have given their place up a moment ago, so it may stand in their calendar. */
  hadPlace?: boolean | undefined;
  /** What was seen in what they wrote of access needs. */
  doubtful?: Doubtful;
};

export function bookView(
  seen: Seen,
  around: Around,
  {
    professions,
    offered,
    role,
    chosen,
    sayable,
    waits,
    overlapping,
    elsewhere,
    note,
    hadPlace,
    doubtful = {},
  }: BookingWindow,
): View {
  const { session } = seen;
  const [only, ...more] = offered;
  // What their role may mean stands first.
  const ordered = [...offered, ...professions.filter((one) => !offered.includes(one))];
  const keptFor = session.mix.flatMap(
    ({ profession }) => professions.find(({ id }) => id === profession)?.label ?? [],
  );
  const asks = needsDrawing(sayable);
  return bookForm.view({
    carry: { id: session.id, waits, doubt: doubtOf(doubtful) },
    ...(waits && { title: 'Join the waiting list', submit: 'Join the waiting list' }),
    ...(doubtOf(doubtful) === 'warned' && { submit: waits ? 'Mask it and wait' : 'Mask it and book' }),
    initial: { as: chosen ?? (more.length === 0 ? only?.id : undefined), ...asks.initial },
    without: asks.without,
    options: { as: ordered.map(({ id, label }) => option(label, id)) },
    above: [
      ...(note ? [section(note)] : []),
      ...factBlocks(seen, around),
      ...(waits
        ? [
            section(
              mrkdwn`*There is no place just now.* When one comes free that you can have, I tell you, and it is kept for you for a day.`,
            ),
          ]
        : sayLeft(seen) === undefined
          ? []
          : [section(mrkdwn`*${sayLeft(seen) ?? ''}.*`)]),
      ...(elsewhere
        ? [
            section(
              mrkdwn`*You have a place on ${sayWhen(elsewhere.session, around.zone, around.home, around.now)}.* You can have both.`,
              ...(waits ? [] : [moveButton(elsewhere.session, session, around, elsewhere.saysNeeds)]),
            ),
          ]
        : []),
      ...overlapNote(overlapping, around),
      ...doubtBlocks(doubtful, access.bookAsItIs),
    ],
    before: {
      ...asks.before,
      as: [
        context(
          joinMrkdwn(
            [
              keptFor.length > 0 &&
                mrkdwn`Some places are kept for ${list(keptFor)}: say what you come as, and I look.`,
              role !== undefined &&
                role !== '' &&
                offered.length > 0 &&
                (more.length === 0
                  ? mrkdwn`Filled in from your profile (“${role}”); change it if it does not fit.`
                  : mrkdwn`Those that may fit your profile (“${role}”) stand first.`),
              mrkdwn`The groups are general, so that nobody is recognised by theirs.`,
            ],
            ' ',
          ),
        ),
      ],
    },
    below: [
      context(mrkdwn`${whoSeesBookings}`),
      actions(
        [
          ...(hadPlace ? [calendarButton(session, 'Take it off my calendar')] : []),
          listButton('coming', 'All sessions'),
          ...(seen.runs ? [button('For those who run it', ids.lead, { value: session.id })] : []),
        ],
        'session',
      ),
    ],
  });
}

/** Pointed out, and no more: whoever books may have thought of it. */
export const overlapNote = (others: readonly Session[], { zone, home }: Told): KnownBlock[] =>
  others.length === 0
    ? []
    : [
        context(
          mrkdwn`At the same time you have a place at ${list(others.map((one) => `${one.title} (${sayWhen(one, zone, home)})`))}. You can have both, or give one up.`,
        ),
      ];

const answer = (title: string, text: Mrkdwn, buttons: ActionsBlockElement[] = []): Answer => ({
  title,
  text: title,
  blocks: [section(text), ...(buttons.length > 0 ? [actions(buttons)] : [])],
});

/** Where Slack opens no window by itself. */
export const inWindow = answer('Sessions', mrkdwn`Sessions open in a window that only you see.`, [
  listButton('coming', 'Show the sessions'),
]);

export const notThere = answer('Session', mrkdwn`That session is not there any more, or not for you.`, [
  listButton('coming', 'All sessions'),
]);

export const notForYou = answer(
  'Session',
  mrkdwn`Places are for those who have agreed to the community agreement and, where a session is for a group, are in it. Have a look at the agreement with \`/chatr agreement\`; nothing is lost meanwhile.`,
  [listButton('coming', 'All sessions')],
);

/** What somebody pressed in a message, when it is over. */
export const tooLate = (session: Session, told: Told, now: Date): Answer =>
  answer(
    'Session',
    hasEnded(session, now) && !session.isCancelled
      ? mrkdwn`That session is over: ${session.title}, ${sayWhen(session, told.zone, told.home)}.`
      : session.isCancelled
        ? mrkdwn`${session.title} on ${sayWhen(session, told.zone, told.home)} is cancelled.`
        : mrkdwn`${session.title} on ${sayWhen(session, told.zone, told.home)} has begun already, so nothing about places changes any more.`,
    [listButton('series', 'See other dates', 0, session.seriesId)],
  );

export const placeTaken = (session: Session, told: Told): Answer =>
  answer(
    'Your place',
    mrkdwn`*You have a place:* ${session.title}, ${sayWhen(session, told.zone, told.home)}.`,
    [button('Open', ids.open, { value: session.id }), calendarButton(session), giveUpButton(session)],
  );

/** An offer whose day was over, or that had been given up. */
export const goneWords = (
  { session, lapsed, isOffered }: { session: Session; lapsed: Date | undefined; isOffered: boolean },
  { zone, home }: Told,
): Mrkdwn =>
  joinMrkdwn(
    [
      lapsed
        ? mrkdwn`The place was kept for you until ${sayTime(lapsed, zone)}: ${session.title}, ${sayWhen(session, zone, home)}.`
        : mrkdwn`That place is not kept for you any more: ${session.title}, ${sayWhen(session, zone, home)}.`,
      isOffered
        ? mrkdwn`It is offered to the next person now. You can join the list again.`
        : mrkdwn`There is no place just now. You can join the list again.`,
    ],
    ' ',
  );

export const placeGone = (gone: Parameters<typeof goneWords>[0], told: Told): Answer =>
  answer('Your place', goneWords(gone, told), [button('Open', ids.open, { value: gone.session.id })]);

/** The same for whoever waits: they were moved down since. */
export const stillWaiting = (session: Session, told: Told): Answer =>
  answer(
    'Your place',
    mrkdwn`That place is not there any more; you are on the waiting list: ${session.title}, ${sayWhen(session, told.zone, told.home)}.`,
    [button('Open', ids.open, { value: session.id })],
  );

/** They pressed it in an older message. */
export const hadNone = (session: Session, told: Told): Answer =>
  answer(
    'Your place',
    mrkdwn`You have no place just now at ${session.title}, ${sayWhen(session, told.zone, told.home)}.`,
    [button('Open', ids.open, { value: session.id })],
  );

export const givenUp = (session: Session, had: Had, told: Told): Answer =>
  answer('Your place', givenUpWords(session, had, told), [
    button('Book again', ids.open, { value: session.id }),
    ...(had === 'booked' ? [calendarButton(session, 'Take it off my calendar')] : []),
    listButton('series', 'See other dates', 0, session.seriesId),
  ]);

export const givenUpWords = (session: Session, had: Had, { zone, home }: Told): Mrkdwn =>
  had === 'booked'
    ? mrkdwn`*You have given up your place* at ${session.title}, ${sayWhen(session, zone, home)}. Thank you for saying so: somebody who waits can have it.`
    : had === 'offered'
      ? mrkdwn`*All right.* The place at ${session.title}, ${sayWhen(session, zone, home)}, goes to the next person.`
      : mrkdwn`*You are not on the waiting list any more* for ${session.title}, ${sayWhen(session, zone, home)}.`;

/** On top of the session, once it is booked. */
export const bookedNote = ({ kind }: Pick<BookOutcome, 'kind'>): Mrkdwn | undefined =>
  kind === 'booked' ? mrkdwn`*Your place is booked.* A note of it is in your messages from me.` : undefined;
