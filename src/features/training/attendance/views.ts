import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Person } from '../../../community/people.ts';
import { whoSeesAttendance } from '../../../community/promises.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, modal, option, section } from '../../../slack/blocks.ts';
import { form, line, people, severalOf } from '../../../slack/form.ts';
import { packed, packedJson, placeNumber } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import {
  clip,
  count,
  joinMrkdwn,
  localDay,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayDay,
  sayTime,
} from '../../../slack/text.ts';
import type { Session } from '../sessions/session.ts';
import { sayWhen } from '../sessions/when.ts';
import { ids } from './ids.ts';
import { certificateButton, packedPast, wasThereButton } from './messages.ts';
import { correctableUntil, type Presence } from './rules.ts';
import type { Past } from './say.ts';
import type { Taking, TakingRefusal, Ticks } from './take.ts';

const title = 'Attendance';
const pastTitle = 'Past sessions';

export const packedPerson = packed('|', { id: z.string().min(1), personId: z.string() });

/** A room holds no more. */
const mostOthers = 500;

/** Which session, and the state of its register that the ticks were drawn from. */
export const takeWindow = {
  id: ids.form,
  carries: packedJson(
    z.object({
      id: z.string().max(64),
      version: z.number().int(),
      /** How often it was drawn anew: Slack keeps ticks where ids stay the same. */
      turn: placeNumber,
      /** What it counts as others has those in it who were chosen before. */
      areAll: z.boolean().catch(false),
    }),
  ),
};

export const takeForm = (turn: number, areAll: boolean) =>
  form(takeWindow, {
    title,
    submit: 'Save attendance',
    close: 'Not now',
    key: String(turn),
    fields: {
      there: severalOf('Who was there, of those with a place', { empty: 'Choose who was there' }),
      walkIns: people('Who came without a place', {
        hint: areAll
          ? 'Whoever was chosen before is among the others below, without a name, until they say themselves that they were there. Choose them again or not: nobody is counted twice.'
          : 'People of this Slack. Each stands here by name once they say themselves that they were there; a message asks them afterwards where it can. Until then they are counted among the others.',
      }),
      others: line('Others, without names', {
        max: 3,
        hint: areAll
          ? 'All of them together, whoever was chosen above too. Put one more for each who is new.'
          : 'How many more came, such as people who are not in Slack.',
        check: (typed) =>
          /^\d+$/.test(typed) && Number(typed) <= mostOthers
            ? undefined
            : `Please give a whole number up to ${mostOthers}, for example 2.`,
      }),
    },
  });

/** A name may be missing where Slack has not been asked yet. */
const nameOf = ({ displayName }: Person): string => displayName || 'Somebody whose name I do not know yet';

/** Of whoever reads it, and the programme's. */
type Zones = { zone: string; home: string };

const headed = (session: Session, { zone, home }: Zones, more?: Mrkdwn): Mrkdwn =>
  joinMrkdwn([mrkdwn`*${session.title}*`, mrkdwn`${sayWhen(session, zone, home)}`, more], '\n');

/** What stands in the form when it is opened: what was taken, and until then whoever says that they were there. */
export function ticksOf({ booked, present, register }: Taking): Ticks {
  const ticked = present.filter(({ presence }) => presence === 'confirmed' || !register.taken);
  const expected = new Set(booked.map(({ id }) => id));
  return {
    there: ticked.filter(({ person }) => expected.has(person.id)).map(({ person }) => person.id),
    walkIns: ticked.filter(({ person }) => !expected.has(person.id)).map(({ person }) => person.slackId),
    others: register.others,
    areAll: register.taken !== undefined,
  };
}

const isIn = (people: readonly Person[], personId: string): boolean =>
  people.some(({ id }) => id === personId);

/** There is nothing to look at yet, so attendance opens as the form. */
export const isToBegin = ({ standing, register, present }: Taking): boolean =>
  standing === 'open' && !register.taken && present.length === 0;

