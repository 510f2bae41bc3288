import type { Button, KnownBlock } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { actions, button, confirmLoss, context, section, written } from '../../../slack/blocks.ts';
import { count, joinMrkdwn, type Mrkdwn, mention, mrkdwn, sayTime } from '../../../slack/text.ts';
import { ids as after } from '../attendance/ids.ts';
import { calendarButton } from '../calendar/button.ts';
import { ids } from './ids.ts';
import { type Booking, hasEnded, type Session, type Whereabouts } from './session.ts';
import { sayWhen } from './when.ts';

/** In whose zone it is told, and which is the programme's. */
export type Told = {
  zone: string;
  home: string;
  /** Left out where it is near for certain; else a day that is far away has its year. */
  now?: Date;
};

const openButton = ({ id, title }: Session): Button =>
  button('Open', ids.open, { value: id, label: `Open: ${title}` });

/** Whoever presses it has the place no more, so it asks first. */
export const giveUpButton = (
  { id, title }: Pick<Session, 'id' | 'title'>,
  text = 'Give up my place',
): Button =>
  button(text, ids.giveUp, {
    value: id,
    confirm: confirmLoss(
      text,
      `${title}: somebody who waits can then have it. You can book again while there are places.`,
      text,
      'Keep it',
    ),
  });

/** Without the address of a meeting, which is shown to those who have a place, in a window. */
export const sayWhere = ({ place, link }: Pick<Whereabouts, 'place' | 'link'>): string | undefined =>
  place !== undefined && link !== undefined
    ? `${place}, and online`
    : (place ?? (link === undefined ? undefined : 'Online'));

const what = (session: Session, { zone, home, now }: Told) =>
  joinMrkdwn(
    [
      mrkdwn`*${session.title}*`,
      mrkdwn`${sayWhen(session, zone, home, now)}`,
      sayWhere(session) !== undefined && mrkdwn`${sayWhere(session) ?? ''}`,
    ],
    '\n',
  );

const linkNote = ({ link }: Session): KnownBlock[] =>
  link === undefined ? [] : [context(mrkdwn`The link to join is behind “Open”.`)];

/** The notification; times in the reader's zone. */
const notice = (lead: string, session: Session, { zone }: Told): string =>
  `${lead}: ${session.title}, ${sayTime(session.startsAt, zone)}`;

export const bookedMessage = (session: Session, told: Told): Message => ({
  text: notice('You have a place', session, told),
  blocks: [
    section(joinMrkdwn([mrkdwn`You have a place.`, what(session, told)], '\n')),
    ...linkNote(session),
    actions([openButton(session), calendarButton(session), giveUpButton(session)]),
  ],
});

export const offeredMessage = (session: Session, until: Date, told: Told): Message => ({
  text: notice('A place has come free', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*A place has come free for you.* It is kept until ${sayTime(until, told.zone)}. Without an answer by then the next person is asked, and you are off the list; you can join it again.`,
          what(session, told),
        ],
        '\n',
      ),
    ),
    actions([
      button('Take the place', ids.accept, { value: session.id, style: 'primary' }),
      button('No, thank you', ids.giveUp, { value: session.id }),
      openButton(session),
    ]),
  ],
});

export const movedDownMessage = (session: Session, wasOffered: boolean, told: Told): Message => ({
  text: notice('About your place', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*I am sorry: this session has become smaller, and ${wasOffered ? 'the place I offered you is gone' : 'there is no place for you just now'}.* You are among the first on the waiting list: when a place comes free that you can have, I offer it to you.`,
          what(session, told),
        ],
        '\n',
      ),
    ),
    actions([openButton(session), othersButton(session), giveUpButton(session, 'Leave the list')]),
  ],
});

