import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { listManagedCohorts } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actorIn } from '../../../slack/legacy.ts';
import { openInPlace, updateModal } from '../../../slack/modals.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { CohortsDeps } from '../deps.ts';
import { type FormFile, partsOf } from '../form-state.ts';
import { actionIds, blockIds, callbackIds } from '../ids.ts';
import { onClick } from '../listeners.ts';
import { onSend } from '../managing/listeners.ts';
import { busyView } from '../managing/views.ts';
import { peopleAPage } from '../members/views.ts';
import { clampPage, readManaged } from '../read.ts';
import { asModal } from '../show.ts';
import { notAllowed, said } from '../views.ts';
import { decodeText } from './csv.ts';
import { downloadFile } from './files.ts';
import {
  confirmImport,
  type DraftOutcome,
  draftImport,
  dropDraft,
  forgetExpected,
  importProgress,
  maySeeExpected,
} from './import.ts';
import { lookUpDraft, startLookUps } from './lookups.ts';
import { listExpectedPage } from './store.ts';
import {
  type DryRun,
  dryRunView,
  expectedList,
  importForm,
  maxFileBytes,
  progressAnswer,
  whyUnreadable,
} from './views.ts';

const gone = (): Answer =>
  said(mrkdwn`This list is not there any more, and nothing was imported. Please import it again.`);

export function listenToImports(app: App, deps: CohortsDeps): void {
  onClick(app, actionIds.import, async ({ actor, value, body, client, answer }) => {
    if (!may(actor, 'trainees.import')) return answer(notAllowed());
    await openInPlace(body, client, await formFor(deps, actor, { chosen: value }));
  });

  onSend(app, callbackIds.import, async ({ actor, form, ack, client, viewId }) => {
    const text = form.text(blockIds.text);
    const file = form.file(blockIds.file);
    const cohortId = form.choice(blockIds.cohort);
    const refuse = (block: string, message: string) =>
      ack({ response_action: 'errors', errors: { [block]: message } });
    if (text.trim() === '' && !file)
      return refuse(blockIds.text, 'Please paste a list here, or choose a CSV file below.');
    if (text.trim() !== '' && file)
      return refuse(blockIds.file, 'Please use one of the two: the pasted list or the file.');
    if (file) {
      if ((file.size ?? 0) > maxFileBytes) return refuse(blockIds.file, tooBig);
      await ack({ response_action: 'update', view: busyView(mrkdwn`Reading the file …`, stayHere) });
      return readFile(deps, { actor, file, cohortId, client, viewId });
    }
    const outcome = await draftImport(deps, { actor, text, cohortId });
    if (outcome.kind === 'not-allowed')
      return ack({ response_action: 'update', view: asModal(notAllowed()) });
    if (outcome.kind !== 'draft') return refuse(blockIds.text, whyUnreadable(outcome));
    await ack({
      response_action: 'update',
      view: busyView(mrkdwn`Looking up who is in Slack already …`, stayHere),
    });
    await showDryRun(deps, { actor, outcome, client, viewId });
  });

  onSend(app, callbackIds.confirmImport, async ({ actor, id, form, ack, client, show }) => {
    await ack({ response_action: 'update', view: busyView(mrkdwn`Importing …`) });
    const makeGroups = form.choice(blockIds.newGroups) !== 'leave-out';
    const outcome = await confirmImport(deps, { actor, importId: id, makeGroups });
    if (outcome.kind !== 'confirmed') return show(gone());
    await startLookUps(deps, id);
    const progress = await importProgress(deps, { actor, importId: id });
    await show(progress ? progressAnswer(progress) : gone());
  });

  app.view(
    { callback_id: callbackIds.confirmImport, type: 'view_closed' },
    async ({ ack, view, context }) => {
      await ack();
      await dropDraft(deps, { actor: actorIn(context), importId: view.private_metadata });
    },
  );

  onClick(app, actionIds.importState, async ({ actor, value, answer }) => {
    const progress = await importProgress(deps, { actor, importId: value });
    await answer(progress ? progressAnswer(progress) : gone());
  });

  onClick(
    app,
    [actionIds.expected, actionIds.earlierExpected, actionIds.laterExpected],
    async ({ actor, value, answer }) => {
      const { id, page } = partsOf(value);
      await answer(await expectedAnswer(deps, actor, id || undefined, page));
    },
  );
  onClick(app, actionIds.forget, async ({ actor, value, answer }) => {
    const { id, page } = partsOf(value);
    const outcome = await forgetExpected(deps, { actor, id });
    if (outcome.kind === 'not-allowed') return answer(notAllowed());
    if (outcome.kind === 'gone')
      return answer(said(mrkdwn`That address was deleted already; nothing changed.`));
    const receipt = mrkdwn`*Taken off the list.* The address is deleted.`;
    await answer(await expectedAnswer(deps, actor, outcome.cohortId, page, receipt));
  });
}

