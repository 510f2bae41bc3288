import type { Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { type OurWords, wordKinds } from '../../../content/our-words.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  modal,
  option,
  plain,
  section,
  written,
} from '../../../slack/blocks.ts';
import { form, line, lookedUp, oneOf, paragraph } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { clip, type Mrkdwn, mrkdwn, sayDay } from '../../../slack/text.ts';
import { wordsField } from '../curating/notes.ts';
import { type QueuePlace, queueItem, queuePlace } from '../curating/queue/place.ts';
import { ids } from '../ids.ts';
import { plainAnswer } from '../views.ts';
import type { FlagOutcome } from './flag.ts';
import { type FlagAnswer, flagAnswers } from './messages.ts';
import type { Flag } from './store.ts';

/** Beside whatever the programme says. @param item see OurWords. */
export const flagButton = (item: string, label: string): Button =>
  button('Better words?', ids.flag, { value: item, label: `Better words? Say so of ${label}` });

/** In code points. */
export const longest = { what: 500, better: 300 };

export const flagForm = form(
  { id: ids.flagForm, carries: packedJson(z.object({ item: z.string(), doubt })) },
  {
    title: 'Better words',
    submit: 'Send to the curators',
    fields: {
      what: paragraph('Which words, and what is wrong with them?', {
        max: longest.what,
        missing: 'Please say which words you mean.',
        hint: 'For example: \u201cnot inclusive\u201d, \u201ctoo hard to read\u201d, \u201cthis is not what people call themselves\u201d.',
        inTheirWords: true,
      }),
      better: line('Better words, if you have some', { max: longest.better, inTheirWords: true }),
    },
  },
);

/** @param isTyped they named it in words, and may have meant something else. */
export const flagDialog = (
  { id, kind, label }: OurWords,
  { isTyped = false, ...seen }: Doubtful & { isTyped?: boolean } = {},
): View =>
  flagForm.view({
    carry: { item: id, doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('send') }),
    above: [
      section(
        mrkdwn`*${label}*\n${wordKinds[kind]}`,
        isTyped
          ? button('Something else', ids.openFlag, { label: 'Something else: choose what you mean' })
          : undefined,
      ),
      context(mrkdwn`The curators see what you write, and not that it was you. You hear what becomes of it.`),
      ...doubtBlocks(seen, ids.keepFlagged, { isForOthers: true }),
    ],
    below: [
      context(
        mrkdwn`Please leave out anything about a child, a family or a colleague. Nobody is watching what is written here, and it is not a referral: \`/chatr support\` shows where to turn.`,
      ),
    ],
  });

export const chooseFromList = 'Please choose something from the list.';

/** Where it is not clear yet what somebody means. */
export const pickForm = form(ids.pickFlagged, {
  title: 'Better words',
  submit: 'Go on',
  fields: {
    item: lookedUp('Where do they stand?', {
      suggestedBy: ids.findFlagged,
      missing: chooseFromList,
      hint: 'A term, a practice prompt, a part of the core module, a check-in or a resource, by a word of its name.',
    }),
  },
});

export const nothingCalled = (typed: string): Mrkdwn =>
  mrkdwn`*Nothing of ours is called \u2018${clip(typed, 100)}\u2019.* Please choose below what you mean.`;

/** Where several come near. */
export const chooseForm = form(ids.chooseFlagged, {
  title: 'Better words',
  submit: 'Go on',
  fields: {
    item: oneOf('Which of these do you mean?', { radio: true, missing: 'Please choose one of these.' }),
  },
});

export const chooseView = (items: readonly OurWords[]): View =>
  chooseForm.view({
    options: {
      item: [
        ...items.map(({ id, kind, label }) => option(label, id, wordKinds[kind])),
        option('Something else', 'else'),
      ],
    },
  });

/** Where no window can be opened: the button that opens it. */
export const flagCard: Answer = {
  text: 'Better words',
  title: 'Better words',
  blocks: [
    section(mrkdwn`Are words of ours not the right ones? Tell the curators, without your name.`),
    actions([button('Better words?', ids.openFlag)]),
  ],
};