/** @param note what has happened since it was drawn. @param turn how often it was drawn before. */
export function takeView(
  taking: Taking,
  {
    ticks = ticksOf(taking),
    note,
    turn = 0,
    keptDays,
    ...zones
  }: Zones & { keptDays: number; ticks?: Ticks; note?: Mrkdwn; turn?: number },
): View {
  const { session, register, booked, present } = taking;
  const said = present.filter(({ presence }) => presence === 'said').map(({ person }) => person);
  const says = new Set(said.map(({ id }) => id));
  // Slack draws the names of this field itself, so what they say stands above it.
  const unbooked = said.filter(({ id, slackId }) => !isIn(booked, id) && ticks.walkIns.includes(slackId));
  const areAll = ticks.areAll === true;
  return takeForm(turn, areAll).view({
    carry: { id: session.id, version: register.version, turn, areAll },
    initial: {
      there: ticks.there,
      walkIns: ticks.walkIns,
      others: ticks.others > 0 ? String(ticks.others) : '',
    },
    options: {
      there: booked.map((one) =>
        option(says.has(one.id) ? `${clip(nameOf(one), 60)} (says so)` : nameOf(one), one.id),
      ),
    },
    ...(booked.length === 0 && { without: ['there'] }),
    above: [
      ...(note ? [section(note)] : []),
      section(headed(session, zones)),
      ...(booked.length === 0 ? [section(mrkdwn`Nobody had a place.`)] : []),
      ...(unbooked.length > 0
        ? [
            context(
              mrkdwn`Chosen below because they say so: ${joinMrkdwn(
                unbooked.map(({ slackId }) => mention(slackId)),
                ', ',
              )}`,
            ),
          ]
        : []),
    ],
    below: [
      context(
        mrkdwn`You can correct this until ${localDay(correctableUntil(session), zones.zone)}. ${whoSeesAttendance(keptDays)}`,
      ),
    ],
  });
}

/** @param mine how many others whoever reads it put. */
export const changedMeanwhile = (
  { register, takenBy }: Taking,
  { zone, mine }: { zone: string; mine: number },
): Mrkdwn =>
  mrkdwn`*This list was changed while you had it open*${register.taken && takenBy ? mrkdwn`, by ${mention(takenBy.slackId)} on ${sayTime(register.taken.at, zone)}` : ''}. Everybody whom either of you ticked is ticked here.${register.others === mine ? '' : ` There it says ${register.others} without a name, and you had ${mine}: the larger number stands here.`} Please look, and save again.`;

const mostInSight = 10;

/** A session's attendance, for its hosts. @param note what has just been done. */
export function attendanceView(
  taking: Taking,
  { keptDays, note, ...zones }: Zones & { keptDays: number; note?: Mrkdwn | undefined },
): View {
  const { session, standing, register, takenBy, present } = taking;
  const isOpen = standing === 'open';
  const confirmed = present.filter(({ presence }) => presence === 'confirmed');
  const said = present.filter(({ presence }) => presence === 'said');
  const { zone } = zones;
  const until = localDay(correctableUntil(session), zone);
  const taken = register.taken
    ? mrkdwn`Taken on ${sayTime(register.taken.at, zone)}${takenBy ? mrkdwn` by ${mention(takenBy.slackId)}` : ''}.${isOpen ? mrkdwn` It can be corrected until ${until}.` : ''}`
    : isOpen && confirmed.length > 0
      ? mrkdwn`Who said so is confirmed. Of all others it is not taken yet; it can be taken until ${until}.`
      : isOpen
        ? mrkdwn`Not taken yet. It can be taken until ${until}.`
        : mrkdwn`Not taken. That was possible until ${until}.`;
  return modal({
    callbackId: ids.view,
    title,
    blocks: [
      ...(note ? [section(note)] : []),
      section(headed(session, zones, taken)),
      ...(confirmed.length > 0 ? names('There', confirmed) : []),
      ...(register.others > 0
        ? [section(mrkdwn`${count(register.others, 'other', 'others')} without a name.`)]
        : []),
      ...(isOpen
        ? [
            actions(
              [
                button(register.taken ? 'Correct it' : 'Take attendance', ids.take, {
                  value: session.id,
                  style: 'primary',
                  label: `${register.taken ? 'Correct it' : 'Take attendance'}: ${session.title}`,
                }),
              ],
              'take',
            ),
          ]
        : []),
      ...(said.length > 0 ? saidBlocks(session, said, isOpen) : []),
      context(mrkdwn`${whoSeesAttendance(keptDays)}`),
    ],
  });
}

