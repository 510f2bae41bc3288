import type { View } from '@slack/types';
import { listCohortsOf } from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import type { Doubtful } from '../../../safeguarding/warning.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import { longest } from '../body.ts';
import type { ReflectionDeps } from '../deps.ts';
import { drawingFor } from '../drawing.ts';
import { ids } from '../ids.ts';
import { readReflection } from '../journal/journal.ts';
import { packedPlace } from '../parts.ts';
import type { Draft, Reflection } from '../store.ts';
import { notYoursView, otherKept } from '../views.ts';
import { endAllShares, endShare } from './end.ts';
import {
  areOwnWords,
  exampleForms,
  exampleMaskedView,
  exampleSentView,
  exampleView,
  goThrough,
  isGoneThrough,
  longestExample,
  notSent,
  stillOwn,
  withdrawnView,
  wordsOf,
} from './example.ts';
import { dropExampleDraft, findBegunOf, findExampleDraft, keepExample, wordsIn } from './example-draft.ts';
import { closeNotices } from './notices.ts';
import { listSharedWithMe, openShared } from './open.ts';
import { listShareLogs, previewShare, type Sharing, share } from './share.ts';
import { findShare } from './store.ts';
import {
  agreeFirstView,
  goalOf,
  notThereView,
  previewView,
  previewWindow,
  problemWith,
  readView,
  saySharedWith,
  shareDialog,
  sharedView,
  sharedWithMeView,
  shareForm,
  sharingView,
} from './views.ts';

const sayWhoHasIt = async (
  deps: ReflectionDeps,
  reflection: Reflection | undefined,
): Promise<Mrkdwn | undefined> => reflection && saySharedWith(await listShareLogs(deps, reflection));

/** The window of an example that was begun, taken back or declined, as its draft has it. */
export async function goOnWithExample(
  deps: ReflectionDeps,
  actor: Actor,
  draft: Draft,
  { isOtherKept = false } = {},
): Promise<View> {
  const words = wordsIn(draft);
  if (!words) return notYoursView();
  const { id, title, text, reflectionId = '', isKept } = words;
  const read = await readReflection(deps, actor, reflectionId);
  const sharedWith = await sayWhoHasIt(deps, read.kind === 'read' ? read.reflection : undefined);
  return exampleView(
    drawingFor(deps, actor),
    { id, reflectionId, sharedWith },
    { begin: { title, text }, seen: { isKept }, ...(isOtherKept && { note: otherKept }) },
  );
}

