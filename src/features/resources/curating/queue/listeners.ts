import { type Actor, may } from '../../../../community/permissions.ts';
import { wantedPage } from '../../../../slack/paging.ts';
import type { Routes } from '../../../../slack/routes.ts';
import { findEntry, saveEntry, setRetired, settleClash } from '../../catalogue/change.ts';
import { pageDialog } from '../../changing/forms.ts';
import { entryDone, type Receipt, receiptOf } from '../../changing/views.ts';
import type { Deps } from '../../deps.ts';
import { ids } from '../../ids.ts';
import { findLinkCheck, visitSoon } from '../../links/store.ts';
import * as store from '../../store.ts';
import { answerNotOurs } from '../answering/answer.ts';
import { listenToPhrases } from '../answering/listeners.ts';
import { saidNotOurs } from '../answering/views.ts';
import { listenToDeclines } from '../declining/listeners.ts';
import { markContact, markFine } from '../look.ts';
import { listenToUndo } from '../undoing/listeners.ts';
import { whySuggested } from '../why.ts';
import { packedMissed, packedVersion, queueItem } from './place.ts';
import { showQueue } from './show.ts';
import { clashSettled, contactMarked, gone, notVisited, visitedSoon } from './views.ts';

/** What waits for curators, and everything that can be done about it. */
export function listenToQueue(to: Routes, deps: Deps): void {
  to.onClick(ids.queue, queueItem, async ({ actor, carried: { show, page }, answer }) =>
    answer(await showQueue(deps, actor, { show, page })),
  );
  // What stood in App Home before there was a queue.
  to.onClick(ids.curate, async ({ actor, value, answer }) =>
    answer(await showQueue(deps, actor, { show: 'suggestions', page: wantedPage(value) })),
  );

  /** One press about one thing of the queue; afterwards the queue is there again. */
  const press = (id: string, act: (actor: Actor, id: string) => Promise<Receipt>): void =>
    to.onClick(id, queueItem, async ({ actor, carried: { id: of, ...at }, answer }) =>
      answer(await showQueue(deps, actor, at, await act(actor, of))),
    );

  press(ids.checkedInQueue, async (actor, id) =>
    receiptOf(await markFine(deps, actor, id), entryDone.lookedAt),
  );
  press(ids.retireInQueue, async (actor, entryId) =>
    receiptOf(await setRetired(deps, actor, { entryId, isRetired: true }), entryDone.retired),
  );
  press(ids.takeNewAddress, async (actor, entryId) => {
    const found = await findEntry(deps, entryId);
    const check = found?.entry.url === undefined ? undefined : await findLinkCheck(deps.db, found.entry.url);
    const movedTo = check?.movedTo;
    if (!found || movedTo === undefined) return gone;
    const { version } = found;
    const outcome = await saveEntry(deps, actor, { entryId, version, change: { url: movedTo } });
    return receiptOf(outcome, entryDone.newAddress);
  });
  press(ids.lookAgain, async (actor, entryId) => {
    const found = await findEntry(deps, entryId);
    if (found?.entry.url === undefined || !may(actor, 'resources.curate')) return gone;
    if (!deps.outside) return notVisited;
    await visitSoon(deps.db, found.entry.url, deps.clock.now());
    return visitedSoon;
  });
  for (const [id, keep] of [
    [ids.keepOurs, 'ours'],
    [ids.takeFiles, 'files'],
  ] as const)
    press(id, async (actor, of) => {
      const named = packedVersion.open(of);
      return named ? receiptOf(await settleClash(deps, actor, { ...named, keep }), clashSettled[keep]) : gone;
    });
  for (const [id, isWrong] of [
    [ids.contactChecked, false],
    [ids.contactWrong, true],
  ] as const)
    press(id, async (actor, contactId) => {
      const { kind } = await markContact(deps, actor, { contactId, isWrong });
      const file = deps.kept.signposts.others?.some((one) => one.id === contactId)
        ? 'pathways'
        : 'signposting';
      return kind === 'marked' ? contactMarked(contactId, { isWrong, file }) : gone;
    });
  press(ids.notOurs, async (actor, of) => {
    const missed = packedMissed.open(of);
    if (!missed) return gone;
    const { kind } = await answerNotOurs(deps, actor, missed);
    return kind === 'answered' ? saidNotOurs(missed) : gone;
  });

  to.onClick(ids.accept, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    const suggestion = may(actor, 'resources.curate') ? await store.findSuggestion(deps.db, id) : undefined;
    if (suggestion?.status !== 'waiting') return answer(await showQueue(deps, actor, at, gone));
    const { title, url } = suggestion;
    const carry = { at, cause: { suggestion: id } };
    const above = await whySuggested(deps, actor, carry);
    return replace(pageDialog({ carry, entry: { title, url }, above }));
  });

  listenToDeclines(to, deps);
  listenToPhrases(to, deps);
  listenToUndo(to, deps);
}
