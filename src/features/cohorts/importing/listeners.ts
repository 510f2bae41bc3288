import type { View } from '@slack/types';
import { listManagedCohorts } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Answer } from '../../../slack/answer.ts';
import type { Routes, Sent } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import type { CohortsDeps } from '../deps.ts';
import { ids, idsBefore } from '../ids.ts';
import { groupPage, notAllowed } from '../views.ts';
import { forgetExpected, readExpected } from './expected.ts';
import {
  confirmImport,
  draftFile,
  draftImport,
  dropDraft,
  groupNames,
  importProgress,
  readDraft,
} from './import.ts';
import { lookUpDraft, startLookUps } from './lookups.ts';
import {
  confirmForm,
  confirmWindow,
  type DryRun,
  draftPage,
  draftPeople,
  draftPeopleShown,
  dryRunView,
  expectedList,
  expectedOne,
  forgottenBefore,
  forgottenReceipt,
  importDialog,
  importForm,
  importingNow,
  importWindow,
  listGone,
  lookingUp,
  printOf,
  progressAnswer,
  readingFile,
  sourceProblem,
  whyUnreadable,
} from './views.ts';

const mayLeaveOut = (actor: Actor): boolean => may(actor, 'cohorts.create');

/** @param chosen the group for lines that name none. @param problem why the list was not read. */
export const importDialogFor = async (
  deps: CohortsDeps,
  actor: Actor,
  chosen: string | undefined,
  problem?: string,
): Promise<View> =>
  importDialog({
    cohorts: await listManagedCohorts(deps.db, actor),
    mayLeaveOut: mayLeaveOut(actor),
    chosen,
    expectedDays: deps.retention['expected-trainees'].days,
    problem,
  });

/** Trainees who are not in Slack yet: bringing a list, looking at what it would do, and who is still expected. */
export function listenToImports(to: Routes, deps: CohortsDeps): void {
  const expectedDays = deps.retention['expected-trainees'].days;
  to.onClick(ids.import, async ({ actor, value, answer, replace }) =>
    may(actor, 'trainees.import') ? replace(await importDialogFor(deps, actor, value)) : answer(notAllowed),
  );

  to.onSend(importWindow, async ({ actor, window, refuse, show, answer }) => {
    const read = window.read(importForm(mayLeaveOut(actor)));
    if (read.kind === 'problems') return refuse(read.problems);
    const { text, file, cohort: cohortId } = read.values;
    const problem = sourceProblem(text, file);
    if (problem) return refuse(problem);
    if (file) {
      await show(readingFile());
      const outcome = await draftFile(deps, { actor, file, cohortId });
      if (outcome.kind === 'draft') return showDryRun(actor, show, { ...outcome, text: undefined, cohortId });
      if (outcome.kind === 'not-allowed') return answer(notAllowed);
      return show(await importDialogFor(deps, actor, cohortId, whyUnreadable(outcome)));
    }
    const outcome = await draftImport(deps, { actor, text, cohortId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    if (outcome.kind !== 'draft') return refuse({ text: whyUnreadable(outcome) });
    await show(lookingUp());
    await showDryRun(actor, show, { ...outcome, text, cohortId });
  });

  async function showDryRun(
    actor: Actor,
    show: Sent<never>['show'],
    draft: Omit<DryRun, 'here' | 'lookedUp' | 'groups'>,
  ): Promise<void> {
    const { importId } = draft;
    const groups = await groupNames(deps.db);
    const looked = { ...draft, groups, ...(await lookUpDraft(deps, importId)) };
    const isWanted = await show(dryRunView(looked, expectedDays));
    // Closed meanwhile: then it was not wanted.
    if (!isWanted) await dropDraft(deps, { actor, importId });
  }

  to.onSend(confirmWindow, async ({ actor, carried, window, show, answer, refuse }) => {
    const { importId, cohortId, print } = carried;
    const { newGroups, text = '' } = window.read(confirmForm).partly;
    if (print !== '' && printOf(text) !== print)
      return checkAgain({ actor, importId, text, cohortId: cohortId || undefined, show, answer, refuse });
    await show(importingNow());
    // Nothing is asked, and so nothing answered, where every group is there already.
    const makeGroups = newGroups !== 'leave-out';
    const outcome = await confirmImport(deps, { actor, importId, makeGroups });
    if (outcome.kind !== 'confirmed') return answer(listGone);
    await startLookUps(deps, importId);
    await answer(await progressOf(actor, importId));
  });

  /** The list was put right where it was shown: what it was before is dropped once it can be read. */
  async function checkAgain({
    actor,
    importId,
    text,
    cohortId,
    show,
    answer,
    refuse,
  }: Pick<Sent<never>, 'actor' | 'show' | 'answer' | 'refuse'> & {
    importId: string;
    text: string;
    cohortId: string | undefined;
  }): Promise<void> {
    const outcome = await draftImport(deps, { actor, text, cohortId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    if (outcome.kind !== 'draft') return refuse({ [confirmForm.blockOf('text')]: whyUnreadable(outcome) });
    await show(lookingUp());
    await dropDraft(deps, { actor, importId });
    await showDryRun(actor, show, { ...outcome, text, cohortId });
  }

  to.onClose(confirmWindow, ({ actor, carried: { importId } }) => dropDraft(deps, { actor, importId }));

  const draftAnswer = async (actor: Actor, importId: string, wanted: number): Promise<Answer> => {
    const page = await readDraft(deps, { actor, importId, wanted, size: draftPeopleShown });
    return page ? draftPeople(page) : listGone;
  };
  to.onClick(ids.draftPeople, draftPage, async ({ actor, carried: { importId, page }, beside }) =>
    beside(await draftAnswer(actor, importId, page)),
  );
  for (const id of [ids.earlierDraftPeople, ids.laterDraftPeople])
    to.onClick(id, draftPage, async ({ actor, carried: { importId, page }, answer }) =>
      answer(await draftAnswer(actor, importId, page)),
    );

  for (const id of [ids.importState, idsBefore.importState])
    to.onClick(id, async ({ actor, value, answer }) => answer(await progressOf(actor, value)));

  async function progressOf(actor: Actor, importId: string): Promise<Answer> {
    const progress = await importProgress(deps, { actor, importId });
    return progress ? progressAnswer(progress, expectedDays) : listGone;
  }

  const expectedAnswer = async (
    actor: Actor,
    cohortId: string | undefined,
    wanted: number,
    receipt?: Mrkdwn,
  ): Promise<Answer> => {
    const page = await readExpected(deps, { actor, cohortId, wanted });
    return page ? expectedList(page, expectedDays, receipt) : notAllowed;
  };

  for (const id of [
    ids.expected,
    ids.earlierExpected,
    ids.laterExpected,
    idsBefore.earlierExpected,
    idsBefore.laterExpected,
  ])
    to.onClick(id, groupPage, async ({ actor, carried: { cohortId, page }, answer }) =>
      answer(await expectedAnswer(actor, cohortId || undefined, page)),
    );

  to.onClick(ids.forget, expectedOne, async ({ actor, carried: { id, page }, answer }) => {
    const outcome = await forgetExpected(deps, { actor, id });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    if (outcome.kind === 'gone') return answer(forgottenBefore);
    await answer(await expectedAnswer(actor, outcome.cohortId, page, forgottenReceipt));
  });
}
