import type { Actor } from '../../../community/permissions.ts';
import { asModal } from '../../../slack/answer.ts';
import type { Routes, Window } from '../../../slack/routes.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import type { Question } from '../question-kinds.ts';
import { packedPlan } from './carried.ts';
import { type Basis, basisOf, isOwn, newQuestionId, questionsOf } from './definition.ts';
import type { Plan } from './plan.ts';
import {
  kindForm,
  kindView,
  type Measure,
  questionDeed,
  questionForm,
  questionsView,
  questionsWindow,
  questionView,
  questionWindow,
} from './question-views.ts';
import { askAgain, leaveOut, mayAdd, moveQuestion, ownKindOf, takeOwn, withQuestion } from './questions.ts';
import { gone, type Screens } from './screens.ts';
import { findPlan } from './store.ts';
import { notScheduled } from './views.ts';

/** The questions of a plan: reworded, moved, left out, added. */
export function listenToQuestions(to: Routes, deps: CheckInDeps, { screenOf, keep, planIn }: Screens): void {
  const { db, clock, templates } = deps;
  const measures: Measure[] = templates.measures.map((construct, index) => ({
    value: String(index),
    label: [construct.framework, construct.level ?? construct.cycle].filter(Boolean).join(': '),
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

  for (const id of [ids.question, ids.questionAgain])
    to.onClick(id, questionDeed, async ({ actor, carried: { what, question }, window, replace }) => {
      const at = await found(actor, window);
      if (!at) return replace(asModal(notScheduled(gone)));
      const { basis, plan } = at;
      if (what === 'edit') {
        const asked = named(at, question);
        if (!asked) return replace(questionsView(basis, plan));
        const kind = isOwn(asked) ? ownKindOf(asked) : undefined;
        return replace(questionView({ id: plan.id, question, kind }, asked));
      }
      const changed = {
        up: () => moveQuestion(basis, plan, question, -1),
        down: () => moveQuestion(basis, plan, question, 1),
        'leave-out': () => leaveOut(basis, plan, question),
        'ask-again': () => askAgain(plan, question),
      }[what]();
      await keep(actor, changed);
      await replace(questionsView(basis, changed));
    });

  to.onSend(questionsWindow, async ({ actor, carried: { id }, show, answer }) => {
    const at = withBasis(await findPlan(db, id, actor.person.id));
    if (!at) return answer(notScheduled(gone));
    const isEmpty = questionsOf(at.basis, at.plan).every((one) => at.plan.leftOut.includes(one.id));
    await show(
      isEmpty
        ? questionsView(at.basis, at.plan, 'Please leave at least one question in, or add one.')
        : await screenOf(actor, at.plan),
    );
  });

  to.onClick(ids.addQuestion, packedPlan, ({ carried: { id }, replace }) =>
    replace(kindView({ id }, measures, undefined)),
  );

  to.onClick(ids.backToQuestions, packedPlan, async ({ actor, carried: { id }, replace }) => {
    const at = withBasis(await findPlan(db, id, actor.person.id));
    await replace(at ? questionsView(at.basis, at.plan) : asModal(notScheduled(gone)));
  });

  to.onClick(ids.anotherKind, async ({ actor, window, replace }) => {
    const carried = window && questionWindow.carries?.open(window.metadata);
    const at = carried && withBasis(await findPlan(db, carried.id, actor.person.id));
    await replace(
      at ? kindView(carried, measures, named(at, carried.question)) : asModal(notScheduled(gone)),
    );
  });

  to.onSend(kindForm, async ({ actor, carried, values, show, answer }) => {
    const at = withBasis(await findPlan(db, carried.id, actor.person.id));
    if (!at) return answer(notScheduled(gone));
    // "None" stays none, whatever it measured before.
    const measure = values.measure ?? '';
    await show(questionView({ ...carried, kind: values.kind, measure }, named(at, carried.question)));
  });

  to.onSend(questionWindow, async ({ actor, carried, window, refuse, show, answer }) => {
    const at = withBasis(await findPlan(db, carried.id, actor.person.id));
    if (!at) return answer(notScheduled(gone));
    const { basis, plan } = at;
    const read = window.read(questionForm(carried.kind));
    if (read.kind === 'problems') return refuse(read.problems);
    const before = named(at, carried.question);
    if (before && carried.kind === undefined) {
      const { text, help } = read.values;
      const { help: _help, ...rest } = before;
      return put({ ...rest, text, ...(help && { help }) } as Question);
    }
    if (carried.kind === undefined) return show(questionsView(basis, plan));
    if (!before && !mayAdd(basis, plan)) return show(questionsView(basis, plan));
    const construct =
      carried.measure === undefined
        ? before?.construct
        : measures.find(({ value }) => value === carried.measure)?.construct;
    const taken = takeOwn(before?.id ?? newQuestionId(clock), carried.kind, read.values, construct);
    return taken.kind === 'problems' ? refuse(taken.problems) : put(taken.question);

    async function put(question: Question): Promise<void> {
      const changed = withQuestion(clock, basis, plan, question);
      await keep(actor, changed);
      await show(questionsView(basis, changed));
    }
  });
}
