import { type Actor, may } from '../../../../community/permissions.ts';
import { lookThrough } from '../../../../safeguarding/look-through.ts';
import { nobodyIsAlerted, urgentAfterWriting } from '../../../../safeguarding/signposts.ts';
import type { Routes } from '../../../../slack/routes.ts';
import type { Deps } from '../../deps.ts';
import { ids } from '../../ids.ts';
import * as store from '../../store.ts';
import { declineAllOf, declineSuggestion } from '../decide.ts';
import { longestWords } from '../notes.ts';
import { queueItem } from '../queue/place.ts';
import { showQueue } from '../queue/show.ts';
import { gone } from '../queue/views.ts';
import { listWaitingOf } from '../suggest.ts';
import { declined, declinedAll, declineForm, declineView, wordsForNobody } from './views.ts';

/** Suggestions that are not for this catalogue, one or all of somebody's. */
export function listenToDeclines(to: Routes, deps: Deps): void {
  /** What waits, with all that is answered with it; undefined for whoever may not see it. */
  const findWaiting = async (actor: Actor, id: string, isAll: boolean) => {
    const suggestion = may(actor, 'resources.curate') ? await store.findSuggestion(deps.db, id) : undefined;
    if (suggestion?.status !== 'waiting') return undefined;
    const together = isAll
      ? await listWaitingOf(deps, suggestion.personId)
      : await store.listTogether(deps.db, suggestion);
    return { suggestion, together };
  };
  for (const [button, isAll] of [
    [ids.decline, false],
    [ids.declineAll, true],
  ] as const)
    to.onClick(button, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
      const waiting = await findWaiting(actor, id, isAll);
      if (!waiting) return answer(await showQueue(deps, actor, at, gone));
      return replace(declineView(waiting.suggestion, { at, isAll }, waiting));
    });
  // What was chosen and typed stays: the inputs keep their ids.
  to.onClick(ids.keepDeclineWords, async ({ actor, window, replace, answer }) => {
    const carried = window && declineForm.carries?.open(window.metadata);
    if (!carried) return;
    const { id, at, isAll } = carried;
    const waiting = await findWaiting(actor, id, isAll);
    if (!waiting) return answer(await showQueue(deps, actor, at, gone));
    return replace(declineView(waiting.suggestion, { at, isAll }, { ...waiting, isKept: true }));
  });
  to.onSend(declineForm, async ({ actor, carried, values, refuse, show, answer }) => {
    const { id, at, isAll, doubt } = carried;
    const { reason } = values;
    if (reason === 'silent' && values.words !== '') return refuse({ words: wordsForNobody });
    const looked = lookThrough(deps.kept, doubt, { words: values.words }, { words: longestWords });
    if (looked.kind === 'doubtful') {
      const waiting = await findWaiting(actor, id, isAll);
      if (!waiting) return answer(await showQueue(deps, actor, at, gone));
      const { findings } = looked;
      return show(declineView(waiting.suggestion, { at, isAll }, { ...waiting, findings }));
    }
    const { words } = looked.texts;
    const urgent = urgentAfterWriting(deps.kept.signposts, [words], nobodyIsAlerted);
    const done = { id, reason, urgent };
    if (isAll) {
      const all = await declineAllOf(deps, actor, { id, reason, words });
      return answer(
        await showQueue(deps, actor, at, all.kind === 'declined' ? declinedAll(all, done) : gone),
      );
    }
    const outcome = await declineSuggestion(deps, actor, { id, reason, words });
    const receipt = outcome.kind === 'decided' ? declined(outcome, done) : gone;
    await answer(await showQueue(deps, actor, at, receipt));
  });
}
