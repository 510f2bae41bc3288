import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import type { Profession } from '../../../community/professions.ts';
import { whoSeesBookings } from '../../../community/promises.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, divider, modal, section } from '../../../slack/blocks.ts';
import { type Form, form, paragraph } from '../../../slack/form.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { count, joinMrkdwn, type Mrkdwn, mention, mrkdwn, sayDate } from '../../../slack/text.ts';
import { ids as after } from '../attendance/ids.ts';
import { packButton } from '../pack/views.ts';
import { ids } from '../sessions/ids.ts';
import type { Seen } from '../sessions/read.ts';
import { type Booking, hasBegun, type Session } from '../sessions/session.ts';
import {
  type Around,
  addButton,
  factBlocks,
  lineBlock,
  listButton,
  notThere,
  sayNumbers,
} from '../sessions/views.ts';
import { sayWhen } from '../sessions/when.ts';

const title = 'Session';

export const packedNames = packed(':', { page: placeNumber, id: z.string() });

/** For those who run it. @param note what has just been done. */
export function leadView(
  seen: Seen,
  around: Around,
  {
    kept,
    note,
    hasEver,
    isHost,
  }: { kept: string | undefined; note?: Mrkdwn | undefined; hasEver: boolean; isHost: boolean },
): View {
  const { session, numbers, hosts } = seen;
  const isOpen = !session.isCancelled && !hasBegun(session, around.now);
  const buttons: ActionsBlockElement[] = [
    ...(seen.isHost && hasBegun(session, around.now) && !session.isCancelled
      ? [button('Attendance', after.attendance, { value: session.id, label: `Attendance: ${session.title}` })]
      : []),
    button(session.isCancelled ? 'Who was coming' : 'Who is coming', ids.names, {
      value: packedNames.pack({ page: 0, id: session.id }),
    }),
    ...(isHost && !session.isCancelled ? [packButton(session.id)] : []),
    ...(isOpen
      ? [
          button('When and where', ids.changeWhen, { value: session.id }),
          button('Places and people', ids.changePlaces, { value: session.id }),
          hasEver
            ? button('Cancel it …', ids.cancel, { value: session.id, style: 'danger' })
            : button('Remove it', ids.remove, {
                value: session.id,
                style: 'danger',
                confirm: confirmLoss(
                  'Remove this session?',
                  `Nobody has booked it, so nobody ${hosts.length > 1 ? 'but those who run it with you ' : ''}is told. It cannot be brought back.`,
                  'Remove it',
                  'Keep it',
                ),
              }),
        ]
      : []),
  ];
  return modal({
    callbackId: ids.cardView,
    title,
    blocks: [
      ...(note ? [section(note)] : []),
      ...factBlocks(seen, around),
      section(
        joinMrkdwn(
          [
            session.isCancelled ? mrkdwn`*Cancelled.*` : mrkdwn`*${sayNumbers(numbers, session.places)}*`,
            isOpen && kept !== undefined && mrkdwn`${kept}`,
            isOpen && session.asksAccess && mrkdwn`Whoever books is asked what makes taking part easier.`,
            isOpen &&
              hosts.length === 0 &&
              mrkdwn`*Nobody hosts it.* Please choose who runs it under “Places and people”.`,
            session.tellAt !== undefined && mrkdwn`The last change has not been told yet.`,
          ],
          '\n',
        ),
      ),
      actions(buttons, 'lead'),
      actions([listButton('coming', 'All sessions'), addButton()], 'more'),
    ],
  });
}

/** What is kept, and how much of it is taken; undefined: nothing is. */
export function sayKept(
  { mix, mixUntil }: Session,
  bookings: readonly Booking[],
  professions: readonly Profession[],
  today: string,
): string | undefined {
  if (mix.length === 0) return undefined;
  if (mixUntil !== undefined && today > mixUntil) return 'No places are kept any more.';
  const each = mix.map(({ profession, places }) => {
    const label =
      professions.find(({ id }) => id === profession)?.label ?? 'A profession that is no longer offered';
    const taken = bookings.filter(
      (one) => (one.status === 'booked' || one.status === 'offered') && one.profession === profession,
    ).length;
    return `${label} ${Math.min(taken, places)} of ${places} taken`;
  });
  return `Kept${mixUntil === undefined ? '' : ` until ${sayDate(mixUntil)}`}: ${each.join('; ')}`;
}

