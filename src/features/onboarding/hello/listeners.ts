import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { findProfile } from '../profile/store.ts';
import { hasAgreed } from '../welcome/agreement.ts';
import { notYetAnswer } from '../welcome/views.ts';
import { draftIntroduction, introductionLimit } from './draft.ts';
import { postIntroduction } from './introduce.ts';
import {
  draftForm,
  draftModal,
  draftWindow,
  postedAnswer,
  postingModal,
  previewModal,
  previewWindow,
} from './views.ts';

/** Saying hello: a draft, a preview of it, and then, perhaps, the post. */
export function listenToHello(to: Routes, deps: OnboardingDeps): void {
  const { forumChannel } = deps;
  const around = () => ({ forumChannel, supportBlocks: deps.supportBlocks?.() ?? [] });

  to.onClick(ids.introduce, async ({ actor, answer, open }) => {
    if (!(await hasAgreed(deps, actor))) return answer(notYetAnswer);
    const profile = await findProfile(deps.db, deps.vault, actor.person.id);
    await open(draftModal(draftIntroduction(profile, deps.vocabulary), around()));
  });

  to.onClick(ids.maskIntroduction, async ({ window, replace }) => {
    const carried = window && draftWindow.carries.open(window.metadata);
    if (!carried) return;
    const { hello: text = '' } = window.read(draftForm(carried.turn)).partly;
    const seen = checkBeforeSaving(text, deps);
    const masked = seen.kind === 'found' ? maskIdentifiers(text, seen.findings, introductionLimit) : text;
    await replace(draftModal(masked, { ...around(), turn: carried.turn + 1 }));
  });

  to.onSend(draftWindow, async ({ carried: { turn, warned }, window, refuse, show, open }) => {
    const read = window.read(draftForm(turn));
    if (read.kind === 'problems') return refuse(read.problems.hello ?? '');
    const text = read.values.hello;
    const seen = checkBeforeSaving(text, deps);
    if (seen.kind === 'found' && !warned)
      return show(draftModal(text, { ...around(), turn: turn + 1, findings: seen.findings }));
    // On top, so that "Go back" returns to the words as they stand.
    await open(previewModal(text, forumChannel));
  });

  to.onSend(previewWindow, async ({ actor, carried: { text }, show, answer }) => {
    await show(postingModal());
    await answer(postedAnswer(await postIntroduction(deps, actor, text), text));
  });
}
