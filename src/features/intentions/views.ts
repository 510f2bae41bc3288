import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { whoSeesIntentions } from '../../community/promises.ts';
import type { Message } from '../../outbox/outbox.ts';
import { type Signposts, supportBlocks } from '../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../safeguarding/warning.ts';
import { type Answer, asModal } from '../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  modal,
  option,
  overflow,
  section,
  written,
} from '../../slack/blocks.ts';
import { form, paragraph } from '../../slack/form.ts';
import { packed, packedJson } from '../../slack/packed.ts';
import { pageOf, turnButtons } from '../../slack/paging.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn, sayDate, sayDay } from '../../slack/text.ts';
import { isOver, mostReturns, type Outcome, outcomes } from './coming-back.ts';
import { ids } from './ids.ts';
import type { Begun } from './note.ts';
import { type Draft, type Intention, longestIntention } from './store.ts';

const title = 'What I will try';

/** How it went, and which it is about. */
export const packedOutcome = packed(':', { outcome: z.enum(outcomes), id: z.string() });
/** An entry of the message's menu. */
export const packedMore = packed(':', { what: z.enum(['stop']), id: z.string() });

const outcomeWords: Record<Outcome, string> = {
  done: 'Done',
  partly: 'Partly',
  'not-yet': 'Not yet',
  'no-longer': 'No longer',
};

const outcomeButtons = ({ id, notedOn }: Pick<Intention, 'id' | 'notedOn'>): ActionsBlockElement[] =>
  outcomes.map((outcome) =>
    button(outcomeWords[outcome], `${ids.outcome}${outcome}`, {
      value: packedOutcome.pack({ outcome, id }),
      label: `${outcomeWords[outcome]}: what you noted on ${sayDate(notedOn)}`,
    }),
  );

/** Of their own accord, after nothing. */
const noteButton = (text: string) => button(text, ids.note, { value: '', label: `${text} you will try` });

/** Beside a receipt, once. @param occasion what it comes after. */
export const offerBlocks = (occasion: string): KnownBlock[] => [
  section(
    mrkdwn`*Would you like to keep one thing you will try?* Note it for yourself: only you see it, and it comes back to you in two weeks and in two months.`,
  ),
  actions(
    [
      button('Note one thing', ids.note, { value: occasion, label: 'Note one thing you will try' }),
      button('Do not offer this again', ids.noOffers, {
        value: occasion,
        label: 'Do not offer this again: to note something',
      }),
    ],
    'intention-offer',
  ),
];

/** Carries which it is, so that sending it twice keeps it once, and whether they saw what their words seem to hold. */
export const noteForm = form(
  {
    id: ids.form,
    carries: packedJson(z.object({ id: z.string().max(64), occasion: z.string().max(64), doubt })),
  },
  {
    title,
    submit: 'Keep it',
    close: 'Not now',
    notifyOnClose: true,
    fields: {
      words: paragraph('One thing I will try', {
        inTheirWords: true,
        max: longestIntention,
        missing: 'Please write a few words, or close this.',
        hint: 'In your own words, about your own work. Nothing about families, please.',
      }),
    },
  },
);

/** Nobody who has not agreed, or wants no messages, is asked: what they noted waits in Home. */
type Asked = { isAsked: boolean };
type Noting = Doubtful & Asked & { isChange?: boolean; signposts: Signposts };

export function noteView(
  { id, occasion, words }: Draft,
  { isChange = false, isAsked, signposts, ...seen }: Noting,
): View {
  return noteForm.view({
    initial: { words },
    carry: { id, occasion, doubt: doubtOf(seen) },
    ...(isChange && { submit: 'Save changes' }),
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      section(
        mrkdwn`*Only you see this.* It is kept encrypted. ${isAsked ? 'I ask you how it went in two weeks and in two months, without your words in the message.' : 'No message comes about it: it waits in Home, to look back on from two weeks on.'}`,
      ),
      ...doubtBlocks(seen, ids.keepAsItIs),
    ],
    below: [context(mrkdwn`${whoSeesIntentions}`), ...supportBlocks(signposts)],
  });
}

/** What opens where somebody wants to write. */
export const begunView = (begun: Begun, signposts: Signposts, { isAsked }: Asked): View =>
  begun.kind === 'form'
    ? noteView(begun, { isChange: begun.isChange, isAsked, signposts })
    : asModal(begun.kind === 'declined' ? declined : notThere);

const said = (text: Mrkdwn, buttons: ActionsBlockElement[] = []): Answer => ({
  title,
  text: title,
  blocks: [section(text), ...(buttons.length > 0 ? [actions(buttons)] : [])],
});

/** Where Slack opens no window by itself. */
export const inWindow = said(mrkdwn`This opens in a window that only you see.`, [
  button('What I will try', ids.mine, { value: '0' }),
]);

