import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Message } from '../../../outbox/outbox.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, divider, modal, section } from '../../../slack/blocks.ts';
import { date, form, line, paragraph, person, typedChoice } from '../../../slack/form.ts';
import { packedId, packedJson } from '../../../slack/packed.ts';
import { type Turn, turnButtons } from '../../../slack/paging.ts';
import {
  clipAtWord,
  count,
  joinMrkdwn,
  link,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayFullDate,
} from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import type { Card, SaidOnCard } from './store.ts';

/** In code points. */
export const longest = {
  team: 75,
  organisation: 75,
  offers: 500,
  advice: 200,
  reach: 200,
  languages: 150,
  room: 150,
} as const;

const noMobiles = 'No personal mobile numbers, please: everybody here can read it.';

export const cardForm = form(
  { id: ids.cardForm, carries: packedJson(z.object({ id: z.string(), isNew: z.boolean(), doubt })) },
  {
    title: 'Team card',
    submit: 'Save and go on',
    close: 'Not now',
    fields: {
      team: line('The team', { max: longest.team, missing: 'Please name the team.' }),
      organisation: typedChoice('Its organisation', {
        suggestedBy: ids.organisation,
        hint: 'Type to choose one, or to write another.',
      }),
      offers: paragraph('What we do, and what others can ask us for', {
        max: longest.offers,
        missing: 'Please say in a sentence or two what the team does.',
      }),
      advice: line('Consultation line', {
        max: longest.advice,
        hint: 'When and how colleagues may talk something through with you. For example: Tuesdays, 12:00 to 13:00, on Teams.',
      }),
      reach: line('How to reach us', {
        max: longest.reach,
        missing: 'Please say how to reach the team.',
        hint: `The team\u2019s own number, address or page. ${noMobiles}`,
      }),
    },
  },
);

type CardInitial = Partial<Omit<SaidOnCard, 'languages' | 'room'>>;

export const cardView = (
  { id, isNew, said }: { id: string; isNew: boolean; said: CardInitial },
  seen: Doubtful = {},
): View =>
  cardForm.view({
    carry: { id, isNew, doubt: doubtOf(seen) },
    initial: said,
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('go on') }),
    above: [
      ...doubtBlocks(seen, ids.keepWords),
      context(mrkdwn`Everybody here can read and find it. It does not say who keeps it.`),
    ],
  });

export const moreForm = form(
  { id: ids.moreForm, carries: packedJson(z.object({ id: z.string(), doubt })) },
  {
    title: 'Team card',
    submit: 'Save',
    close: 'Leave it at that',
    fields: {
      languages: line('Languages', {
        max: longest.languages,
        hint: 'Which the team speaks, or has interpreters for.',
      }),
      room: line('Room', { max: longest.room, hint: 'A room that others may use, or where to find you.' }),
      checkBy: date('Ask me whether it is still right on', {
        missing: 'Please choose a day.',
        hint: 'In one message. A year from now at the latest.',
      }),
    },
  },
);

export const moreView = (
  {
    id,
    said,
    checkBy,
  }: { id: string; said: Partial<Pick<SaidOnCard, 'languages' | 'room'>>; checkBy: string | undefined },
  seen: Doubtful = {},
): View =>
  moreForm.view({
    carry: { id, doubt: doubtOf(seen) },
    initial: { ...said, checkBy },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      ...doubtBlocks(seen, ids.keepMoreWords),
      section(mrkdwn`*The card is saved.* Here is room for a little more.`),
    ],
  });

export const handOverForm = form(
  { id: ids.handOverForm, carries: packedId },
  {
    title: 'Hand it over',
    submit: 'Hand it over',
    fields: {
      to: person('Who keeps it from now on?', {
        missing: 'Please choose a colleague.',
        hint: 'They are told once, can change the card, and are asked whether it is right.',
      }),
    },
  },
);

export const handOverView = ({ id, said }: Card): View =>
  handOverForm.view({ carry: id, above: [section(mrkdwn`*${said.team}*`)] });

