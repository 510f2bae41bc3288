import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { type Doubtful, doubtBlocks, doubtOf, maskAnd } from '../../../../safeguarding/warning.ts';
import { actions, button, context, modal, option, overflow, section } from '../../../../slack/blocks.ts';
import { form, line, oneOf, paragraph, type WindowKind } from '../../../../slack/form.ts';
import { packed } from '../../../../slack/packed.ts';
import { joinMrkdwn, mrkdwn } from '../../../../slack/text.ts';
import { ids } from '../../ids.ts';
import { getOwn, type OwnKind, ownKindOf, ownKinds, type Question } from '../../question-kinds.ts';
import type { Begun } from '../begun.ts';
import { type AtQuestion, packedPlan, packedQuestion, packedScreen } from '../carried.ts';
import { type Basis, definitionOfPlan, isOwn, mostOwn, questionsOf } from '../definition.ts';
import type { Plan } from '../plan.ts';
import { asLeft } from '../views.ts';
import { whoBlocks } from '../who-blocks.ts';
import type { Typed } from './own-kinds.ts';
import { mayAdd, typedOf } from './questions.ts';

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

/** Where all were left out. */
export const noneLeft = 'Please leave at least one question in, or add one.';

/** "A scale from 1 (Not at all) to 5 (Completely)". */
function sayKind(question: Question): string {
  const { own } = getOwn(ownKindOf(question));
  return own.say?.(question) ?? own.name;
}

/** What can be measured, as one choice. */
export type Measure = { value: string; label: string; construct: NonNullable<Question['construct']> };

export const labelOf = ({ framework, level, cycle }: Measure['construct']): string =>
  [framework, level ?? cycle].filter(Boolean).join(': ');

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
        of: ownKinds.map((kind) => option(getOwn(kind).own.name, kind)),
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

export const questionWindow: WindowKind<AtQuestion> = { id: ids.questionView, carries: packedQuestion };

/** What is written about a question, by field, and how long each may be, in code points. */
export const longestTyped: { text: number; help: number; [field: string]: number } = {
  text: 300,
  help: 300,
  ...Object.fromEntries(ownKinds.flatMap((kind) => Object.entries(getOwn(kind).own.longest ?? {}))),
};

/** Second screen: its words, and what belongs to its kind. Without a kind: one of a template, of which only words change. */
export const questionForm = (kind: OwnKind | undefined) =>
  form(questionWindow, {
    title: 'A question',
    submit: 'Keep it',
    close: 'Close',
    notifyOnClose: true,
    fields: {
      text: paragraph('The question', {
        missing: 'Please write the question.',
        max: longestTyped.text,
        hint: 'About their work, never about an identifiable child or family.',
      }),
      help: line('A line of help below it', { max: longestTyped.help }),
      ...(kind && getOwn(kind).own.fields),
    },
  });

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
    initial: { ...(at.kind && getOwn(at.kind).own.usual), ...(question && typedOf(question)), ...typed },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      ...(typed && doubtOf(seen) === 'none' ? [context(asLeft)] : []),
      ...doubtBlocks(seen, ids.questionAsItIs),
      context(
        at.kind === undefined
          ? mrkdwn`What can be chosen stays as it is, so that it can be compared. If you mean something else, leave it out and add one of your own.`
          : joinMrkdwn(
              [
                mrkdwn`${getOwn(at.kind).own.name}.`,
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