/** Everything is answered with a window: private words are shown nowhere else. */
export function listenToSharing(to: Routes, deps: ReflectionDeps): void {
  const { db, vault, clock } = deps;
  const drawing = (actor: Actor) => drawingFor(deps, actor);

  const dialog = async (actor: Actor, reflectionId: string, seen: Doubtful = {}) => {
    const read = await readReflection(deps, actor, reflectionId);
    if (read.kind !== 'read') return notYoursView();
    return shareDialog(drawing(actor), read.reflection, await listCohortsOf(db, actor.person.id), seen);
  };

  to.onClick(ids.share, async ({ actor, value, replace }) => replace(await dialog(actor, value)));

  // What was chosen stays: the inputs keep their ids.
  to.onClick(ids.shareAsItIs, async ({ actor, window, replace }) => {
    const carried = window && shareForm.carries?.open(window.metadata);
    if (carried) await replace(await dialog(actor, carried.reflectionId, { isKept: true }));
  });

  to.onSend(shareForm, async ({ actor, values, carried, refuse, show }) => {
    const goal = goalOf(values);
    if ('missing' in goal) return refuse({ person: goal.missing });
    const sharing: Sharing = { ...carried, id: newId(clock), goal };
    const outcome = await previewShare(deps, actor, sharing);
    const problem = problemWith(outcome);
    if (problem) return refuse(problem);
    switch (outcome.kind) {
      case 'preview':
        return void (await show(previewView(drawing(actor), sharing, outcome)));
      case 'found':
        return void (await show(await dialog(actor, carried.reflectionId, { findings: outcome.findings })));
      default:
        return void (await show(sharedView(outcome, deps)));
    }
  });

  // Made of a reflection, and from there on a text of its own.
  const whoseIs = (reflection: Reflection | undefined) => sayWhoHasIt(deps, reflection);
  to.onClick(ids.example, async ({ actor, value: reflectionId, replace }) => {
    const read = await readReflection(deps, actor, reflectionId);
    if (read.kind !== 'read' || !read.reflection.body) return replace(notYoursView());
    const begun = await findBegunOf(deps, actor, reflectionId);
    if (begun) return replace(await goOnWithExample(deps, actor, begun));
    const carry = { id: newId(clock), reflectionId, sharedWith: await whoseIs(read.reflection) };
    await replace(exampleView(drawing(actor), carry, { begin: { text: wordsOf(read.reflection.body) } }));
  });
  const reflectionOf = async (actor: Actor, id: string): Promise<Reflection | undefined> => {
    const read = await readReflection(deps, actor, id);
    return read.kind === 'read' ? read.reflection : undefined;
  };
  to.onClick(ids.exampleAsItIs, async ({ actor, window, replace }) => {
    const form = exampleForms.find(({ blockOf }) => window?.inputs().includes(blockOf('text')));
    const carried = window && form?.carries?.open(window.metadata);
    if (!form || !carried) return;
    const sharedWith = await whoseIs(await reflectionOf(actor, carried.reflectionId));
    await replace(exampleView(drawing(actor), { ...carried, sharedWith }, { form, seen: { isKept: true } }));
  });
  /** That its author keeps its words as they are goes with it: they are told that they are not asked again. */
  const exampleOf = (carried: { id: string; reflectionId: string; doubt: string }) => ({
    id: carried.id,
    reflectionId: carried.reflectionId,
    isKept: carried.doubt === 'kept',
  });
  for (const form of exampleForms) {
    to.onSend(form, async ({ actor, carried, values, refuse, show }) => {
      const { title, text, changed } = values;
      const reflection = await reflectionOf(actor, carried.reflectionId);
      if (reflection?.body && areOwnWords(text, reflection.body)) return refuse({ text: stillOwn });
      if (!isGoneThrough(changed)) return refuse({ changed: goThrough });
      const window = { ...carried, sharedWith: await whoseIs(reflection) };
      const most = { title: longest.title, text: longestExample };
      const looked = lookThrough(deps, carried.doubt, { title, text }, most);
      if (looked.kind === 'doubtful')
        return void (await show(exampleView(drawing(actor), window, { form, seen: looked })));
      const { texts } = looked;
      if (texts.title !== title || texts.text !== text)
        return void (await show(exampleMaskedView(drawing(actor), window, form, { ...texts, changed })));
      if (!(await hasConsent(db, actor.person.id, 'agreement'))) {
        await keepExample(deps, actor, { ...exampleOf(carried), ...texts });
        return void (await show(agreeFirstView(deps.agreementButton)));
      }
      const { kind } = await deps.examples.send(actor, { ...exampleOf(carried), ...texts });
      if (kind !== 'sent') return refuse({ title: notSent[kind] });
      await dropExampleDraft(deps, actor, carried.id);
      await show(exampleSentView(drawing(actor), carried.id, Object.values(texts)));
    });
    to.onClose(form, async ({ actor, carried, window }) => {
      const { title = '', text = '' } = window.read(form).partly;
      const body = (await reflectionOf(actor, carried.reflectionId))?.body;
      const isBegun = title !== '' || !body || wordsOf(body) !== text;
      if (isBegun || (await findExampleDraft(deps, actor, carried.id)))
        await keepExample(deps, actor, { ...exampleOf(carried), title, text });
    });
  }
  to.onClick(ids.withdrawExample, async ({ actor, value, replace }) => {
    const back = await deps.examples.withdraw(actor, value);
    if (back) await keepExample(deps, actor, back);
    await replace(withdrawnView(back?.id));
  });

  const previewed = async (actor: Actor, sharing: Sharing, from = 0) => {
    const outcome = await previewShare(deps, actor, sharing);
    return outcome.kind === 'preview'
      ? previewView(drawing(actor), sharing, outcome, from)
      : sharedView({ kind: 'changed' }, deps);
  };
  to.onClick(ids.sharePreviewMore, packedPlace, async ({ actor, carried, window, replace }) => {
    const sharing = window && previewWindow.carries.open(window.metadata);
    if (sharing) await replace(await previewed(actor, sharing, carried.number));
  });
  to.onClick(ids.renewShare, async ({ actor, value: id, replace }) => {
    const before = await findShare(db, vault, id);
    if (!before || before.by !== actor.person.id) return replace(notYoursView());
    // Masked at once: its author sees in the preview what that makes of it.
    const { reflectionId } = before;
    await replace(await previewed(actor, { id, reflectionId, goal: 'as-before', doubt: 'warned' }));
  });

  to.onSend(previewWindow, async ({ actor, carried, show }) => {
    await show(sharedView(await share(deps, actor, carried, carried), deps));
  });

  const sharingPage = async (actor: Actor, reflectionId: string, page = 0) => {
    const read = await readReflection(deps, actor, reflectionId);
    if (read.kind !== 'read') return notYoursView();
    return sharingView(drawing(actor), read.reflection, await listShareLogs(deps, read.reflection), page);
  };
  to.onClick(ids.sharing, async ({ actor, value, replace }) => replace(await sharingPage(actor, value)));
  to.onClick(ids.sharingPage, packedPlace, async ({ actor, carried: { what, number }, replace }) =>
    replace(await sharingPage(actor, what, number)),
  );
  to.onClick(ids.endShare, async ({ actor, value, replace }) => {
    const outcome = await endShare(deps, actor, value);
    await replace(outcome.kind === 'ended' ? await sharingPage(actor, outcome.reflectionId) : notYoursView());
    await closeNotices(deps);
  });

  to.onClick(ids.endShares, async ({ actor, value, replace }) => {
    const outcome = await endAllShares(deps, actor, value);
    await replace(outcome.kind === 'ended' ? await sharingPage(actor, value) : notYoursView());
    await closeNotices(deps);
  });

  const reading = async (actor: Actor, id: string, from = 0) => {
    const outcome = await openShared(deps, actor, id, { isFirst: from === 0 });
    if (outcome.kind === 'own') return sharingPage(actor, outcome.reflectionId);
    return outcome.kind === 'open' ? readView(drawing(actor), outcome, from) : notThereView();
  };
  to.onClick(ids.readShared, async ({ actor, value, replace }) => replace(await reading(actor, value)));
  to.onClick(ids.readSharedMore, packedPlace, async ({ actor, carried: { what, number }, replace }) =>
    replace(await reading(actor, what, number)),
  );

  for (const id of [ids.sharedWithMe, `${ids.sharedWithMe}.`])
    to.onClick(id, async ({ actor, value, replace }) =>
      replace(sharedWithMeView(drawing(actor), await listSharedWithMe(deps, actor), wantedPage(value))),
    );
}