/** How somebody looks at a card. */
type Look = { today: string; isOwn: boolean; isCurator: boolean; isOrphan?: boolean };

export function cardBlocks(card: Card, { today, isOwn, isCurator, isOrphan = false }: Look): KnownBlock[] {
  const { id, said } = card;
  const about = (text: string) => ({ value: id, label: `${text}: ${said.team}` });
  return [
    section(
      joinMrkdwn(
        [
          said.organisation === ''
            ? mrkdwn`*${said.team}*`
            : mrkdwn`*${said.team}* \u00b7 ${said.organisation}`,
          mrkdwn`${said.offers}`,
          ...(
            [
              ['Consultation line', said.advice],
              ['How to reach them', said.reach],
              ['Languages', said.languages],
              ['Room', said.room],
            ] as const
          ).map(([what, words]) => words !== '' && mrkdwn`${what}: ${linked(words)}`),
        ],
        '\n',
      ),
    ),
    context(sayChecked(card, today)),
    ...(isOwn || isCurator
      ? [
          actions([
            button('It is right', ids.confirm, about('It is right')),
            button('Change', ids.change, about('Change')),
            ...(isOrphan ? [button('I will keep it', ids.takeOn, about('I will keep it'))] : []),
            button('Hand it over', ids.handOver, about('Hand it over')),
            button('Remove', ids.remove, {
              ...about('Remove'),
              confirm: confirmLoss(
                'Remove this card?',
                'Nobody finds it any more. It is not kept, so it cannot be brought back.',
                'Remove it',
                'Keep it',
              ),
            }),
          ]),
        ]
      : []),
  ];
}

/** Addresses of pages can be followed; all else is text. */
const linked = (words: string): Mrkdwn =>
  joinMrkdwn(
    words.split(/\s+/).map((word) => (/^https?:\/\/\S+$/.test(word) ? link(word, word) : mrkdwn`${word}`)),
    ' ',
  );

const sayChecked = ({ checkedOn, checkBy }: Card, today: string): Mrkdwn =>
  checkBy < today
    ? mrkdwn`Last checked on ${sayFullDate(checkedOn)}. It may be out of date: please ask before you rely on it.`
    : mrkdwn`Checked on ${sayFullDate(checkedOn)}.`;

export type TeamsPage = Turn & { shown: readonly Card[]; total: number };

/** The cards, five at a time, or those that a question finds. */
export function teamsAnswer(
  { shown, total, ...turn }: TeamsPage,
  look: (card: Card) => Look,
  { question = '', receipt }: { question?: string; receipt?: Mrkdwn | undefined } = {},
): Answer {
  return {
    text: 'What teams offer each other',
    title: 'Teams',
    blocks: [
      ...(receipt ? [section(receipt)] : []),
      section(
        total === 0 && question === ''
          ? mrkdwn`*What teams offer each other*\nThere is no card yet. A card says what a team does, when it can be asked for advice, and how to reach it.`
          : question === ''
            ? mrkdwn`*What teams offer each other*\n${count(total, 'card', 'cards')}`
            : total === 0
              ? mrkdwn`No team card for \u2018${question}\u2019. \`/chatr find ${question}\` looks through the catalogue.`
              : mrkdwn`*Teams for \u2018${question}\u2019*\n${count(total, 'card', 'cards')}`,
      ),
      ...shown.flatMap((card) => [divider(), ...cardBlocks(card, look(card))]),
      divider(),
      actions([
        button('Make a card', ids.make, { label: 'Make a card of your team' }),
        ...(question === ''
          ? turnButtons(turn, {
              back: { text: 'Back', id: `${ids.teamsPage}back` },
              more: { text: 'More', id: `${ids.teamsPage}more` },
            })
          : [button('All teams', ids.teams, { value: '0' })]),
      ]),
    ],
  };
}

/** One card by itself. */
export const cardAnswer = (card: Card, look: Look, receipt?: Mrkdwn): Answer => ({
  text: 'A team card',
  title: 'Team card',
  blocks: [
    ...(receipt ? [section(receipt)] : []),
    ...cardBlocks(card, look),
    actions([button('All teams', ids.teams, { value: '0' })]),
  ],
});