/** @param urgent whom to ring, where what was written may be about danger. */
export const flagged = (outcome: FlagOutcome, urgent: KnownBlock[] = []): View => {
  const say = (text: Mrkdwn, ...more: KnownBlock[]): View =>
    modal({ callbackId: 'answer', title: 'Better words', blocks: [...urgent, section(text), ...more] });
  switch (outcome.kind) {
    case 'flagged':
      return say(
        mrkdwn`*Thank you.* The curators look at it, and you hear once what became of it. Until then it is kept as yours, encrypted.`,
        actions([
          button('Take it back', ids.withdrawFlag, {
            value: outcome.id,
            confirm: confirmLoss('Take it back?', 'What you wrote is deleted.', 'Take it back', 'Keep it'),
          }),
        ]),
      );
    case 'many-wait':
      return say(
        mrkdwn`*Not sent:* ten of yours wait for the curators. Thank you for them: once some have been looked at, there is room for more.`,
      );
    case 'gone':
      return say(mrkdwn`*Not sent:* this is not there any more.`);
    case 'keeps-nothing':
      return say(
        mrkdwn`You did not agree to the community agreement, so nothing that you write is kept. You can agree from App Home.`,
      );
    case 'not-allowed':
      return say(mrkdwn`This works for members of the workspace. Nothing was kept.`);
  }
};

export const withdrawnFlag = (isGone: boolean) =>
  plainAnswer(
    'Better words',
    isGone
      ? 'It was taken back and is deleted.'
      : 'This is no longer waiting: it was taken back already, or a curator has answered it.',
  );

/** In the queue. Whose it is nobody is told. */
export function flagBlocks(
  { id, what, better, sentAt, item }: Flag,
  of: OurWords | undefined,
  at: QueuePlace,
  zone: string,
): KnownBlock[] {
  const label = of?.label ?? item;
  return [
    section(
      mrkdwn`*Wording:* ${label}\n${of ? wordKinds[of.kind] : 'Not there any more'} \u00b7 ${sayDay(sentAt, zone)}, without a name`,
    ),
    ...written(what),
    ...(better === '' ? [] : [context(mrkdwn`Better words:`), ...written(better)]),
    actions([
      button('Answer it', ids.answerFlag, {
        value: queueItem.pack({ ...at, id }),
        // Two may speak of one thing.
        label: `Answer it: ${label}, ${what}`,
      }),
    ]),
  ];
}

const answerWords: Record<FlagAnswer, string> = {
  changed: 'We have changed it.',
  will: 'We change it with the next update.',
  stays: 'It stays as it is.',
};

export const answerFlagForm = form(
  { id: ids.answerFlagForm, carries: packedJson(z.object({ at: queuePlace, id: z.string(), doubt })) },
  {
    title: 'Answer',
    submit: 'Answer',
    fields: {
      answer: oneOf('What becomes of it?', {
        of: flagAnswers.map((one) => option(answerWords[one], one)),
        radio: true,
        missing: 'Please choose what becomes of it. Whoever sent it is told.',
      }),
      words: wordsField,
    },
  },
);

export const answerFlagView = (
  flag: Flag,
  of: OurWords | undefined,
  at: QueuePlace,
  seen: Doubtful = {},
): View =>
  answerFlagForm.view({
    carry: { at, id: flag.id, doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('send') }),
    above: [
      section(mrkdwn`*${of?.label ?? flag.item}*`),
      ...(of?.text ?? []).slice(0, 8).map((words): KnownBlock => ({ type: 'section', text: plain(words) })),
      context(mrkdwn`What was sent:`),
      ...written([flag.what, flag.better].filter(Boolean).join('\n')),
      context(
        mrkdwn`${
          of?.kind === 'resource'
            ? 'The words of an entry you change under \u201cChange an entry\u201d.'
            : 'These words stand in the content files: whoever keeps those changes them.'
        } Whoever sent it is told once, and not who answered. Then it is deleted.`,
      ),
      ...doubtBlocks(seen, ids.keepFlagAnswer, { isForOthers: true }),
    ],
  });

/** In the queue. */
export const answered = mrkdwn`*Answered.* Whoever sent it is told.`;
