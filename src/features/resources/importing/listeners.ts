import { may } from '../../../community/permissions.ts';
import type { Routes } from '../../../slack/routes.ts';
import { queueItem } from '../curating/place.ts';
import { forCurators } from '../curating/views.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { confirmImport, draftFile, draftImport, dropImport } from './import.ts';
import {
  confirmForm,
  dryRun,
  importDialog,
  importedAnswer,
  importForm,
  readingList,
  sourceProblem,
  whyUnreadable,
} from './views.ts';

/** Bringing a list of entries: first what would happen, then it. */
export function listenToImports(to: Routes, deps: Deps): void {
  to.onClick(ids.openImport, queueItem, async ({ actor, carried: { id: _id, ...at }, replace, answer }) =>
    may(actor, 'resources.curate') ? replace(importDialog(at)) : answer(forCurators),
  );

  to.onSend(importForm, async ({ actor, carried: { at }, values, refuse, show, answer }) => {
    const { file, text } = values;
    const problem = sourceProblem(text, file);
    if (problem) return refuse(problem);
    if (file) await show(readingList());
    const outcome = file ? await draftFile(deps, actor, file) : await draftImport(deps, actor, text);
    if (outcome.kind === 'not-allowed') return answer(forCurators);
    if (outcome.kind !== 'draft') {
      const why = whyUnreadable(outcome);
      return file ? void (await show(importDialog(at, why))) : refuse({ text: why });
    }
    // Closed meanwhile: then it was not wanted.
    if (!(await show(dryRun(outcome, at)))) await dropImport(deps, actor, outcome.importId);
  });

  to.onSend(confirmForm, async ({ actor, carried: { at, id }, answer }) =>
    answer(importedAnswer(await confirmImport(deps, actor, id), at)),
  );
  to.onClose(confirmForm, ({ actor, carried: { id } }) => dropImport(deps, actor, id));
}
