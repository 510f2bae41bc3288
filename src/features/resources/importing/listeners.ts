import { may } from '../../../community/permissions.ts';
import type { Routes } from '../../../slack/routes.ts';
import { queueItem } from '../curating/queue/place.ts';
import { forCurators } from '../curating/views.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { confirmImport, draftAgain, draftFile, draftImport, findKeptList } from './import.ts';
import {
  confirmForm,
  dryRun,
  importDialog,
  importedAnswer,
  importForm,
  keptListGone,
  readingList,
  sourceProblem,
  whyUnreadable,
} from './views.ts';

/** Bringing a list of entries: first what would happen, then it. */
export function listenToImports(to: Routes, deps: Deps): void {
  to.onClick(ids.openImport, queueItem, async ({ actor, carried: { id: _id, ...at }, replace, answer }) =>
    may(actor, 'resources.curate')
      ? replace(importDialog(at, { kept: await findKeptList(deps, actor) }))
      : answer(forCurators),
  );
  to.onClick(ids.importAgain, queueItem, async ({ actor, carried: { id: _id, ...at }, replace, answer }) => {
    const outcome = await draftAgain(deps, actor);
    if (outcome.kind === 'not-allowed') return answer(forCurators);
    return replace(
      outcome.kind === 'draft' ? dryRun(outcome, at) : importDialog(at, { problem: keptListGone }),
    );
  });

  to.onSend(importForm, async ({ actor, carried: { at }, values, refuse, show, answer }) => {
    const { file } = values;
    // What stood there from before is left aside for a file that was chosen.
    const isKept = file && values.text === (await findKeptList(deps, actor))?.text;
    const text = isKept ? '' : values.text;
    const problem = sourceProblem(text, file);
    if (problem) return refuse(problem);
    if (file) await show(readingList());
    const outcome = file ? await draftFile(deps, actor, file) : await draftImport(deps, actor, text);
    if (outcome.kind === 'not-allowed') return answer(forCurators);
    if (outcome.kind !== 'draft') {
      const why = whyUnreadable(outcome);
      return file ? void (await show(importDialog(at, { problem: why }))) : refuse({ text: why });
    }
    await show(dryRun(outcome, at));
  });

  to.onSend(confirmForm, async ({ actor, carried: { at, id }, values: { withDoubtful }, answer }) =>
    answer(importedAnswer(await confirmImport(deps, actor, { importId: id, withDoubtful }), { at, id })),
  );
}