/** Somebody who comes, as those who run a session read it. @property profession its label. */
export type Coming = { person: Person; status: Booking['status']; profession: string | undefined };

const standsAs = {
  booked: '',
  offered: ' · a place is offered',
  waiting: ' · waiting',
  cancelled: '',
} as const;

export const nameLine = ({ person, status, profession }: Coming): Mrkdwn =>
  mrkdwn`${mention(person.slackId)}${profession === undefined ? '' : ` (${profession})`}${standsAs[status]}`;

const namesAPage = 25;

/** Names, in a window alone. */
export function namesView(seen: Seen, around: Around, people: readonly Coming[], wanted: number): View {
  const { session } = seen;
  const { shown, ...at } = pageOf(people, wanted, namesAPage);
  const turn = turnButtons(at, {
    back: { text: 'Back', id: `${ids.names}.back` },
    more: { text: 'More', id: `${ids.names}.more` },
    value: (to) => packedNames.pack({ page: to, id: session.id }),
  });
  return modal({
    callbackId: ids.namesView,
    title: 'Who is coming',
    blocks: [
      section(
        joinMrkdwn(
          [
            mrkdwn`*${session.title}*, ${sayWhen(session, around.zone, around.home, around.now)}`,
            mrkdwn`${sayNumbers(seen.numbers, session.places)}`,
          ],
          '\n',
        ),
      ),
      section(
        shown.length === 0
          ? mrkdwn`Nobody yet.`
          : joinMrkdwn(
              shown.map((one) => mrkdwn`•  ${nameLine(one)}`),
              '\n',
            ),
      ),
      context(mrkdwn`${whoSeesBookings}`),
      actions([...turn, button('Back to the session', ids.lead, { value: session.id })], 'names'),
    ],
  });
}

/** To those who booked, when a session is cancelled. */
export const longestWords = 300;

const wordsField = paragraph('A sentence to those who booked', {
  max: longestWords,
  hint: 'For example why, or what comes instead. It goes into their message.',
});

const cancelCarried = packed(':', { doubt, id: z.string() });
const cancelFields = { words: wordsField };

export const cancelForm: Form<typeof cancelFields, { doubt: z.output<typeof doubt>; id: string }> = form(
  { id: ids.cancelForm, carries: cancelCarried },
  { title: 'Cancel the session', submit: 'Cancel the session', close: 'Not now', fields: cancelFields },
);

/** Confirmed here: what it does is said before it is done. */
export const cancelView = (
  { session, numbers, hosts }: Pick<Seen, 'session' | 'numbers' | 'hosts'>,
  around: Around,
  { words = '', ...seen }: Doubtful & { words?: string },
): View => {
  const concerned = numbers.booked + numbers.offered + numbers.waiting;
  return cancelForm.view({
    carry: { doubt: doubtOf(seen), id: session.id },
    initial: { words },
    ...(doubtOf(seen) === 'warned' && { submit: 'Mask, cancel the session' }),
    above: [
      section(
        joinMrkdwn(
          [
            mrkdwn`*Cancel ${session.title}, ${sayWhen(session, around.zone, around.home, around.now)}?*`,
            concerned === 0
              ? mrkdwn`Nobody has a place or waits for one, so nobody is told.`
              : mrkdwn`${sayNumbers(numbers, session.places)}. Each of them is told once, with the way to other dates. It cannot be taken back.`,
            hosts.length > 1 && mrkdwn`Whoever runs it with you is told too.`,
          ],
          '\n',
        ),
      ),
      ...doubtBlocks(seen, ids.keepAsItIs),
    ],
  });
};

