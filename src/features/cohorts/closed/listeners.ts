import { localDate } from '../../../scheduler/calendar.ts';
import type { Routes } from '../../../slack/routes.ts';
import { tidyLine } from '../../../slack/text.ts';
import { cardAnswer } from '../answers.ts';
import type { CohortsDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { notAllowed } from '../views.ts';
import { closeDays, reopenDays } from './close.ts';
import { closedDays, closedDialog, closedForm, closedReceipt } from './views.ts';

/** Days on which a group is asked nothing. */
export function listenToClosed(to: Routes, deps: CohortsDeps): void {
  to.onSend(closedForm, async ({ actor, values, carried: cohortId, refuse, answer }) => {
    const { from, until } = values;
    const name = tidyLine(values.why);
    const outcome = await closeDays(deps, { actor, cohortId, from, until, name });
    if (outcome.kind === 'problems') return refuse(outcome.problems);
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    await answer(
      await cardAnswer(deps, actor, cohortId, closedReceipt({ from, until: until ?? from, name })),
    );
  });

  to.onClick(ids.reopenDays, closedDays, async ({ actor, carried, replace, answer }) => {
    const outcome = await reopenDays(deps, { actor, ...carried });
    if (outcome.kind !== 'changed') return answer(notAllowed);
    await replace(closedDialog(outcome.cohort, localDate(deps.clock.now(), deps.timeZone)));
  });
}
