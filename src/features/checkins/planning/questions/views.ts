import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { type Doubtful, doubtBlocks, doubtOf, maskAnd } from '../../../../safeguarding/warning.ts';
import { actions, button, context, modal, option, overflow, section } from '../../../../slack/blocks.ts';
import {
  type Field,
  type Form,
  form,
  line,
  oneOf,
  paragraph,
  type WindowKind,
} from '../../../../slack/form.ts';
import { packed } from '../../../../slack/packed.ts';
import { joinMrkdwn, mrkdwn } from '../../../../slack/text.ts';
import { ids } from '../../ids.ts';
import type { Question } from '../../question-kinds.ts';
import type { Begun } from '../begun.ts';
import {
  type AtQuestion,
  type OwnKind,
  ownKinds,
  packedPlan,
  packedQuestion,
  packedScreen,
} from '../carried.ts';
import { type Basis, definitionOfPlan, isOwn, mostOwn, questionsOf } from '../definition.ts';
import type { Plan } from '../plan.ts';
import { asLeft } from '../views.ts';
import { whoBlocks } from '../who-blocks.ts';
import { mayAdd, ownKindOf, ranges, type Typed, typedOf } from './questions.ts';

export const kindNames: Record<OwnKind, string> = {
  line: 'A short answer',
  paragraph: 'A longer answer, in their own words',
  scale: 'A scale',
  single_choice: 'One of several',
  multi_choice: 'Any number of several',
  yes_no: 'Yes or no',
  date: 'A date',
};

/** What the menu of a question does to it. */
export const questionDeed = packed('|', {
  what: z.enum(['edit', 'up', 'down', 'leave-out', 'ask-again']),
  question: z.string().min(1).max(80),
});

export const questionsWindow: WindowKind<{ id: string }> = { id: ids.questionsView, carries: packedPlan };

const longestShown = 280;

/** All questions in their order, each with a menu; those that are left out below. */
export function questionsView(basis: Basis, plan: Plan, begun: Begun, why?: string): View {
  const questions = questionsOf(basis, plan);
  const asked = questions.filter(({ id }) => !plan.leftOut.includes(id));
  const out = questions.filter(({ id }) => plan.leftOut.includes(id));
  const deed = (what: 'edit' | 'up' | 'down' | 'leave-out' | 'ask-again', question: Question) =>
    questionDeed.pack({ what, question: question.id });
  const row = (question: Question, index: number): KnownBlock =>
    section(
      mrkdwn`*${index + 1}.* ${question.text.slice(0, longestShown)}\n_${sayKind(question)}_${begun.questions[question.id] ? '\nYou began to change it, and have not kept that yet.' : ''}`,
      overflow(ids.question, [
        option(isOwn(question) ? 'Edit' : 'Reword', deed('edit', question)),
        ...(index > 0 ? [option('Move up', deed('up', question))] : []),
        ...(index < asked.length - 1 ? [option('Move down', deed('down', question))] : []),
        option('Leave out', deed('leave-out', question)),
      ]),
      `question-${question.id}`,
    );
  return modal({
    callbackId: questionsWindow.id,
    title: 'Questions',
    submit: 'Next',
    close: 'Close',
    metadata: packedPlan.pack(plan),
    blocks: [
      ...(why === undefined ? [] : [section(mrkdwn`${why}`)]),
      ...(asked.length > 0
        ? [context(mrkdwn`People can leave any of them out. The ⋯ beside each changes it.`)]
        : [section(mrkdwn`No question yet. Add one to five: people answer short check-ins more readily.`)]),
      ...asked.map(row),
      actions(
        [
          ...(mayAdd(basis, plan)
            ? [
                button(
                  begun.questions[''] ? 'Go on with the one you began' : 'Add a question',
                  ids.addQuestion,
                  { value: packedPlan.pack(plan) },
                ),
              ]
            : []),
          // From the last look "Next" leads back to it.
          ...(plan.how === undefined
            ? [button('Back', ids.backToPlan, { value: packedScreen.pack({ to: 'who', id: plan.id }) })]
            : []),
        ],
        'questions-steps',
      ),
      ...whoBlocks(definitionOfPlan(basis, plan)),
      ...(mayAdd(basis, plan)
        ? []
        : [context(mrkdwn`That is ${mostOwn} of your own, which is as many as there can be.`)]),
      ...(out.length > 0 ? [section(mrkdwn`*Left out*`)] : []),
      ...out.map((question) =>
        section(
          mrkdwn`${question.text.slice(0, longestShown)}`,
          button('Ask it again', ids.questionAgain, {
            value: deed('ask-again', question),
            label: `Ask it again: ${question.text.slice(0, 60)}`,
          }),
          `left-out-${question.id}`,
        ),
      ),
    ],
  });
}

/** "A scale from 1 (Not at all) to 5 (Completely)". */
function sayKind(question: Question): string {
  switch (question.type) {
    case 'scale':
      return `A scale from ${question.min} (${question.low}) to ${question.max} (${question.high})`;
    case 'single_choice':
    case 'multi_choice':
      return `${kindNames[question.type]}: ${question.options.join('; ').slice(0, 200)}`;
    default:
      return kindNames[ownKindOf(question)];
  }
}

