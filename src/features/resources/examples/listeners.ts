import { may } from '../../../community/permissions.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import { nobodyIsAlerted, urgentAfterWriting } from '../../../safeguarding/signposts.ts';
import type { Routes } from '../../../slack/routes.ts';
import { identifyingFields } from '../catalogue/identifying.ts';
import { receiptOf } from '../changing/views.ts';
import { longestWords } from '../curating/notes.ts';
import { queueItem } from '../curating/queue/place.ts';
import { showQueue } from '../curating/queue/show.ts';
import { gone } from '../curating/queue/views.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { acceptExample, declineExample } from './examples.ts';
import { findExample } from './store.ts';
import {
  declined,
  declineExampleForm,
  declineExampleView,
  exampleForm,
  judgeView,
  nobodyRecognised,
  notAsItIs,
  published,
} from './views.ts';

/** Practice examples that wait: read, published or declined. */
export function listenToExamples(to: Routes, deps: Deps): void {
  const { db, vault, kept } = deps;
  to.onClick(ids.judgeExample, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    const example = may(actor, 'resources.curate') ? await findExample(db, vault, id) : undefined;
    if (!example) return answer(await showQueue(deps, actor, at, gone));
    await replace(judgeView(example, at, kept.vocabulary));
  });
  to.onClick(ids.declineExample, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    const example = may(actor, 'resources.curate') ? await findExample(db, vault, id) : undefined;
    if (!example) return answer(await showQueue(deps, actor, at, gone));
    await replace(declineExampleView(example, at));
  });
  to.onSend(exampleForm, async ({ actor, carried: { id, at }, values, refuse, answer }) => {
    const { title, summary, topics, ages, readers } = values;
    const fields = { title, summary, topics, age_groups: ages, audience: readers };
    const [doubtful] = identifyingFields({ title, summary }, { allowed: deps.allowed });
    if (doubtful)
      return refuse({
        [doubtful.field === 'title' ? 'title' : 'summary']: nobodyRecognised(doubtful.findings),
      });
    const outcome = await acceptExample(deps, actor, { id, fields });
    if (outcome.kind === 'problems') return refuse(Object.values(outcome.problems)[0] ?? notAsItIs);
    await answer(await showQueue(deps, actor, at, receiptOf(outcome, published)));
  });
  // What was chosen and typed stays: the inputs keep their ids.
  to.onClick(ids.keepExampleWords, async ({ actor, window, replace, answer }) => {
    const carried = window && declineExampleForm.carries?.open(window.metadata);
    if (!carried) return;
    const { id, at } = carried;
    const example = may(actor, 'resources.curate') ? await findExample(db, vault, id) : undefined;
    if (!example) return answer(await showQueue(deps, actor, at, gone));
    await replace(declineExampleView(example, at, { isKept: true }));
  });
  to.onSend(declineExampleForm, async ({ actor, carried: { id, at, doubt }, values, show, answer }) => {
    const looked = lookThrough(kept, doubt, { words: values.words }, { words: longestWords });
    if (looked.kind === 'doubtful') {
      const example = may(actor, 'resources.curate') ? await findExample(db, vault, id) : undefined;
      if (!example) return answer(await showQueue(deps, actor, at, gone));
      return show(declineExampleView(example, at, { findings: looked.findings }));
    }
    const { kind } = await declineExample(deps, actor, { id, reason: values.reason, ...looked.texts });
    const urgent = urgentAfterWriting(kept.signposts, [looked.texts.words], nobodyIsAlerted);
    const receipt = kind === 'declined' ? { text: declined, urgent } : gone;
    await answer(await showQueue(deps, actor, at, receipt));
  });
}