export const notThere = said(mrkdwn`That is not kept here any more.`);

export const declined = said(
  mrkdwn`You said no to the community agreement, which is fine. So nothing that you write is kept. Should you change your mind, you can agree in Home.`,
);

/** Beside what they wrote. */
export const notKept = 'Nothing that you write is kept, because you did not take up the community agreement.';

/** What they go on writing about in a reflection. */
export const toReflectOn = (words: string) => ({ heading: 'What I wanted to try', text: words });

const sayNoted = ({ notedOn }: Pick<Intention, 'notedOn'>): Mrkdwn => mrkdwn`Noted on ${sayDate(notedOn)}`;

/** When it comes back, or that it does not, and what they said of it. */
function sayStanding(
  { nextAt, returns, outcome }: Intention,
  { isAsked, zone }: Asked & { zone: string },
): Mrkdwn {
  const back = !isAsked
    ? nextAt && returns === 0
      ? mrkdwn`you will find it in Home from ${sayDay(nextAt, zone)} on, to look back on`
      : mrkdwn`it stays in Home, to look back on`
    : nextAt
      ? returns === 0
        ? mrkdwn`comes back on ${sayDay(nextAt, zone)}, or soon after`
        : mrkdwn`comes back once more, on ${sayDay(nextAt, zone)} or soon after`
      : mrkdwn`does not come back any more`;
  return joinMrkdwn([outcome && mrkdwn`you said “${outcomeWords[outcome]}”`, back], ' · ');
}

/**
 * One of one's own, with all that can be done about it. @param note what has just been done. @param isFresh it was noted just
 * now, so there is nothing to look back on.
 */
export function intentionView(
  intention: Intention,
  {
    zone,
    note,
    isAsked,
    hasOthers,
    isFresh,
    hasDeclined,
    above = [],
  }: Asked & {
    zone: string;
    note: Mrkdwn | undefined;
    above?: KnownBlock[];
    hasOthers: boolean;
    isFresh: boolean;
    hasDeclined: boolean;
  },
): View {
  const { id, words, nextAt, returns, outcome } = intention;
  const canComeBack = returns < mostReturns && !(outcome && isOver(outcome));
  return modal({
    callbackId: ids.mineView,
    title,
    blocks: [
      ...above,
      ...(note ? [section(note)] : []),
      ...(words === undefined
        ? [section(mrkdwn`This cannot be opened with the present key. It stays as it is.`)]
        : written(words)),
      context(
        joinMrkdwn([sayNoted(intention), sayStanding(intention, { isAsked, zone })], ' · '),
        mrkdwn`Only you see this.`,
      ),
      ...(isFresh
        ? []
        : [
            section(isAsked ? mrkdwn`*How did it go?*` : mrkdwn`*If you like, say how it went:*`),
            actions(outcomeButtons(intention), 'outcomes'),
          ]),
      actions(
        [
          ...(words === undefined || hasDeclined
            ? []
            : [
                button('Turn it into a reflection', ids.reflect, { value: id }),
                button('Change the words', ids.change, { value: id }),
              ]),
          ...(nextAt && isAsked ? [button('Do not ask me about it', ids.stop, { value: id })] : []),
          ...(!nextAt && canComeBack && isAsked && !hasDeclined
            ? [button('Ask me about it again', ids.askAgain, { value: id })]
            : []),
          ...(hasOthers ? [button('All I noted', ids.mine, { value: '0' })] : []),
          button('Delete', ids.remove, {
            value: id,
            style: 'danger',
            confirm: confirmLoss('Delete this?', 'It is deleted for good.', 'Delete it', 'Keep it'),
          }),
        ],
        'more',
      ),
    ],
  });
}

export const keptNow = (isChange: boolean): Mrkdwn =>
  isChange ? mrkdwn`*Changed.*` : mrkdwn`*Kept, for you alone.*`;
export const stopped = mrkdwn`*Noted.* I do not ask you about this again.`;
export const askedAgain = mrkdwn`*Noted.* I ask you about it again.`;
export const lookedBack = mrkdwn`*Noted.* Thank you for looking back.`;

export const removed = said(mrkdwn`It is deleted.`, [button('What else I noted', ids.mine, { value: '0' })]);

export const offersStopped = said(mrkdwn`*Noted.* I do not offer this again.`, [
  button('Offer it again', ids.offerAgain),
]);
export const offersOn = said(
  mrkdwn`*Noted.* After a check-in, now and then, you are offered to note something.`,
);

const onScreen = 5;

