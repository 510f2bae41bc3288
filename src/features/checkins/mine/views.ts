import type { KnownBlock } from '@slack/types';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, header, section, written } from '../../../slack/blocks.ts';
import { ids as commands } from '../../../slack/commands.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { endTime, joinMrkdwn, localTime, type Mrkdwn, mrkdwn, sayDay } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { ownQuotesButton } from '../quoting/views.ts';
import { startableLines } from '../starting/views.ts';
import type { Round } from '../store.ts';
import { said } from '../views.ts';
import { privacySentence, readersAreNotAsked, sayMinutes } from '../words.ts';
import type { Mine, MyAnswers } from './read.ts';
import type { WithdrawOutcome } from './withdraw.ts';

const onScreen = 5;
/** A message holds fifty blocks. */
const mostOpen = 8;

/** `/chatr checkins`: what is open, what is coming, what I answered. */
export function mineAnswer(mine: Mine, page: number, zone: string): Answer {
  const title = 'My check-ins';
  const blocks: KnownBlock[] = [header(title)];
  if (mine.hasDeclined)
    blocks.push(
      section(
        mrkdwn`You said no to the community agreement, so no check-in asks you, and nothing is expected of you.`,
        button('Read the agreement', `${commands.run}:agree`, { value: 'agree' }),
      ),
    );
  else if (mine.open.length + mine.startable.length + mine.coming.length + mine.answered.length === 0)
    blocks.push(
      section(
        mrkdwn`Nothing is open for you. When a group you are in has a check-in, you get a message, and it stands here and in App Home until it closes. Each takes a few minutes, and you can skip any of them.`,
      ),
    );
  for (const one of mine.open.slice(0, mostOpen)) blocks.push(...openLines(one, zone));
  const quotes = ownQuotesButton(mine.quotes);
  if (quotes) blocks.push(actions([quotes], 'own-quotes'));
  blocks.push(...startableLines(mine.startable.slice(0, 10)));
  if (mine.coming.length > 0) {
    blocks.push(section(mrkdwn`*Coming*`));
    for (const { checkin, next, cohortName, isStopped, isReader } of mine.coming.slice(0, 10))
      blocks.push(
        section(
          joinMrkdwn(
            [
              mrkdwn`${checkin.definition.label}`,
              mrkdwn`${cohortName}`,
              isReader || (isStopped && !checkin.asksFirst)
                ? mrkdwn`you are not asked`
                : isStopped
                  ? mrkdwn`only for those who want it`
                  : next && localTime(next, zone),
            ],
            ' · ',
          ),
          isStopped
            ? button(
                checkin.asksFirst ? 'Ask me' : 'Ask me again',
                checkin.asksFirst ? ids.want : ids.resume,
                {
                  value: checkin.id,
                  label: `${checkin.asksFirst ? 'Ask me' : 'Ask me again'}: ${checkin.definition.label}, ${cohortName}`,
                },
              )
            : undefined,
        ),
      );
    if (mine.coming.some(({ isReader }) => isReader))
      blocks.push(context(mrkdwn`Where you are not asked: ${readersAreNotAsked}`));
  }
  blocks.push(...answeredBlocks(mine.answered, page, zone));
  return { text: title, blocks, title };
}

/** Where it stands beside the button that answers it. */
export const skipButton = (id: string, round: Round, cohortName: string) =>
  button('Skip this one', id, {
    value: round.id,
    label: `Skip this one: ${round.definition.label}, ${cohortName}`,
  });