const names = (what: string, some: Taking['present']): KnownBlock[] => [
  section(
    mrkdwn`*${what}: ${some.length}*\n${joinMrkdwn(
      some.map(({ person }) => mention(person.slackId)),
      ', ',
    )}`,
  ),
];

/** Each can be confirmed by itself, and all in one act. */
function saidBlocks(session: Session, said: Taking['present'], isOpen: boolean): KnownBlock[] {
  if (!isOpen) return names('They said that they were there', said);
  return [
    divider(),
    section(
      mrkdwn`*${said.length === 1 ? 'One says' : `${said.length} say`} that they were there.* It is in their own record as they said it; confirmed, they can have a certificate.`,
      said.length > 1
        ? button('Confirm all', ids.confirmAll, {
            value: session.id,
            label: `Confirm all ${said.length} who say that they were there`,
          })
        : undefined,
    ),
    ...said.slice(0, mostInSight).map(({ person }) =>
      section(
        mention(person.slackId),
        button('Confirm', ids.confirm, {
          value: packedPerson.pack({ id: session.id, personId: person.id }),
          label: `Confirm that ${nameOf(person)} was there`,
        }),
      ),
    ),
    ...(said.length > mostInSight
      ? [context(mrkdwn`${count(said.length - mostInSight, 'more says', 'more say')} so.`)]
      : []),
  ];
}

/** @param asked how many came without a place, and have not said so themselves: the same words for all of them. */
export const takenNow = (asked: number): Mrkdwn =>
  asked === 0
    ? mrkdwn`*Saved.*`
    : mrkdwn`*Saved.* Of those without a place ${asked === 1 ? 'one is' : `${asked} are`} counted without a name until they say themselves that they were there. Then you can confirm it here.`;
export const confirmedNow = mrkdwn`*Confirmed.*`;
export const settledNow = mrkdwn`*Nothing was changed*: two weeks are over.`;

const plainly = (words: Mrkdwn): Answer => ({ title, text: title, blocks: [section(words)] });

export function takingRefusal(refusal: TakingRefusal, zone: string): Answer {
  switch (refusal.kind) {
    case 'not-begun':
      return plainly(
        mrkdwn`*${refusal.session.title}* begins on ${sayTime(refusal.session.startsAt, zone)}. Attendance can be taken from then on.`,
      );
    case 'cancelled':
      return plainly(mrkdwn`This session was cancelled, so there is no attendance to take.`);
    case 'no-longer-kept':
      return plainly(
        mrkdwn`Who came to this session is not kept in a list any more. Each person still has it in their own record.`,
      );
    case 'not-yours':
      return plainly(mrkdwn`Attendance is only for those who host this session.`);
  }
}

const sayPresence: Record<Presence, string> = {
  confirmed: 'You were there',
  said: 'You said that you were there',
};

function buttonsOf({ session, presence, isHost }: Past, page: number): ActionsBlockElement[] {
  return [
    ...(presence === 'confirmed' ? [certificateButton(session)] : []),
    ...(presence === 'said'
      ? [
          button('I was not there', ids.wasNotThere, {
            value: packedPast.pack({ id: session.id, page }),
            label: clip(`I was not there: ${session.title}`, 75),
          }),
        ]
      : []),
    ...(presence === undefined && !isHost ? [wasThereButton(session, page)] : []),
    ...(isHost
      ? [
          button('Attendance', ids.attendance, {
            value: session.id,
            label: clip(`Attendance: ${session.title}`, 75),
          }),
        ]
      : []),
  ];
}

const onScreen = 5;