/** All of one's own. @param hasDeclined whoever said no keeps nothing more, so nothing more is offered. */
export function mineView(
  all: readonly Intention[],
  wanted: number,
  { isAsked, zone, hasDeclined }: Asked & { zone: string; hasDeclined: boolean },
): View {
  const { shown, ...turn } = pageOf(all, wanted, onScreen);
  const paging = turnButtons(turn, {
    back: { text: 'Newer', id: ids.mine },
    more: { text: 'Older', id: ids.mineMore },
  });
  const lines = shown.flatMap((one): KnownBlock[] => [
    ...written(one.words ?? 'This cannot be opened with the present key.'),
    section(
      joinMrkdwn([sayNoted(one), sayStanding(one, { isAsked, zone })], ' · '),
      button('Open', ids.open, { value: one.id, label: `Open what you noted on ${sayDate(one.notedOn)}` }),
    ),
  ]);
  const buttons = [
    ...(hasDeclined ? [] : [noteButton(all.length === 0 ? 'Note one thing' : 'Note one more')]),
    ...paging,
  ];
  return modal({
    callbackId: ids.mineView,
    title,
    blocks: [
      ...(all.length === 0 ? [section(mrkdwn`There is nothing here yet.`)] : lines),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
      context(mrkdwn`Only you see this. ${whoSeesIntentions}`),
    ],
  });
}

/** It comes back: bland, since phones show it, and without their words, since Slack keeps messages. */
export function lookBackMessage(
  intention: Pick<Intention, 'id' | 'notedOn'>,
  { isLast }: { isLast: boolean },
): Message {
  const { id, notedOn } = intention;
  return {
    text: 'Something you wanted to look back on',
    blocks: [
      section(
        mrkdwn`*On ${sayDate(notedOn)} you noted something you would try.* How did it go?${isLast ? ' I do not ask again after this.' : ''}`,
        button('Read it', ids.open, { value: id, label: `Read it: what you noted on ${sayDate(notedOn)}` }),
      ),
      actions([
        ...outcomeButtons(intention),
        overflow(ids.more, [option('Don’t ask again about this', packedMore.pack({ what: 'stop', id }))]),
      ]),
      context(
        mrkdwn`Only you see what you wrote and what you say of it. Fewer messages? See the ⋯ menu. Silence is fine too.`,
      ),
    ],
  };
}

/** In the message's place: not what they said, since Slack keeps it. */
export function lookedBackAnswer(
  { id, nextAt }: Intention,
  { isAsked, zone }: Asked & { zone: string },
): Answer {
  const next = isAsked && nextAt && mrkdwn`I ask once more, on ${sayDay(nextAt, zone)} or soon after.`;
  return said(joinMrkdwn([lookedBack, next], ' '), [
    button('Turn it into a reflection', ids.reflect, { value: id }),
    button('Read it', ids.open, { value: id }),
  ]);
}

export const stoppedAnswer = ({ id }: Intention): Answer =>
  said(stopped, [button('Read it', ids.open, { value: id })]);

/** Home says that there is something and when, never what: it stands open on a desk. */
export function homeBlocks(
  all: readonly Intention[],
  { hasBegun, hasDeclined, isAsked, zone }: Asked & { hasBegun: boolean; hasDeclined: boolean; zone: string },
): KnownBlock[] {
  const [latest] = all;
  if (hasBegun && !hasDeclined)
    return [
      section(
        mrkdwn`*${title}*\nYou began to note something. Only you see it.`,
        button('Go on', ids.note, { value: latest?.occasion ?? '', label: 'Go on noting what you will try' }),
      ),
    ];
  if (!latest)
    return [
      section(
        mrkdwn`*${title}*\nNote one thing for yourself, and ${isAsked ? 'it comes back to you in two weeks and in two months' : 'find it here to look back on in two weeks'}. Only you see it.`,
        noteButton('Note one thing'),
      ),
    ];
  const waiting = all.find(({ returns, outcome }) => returns > 0 && outcome === undefined);
  const coming = all.filter(({ nextAt }) => nextAt !== undefined);
  const next = coming.map(({ nextAt }) => nextAt).toSorted((a, b) => Number(a) - Number(b))[0];
  const words = waiting
    ? isAsked
      ? mrkdwn`How did it go with what you noted on ${sayDate(waiting.notedOn)}?`
      : mrkdwn`What you noted on ${sayDate(waiting.notedOn)} is here to look back on, if you like.`
    : joinMrkdwn(
        [
          mrkdwn`${all.length === 1 ? sayNoted(latest) : mrkdwn`${all.length} things noted`}.`,
          next &&
            (isAsked
              ? mrkdwn`It comes back on ${sayDay(next, zone)}, or soon after.`
              : mrkdwn`It is here to look back on from ${sayDay(next, zone)} on.`),
        ],
        ' ',
      );
  return [
    section(mrkdwn`*${title}*\n${words} Only you see it.`),
    actions(
      [
        button('Open what I noted', ids.mine, { value: '0' }),
        ...(hasDeclined ? [] : [noteButton('Note one more')]),
      ],
      'intentions.home',
    ),
  ];
}
