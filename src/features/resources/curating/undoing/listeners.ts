import type { Actor } from '../../../../community/permissions.ts';
import type { Routes } from '../../../../slack/routes.ts';
import { takeBack } from '../../catalogue/change.ts';
import { takeBackPhrase } from '../../catalogue/phrase.ts';
import { showEntry } from '../../changing/listeners.ts';
import type { Receipt, Undo } from '../../changing/views.ts';
import type { Deps } from '../../deps.ts';
import { ids } from '../../ids.ts';
import { undoImport } from '../../importing/import.ts';
import { undoneImport } from '../../importing/views.ts';
import { reopenMissed } from '../answering/answer.ts';
import { reopenSuggestion } from '../decide.ts';
import { unmarkContact } from '../look.ts';
import { packedVersion, queueItem } from '../queue/place.ts';
import { showQueue } from '../queue/show.ts';
import { gone } from '../queue/views.ts';
import { contactUnmarked, missedReopened, phraseTakenBack, suggestionReopened, takenBack } from './views.ts';

/** Takes the last thing back, and shows what it was done to. */
export function listenToUndo(to: Routes, deps: Deps): void {
  to.onClick(`${ids.undo}version`, queueItem, async ({ actor, carried: { id, ...at }, answer }) => {
    const named = packedVersion.open(id);
    if (!named) return;
    const outcome = await takeBack(deps, actor, named);
    const receipt = takenBack(outcome, named.entryId);
    const isThere = outcome.kind === 'taken-back' && outcome.entry !== undefined;
    await answer(
      isThere
        ? await showEntry(deps, actor, named.entryId, at, receipt)
        : await showQueue(deps, actor, at, receipt),
    );
  });
  const undo = <Done extends { kind: string }>(
    what: Exclude<Undo['what'], 'version'>,
    act: (actor: Actor, id: string) => Promise<Done | { kind: 'gone' | 'not-allowed' }>,
    undone: (done: Done) => Receipt,
  ) =>
    to.onClick(`${ids.undo}${what}`, queueItem, async ({ actor, carried: { id, ...at }, answer }) => {
      const outcome = await act(actor, id);
      const isDone = (one: typeof outcome): one is Done => one.kind !== 'gone' && one.kind !== 'not-allowed';
      await answer(await showQueue(deps, actor, at, isDone(outcome) ? undone(outcome) : gone));
    });
  undo('phrase', (actor, key) => takeBackPhrase(deps, actor, key), phraseTakenBack);
  undo('suggestion', (actor, id) => reopenSuggestion(deps, actor, id), suggestionReopened);
  undo('miss', (actor, word) => reopenMissed(deps, actor, { word }), missedReopened);
  undo('question', (actor, question) => reopenMissed(deps, actor, { question }), missedReopened);
  undo(
    'contact',
    (actor, id) => unmarkContact(deps, actor, id),
    () => contactUnmarked,
  );
  undo('import', (actor, id) => undoImport(deps, actor, id), undoneImport);
}