/** How it stands with somebody's place, in the place of a message that says what is so no more. */
export function standsMessage(session: Session, own: Booking | undefined, told: Told): Message {
  const which = mrkdwn`${session.title}, ${sayWhen(session, told.zone, told.home, told.now)}`;
  const isOver = told.now !== undefined && hasEnded(session, told.now);
  const words = (): Mrkdwn => {
    if (session.isCancelled) return mrkdwn`Cancelled: ${which}.`;
    if (isOver) return mrkdwn`This session is over: ${which}.`;
    switch (own?.status) {
      case 'booked':
        return mrkdwn`You have a place: ${which}.`;
      case 'offered':
        return own.offeredUntil
          ? mrkdwn`A place has come free for you: ${which}. It is kept until ${sayTime(own.offeredUntil, told.zone)}.`
          : mrkdwn`A place has come free for you: ${which}.`;
      case 'waiting':
        return mrkdwn`You are on the waiting list: ${which}.`;
      default:
        return own?.offeredUntil
          ? mrkdwn`The place that was kept for you until ${sayTime(own.offeredUntil, told.zone)} is not yours any more, and you are off the list: ${which}. You can join it again.`
          : mrkdwn`Given up: ${which}. You can book it again while there are places.`;
    }
  };
  return {
    text: notice('How your place stands', session, told),
    blocks: [
      section(words()),
      actions([
        session.isCancelled
          ? othersButton(session)
          : isOver
            ? button('Past sessions', after.past)
            : openButton(session),
      ]),
    ],
  };
}

/** In the place of an older one still: the newest about it says how it stands, and once is enough. */
export const earlierMessage = (session: Session, told: Told): Message => ({
  text: notice('An earlier message', session, told),
  blocks: [
    context(
      mrkdwn`Out of date: this was about your place in ${session.title}, ${sayWhen(session, told.zone, told.home, told.now)}. A later message here says how it stands.`,
    ),
  ],
});

const othersButton = ({ seriesId, outline }: Session): Button =>
  button('See other dates', ids.others, {
    value: seriesId,
    label: `See other dates: ${outline.label}`,
  });

/** @param before as they were last told. */
export function changedMessage(
  session: Session,
  before: Whereabouts,
  hasPlace: boolean,
  told: Told,
): Message {
  const isMoved =
    before.startsAt.getTime() !== session.startsAt.getTime() || before.minutes !== session.minutes;
  const [was, is] = [sayWhere(before), sayWhere(session)];
  return {
    text: notice(isMoved ? 'New time' : 'A change', session, told),
    blocks: [
      section(
        joinMrkdwn(
          [
            mrkdwn`*${session.title} ${isMoved ? 'has a new time' : 'has changed'}.*`,
            isMoved && mrkdwn`It was: ${sayWhen(before, told.zone, told.home, told.now)}`,
            isMoved
              ? mrkdwn`It is now: *${sayWhen(session, told.zone, told.home, told.now)}*`
              : mrkdwn`${sayWhen(session, told.zone, told.home, told.now)}`,
            was !== is && was !== undefined && mrkdwn`Where it was: ${was}`,
            is !== undefined && (was === is ? mrkdwn`${is}` : mrkdwn`Where it is now: *${is}*`),
            before.link !== session.link &&
              session.link !== undefined &&
              (hasPlace
                ? mrkdwn`There is a new link to join, behind “Open”.`
                : mrkdwn`There is a new link to join; it comes with a place.`),
          ],
          '\n',
        ),
      ),
      context(
        hasPlace
          ? mrkdwn`Your place stays yours. If this does not suit you, you can give it up.`
          : mrkdwn`You are on the waiting list.`,
      ),
      actions([
        openButton(session),
        ...(hasPlace ? [calendarButton(session, 'Change my calendar')] : []),
        giveUpButton(session, hasPlace ? 'Give up my place' : 'Leave the list'),
      ]),
    ],
  };
}

/** @param words of whoever cancelled it. @param hadPlace it may stand in their calendar. */
export const cancelledMessage = (
  session: Session,
  words: string,
  hadPlace: boolean,
  told: Told,
): Message => ({
  text: notice('Cancelled', session, told),
  blocks: [
    section(joinMrkdwn([mrkdwn`*This session is cancelled.*`, what(session, told)], '\n')),
    ...(words === '' ? [] : written(words)),
    actions([
      ...(hadPlace ? [calendarButton(session, 'Take it off my calendar')] : []),
      othersButton(session),
    ]),
  ],
});

/** @param on when it is sent. */
export const reminderMessage = (session: Session, on: Date, told: Told): Message => ({
  text: notice('Your session', session, told),
  blocks: [
    section(joinMrkdwn([sayReminded(session, on, told), what(session, told)], '\n')),
    ...linkNote(session),
    actions([openButton(session), giveUpButton(session)]),
    context(mrkdwn`To have no reminders: \`/chatr settings\`.`),
  ],
});

