import { findPerson } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import type { Routes } from '../../../slack/routes.ts';
import { cardAnswer } from '../answers.ts';
import type { CohortsDeps } from '../deps.ts';
import { ids, idsBefore } from '../ids.ts';
import { readManaged, readPeople } from '../read.ts';
import { groupPage, notAllowed, type Receipt } from '../views.ts';
import {
  addByName,
  addMembers,
  leaveCohort,
  rejoinCohort,
  removeMember,
  undoAddition,
} from './membership.ts';
import {
  addForm,
  addingNow,
  additionReceipt,
  additionTo,
  leaveAnswer,
  listedMember,
  peopleList,
  rejoinAnswer,
  removedMember,
  removeReceipt,
  undoneReceipt,
} from './views.ts';

/** Who is in a group: adding, taking out, leaving. */
export function listenToMembers(to: Routes, deps: CohortsDeps): void {
  const { db } = deps;
  const peopleAnswer = async (
    actor: Actor,
    cohortId: string,
    page: number,
    receipt?: Receipt,
  ): Promise<Answer> => {
    const cohort = await readManaged(deps, actor, cohortId);
    return cohort
      ? peopleList(cohort, await readPeople(deps, cohortId, page), { receipt, more: deps.peopleButtons })
      : notAllowed;
  };

  to.onSend(addForm, async ({ actor, values: { people: slackIds }, carried: cohortId, show, answer }) => {
    if (!(await readManaged(deps, actor, cohortId))) return answer(notAllowed);
    await show(addingNow(slackIds.length));
    const outcome = await addByName(deps, { actor, cohortId, slackIds });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    const { text, undo } = additionReceipt(outcome, { byName: true });
    await answer(await cardAnswer(deps, actor, cohortId, text, undo));
  });

  for (const id of [ids.undoAdding, idsBefore.undoAdding])
    to.onClick(id, additionTo, async ({ actor, carried, answer }) => {
      const outcome = await undoAddition(deps, { actor, ...carried });
      if (outcome.kind === 'not-allowed') return answer(notAllowed);
      await answer(await cardAnswer(deps, actor, carried.cohortId, undoneReceipt(outcome)));
    });

  for (const id of [
    ids.people,
    ids.earlierPeople,
    ids.laterPeople,
    idsBefore.earlierPeople,
    idsBefore.laterPeople,
  ])
    to.onClick(id, groupPage, async ({ actor, carried: { cohortId, page }, answer }) =>
      answer(await peopleAnswer(actor, cohortId, page)),
    );

  to.onClick(ids.remove, listedMember, async ({ actor, carried, answer }) => {
    const { cohortId, personId, page } = carried;
    const outcome = await removeMember(deps, { actor, cohortId, personId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    const receipt = removeReceipt(outcome, await findPerson(db, personId));
    await answer(await peopleAnswer(actor, cohortId, page, receipt));
  });

  for (const id of [ids.putBack, idsBefore.putBack])
    to.onClick(id, removedMember, async ({ actor, carried: { cohortId, personId }, answer }) => {
      const person = await findPerson(db, personId);
      const outcome = await addMembers(deps, { actor, cohortId, people: person ? [person] : [] });
      if (outcome.kind === 'not-allowed') return answer(notAllowed);
      if (outcome.kind === 'archived') return answer(await cardAnswer(deps, actor, cohortId));
      const { text } = additionReceipt(outcome, { byName: true });
      await answer(await peopleAnswer(actor, cohortId, 0, { text }));
    });

  to.onClick(ids.leave, async ({ actor, value: cohortId, answer }) => {
    const outcome = await leaveCohort(deps, { actor, cohortId });
    await answer(leaveAnswer(outcome, usableZone(actor.person.timeZone, deps.timeZone)));
  });

  to.onClick(ids.rejoin, async ({ actor, value: cohortId, answer }) =>
    answer(rejoinAnswer(await rejoinCohort(deps, { actor, cohortId }))),
  );
}