export const archivedForm: Form<typeof cancelFields, { doubt: z.output<typeof doubt>; id: string }> = form(
  { id: ids.archivedForm, carries: cancelCarried },
  { title: 'Cancel its sessions', submit: 'Cancel them all', close: 'Not now', fields: cancelFields },
);

/** All sessions of a group that was put away. */
export const archivedView = (
  cohort: Cohort,
  sessions: readonly Seen[],
  around: Around,
  { words = '', ...seen }: Doubtful & { words?: string },
): View =>
  archivedForm.view({
    carry: { doubt: doubtOf(seen), id: cohort.id },
    initial: { words },
    ...(doubtOf(seen) === 'warned' && { submit: 'Mask, cancel them all' }),
    above: [
      section(
        mrkdwn`*${cohort.name} is archived. Cancel what is still planned for it?* Everybody who has a place or waits for one is told once. To keep some, close this and cancel the others one by one.`,
      ),
      ...sessions.slice(0, 20).map((one) => lineBlock(one, around)),
      ...(sessions.length > 20 ? [context(mrkdwn`and ${sessions.length - 20} more`)] : []),
      divider(),
      ...doubtBlocks(seen, `${ids.keepAsItIs}.all`),
    ],
  });

export const answerOf = (text: Mrkdwn, buttons: ActionsBlockElement[] = []): Answer => ({
  title,
  text: 'Session',
  blocks: [section(text), ...(buttons.length > 0 ? [actions(buttons)] : [])],
});

export const notAllowed = answerOf(
  mrkdwn`Sessions are planned by those who run the group they are for; those for everybody, by those who run the whole programme.`,
  [listButton('coming', 'All sessions')],
);

export const isOver = answerOf(
  mrkdwn`This session has begun, is over or was cancelled, so it stays as it is.`,
  [listButton('coming', 'All sessions')],
);

export const removed = answerOf(mrkdwn`*Removed.* Nobody had booked it.`, [
  listButton('coming', 'All sessions'),
  addButton(),
]);

/** @param late how many hear of it only after it would have begun. */
export const cancelledWords = (told: number, late: number): Mrkdwn =>
  joinMrkdwn(
    [
      told === 0
        ? mrkdwn`*Cancelled.* Nobody had booked it.`
        : mrkdwn`*Cancelled.* ${count(told, 'person is', 'people are')} told, each at an hour they allow.`,
      late > 0 &&
        mrkdwn`*${count(late, 'of them hears', 'of them hear')} of it only after it would have begun*, because of quiet hours or days away. Please ring whoever might set out.`,
    ],
    ' ',
  );

/** In App Home, for those who run sessions. */
export function runBlocks(
  { shown, total }: { shown: readonly Seen[]; total: number },
  around: Around,
): KnownBlock[] {
  return [
    section(
      mrkdwn`*Sessions I run*${total > 0 ? ` (${total})` : '\nNone planned. A session is a date that people book; those it is for find it in `/chatr training`.'}`,
    ),
    ...shown.map((seen) =>
      section(
        joinMrkdwn(
          [
            mrkdwn`*${seen.session.title}* · ${sayWhen(seen.session, around.zone, around.home, around.now)}`,
            mrkdwn`${sayNumbers(seen.numbers, seen.session.places)}${seen.hosts.length === 0 ? ' · nobody hosts it' : ''}`,
          ],
          '\n',
        ),
        button('Open', ids.lead, { value: seen.session.id, label: `Open: ${seen.session.title}` }),
      ),
    ),
    actions(
      [addButton(), ...(total > shown.length ? [listButton('mine', 'All of them')] : [])],
      'sessions.home',
    ),
  ];
}

/** Somebody had it open longer than nobody had booked it. */
export const bookedMeanwhile = mrkdwn`Somebody has booked it meanwhile, so it can only be cancelled.`;

/** Why nothing was changed. */
export const refusal = { 'not-there': notThere, 'not-allowed': notAllowed, over: isOver } as const;
