import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../../../community/permissions.ts';
import { lookThrough } from '../../../../safeguarding/look-through.ts';
import { asModal } from '../../../../slack/answer.ts';
import type { Routes, Window } from '../../../../slack/routes.ts';
import type { CheckInDeps } from '../../deps.ts';
import { ids } from '../../ids.ts';
import { ownKindOf, type Question } from '../../question-kinds.ts';
import { type BegunQuestion, begunIn, withBegunQuestion } from '../begun.ts';
import { type AtQuestion, packedPlan } from '../carried.ts';
import { type Basis, basisOf, isOwn, newQuestionId, questionsOf } from '../definition.ts';
import type { Plan } from '../plan.ts';
import type { Screens } from '../screens.ts';
import { findPlan } from '../store.ts';
import { gone, maskedHere, notScheduled } from '../views.ts';
import type { Typed } from './own-kinds.ts';
import { askAgain, leaveOut, mayAdd, moveQuestion, takeOwn, typedOf, withQuestion } from './questions.ts';
import {
  kindForm,
  kindView,
  labelOf,
  longestTyped,
  type Measure,
  noneLeft,
  questionDeed,
  questionForm,
  questionsView,
  questionsWindow,
  questionView,
  questionWindow,
} from './views.ts';

/** The questions of a plan: reworded, moved, left out, added. */
export function listenToQuestions(to: Routes, deps: CheckInDeps, { screenOf, keep, planIn }: Screens): void {
  const { db, clock, templates } = deps;
  const measures: Measure[] = templates.measures.map((construct, index) => ({
    value: String(index),
    label: labelOf(construct),
    construct,
  }));

  type Found = { plan: Plan; basis: Basis };
  const withBasis = (plan: Plan | undefined): Found | undefined => {
    const basis = plan && basisOf(templates, plan);
    return basis && { plan, basis };
  };
  const found = async (actor: Actor, window: Window | undefined) => withBasis(await planIn(actor, window));
  const named = ({ plan, basis }: Found, id: string | undefined): Question | undefined =>
    questionsOf(basis, plan).find((one) => one.id === id);

  const whose = ({ person }: Actor) => ({ vault: deps.vault, personId: person.id });
  const listOf = (actor: Actor, { basis, plan }: Found, why?: string) =>
    questionsView(basis, plan, begunIn(whose(actor), plan), why);

  /** What stands in the form of a question, that it is there when somebody comes back to it. */
  async function keepTyped(
    actor: Actor,
    at: AtQuestion,
    window: Window | undefined,
  ): Promise<Found | undefined> {
    const before = withBasis(await findPlan(db, at.id, actor.person.id));
    if (!before) return undefined;
    const asked = named(before, at.question);
    const drawn = questionForm(at.kind);
    const { partly } = window?.read(drawn) ?? { partly: {} };
    const typed = { text: '', ...partly };
    // A template's question has more than its form: ends, choices.
    const inForm = (one: Partial<Typed>) =>
      Object.fromEntries(Object.entries(wordsIn(one)).filter(([name]) => drawn.names.includes(name)));
    const isTouched = asked
      ? !isDeepStrictEqual(inForm(typed), inForm(typedOf(asked)))
      : Object.keys(wordsIn(typed)).length > 0 || at.kind !== undefined || at.measure !== undefined;
    const { kind, measure } = at;
    const begun: BegunQuestion | undefined = isTouched ? { kind, measure, typed } : undefined;
    if (isDeepStrictEqual(begun, begunIn(whose(actor), before.plan).questions[at.question ?? '']))
      return before;
    const plan = withBegunQuestion(whose(actor), before.plan, at.question, begun);
    await keep(actor, plan);
    return { ...before, plan };
  }

  for (const id of [ids.question, ids.questionAgain])
    to.onClick(id, questionDeed, async ({ actor, carried: { what, question }, window, replace }) => {
      const at = await found(actor, window);
      if (!at) return replace(asModal(notScheduled(gone)));
      const { basis, plan } = at;
      if (what === 'edit') {
        const asked = named(at, question);
        if (!asked) return replace(listOf(actor, at));
        const begun = begunIn(whose(actor), plan).questions[question];
        const kind = begun?.kind ?? (isOwn(asked) ? ownKindOf(asked) : undefined);
        const carried = { id: plan.id, question, kind, measure: begun?.measure, doubt: 'none' } as const;
        return replace(questionView(carried, { question: asked, typed: begun?.typed }));
      }
      const changed = {
        up: () => moveQuestion(basis, plan, question, -1),
        down: () => moveQuestion(basis, plan, question, 1),
        'leave-out': () => leaveOut(basis, plan, question),
        'ask-again': () => askAgain(plan, question),
      }[what]();
      await keep(actor, changed);
      await replace(listOf(actor, { basis, plan: changed }));
    });

  to.onSend(questionsWindow, async ({ actor, carried: { id }, show, answer }) => {
    const at = withBasis(await findPlan(db, id, actor.person.id));
    if (!at) return answer(notScheduled(gone));
    const isEmpty = questionsOf(at.basis, at.plan).every((one) => at.plan.leftOut.includes(one.id));
    await show(isEmpty ? listOf(actor, at, noneLeft) : await screenOf(actor, at.plan));
  });

  to.onClick(ids.addQuestion, packedPlan, async ({ actor, carried: { id }, replace }) => {
    const at = withBasis(await findPlan(db, id, actor.person.id));
    if (!at) return replace(asModal(notScheduled(gone)));
    const begun = begunIn(whose(actor), at.plan).questions[''];
    const carried = { id, kind: begun?.kind, measure: begun?.measure, doubt: 'none' } as const;
    const isWritten = begun?.kind !== undefined && Object.keys(wordsIn(begun.typed)).length > 0;
    await replace(
      isWritten
        ? questionView(carried, { question: undefined, typed: begun.typed })
        : kindView(carried, measures, undefined),
    );
  });

  // From the form of a question as well, where something is typed.
  to.onClick(ids.backToQuestions, packedPlan, async ({ actor, carried: { id }, window, replace }) => {
    const from = window && questionWindow.carries?.open(window.metadata);
    const at =
      from && window?.inputs().includes('text')
        ? await keepTyped(actor, from, window)
        : withBasis(await findPlan(db, id, actor.person.id));
    await replace(at ? listOf(actor, at) : asModal(notScheduled(gone)));
  });

  to.onClick(ids.anotherKind, async ({ actor, window, replace }) => {
    const carried = window && questionWindow.carries?.open(window.metadata);
    const at = carried && (await keepTyped(actor, carried, window));
    await replace(
      at ? kindView(carried, measures, named(at, carried.question)) : asModal(notScheduled(gone)),
    );
  });

  to.onSend(kindForm, async ({ actor, carried, values, show, answer }) => {
    const at = withBasis(await findPlan(db, carried.id, actor.person.id));
    if (!at) return answer(notScheduled(gone));
    const { typed } = begunIn(whose(actor), at.plan).questions[carried.question ?? ''] ?? {};
    // "None" stays none, whatever it measured before.
    const now: AtQuestion = { ...carried, kind: values.kind, measure: values.measure ?? '', doubt: 'none' };
    await show(questionView(now, { question: named(at, carried.question), typed }));
  });

  to.onClose(kindForm, async ({ actor, carried, window }) => {
    if (window.inputs().length === 0 || carried.question !== undefined) return;
    const { kind, measure } = window.read(kindForm).partly;
    const at = withBasis(await findPlan(db, carried.id, actor.person.id));
    if (!at || (kind === undefined && measure === undefined)) return;
    const typed = begunIn(whose(actor), at.plan).questions['']?.typed ?? { text: '' };
    await keep(actor, withBegunQuestion(whose(actor), at.plan, undefined, { kind, measure, typed }));
  });

  to.onClose(questionWindow, async ({ actor, carried, window }) => {
    if (window.inputs().length > 0) await keepTyped(actor, carried, window);
  });

  // What was typed stays: the inputs keep their ids.
  to.onClick(ids.questionAsItIs, async ({ actor, window, replace }) => {
    const carried = window && questionWindow.carries?.open(window.metadata);
    const at = carried && withBasis(await findPlan(db, carried.id, actor.person.id));
    if (!at) return replace(asModal(notScheduled(gone)));
    const { partly: typed } = window.read(questionForm(carried.kind));
    await replace(questionView(carried, { question: named(at, carried.question), typed, isKept: true }));
  });

  to.onSend(questionWindow, async ({ actor, carried, window, refuse, show, answer }) => {
    const at = withBasis(await findPlan(db, carried.id, actor.person.id));
    if (!at) return answer(notScheduled(gone));
    const { basis, plan } = at;
    const read = window.read(questionForm(carried.kind));
    if (read.kind === 'problems') return refuse(read.problems);
    const before = named(at, carried.question);
    // Five are there by now, or it is gone from its template: what was written waits beside them.
    if (!before && (carried.kind === undefined || !mayAdd(basis, plan)))
      return show(listOf(actor, (await keepTyped(actor, carried, window)) ?? at));
    const words = writtenIn(read.values);
    const looked = lookThrough(deps, carried.doubt, words, longestTyped);
    if (looked.kind === 'doubtful')
      return show(questionView(carried, { question: before, typed: read.values, findings: looked.findings }));
    const typed = { ...read.values, ...looked.texts };
    const isMasked = Object.entries(looked.texts).some(([name, text]) => text !== words[name]);
    if (before && carried.kind === undefined) {
      const { help: _help, ...rest } = before;
      return put({ ...rest, text: typed.text, ...(typed.help && { help: typed.help }) });
    }
    if (carried.kind === undefined) return show(listOf(actor, at));
    const construct =
      carried.measure === undefined
        ? before?.construct
        : measures.find(({ value }) => value === carried.measure)?.construct;
    const taken = takeOwn(before?.id ?? newQuestionId(clock), carried.kind, typed, construct);
    return taken.kind === 'problems' ? refuse(taken.problems) : put(taken.question);

    async function put(question: Question): Promise<void> {
      const kept = withBegunQuestion(whose(actor), plan, carried.question, undefined);
      const changed = withQuestion(clock, basis, kept, question);
      await keep(actor, changed);
      await show(listOf(actor, { basis, plan: changed }, isMasked ? maskedHere : undefined));
    }
  });
}

/** What is written rather than chosen, by field. */
const writtenIn = <Text extends string | undefined>(typed: Record<string, Text>): Record<string, Text> =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => name in longestTyped));

/** The same, without what was left empty. */
const wordsIn = (typed: Partial<Typed>) =>
  Object.fromEntries(
    Object.entries(writtenIn(typed)).filter(([, text]) => text !== undefined && text !== ''),
  );
