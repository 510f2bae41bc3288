import type { View } from '@slack/types';
import type { Cohort } from '../../community/cohorts.ts';
import type { Actor } from '../../community/permissions.ts';
import { listOwnFacilitators } from '../../community/roles.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { Click, Routes } from '../../slack/routes.ts';
import { cardAnswer, groupsAnswer } from './answers.ts';
import { addChannelDialog, channelDialog } from './channels/views.ts';
import { closedDialog } from './closed/views.ts';
import type { CohortsDeps } from './deps.ts';
import { ids, idsBefore } from './ids.ts';
import { importDialogFor } from './importing/listeners.ts';
import { editDialog, facilitatorsDialog } from './managing/views.ts';
import { addDialog } from './members/views.ts';
import { readArchived, readManaged } from './read.ts';
import { archivedList, formChoice, notAllowed } from './views.ts';

/** The groups somebody runs or is in, and the card of each. */
export function listenToLists(to: Routes, deps: CohortsDeps): void {
  for (const id of [ids.list, ids.earlier, ids.later])
    to.onClick(id, async ({ actor, value, answer }) =>
      answer(await groupsAnswer(deps, actor, wantedPage(value))),
    );
  to.onClick(ids.open, async ({ actor, value, answer }) => answer(await cardAnswer(deps, actor, value)));
  to.onClick(ids.archived, async ({ actor, value, answer }) =>
    answer(archivedList(await readArchived(deps, actor, wantedPage(value)), deps.vocabulary)),
  );
}

/** The forms about one group, by button and in the card's menu. Rights are asked for again when they are sent. */
export function listenToForms(to: Routes, deps: CohortsDeps): void {
  const { db, vocabulary } = deps;
  const draw: Record<string, (cohort: Cohort, actor: Actor) => View | Promise<View>> = {
    [ids.add]: addDialog,
    [ids.addChannel]: addChannelDialog,
    [idsBefore.addChannel]: addChannelDialog,
    [ids.channel]: channelDialog,
    [ids.closed]: (cohort) => closedDialog(cohort, localDate(deps.clock.now(), deps.timeZone)),
    [ids.edit]: (cohort) => editDialog(cohort.id, vocabulary, cohort),
    [ids.facilitators]: async (cohort) =>
      facilitatorsDialog(cohort, await listOwnFacilitators(db, cohort.id)),
  };
  const open = async (form: string, cohortId: string, { actor, answer, replace }: Click): Promise<void> => {
    const cohort = await readManaged(deps, actor, cohortId);
    const view = cohort && (await draw[form]?.(cohort, actor));
    await (view ? replace(view) : answer(notAllowed));
  };
  for (const id of Object.keys(draw)) to.onClick(id, (click) => open(id, click.value, click));
  // Without a group too, elsewhere: so its own button is listened to with the imports.
  draw[ids.import] = ({ id }, actor) => importDialogFor(deps, actor, id);
  to.onClick(ids.more, formChoice, ({ carried: { form, cohortId }, ...click }) =>
    open(form, cohortId, click),
  );
}
