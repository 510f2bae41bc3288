import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import { urgentAfterWriting } from '../../../safeguarding/signposts.ts';
import { type Answer, asModal } from '../../../slack/answer.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import type { Deps } from '../deps.ts';
import { readExampleView } from '../examples/views.ts';
import { packedEntry } from '../finding/place.ts';
import { showPage } from '../finding/show.ts';
import { ids } from '../ids.ts';
import { openShare } from '../sharing/listeners.ts';
import * as store from '../store.ts';
import { unnamed } from '../views.ts';
import { packedDeed } from './menu.ts';
import { longestNote, notesOn, writeNote } from './note.ts';
import { rate, type Verdict } from './rate.ts';
import { putBack, save, unsave } from './save.ts';
import {
  moreAbout,
  noEntry,
  noteDialog,
  noteForm,
  noteReceipt,
  packedNote,
  packedSaying,
  rateReceipt,
  removed,
  saveReceipt,
} from './views.ts';

/** The menu beside an entry. What was done is said in the list, right below the entry. */
export function listenToKeeping(to: Routes, deps: Deps): void {
  to.onClick(ids.about, packedDeed, async ({ carried: { deed }, ...click }) => {
    const { actor, blockId, answer, replace, open } = click;
    const entry = packedEntry.open(blockId);
    // Slack follows the link by itself.
    if (!entry || deed === 'open') return;
    const { resourceId, place } = entry;
    if (deed === 'share') return openShare(deps, resourceId, click);
    if (deed === 'more') return open(asModal(await showMore(deps, actor, resourceId)));
    if (deed === 'note') {
      const note = (await notesOn(deps, actor.person.id, [resourceId])).get(resourceId);
      const title = deps.live.now.byId.get(resourceId)?.title ?? unnamed;
      const text = note?.kind === 'note' ? note.text : '';
      return replace(noteDialog({ resourceId, from: place.from, title, text }));
    }
    // Stood in menus until there was a button.
    if (deed === 'read') return open(readEntry(deps, resourceId));
    if (deed === 'reflect') {
      const about = deps.live.now.byId.get(resourceId);
      return open(
        about ? await deps.reflectOn(actor, { title: about.title, link: about.url }) : asModal(noEntry),
      );
    }
    const act = async (verb: 'save' | 'unsave' | Verdict) => {
      if (verb === 'save') return saveReceipt(await save(deps, actor, resourceId));
      if (verb !== 'unsave') return rateReceipt(await rate(deps, actor, resourceId, verb), verb);
      await unsave(deps, actor, resourceId);
      return removed(deps.live.now.byId.get(resourceId)?.title);
    };
    const text = await act(deed);
    const canPutBack = deed === 'unsave';
    await answer(await showPage(deps, actor, place, { resourceId, text, canPutBack }));
  });

  to.onClick(ids.putBack, packedEntry, async ({ actor, carried: { resourceId, place }, answer }) => {
    const text = saveReceipt(await putBack(deps, actor, resourceId));
    await answer(await showPage(deps, actor, place, { resourceId, text }));
  });

  to.onClick(ids.say, packedSaying, async ({ actor, carried: { verdict, resourceId }, answer }) => {
    const receipt = rateReceipt(await rate(deps, actor, resourceId, verdict), verdict);
    await answer(await showMore(deps, actor, resourceId, receipt));
  });

  to.onClick(ids.readExample, async ({ value, replace }) => replace(readEntry(deps, value)));

  listenToNotes(to, deps);
}

/** The words of a practice example, in a window. */
function readEntry({ live, vocabulary }: Deps, listedAs: string): View {
  const entry = live.now.all.find(({ id }) => id === listedAs);
  return entry?.text === undefined ? asModal(noEntry) : readExampleView(entry, vocabulary);
}

/** What can be said of one entry. */
async function showMore(deps: Deps, actor: Actor, listedAs: string, receipt?: Mrkdwn): Promise<Answer> {
  const entry = deps.live.now.byId.get(listedAs);
  if (!entry) return noEntry;
  return moreAbout(entry, await store.findFeedback(deps.db, actor.person.id, entry.id), receipt);
}

/** A note is checked for what could identify somebody, as everything that people write. */
function listenToNotes(to: Routes, deps: Deps): void {
  const look = (text: string): Finding[] => {
    const seen = checkBeforeSaving(text, deps);
    return seen.kind === 'found' ? seen.findings : [];
  };
  const titleOf = (resourceId: string) => deps.live.now.byId.get(resourceId)?.title ?? unnamed;

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
    const page = await showPage(deps, actor, { list: 'saved', of: '', from }, { resourceId, text: receipt });
    const urgent = urgentAfterWriting(deps.kept.signposts, [text]);
    await answer({ ...page, blocks: [...urgent, ...page.blocks] });
  });
}