/** What can be measured, as one choice. */
export type Measure = { value: string; label: string; construct: NonNullable<Question['construct']> };

/** First of two screens: what kind it is, and what it measures. */
export const kindForm = form(
  { id: ids.kindView, carries: packedQuestion },
  {
    title: 'A question',
    submit: 'Next',
    close: 'Close',
    notifyOnClose: true,
    fields: {
      kind: oneOf('What kind of answer?', {
        radio: true,
        missing: 'Please choose a kind.',
        of: ownKinds.map((kind) => option(kindNames[kind], kind)),
      }),
      measure: oneOf('What does it measure?', {
        hint: 'For your evaluation. Nobody who answers reads it.',
      }),
    },
  },
);

export const kindView = (
  at: AtQuestion,
  measures: readonly Measure[],
  question: Question | undefined,
): View =>
  kindForm.view({
    carry: at,
    initial: {
      kind: at.kind ?? (question && ownKindOf(question)),
      measure: at.measure ?? (question && measureOf(measures, question)),
    },
    options: { measure: measures.map(({ label, value }) => option(label, value)) },
    below: [actions([button('Back', ids.backToQuestions, { value: packedPlan.pack(at) })], 'steps')],
  });

export const measureOf = (measures: readonly Measure[], { construct }: Question): string | undefined =>
  construct &&
  measures.find(
    (one) =>
      one.construct.framework === construct.framework &&
      one.construct.level === construct.level &&
      one.construct.cycle === construct.cycle,
  )?.value;

type QuestionFields = {
  text: Field<string>;
  help: Field<string>;
  range: Field<(typeof ranges)[number] | undefined, (typeof ranges)[number]>;
  low: Field<string>;
  high: Field<string>;
  options: Field<string>;
};

export const questionWindow: WindowKind<AtQuestion> = { id: ids.questionView, carries: packedQuestion };

/** In code points. */
export const longestTyped = { text: 300, help: 300, low: 60, high: 60, options: 2000 };

/** Second screen: its words, and what belongs to its kind. Without a kind: one of a template, of which only words change. */
export function questionForm(kind: OwnKind | undefined): Form<QuestionFields, AtQuestion> {
  const fields = {
    text: paragraph('The question', {
      missing: 'Please write the question.',
      max: longestTyped.text,
      hint: 'About their work, never about an identifiable child or family.',
    }),
    help: line('A line of help below it', { max: longestTyped.help }),
    ...(kind === 'scale' && {
      range: oneOf('The scale goes', {
        of: ranges.map((range) => option(`From ${range.replace('-', ' to ')}`, range)),
        missing: 'Please choose how far it goes.',
      }),
      low: line('What its lowest number means', {
        max: longestTyped.low,
        missing: 'Please say what it means, for example “Not at all”.',
      }),
      high: line('What its highest number means', {
        max: longestTyped.high,
        missing: 'Please say what it means, for example “Completely”.',
      }),
    }),
    ...((kind === 'single_choice' || kind === 'multi_choice') && {
      options: paragraph('What they can choose', {
        max: longestTyped.options,
        missing: 'Please give at least two options, each on a line of its own.',
        hint: 'Each on a line of its own.',
      }),
    }),
  };
  return form(questionWindow, {
    title: 'A question',
    submit: 'Keep it',
    close: 'Close',
    notifyOnClose: true,
    // Only what belongs to its kind is asked, and read.
    fields: fields as QuestionFields,
  });
}

type Shown = Doubtful & {
  /** As it stands now. */
  question: Question | undefined;
  /** What was typed over it and is not kept. */
  typed?: Partial<Typed> | undefined;
};

export function questionView(at: AtQuestion, { question, typed, ...seen }: Shown): View {
  const isNew = question === undefined || (at.kind !== undefined && at.kind !== ownKindOf(question));
  return questionForm(at.kind).view({
    carry: { ...at, doubt: doubtOf(seen) },
    initial: { range: '1-5', ...(question && typedOf(question)), ...typed } as Typed & { range: '1-5' },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      ...(typed && doubtOf(seen) === 'none' ? [context(asLeft)] : []),
      ...doubtBlocks(seen, ids.questionAsItIs),
      context(
        at.kind === undefined
          ? mrkdwn`What can be chosen stays as it is, so that it can be compared. If you mean something else, leave it out and add one of your own.`
          : joinMrkdwn(
              [
                mrkdwn`${kindNames[at.kind]}.`,
                isNew ? undefined : mrkdwn`If what can be chosen changes, its results begin anew.`,
              ],
              ' ',
            ),
      ),
    ],
    below: [
      actions(
        [
          button('Back', ids.backToQuestions, { value: packedPlan.pack(at) }),
          ...(at.kind === undefined
            ? []
            : [button('Another kind', ids.anotherKind, { value: packedPlan.pack(at) })]),
        ],
        'steps',
      ),
    ],
  });
}