function openLines(
  { round, cohortName, isSkipped, isStopped, isBegun }: Mine['open'][number],
  zone: string,
): KnownBlock[] {
  const { label, minutes } = round.definition;
  const facts: (Mrkdwn | undefined)[] = [
    mrkdwn`${cohortName}`,
    mrkdwn`${sayMinutes(minutes)}`,
    round.closesAt && mrkdwn`open until ${endTime(round.closesAt, zone)}`,
    isStopped ? mrkdwn`you stopped it` : isSkipped ? mrkdwn`you skipped it` : undefined,
    isBegun ? mrkdwn`begun, not sent` : undefined,
  ];
  const isOut = isSkipped || isStopped;
  const words = isOut ? 'Answer after all' : isBegun ? 'Go on' : 'Answer now';
  return [
    section(mrkdwn`*${label}*\n${joinMrkdwn(facts, ' · ')}`),
    actions([
      button(words, ids.answer, { value: round.id, label: `${words}: ${label}, ${cohortName}` }),
      ...(isOut ? [] : [skipButton(ids.skipInList, round, cohortName)]),
    ]),
  ];
}

function answeredBlocks(answered: Mine['answered'], page: number, zone: string): KnownBlock[] {
  if (answered.length === 0) return [];
  const { shown, ...turn } = pageOf(answered, page, onScreen);
  const lines = shown.map(({ round, asked, occasion, canSee }) =>
    section(
      mrkdwn`${round.definition.label} · ${occasion ?? sayDay(asked, zone)}`,
      canSee
        ? button('See my answers', ids.mine, {
            value: round.id,
            label: `See my answers: ${round.definition.label}, ${occasion ?? sayDay(asked, zone)}`,
          })
        : undefined,
    ),
  );
  const paging = turnButtons(turn, {
    back: { text: 'Newer', id: ids.mineList },
    more: { text: 'Older', id: ids.mineOlder },
  });
  return [
    section(mrkdwn`*Answered*`),
    ...lines,
    ...(shown.some(({ canSee }) => !canSee)
      ? [
          context(
            mrkdwn`Where there is no button, your answers lie among the others without your name, so I cannot show them.`,
          ),
        ]
      : []),
    ...(paging.length > 0 ? [actions(paging)] : []),
  ];
}

/** One's own answers, with the ways to change and delete them. */
export function myAnswersAnswer(found: MyAnswers): Answer {
  const title = 'My answers';
  if (found.kind === 'nothing-there')
    return said('There are no answers of yours here that could be shown.', { title, text: title });
  const { round, answers, canChange, canWithdraw } = found;
  const quotes = ownQuotesButton(found.quotes);
  const shown = answers.slice(0, 20);
  const buttons = [
    ...(canChange ? [button('Change my answers', ids.answer, { value: round.id })] : []),
    ...(canWithdraw
      ? [
          button('Delete my answers', ids.withdraw, {
            value: round.id,
            style: 'danger' as const,
            confirm: confirmLoss(
              'Delete your answers?',
              canChange
                ? 'They are deleted for good, and that you answered as well. You can answer again until it closes.'
                : 'They are deleted for good. What you let be counted in a group summary cannot be picked out again.',
              'Delete them',
              'Keep them',
            ),
          }),
        ]
      : []),
    ...(quotes ? [quotes] : []),
  ];
  return {
    text: title,
    title,
    blocks: [
      section(mrkdwn`*${round.definition.label}*`),
      context(mrkdwn`${privacySentence(round.definition)}`),
      ...shown.flatMap(({ question, text, isWords }) =>
        isWords
          ? [section(mrkdwn`*${question}*`), ...written(text)]
          : [section(mrkdwn`*${question}*\n${text}`)],
      ),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
      ...(canChange || canWithdraw
        ? []
        : [context(mrkdwn`The summary has been made, so these can no longer be changed.`)]),
    ],
  };
}

export const withdrawnAnswer = (outcome: WithdrawOutcome): Answer =>
  said(
    {
      withdrawn: 'Your answers are deleted, and that you had answered as well.',
      'too-late': 'The summary has been made, so your answers cannot be taken out of it any more.',
      'nothing-there': 'There are no answers of yours here any more.',
    }[outcome.kind],
    {
      title: 'My answers',
      next:
        outcome.kind === 'withdrawn' && outcome.canAnswerAgain
          ? { text: 'Answer again', id: ids.answer, value: outcome.round.id }
          : undefined,
    },
  );
