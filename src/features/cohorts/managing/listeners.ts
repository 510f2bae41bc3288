import { may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import type { Routes } from '../../../slack/routes.ts';
import { joinMrkdwn } from '../../../slack/text.ts';
import { cardAnswer } from '../answers.ts';
import type { CohortsDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { addByName } from '../members/membership.ts';
import { addingNow, additionReceipt } from '../members/views.ts';
import { readManaged } from '../read.ts';
import { notAllowed } from '../views.ts';
import { archiveCohort, restoreCohort } from './archive.ts';
import { chooseFacilitators } from './facilitators.ts';
import { checkFields, type FieldProblem } from './fields.ts';
import { editCohort, makeCohort } from './make.ts';
import {
  archiveReceipt,
  changedReceipt,
  editDialog,
  editForm,
  facilitatorsForm,
  facilitatorsReceipt,
  madeReceipt,
  makeDialog,
  makeForm,
  savingFacilitators,
} from './views.ts';

/** Making a group, changing it, putting it away, and choosing who runs it. */
export function listenToManaging(to: Routes, deps: CohortsDeps): void {
  const { clock, vocabulary } = deps;

  to.onClick(ids.make, ({ actor, answer, replace }) =>
    may(actor, 'cohorts.create') ? replace(makeDialog(newId(clock), vocabulary)) : answer(notAllowed),
  );

  to.onSend(makeForm, async ({ actor, values, carried: { id }, refuse, show, answer }) => {
    const { people: slackIds, evenSo, ...typed } = values;
    const { fields, problems } = checkFields(typed, vocabulary);
    if (problems.length > 0) return refuse(beside(problems));
    const outcome = await makeCohort(deps, { actor, id, fields, evenSo });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    if (outcome.kind === 'same-name')
      return show(makeDialog(id, vocabulary, { ...fields, people: slackIds }, outcome.existing));
    const made = madeReceipt(outcome.cohort);
    if (slackIds.length === 0) return answer(await cardAnswer(deps, actor, id, made));
    await show(addingNow(slackIds.length, made));
    const addition = await addByName(deps, { actor, cohortId: id, slackIds });
    if (addition.kind === 'not-allowed') return answer(notAllowed);
    await answer(
      await cardAnswer(
        deps,
        actor,
        id,
        joinMrkdwn([made, additionReceipt(addition, { byName: true }).text], '\n'),
      ),
    );
  });

  to.onSend(editForm, async ({ actor, values, carried: { id: cohortId, seen }, refuse, show, answer }) => {
    const { evenSo, ...typed } = values;
    const { fields, problems } = checkFields(typed, vocabulary);
    if (problems.length > 0) return refuse(beside(problems));
    const outcome = await editCohort(deps, { actor, cohortId, seen, fields, evenSo });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    if (outcome.kind === 'same-name')
      return show(editDialog(cohortId, vocabulary, fields, { seen, existing: outcome.existing }));
    if (outcome.kind === 'meanwhile')
      return show(
        editDialog(cohortId, vocabulary, outcome.fields, { seen: outcome.now, meanwhile: outcome.clashes }),
      );
    await answer(await cardAnswer(deps, actor, cohortId, changedReceipt(outcome.before, outcome.now)));
  });

  to.onSend(facilitatorsForm, async ({ actor, values, carried: { id: cohortId, seen }, show, answer }) => {
    if (!(await readManaged(deps, actor, cohortId))) return answer(notAllowed);
    await show(savingFacilitators());
    const outcome = await chooseFacilitators(deps, { actor, cohortId, slackIds: values.people, seen });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    await answer(await cardAnswer(deps, actor, cohortId, facilitatorsReceipt(outcome)));
  });

  for (const [id, change] of [
    [ids.archive, archiveCohort],
    [ids.restore, restoreCohort],
  ] as const)
    to.onClick(id, async ({ actor, value: cohortId, answer }) => {
      const outcome = await change(deps, { actor, cohortId });
      if (outcome.kind === 'not-allowed') return answer(notAllowed);
      await answer(await cardAnswer(deps, actor, cohortId, archiveReceipt(outcome)));
    });
}

const beside = (problems: readonly FieldProblem[]): { [Field in FieldProblem['field']]?: string } =>
  Object.fromEntries(problems.map(({ field, message }) => [field, message]));