const tooBig =
  'This file has more than 2 MB. A list of 5,000 people is smaller; please save only the list as CSV.';
const stayHere = mrkdwn`Nothing is done before you have seen what would happen.`;

async function formFor(
  deps: CohortsDeps,
  actor: Actor,
  { chosen, problem }: { chosen?: string | undefined; problem?: string },
) {
  const cohorts = await listManagedCohorts(deps.db, actor);
  const mayLeaveOut = may(actor, 'cohorts.create');
  // With one group, and no other choice, it is that one.
  const preset = chosen ?? (mayLeaveOut || cohorts.length > 1 ? undefined : cohorts[0]?.id);
  return importForm(cohorts, preset, { mayLeaveOut, ...(problem && { problem }) });
}

type FileRequest = {
  actor: Actor;
  file: FormFile;
  cohortId: string | undefined;
  client: WebClient;
  viewId: string;
};

async function readFile(
  deps: CohortsDeps,
  { actor, file, cohortId, client, viewId }: FileRequest,
): Promise<void> {
  const again = async (problem: string): Promise<void> => {
    await updateModal(client, viewId, await formFor(deps, actor, { chosen: cohortId, problem }));
  };
  const address = file.address ?? (await client.files.info({ file: file.id })).file?.url_private_download;
  const answer = await downloadFile(client, deps.log, address ?? '');
  if (answer.kind === 'too-big') return again(tooBig);
  if (answer.kind === 'failed')
    return again(
      'Slack did not hand over the file. Please try again; if it happens twice, paste the list instead.',
    );
  const text = decodeText(answer.bytes);
  const outcome: DraftOutcome =
    text === undefined ? { kind: 'not-text' } : await draftImport(deps, { actor, text, cohortId });
  if (outcome.kind === 'not-allowed') {
    await updateModal(client, viewId, asModal(notAllowed()));
    return;
  }
  if (outcome.kind !== 'draft') return again(whyUnreadable(outcome));
  await showDryRun(deps, { actor, outcome, client, viewId });
}

async function showDryRun(
  deps: CohortsDeps,
  {
    actor,
    outcome,
    client,
    viewId,
  }: {
    actor: Actor;
    outcome: Extract<DraftOutcome, { kind: 'draft' }>;
    client: WebClient;
    viewId: string;
  },
): Promise<void> {
  const { importId } = outcome;
  const dryRun: DryRun = { ...outcome, ...(await lookUpDraft(deps, importId)) };
  // Closed meanwhile: then it was not wanted.
  if (!(await updateModal(client, viewId, dryRunView(dryRun)))) await dropDraft(deps, { actor, importId });
}

async function expectedAnswer(
  deps: CohortsDeps,
  actor: Actor,
  cohortId: string | undefined,
  wanted: number,
  receipt?: Parameters<typeof expectedList>[2],
): Promise<Answer> {
  const cohort = cohortId === undefined ? undefined : await readManaged(deps, actor, cohortId);
  if (!maySeeExpected(actor, cohortId) || (cohortId !== undefined && !cohort)) return notAllowed();
  const limit = peopleAPage;
  const { total } = await listExpectedPage(deps.db, cohortId, { offset: 0, limit: 1 });
  const page = clampPage(wanted, total, limit);
  const { rows } = await listExpectedPage(deps.db, cohortId, { offset: page * limit, limit });
  return expectedList(cohort, { rows, total, page }, receipt);
}
