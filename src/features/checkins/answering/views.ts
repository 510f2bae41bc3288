import type { InputBlock, KnownBlock, View } from '@slack/types';
import { describeFindings, type Finding, onlyPatterns } from '../../../safeguarding/identifiers.ts';
import { type Signposts, supportBlocks, supportContext } from '../../../safeguarding/signposts.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  context,
  input,
  modal,
  option,
  plain,
  section,
  textInput,
} from '../../../slack/blocks.ts';
import { escapeEntities, type Mrkdwn, mrkdwn, sayDay } from '../../../slack/text.ts';
import type { Definition, Question } from '../content.ts';
import { blocks, ids, questionBlock } from '../ids.ts';
import { afterSending, privacySentence } from '../words.ts';
import { type AnswerValue, type Draft, leaveOut, sayScale, screensOf } from './draft.ts';
import type { Refusal } from './may-answer.ts';

export type FormParts = {
  definition: Definition;
  screen: number;
  draft: Draft;
  metadata: string;
  signposts: Signposts | undefined;
  /** Something to say above the questions, such as what was masked. */
  note?: Mrkdwn;
  /** A facilitator looking at what others will get. */
  isPreview?: boolean;
};

/** One screen of the form: who sees this, the questions, and where support is. */
export function formView({
  definition,
  screen,
  draft,
  metadata,
  signposts,
  note,
  isPreview,
}: FormParts): View {
  const screens = screensOf(definition);
  const isLast = screen >= screens.length - 1;
  const isFirst = screen === 0;
  const several = screens.length > 1;
  const share = definition.mode === 'private' && isLast ? [shareInput(draft.share)] : [];
  return modal({
    callbackId: isPreview ? ids.previewView : ids.formView,
    title: several ? `Check-in, ${screen + 1} of ${screens.length}` : 'Check-in',
    submit: isPreview && isLast ? 'Close the preview' : isLast ? 'Send answers' : 'Next',
    close: 'Close',
    metadata,
    blocks: [
      context(mrkdwn`${privacySentence[definition.mode]}`),
      ...(note ? [section(note)] : []),
      ...(isFirst ? [section(mrkdwn`*${definition.label}*\n${definition.intro}`)] : []),
      ...(isFirst && several
        ? [
            context(
              mrkdwn`What you enter is kept locked, for you alone, until you send it or the check-in is over.`,
            ),
          ]
        : []),
      ...(screens[screen] ?? []).flatMap((index) => {
        const question = definition.questions[index];
        return question ? [questionInput(question, index, draft.answers[question.id])] : [];
      }),
      ...share,
      ...(isFirst ? [] : [actions([button('Back', ids.back, { value: 'back' })], 'steps')]),
      ...(isLast ? [context(afterSending[definition.mode])] : []),
      ...supportLines(signposts),
    ],
  });
}

export const supportLines = (signposts: Signposts | undefined): KnownBlock[] =>
  signposts ? supportBlocks(signposts) : [supportContext()];

function questionInput(question: Question, index: number, value: AnswerValue | undefined): InputBlock {
  const hints = [
    question.help,
    question.type === 'multi_choice' && question.maxChoices !== undefined
      ? `Choose up to ${question.maxChoices}.`
      : undefined,
  ].filter((hint) => hint !== undefined);
  return input(questionBlock(index), question.text, elementOf(question, value), {
    optional: true,
    ...(hints.length > 0 && { hint: hints.join(' ') }),
  });
}

/** Slack's limits for radio buttons and checkboxes; above them a menu takes their place. */
const mostRadios = 10;

function elementOf(question: Question, value: AnswerValue | undefined): InputBlock['element'] {
  switch (question.type) {
    case 'scale': {
      const values = Array.from({ length: question.max - question.min + 1 }, (_, i) => question.min + i);
      const options = values.map((one) => option(sayScale(question, one), String(one)));
      return oneOf(options, typeof value === 'number' ? String(value) : undefined);
    }
    case 'single_choice':
      return oneOf(
        question.options.map((label, index) => option(label, String(index))),
        typeof value === 'number' ? String(value) : undefined,
      );
    case 'multi_choice': {
      const options = question.options.map((label, index) => option(label, String(index)));
      const chosen = Array.isArray(value) ? options.filter((_, index) => value.includes(index)) : [];
      const initial = chosen.length > 0 ? { initial_options: chosen } : {};
      return options.length <= mostRadios
        ? { type: 'checkboxes', action_id: 'value', options, ...initial }
        : { type: 'multi_static_select', action_id: 'value', options, ...initial };
    }
    case 'text':
      return textInput('value', {
        multiline: question.maxChars > 120,
        max: question.maxChars,
        ...(typeof value === 'string' && { initial: value }),
      });
  }
}

