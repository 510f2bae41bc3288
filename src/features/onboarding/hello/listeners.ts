import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import { actorIn, answerClick } from '../../../slack/legacy.ts';
import { openOnTop } from '../../../slack/modals.ts';
import type { OnboardingDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { findProfile } from '../profile/store.ts';
import { hasAgreed } from '../welcome/agreement.ts';
import { notYetAnswer } from '../welcome/views.ts';
import { type Draft, draftIntroduction, introductionLimit, readDraft } from './draft.ts';
import { postIntroduction } from './introduce.ts';
import { draftModal, postedModal, postingModal, previewModal } from './views.ts';

export function listenToIntroduction(app: App, deps: OnboardingDeps): void {
  const { db, forumChannel } = deps;
  const options = (draft: Omit<Draft, 'text'>) => ({
    forumChannel,
    turn: draft.turn,
    supportBlocks: deps.supportBlocks?.() ?? [],
  });
  const check = (text: string) => checkBeforeSaving(text, deps.allowed ? { allowed: deps.allowed } : {});

  app.action<BlockAction<ButtonAction>>(ids.introduce, async ({ ack, body, client, respond, context }) => {
    await ack();
    const actor = actorIn(context);
    if (!(await hasAgreed(deps, actor))) return answerClick(body, client, respond)(notYetAnswer);
    const text = draftIntroduction(await findProfile(db, actor.person.id), deps.vocabulary);
    await openOnTop(body, client, draftModal(text, options({ turn: 0, isWarned: false })));
  });

  app.action<BlockAction<ButtonAction>>(ids.maskIntroduction, async ({ ack, body, client }) => {
    await ack();
    if (!body.view) return;
    const draft = readDraft(body.view.private_metadata, body.view.state.values);
    const seen = check(draft.text);
    const masked =
      seen.kind === 'found' ? maskIdentifiers(draft.text, seen.findings, introductionLimit) : draft.text;
    await client.views.update({
      view_id: body.view.id,
      view: draftModal(masked, options({ turn: draft.turn + 1, isWarned: false })),
    });
  });

  app.view(ids.draftIntroduction, async ({ ack, view }) => {
    const draft = readDraft(view.private_metadata, view.state.values);
    if (draft.text === '') {
      await ack({
        response_action: 'errors',
        errors: { [`hello.${draft.turn}`]: 'Please write a line, or leave it with the button below.' },
      });
      return;
    }
    const seen = check(draft.text);
    if (seen.kind === 'found' && !draft.isWarned)
      await ack({
        response_action: 'update',
        view: draftModal(draft.text, {
          ...options({ turn: draft.turn + 1, isWarned: true }),
          findings: seen.findings,
        }),
      });
    // Pushed, so that "Go back" returns to the words as they stand.
    else await ack({ response_action: 'push', view: previewModal(draft.text, forumChannel) });
  });

  app.view(ids.postIntroduction, async ({ ack, view, client, context }) => {
    const { text } = readDraft(view.private_metadata, undefined);
    await ack({ response_action: 'update', view: postingModal() });
    const outcome = await postIntroduction(deps, actorIn(context), text);
    await client.views.update({ view_id: view.id, view: postedModal(outcome, text) });
  });
}
