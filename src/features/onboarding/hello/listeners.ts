import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { asInAHello } from '../profile/organisation.ts';
import { findProfile } from '../profile/store.ts';
import { hasAgreed } from '../welcome/agreement.ts';
import { notYetAnswer } from '../welcome/views.ts';
import { draftIntroduction, introductionLimit } from './draft.ts';
import { postIntroduction } from './introduce.ts';
import { draftForm, draftModal, postedAnswer, postingModal, previewModal, previewWindow } from './views.ts';

/** Saying hello: a draft, a preview of it, and then, perhaps, the post. */
export function listenToHello(to: Routes, deps: OnboardingDeps): void {
  const { forumChannel } = deps;
  const around = () => ({ forumChannel, supportBlocks: deps.supportBlocks?.() ?? [] });

  to.onClick(ids.introduce, async ({ actor, answer, open }) => {
    if (!(await hasAgreed(deps, actor))) return answer(notYetAnswer);
    const profile = await asInAHello(deps, await findProfile(deps.db, deps.vault, actor.person.id));
    await open(draftModal(draftIntroduction(profile, deps.vocabulary), around()));
  });

  to.onClick(ids.keepIntroduction, async ({ window, replace }) => {
    const { hello = '' } = window?.read(draftForm).partly ?? {};
    await replace(draftModal(hello, { ...around(), isKept: true }));
  });

  to.onSend(draftForm, async ({ carried, values: { hello: text }, show, open }) => {
    const seen = checkBeforeSaving(text, deps);
    const findings = seen.kind === 'found' && carried.doubt !== 'kept' ? seen.findings : [];
    if (findings.length > 0 && carried.doubt === 'none')
      await show(draftModal(text, { ...around(), findings }));
    // On top, so that "Go back" returns to the words as they stand.
    else await open(previewModal(maskIdentifiers(text, findings, introductionLimit), forumChannel));
  });

  to.onSend(previewWindow, async ({ actor, carried: { text }, show, answer }) => {
    await show(postingModal());
    await answer(postedAnswer(await postIntroduction(deps, actor, text), text));
  });
}
