import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Finding } from '../../../safeguarding/finding.ts';
import { describeFindings } from '../../../safeguarding/identifiers.ts';
import {
  type Read,
  type Signposts,
  supportBlocks,
  supportContext,
  urgentAfterWriting,
} from '../../../safeguarding/signposts.ts';
import { maskAnd, warningBlocks } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, modal, section, written } from '../../../slack/blocks.ts';
import type { Drawing, WindowKind } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { clip, endDay, joinMrkdwn, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { type Definition, type Mode, modes } from '../content.ts';
import { ids } from '../ids.ts';
import { type AnswerValue, isWords } from '../question-kinds.ts';
import type { Round } from '../store.ts';
import { said } from '../views.ts';
import {
  afterSending,
  beforeSending,
  privacySentence,
  promiseInShort,
  readersAreNotAsked,
  whatHappens,
} from '../words.ts';
import { type Draft, type SeenIn, screensOf } from './draft.ts';
import {
  asksToShare,
  isLastScreen,
  longestField,
  type ScreenFields,
  screenForm,
  withRoomFor,
} from './form.ts';
import type { Refusal } from './may-answer.ts';

const place = z.object({ round: z.string(), screen: z.number().int().min(0).max(20) });
/** Which round, and which of its screens. */
export type Place = z.output<typeof place>;
export const packedPlace = packedJson(place);

/** The questions of a round. */
export const answerWindow: WindowKind<Place> = { id: ids.formView, carries: packedPlace };
/** What looked like identifying detail, before anything is sent. */
export const warnWindow: WindowKind<Place> = { id: ids.warnView, carries: packedPlace };

type Screen = {
  definition: Definition;
  screen: number;
  draft: Draft;
  signposts: Signposts | undefined;
  /** Something to say above the questions, such as what was masked. */
  note?: Mrkdwn | undefined;
  /** They have read in full who sees what, the time before. */
  isKnown?: boolean;
  /** What leads to the screen before. */
  back?: string;
};

/** One screen of the form. */
export const answerView = (round: Round, { screen, ...shown }: Omit<Screen, 'definition'>): View =>
  screenForm(answerWindow, withRoomFor(round.definition, shown.draft), screen, { notifyOnClose: true }).view({
    carry: { round: round.id, screen },
    ...drawScreen({ definition: round.definition, screen, ...shown }),
  });

/** Around the questions of a screen: who sees this, what was entered before, and where support is. */
export function drawScreen({
  definition,
  screen,
  draft,
  signposts,
  note,
  isKnown = false,
  back = ids.back,
}: Screen): Drawing<ScreenFields> {
  const { label, intro, mode, questions, smallest, readBy } = definition;
  const isFirst = screen === 0;
  const toKnow = beforeSending({
    mode,
    isLast: isLastScreen(definition, screen),
    saysWords: saysWords(definition, screen),
  });
  const answers = questions.map(({ id }, index) => [`question-${index}`, draft.answers[id]]);
  return {
    initial: { ...Object.fromEntries(answers), share: draft.share },
    without: asksToShare(definition, screen) ? [] : ['share'],
    above: [
      ...(isFirst
        ? [context(mrkdwn`${isKnown ? promiseInShort(definition) : privacySentence(definition)}`)]
        : []),
      ...(note ? [section(note)] : []),
      ...(isFirst ? [section(mrkdwn`*${label}*\n${intro}`)] : []),
    ],
    before: Object.fromEntries(
      questions.map(({ id }, index) => [`question-${index}`, tooLongToDraw(draft.answers[id])]),
    ),
    below: [
      ...(toKnow.text === '' ? [] : [context(toKnow)]),
      actions(
        [
          ...(isFirst ? [] : [button('Back', back, { value: 'back' })]),
          button('What happens with this', ids.whatHappens, {
            value: packedPromise.pack({
              mode,
              smallest,
              readBy,
              saysWords: screensOf(definition).some((_, at) => saysWords(definition, at)),
            }),
          }),
        ],
        'steps',
      ),
      ...supportLines(definition, signposts),
    ],
  };
}

const promise = z.object({
  mode: z.enum(modes),
  smallest: z.number(),
  readBy: z.literal('leads').optional(),
  saysWords: z.boolean(),
});
/** What decides who sees what is answered. */
export const packedPromise = packedJson(promise);

export const whatHappensView = (asked: z.output<typeof promise>): View =>
  modal({
    callbackId: 'answer',
    title: 'What happens with it',
    blocks: whatHappens(asked).map((line) => section(mrkdwn`•  ${line}`)),
  });

/** A field cannot show more than it takes: the whole is there to copy from. */
const tooLongToDraw = (answer: AnswerValue | undefined): KnownBlock[] =>
  typeof answer === 'string' && Array.from(answer).length > longestField
    ? [
        section(mrkdwn`*What you wrote here is longer than a field takes.* All of it, to shorten or copy:`),
        ...written(answer),
      ]
    : [];

/** Whether words that are written on this screen are shown to the facilitators without a name. */
const saysWords = ({ mode, questions }: Definition, screen: number): boolean =>
  (mode === 'group' || mode === 'linked') &&
  (screensOf({ mode, questions })[screen] ?? []).some(
    (index) => questions[index] && isWords(questions[index]),
  );

/** What is answered under a name shows as it comes; the rest once it has closed. */
const readIn: Record<Mode, Read> = {
  private: 'by-nobody',
  group: 'later',
  linked: 'later',
  named: 'at-any-time',
};

const supportLines = ({ mode }: Definition, signposts: Signposts | undefined): KnownBlock[] =>
  signposts ? supportBlocks(signposts, readIn[mode]) : [supportContext(readIn[mode])];

/** So many questions are named. */
const mostSeen = 10;

/** What looked like identifying detail, by kind only, in which answers, and three ways on. What was written is kept meanwhile. */
export function warnView(
  findings: readonly Finding[],
  {
    at,
    definition,
    signposts,
    seen,
  }: { at: Place; seen: readonly SeenIn[] } & Pick<Screen, 'definition' | 'signposts'>,
): View {
  return modal({
    callbackId: warnWindow.id,
    title: 'A quick look first',
    submit: maskAnd('read again'),
    close: 'Close',
    metadata: packedPlace.pack(at),
    blocks: [
      ...warningBlocks(findings, [
        button('Go back and edit', ids.edit),
        button('Send it as it is', ids.asItIs),
      ]),
      context(
        joinMrkdwn(
          [
            mrkdwn`Masked, it is replaced by its kind, here:`,
            ...seen
              .slice(0, mostSeen)
              .map(
                ({ question, findings: here }) =>
                  mrkdwn`•  ${describeFindings(here)} in _${clip(question, 100)}_`,
              ),
          ],
          '\n',
        ),
      ),
      ...supportLines(definition, signposts),
    ],
  });
}

/** After sending: what was kept, who can see it, how to change it. */
export function receiptView(
  { id: roundId, definition }: Round,
  {
    isChange,
    isOpen,
    offer = [],
    reflect,
    texts,
  }: {
    isChange: boolean;
    isOpen: boolean;
    offer?: KnownBlock[] | undefined;
    reflect?: { text: string; actionId: string } | undefined;
    /** What they wrote in their own words. */
    texts: readonly string[];
  },
  signposts: Signposts | undefined,
): View {
  const canChange = definition.mode !== 'group' && isOpen;
  return modal({
    callbackId: ids.receiptView,
    title: 'Thank you',
    close: 'Done',
    blocks: [
      ...urgentAfterWriting(signposts, texts),
      section(
        isChange
          ? mrkdwn`*Your changed answers are saved.* ${definition.label}`
          : mrkdwn`*Your answers are saved.* ${definition.label}`,
      ),
      context(afterSending[definition.mode]),
      ...(canChange || reflect
        ? [
            actions(
              [
                ...(canChange ? [button('See or change my answers', ids.mine, { value: roundId })] : []),
                ...(reflect ? [button(reflect.text, reflect.actionId)] : []),
              ],
              'receipt',
            ),
          ]
        : []),
      ...(offer.length > 0 ? [divider(), ...offer] : []),
      ...(definition.showsSupport ? supportLines(definition, signposts) : []),
    ],
  });
}

export const begunNote = mrkdwn`*This is as you left it.* It is not sent yet.`;

export const maskedNote = (findings: readonly Finding[]): Mrkdwn =>
  mrkdwn`*Masked:* ${describeFindings(findings) || 'what I saw'}. Please read once how it stands now, then send it.`;

export const nothingFilledIn =
  'Nothing is filled in yet. Answer any one question to send it, or close this: you do not have to answer.';

/** Why a check-in cannot be answered, in words for beside a field or in a message. */
export function sayRefusal(refusal: Refusal, zone: string): string {
  switch (refusal.kind) {
    case 'not-yours':
      return 'This check-in was sent to somebody else, or is not kept any more.';
    case 'already-answered':
      return `You have answered “${refusal.round.definition.label}” already. Thank you.`;
    case 'closed': {
      const { closesAt, definition, status } = refusal.round;
      if (status === 'cancelled')
        return `“${definition.label}” was called off, so it cannot be answered now.`;
      return closesAt
        ? `“${definition.label}” closed on ${endDay(closesAt, zone)}, so it cannot be answered now. You are welcome to join the next one.`
        : `“${definition.label}” has closed, so it cannot be answered now.`;
    }
    case 'left':
      return `“${refusal.round.definition.label}” is for a group you are not in any more, so it is closed for you. Nothing else is needed.`;
    case 'reader':
      return `“${refusal.round.definition.label}”: ${readersAreNotAsked}`;
    case 'declined':
      return 'You did not take up the community agreement, so nothing that you write is kept, answers included. Nothing else is needed. If you change your mind, you can agree at any time in Home.';
  }
}

export const refusalAnswer = (refusal: Refusal, zone: string): Answer =>
  said(sayRefusal(refusal, zone), {
    next:
      refusal.kind === 'already-answered' && refusal.round.definition.mode !== 'group'
        ? { text: 'See my answers', id: ids.mine, value: refusal.round.id }
        : undefined,
  });

/** For beside a field: what was typed stays in front of the person, so that they can copy it. */
export const stillThere = (refusal: Refusal, zone: string): string =>
  `${sayRefusal(refusal, zone)} Nothing was sent; you can still copy what you wrote.`;

/** What came too late is in the person's own place now. */
export function keptAside(
  refusal: Refusal,
  { text, actionId, value }: { text: string; actionId: string; value: string },
  zone: string,
): Answer {
  return said(
    `${sayRefusal(refusal, zone)} What you entered was not sent; it is a draft in your journal now, where only you see it.`,
    { text: 'Not sent, and kept for you', next: { text, id: actionId, value } },
  );
}

/** To whoever presses the button of a note whose time is over. */
export const notThereAnyMore = (refusal: Refusal, zone: string): Answer =>
  said(
    `What you began is not here any more: it was put into your journal, or deleted on the day that I had said. ${sayRefusal(refusal, zone)}`,
    { text: 'It is not here any more' },
  );

/** @param words what was written in a form that is not on the screen any more, to copy. */
export function tooLate(refusal: Refusal, words: readonly string[], zone: string): Answer {
  const { blocks, ...answer } = refusalAnswer(refusal, zone);
  return { ...answer, blocks: [...blocks, ...words.flatMap((text) => written(text))] };
}