/** Under what the catalogue found. */
export const foundBlocks = (cards: readonly Card[]): KnownBlock[] =>
  cards.map(({ id, said }) =>
    section(
      mrkdwn`*Team:* ${said.team}${said.organisation === '' ? '' : ` \u00b7 ${said.organisation}`}\n${clipAtWord(said.offers, 120)}`,
      button('See the card', ids.open, { value: id, label: `See the card of ${said.team}` }),
    ),
  );

export const plainAnswer = (text: Mrkdwn): Answer => ({
  text: 'Team cards',
  title: 'Teams',
  blocks: [section(text), actions([button('All teams', ids.teams, { value: '0' })])],
});

export const plainView = (text: Mrkdwn): View =>
  modal({ callbackId: 'answer', title: 'Team card', blocks: [section(text)] });

export const gone = mrkdwn`*This card is not there any more*, or it is somebody else\u2019s by now. Nothing was changed.`;
export const agreeFirst = mrkdwn`*Not yet:* a card can be made by whoever has agreed to the community agreement. It waits in Home.`;
export const forMembers = plainAnswer(mrkdwn`This works for members of the workspace that I belong to.`);

export const saved = mrkdwn`*Saved.* Everybody here can find it.`;
export const confirmed = mrkdwn`*Noted:* it was right today. Thank you.`;
export const takenOn = mrkdwn`*It is yours to keep now.*`;
export const removed = (team: string): Mrkdwn => mrkdwn`*Removed:* the card of \u2018${team}\u2019.`;

export const whyNotKept = {
  tooMany: 'You keep ten cards already. Please hand one over or remove one first.',
  checkBy: 'Please choose a day from tomorrow on, and a year from now at the latest.',
};
export const whyNotHandedOver = {
  'theirs-already': 'They keep it already. Please choose somebody else.',
  'not-reached': 'I cannot hand it to this person. Please choose somebody who takes part.',
} as const;

/** One message when the check is due. It names the team, which everybody here can read. */
export const checkMessage = ({ id, said, checkedOn }: Card): Message => ({
  text: 'Is your team card still right?',
  blocks: [
    section(
      mrkdwn`*Is the card of \u2018${said.team}\u2019 still right?* It was last checked on ${sayFullDate(checkedOn)}. Looking takes a minute. Without an answer the card says so, and nothing else happens.`,
    ),
    actions([
      button('It is right', ids.confirm, { value: id }),
      button('See the card', ids.open, { value: id }),
      button('Hand it over', ids.handOver, { value: id }),
    ]),
    context(
      mrkdwn`I ask once when a check is due, because you keep this card. To be asked no more, hand it over or remove it.`,
    ),
  ],
});

export const handedOverMessage = ({ id, said }: Pick<Card, 'id' | 'said'>): Message => ({
  text: 'A team card is yours to keep',
  blocks: [
    section(
      mrkdwn`*The card of \u2018${said.team}\u2019 is yours to keep now.* A colleague has handed it over to you. You can change it, hand it on or remove it.`,
    ),
    actions([button('See the card', ids.open, { value: id })]),
    context(mrkdwn`You hear this once. When its check is due, I ask you whether it is still right.`),
  ],
});

export const handedOver = (card: Card, slackId: string): Mrkdwn =>
  mrkdwn`*Handed over:* ${mention(slackId)} keeps the card of \u2018${card.said.team}\u2019 from now on, and is told.`;

/** App Home: the door, and how many are one's own. */
export const teamsSection = (own: number): KnownBlock[] => [
  section(
    own === 0
      ? mrkdwn`*Team cards*\nWhat teams offer each other, and how to reach them. None is yours to keep.`
      : mrkdwn`*Team cards*\nWhat teams offer each other. You keep ${count(own, 'card', 'cards')}.`,
    button('See them', ids.teams, { value: '0', label: 'See them: team cards' }),
  ),
];