/** @param note what has just been done. */
export function pastView(
  all: readonly Past[],
  wanted: number,
  { note, ...zones }: Zones & { note?: Mrkdwn | undefined },
): View {
  const { shown, ...turn } = pageOf(all, wanted, onScreen);
  const paging = turnButtons(turn, {
    back: { text: 'Newer', id: ids.newer },
    more: { text: 'Older', id: ids.older },
  });
  return modal({
    callbackId: ids.pastView,
    title: pastTitle,
    blocks: [
      ...(note ? [section(note)] : []),
      ...(all.length === 0
        ? [section(mrkdwn`No session is behind you yet. Those you were at stand here.`)]
        : []),
      ...shown.flatMap((one): KnownBlock[] => {
        const { session, presence, isBooked, isHost } = one;
        const standing = presence
          ? sayPresence[presence]
          : isHost
            ? 'You host it'
            : isBooked
              ? 'You had a place'
              : undefined;
        return [
          section(headed(session, zones, standing === undefined ? undefined : mrkdwn`${standing}.`)),
          actions(buttonsOf(one, turn.page)),
        ];
      }),
      ...(paging.length > 0 ? [actions(paging, 'pages')] : []),
      context(
        mrkdwn`What you were at can go into your CPD record, confirmed or as you said it. A host confirms it within two weeks; then there is a certificate.`,
      ),
    ],
  });
}

/** A session of which attendance can be taken. @property said how many say that they were there, and are not confirmed. */
export type ToTake = { session: Session; isTaken: boolean; said: number };

/** For those who host, while there is something to do. */
export const toTakeBlocks = (toTake: readonly ToTake[], zone: string): KnownBlock[] =>
  toTake.map(({ session, isTaken, said }) =>
    section(
      joinMrkdwn(
        [
          mrkdwn`*${session.title}*\n${sayTime(session.startsAt, zone)}`,
          mrkdwn`${isTaken ? 'attendance is taken' : 'attendance is not taken yet'}`,
          said > 0 && mrkdwn`${said === 1 ? 'one says' : `${said} say`} that they were there`,
        ],
        ' · ',
      ),
      button('Attendance', ids.attendance, {
        value: session.id,
        label: clip(`Attendance: ${session.title}`, 75),
      }),
    ),
  );

/** In what needs a host that week. */
export const askMessage = (session: Session, home: string): Message => ({
  text: 'Attendance of a session that you host',
  blocks: [
    section(
      mrkdwn`*Attendance of ${session.title} on ${sayDay(session.startsAt, home)} is not taken yet.* Those who are ticked can have a certificate. It can be taken until ${localDay(correctableUntil(session), home)}.`,
    ),
    actions([
      button('Attendance', ids.attendance, {
        value: session.id,
        label: clip(`Attendance: ${session.title}`, 75),
      }),
    ]),
  ],
});

export const saidNow = ({ title: name }: Session, presence: Presence | undefined): Mrkdwn =>
  presence === 'confirmed'
    ? mrkdwn`*A host has confirmed that you were at ${name}.*`
    : mrkdwn`*Noted: you were at ${name}.* It can go into your CPD record now; a host can confirm it.`;
export const takenBackNow = ({ title: name }: Session, presence: Presence | undefined): Mrkdwn =>
  presence === 'confirmed'
    ? mrkdwn`*A host has confirmed that you were at ${name}.* If that is wrong, please tell them: they can correct it.`
    : mrkdwn`*Taken back.* Nothing says that you were at ${name}.`;

export const notThere: Answer = {
  title: pastTitle,
  text: pastTitle,
  blocks: [section(mrkdwn`This session is not there any more, or was not for you.`)],
};
export const cancelledAnswer: Answer = {
  title: pastTitle,
  text: pastTitle,
  blocks: [section(mrkdwn`This session was cancelled.`)],
};
export const keepsNothing: Answer = {
  title: pastTitle,
  text: pastTitle,
  blocks: [
    section(
      mrkdwn`You said no to the community agreement, which is fine. So nothing is kept of where you were. Should you change your mind, you can agree in Home.`,
    ),
  ],
};
export const notBegunAnswer = ({ title: name, startsAt }: Session, zone: string): Answer => ({
  title: pastTitle,
  text: pastTitle,
  blocks: [section(mrkdwn`*${name}* begins on ${sayTime(startsAt, zone)}.`)],
});

/** Before a host has confirmed it there is no certificate. */
export const notConfirmed: Answer = {
  title: 'Certificate',
  text: 'Certificate',
  blocks: [
    section(
      mrkdwn`There is a certificate once a host of the session has confirmed that you were there. What you said yourself can go into your CPD record now.`,
    ),
  ],
};