function oneOf(options: ReturnType<typeof option>[], value: string | undefined): InputBlock['element'] {
  const all = [...options, option('Leave this one out', leaveOut)];
  const chosen = all.find((one) => one.value === value);
  const initial = chosen ? { initial_option: chosen } : {};
  return all.length <= mostRadios
    ? { type: 'radio_buttons', action_id: 'value', options: all, ...initial }
    : {
        type: 'static_select',
        action_id: 'value',
        options: all,
        placeholder: plain('Choose one'),
        ...initial,
      };
}

function shareInput(isShared: boolean): InputBlock {
  const yes = option(
    'Count what I chose in the group summary',
    'yes',
    'Without my name. What I wrote in my own words stays with me.',
  );
  return input(
    blocks.share,
    'Group summary',
    {
      type: 'checkboxes',
      action_id: 'value',
      options: [yes],
      ...(isShared && { initial_options: [yes] }),
    },
    { optional: true },
  );
}

/** What looked like identifying detail, by kind only, and three ways on. What was written is kept meanwhile. */
export function warnView(
  definition: Definition,
  findings: readonly Finding[],
  metadata: string,
  signposts: Signposts | undefined,
): View {
  return modal({
    callbackId: ids.warnView,
    title: 'Before you send',
    submit: 'Send it as it is',
    close: 'Close',
    metadata,
    blocks: [
      context(mrkdwn`${privacySentence[definition.mode]}`),
      section(
        mrkdwn`What you wrote looks as if it contains ${describeFindings(findings)}. Would you like to change it? You decide. Details about the people you work with belong in their own record.`,
      ),
      actions([
        button('Mask these details', ids.mask, { style: 'primary' }),
        button('Go back and edit', ids.edit),
      ]),
      context(mrkdwn`${onlyPatterns}`),
      ...supportLines(signposts),
    ],
  });
}

/** After sending: what was kept, who can see it, how to change it. */
export function receiptView(
  definition: Definition,
  roundId: string,
  { isChange, isOpen }: { isChange: boolean; isOpen: boolean },
  signposts: Signposts | undefined,
): View {
  const canChange = definition.mode !== 'group' && isOpen;
  return modal({
    callbackId: 'checkins.receipt',
    title: 'Thank you',
    close: 'Done',
    blocks: [
      section(
        isChange
          ? mrkdwn`*Your changed answers are saved.* ${definition.label}`
          : mrkdwn`*Your answers are saved.* ${definition.label}`,
      ),
      context(mrkdwn`${privacySentence[definition.mode]}`, afterSending[definition.mode]),
      ...(canChange
        ? [actions([button('See or change my answers', ids.mine, { value: roundId })], 'receipt')]
        : []),
      ...(definition.showsSupport ? supportLines(signposts) : []),
    ],
  });
}

/** A modal that only says something: the way to answer a submission that came too late. */
export const saying = (title: string, blocks_: KnownBlock[]): View =>
  modal({ callbackId: 'checkins.said', title, blocks: blocks_ });

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
        ? `“${definition.label}” closed on ${sayDay(closesAt, zone)}, so it cannot be answered now. You are welcome to join the next one.`
        : `“${definition.label}” has closed, so it cannot be answered now.`;
    }
    case 'left':
      return `“${refusal.round.definition.label}” is for a group you are not in any more, so it is closed for you. Nothing else is needed.`;
    case 'declined':
      return 'You did not take up the community agreement, so nothing of yours is kept, answers included. Nothing else is needed. If you change your mind, you can agree at any time in Home.';
  }
}

export const refusalAnswer = (refusal: Refusal, zone: string): Answer => {
  const words = sayRefusal(refusal, zone);
  const canSee = refusal.kind === 'already-answered' && refusal.round.definition.mode !== 'group';
  return {
    text: escapeEntities(words),
    title: 'Check-in',
    blocks: [
      section(mrkdwn`${words}`),
      ...(canSee ? [actions([button('See my answers', ids.mine, { value: refusal.round.id })])] : []),
    ],
  };
};
