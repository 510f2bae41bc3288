import { z } from 'zod';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { packedEntry } from '../finding/place.ts';
import { showPage } from '../finding/show.ts';
import { ids } from '../ids.ts';
import { longestNote, notesOn, writeNote } from './note.ts';
import { rate, verdicts } from './rate.ts';
import { putBack, save, unsave } from './save.ts';
import { noteDialog, noteForm, noteReceipt, packedNote, rateReceipt, removed, saveReceipt } from './views.ts';

const choice = z.enum(['save', 'unsave', 'note', ...verdicts]);

/** The menu beside an entry. What was done is said in the list, right below the entry. */
export function listenToKeeping(to: Routes, deps: Deps): void {
  to.onClick(ids.about, async ({ actor, value, blockId, answer, replace }) => {
    const entry = packedEntry.open(blockId);
    const chosen = choice.safeParse(value.split(':')[0]).data;
    if (!entry || chosen === undefined) return;
    const { resourceId, place } = entry;
    if (chosen === 'note') {
      const note = (await notesOn(deps, actor.person.id, [resourceId])).get(resourceId);
      const title = deps.live.now.byId.get(resourceId)?.title ?? 'This resource';
      const text = note?.kind === 'note' ? note.text : '';
      return replace(noteDialog({ resourceId, from: place.from, title, text }));
    }
    const act = async (verb: Exclude<z.output<typeof choice>, 'note'>) => {
      if (verb === 'save') return saveReceipt(await save(deps, actor, resourceId));
      if (verb !== 'unsave') return rateReceipt(await rate(deps, actor, resourceId, verb), verb);
      await unsave(deps, actor, resourceId);
      return removed(deps.live.now.byId.get(resourceId)?.title);
    };
    const text = await act(chosen);
    const canPutBack = chosen === 'unsave';
    await answer(await showPage(deps, actor, place, { resourceId, text, canPutBack }));
  });

  to.onClick(ids.putBack, packedEntry, async ({ actor, carried: { resourceId, place }, answer }) => {
    const text = saveReceipt(await putBack(deps, actor, resourceId));
    await answer(await showPage(deps, actor, place, { resourceId, text }));
  });

  listenToNotes(to, deps);
}

/** A note is checked for what could identify somebody, as everything that people write. */
function listenToNotes(to: Routes, deps: Deps): void {
  const look = (text: string): Finding[] => {
    const seen = checkBeforeSaving(text, deps);
    return seen.kind === 'found' ? seen.findings : [];
  };
  const titleOf = (resourceId: string) => deps.live.now.byId.get(resourceId)?.title ?? 'This resource';

  // What was typed stays: the input keeps its id.
  to.onClick(ids.keepNote, async ({ window, replace }) => {
    const carried = window && packedNote.open(window.metadata);
    if (carried) await replace(noteDialog({ ...carried, title: titleOf(carried.resourceId), isKept: true }));
  });

  to.onSend(noteForm, async ({ actor, values, carried, show, answer }) => {
    const { resourceId, from, doubt } = carried;
    const findings = doubt === 'kept' ? [] : look(values.note);
    if (findings.length > 0 && doubt === 'none') {
      await show(noteDialog({ resourceId, from, title: titleOf(resourceId), findings }));
      return;
    }
    const text = maskIdentifiers(values.note, findings, longestNote);
    const receipt = noteReceipt(await writeNote(deps, actor, resourceId, text));
    await answer(await showPage(deps, actor, { list: 'saved', of: '', from }, { resourceId, text: receipt }));
  });
}