/** Read a day later "today" would be wrong, so its day stands below. */
function sayReminded({ startsAt }: Session, on: Date, { zone }: Told): Mrkdwn {
  const away = Temporal.PlainDate.from(localDate(on, zone)).until(localDate(startsAt, zone)).days;
  if (away === 0) return mrkdwn`*Today:* your session.`;
  return away === 1 ? mrkdwn`*Tomorrow:* your session.` : mrkdwn`*In ${away} days:* your session.`;
}

/** @param by whoever chose them. */
export const hostingMessage = (session: Session, by: Pick<Person, 'slackId'>, told: Told): Message => ({
  text: notice('You run a session', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*You run this session now*: ${mention(by.slackId)} has chosen you.`,
          what(session, told),
          mrkdwn`“Open” shows who is coming, and the session pack${session.asksAccess ? ' with what would make taking part easier for them, which only those who run it see' : ''}. If it does not suit you, please tell ${mention(by.slackId)}.`,
        ],
        '\n',
      ),
    ),
    actions([button('Open', ids.lead, { value: session.id, label: `Open: ${session.title}` })]),
  ],
});

export const notHostingMessage = (session: Session, by: Pick<Person, 'slackId'>, told: Told): Message => ({
  text: notice('You no longer run a session', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*You do not run this session any more*: ${mention(by.slackId)} has changed who does.`,
          what(session, told),
          mrkdwn`If you have booked a place at it, that stays yours.`,
        ],
        '\n',
      ),
    ),
    actions([openButton(session)]),
  ],
});

/** @param by whoever moved it, or changed where it is. */
export const hostedChangedMessage = (session: Session, by: Pick<Person, 'slackId'>, told: Told): Message => ({
  text: notice('A change to a session that you run', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${mention(by.slackId)} has changed when or where a session that you run is.* It is now:`,
          what(session, told),
        ],
        '\n',
      ),
    ),
    actions([
      button('Open', ids.lead, { value: session.id, label: `Open: ${session.title}` }),
      calendarButton(session, 'Change my calendar'),
    ]),
  ],
});

/** @param by whoever cancelled it. @param words of theirs; empty: none. */
export const hostedCancelledMessage = (
  session: Session,
  by: Pick<Person, 'slackId'>,
  words: string,
  told: Told,
): Message => ({
  text: notice('A session that you run is cancelled', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${mention(by.slackId)} has cancelled a session that you run or planned.* Everybody who had booked it is told.`,
          what(session, told),
        ],
        '\n',
      ),
    ),
    ...(words === '' ? [] : written(words)),
    actions([calendarButton(session, 'Take it off my calendar')]),
  ],
});

/** @param by whoever took it away; nothing of it is left to be opened. */
export const hostedRemovedMessage = (session: Session, by: Pick<Person, 'slackId'>, told: Told): Message => ({
  text: notice('A session that you run is cancelled', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${mention(by.slackId)} has removed a session that you run or planned.* Nobody had booked it.`,
          what(session, told),
        ],
        '\n',
      ),
    ),
  ],
});

/** For those who run the group. */
export const unhostedMessage = (session: Session, told: Told): Message => ({
  text: notice('Nobody hosts a session', session, told),
  blocks: [
    section(
      joinMrkdwn(
        [
          mrkdwn`*Nobody hosts this session any more.* It stays planned; please choose who runs it.`,
          what(session, told),
        ],
        '\n',
      ),
    ),
    actions([button('Look at it', ids.lead, { value: session.id, label: `Look at it: ${session.title}` })]),
  ],
});

/** For whoever put the group away. */
export const archivedMessage = (cohort: Cohort, sessions: number): Message => ({
  text: `Sessions of ${cohort.name} are still planned`,
  blocks: [
    section(
      mrkdwn`*${cohort.name} is archived, and ${count(sessions, 'session of it is', 'sessions of it are')} still planned.* I cancel nothing by myself: those who have a place still expect to come.`,
    ),
    actions([button('Look at them', ids.archived, { value: cohort.id })]),
  ],
});
