import type { App, BlockAction, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import type { View } from '@slack/types';
import { actions, button, section } from '../../../slack/blocks.ts';
import { actorIn } from '../../../slack/legacy.ts';
import type { Command, CommandCall } from '../../../slack/router.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { Typed } from '../body.ts';
import type { ReflectionDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { carryOn, keepDraft, type ReopenOutcome, type StartOutcome, startReflection } from './drafts.ts';
import { drawingFor, onClick } from './drawing.ts';
import { type Form, readForm, readTyped } from './form.ts';
import { type DecideOutcome, decideAndSave, type SaveOutcome, saveReflection } from './save.ts';
import {
  type Drawing,
  declinedText,
  declinedView,
  formSteps,
  formView,
  keptForLaterView,
  nothingToKeepView,
  notYoursView,
  receiptView,
  unreadableView,
  warningView,
} from './views.ts';

export const reflectCommand = (deps: ReflectionDeps): Command => ({
  word: 'reflect',
  aliases: ['reflection'],
  help: { does: 'Opens a reflection that only you can read.', example: 'reflect', group: 'write' },
  async run(call) {
    const outcome = await startReflection(deps, call.actor, call.words);
    if (outcome.kind === 'declined') {
      await call.answer({ text: 'Reflections', blocks: [section(declinedText)] });
      return;
    }
    const view = startView(drawingFor(deps, call.actor), outcome);
    await openOrOffer(call, view, 'Write a reflection', ids.write);
  },
});

/** Where the words came in a message, Slack opens no window; a button brings one. */
export async function openOrOffer(
  { open, answer }: CommandCall,
  view: View,
  text: string,
  actionId: string,
): Promise<void> {
  if (open) return open(view);
  await answer({
    text,
    blocks: [section(mrkdwn`This opens in a window that only you see.`), actions([button(text, actionId)])],
  });
}

export function listen(app: App, deps: ReflectionDeps): void {
  onClick(app, deps, ids.write, async ({ actor, drawing }) =>
    startView(drawing, await startReflection(deps, actor)),
  );

  // What stands in the form is kept first, so that nothing typed is lost by what comes in its place.
  onClick(app, deps, ids.framework, async ({ actor, value, body, drawing }) => {
    const { form, typed } = formOf(body);
    if (!form) return notYoursView();
    const kept = await keepDraft(deps, actor, form, typed);
    if (!('body' in kept)) return kept.kind === 'declined' ? declinedView() : notYoursView();
    const open = { form: { ...form, framework: value, step: 0 }, body: kept.body, unfinished: undefined };
    return formView(drawing, open);
  });

  onClick(app, deps, ids.back, async ({ actor, body, drawing }) => {
    const { form, typed } = formOf(body);
    if (!form) return notYoursView();
    const kept = await keepDraft(deps, actor, form, typed);
    if (!('body' in kept)) return kept.kind === 'declined' ? declinedView() : notYoursView();
    const step = Math.max(0, form.step - 1);
    return formView(drawing, { form: { ...form, step }, body: kept.body, unfinished: undefined });
  });

  onClick(app, deps, ids.later, async ({ actor, body }) => {
    const { form, typed } = formOf(body);
    if (!form) return notYoursView();
    const kept = await keepDraft(deps, actor, form, typed);
    if (kept.kind === 'kept') return keptForLaterView();
    if (kept.kind === 'nothing-to-keep') return nothingToKeepView();
    return kept.kind === 'declined' ? declinedView() : notYoursView();
  });

  onClick(app, deps, ids.carryOn, async ({ actor, value, body, drawing }) => {
    const { form, typed } = formOf(body);
    if (form) await keepDraft(deps, actor, form, typed);
    return reopenedView(drawing, await carryOn(deps, actor, value));
  });

  onClick(app, deps, ids.backToEdit, async ({ actor, value, drawing }) =>
    reopenedView(drawing, await carryOn(deps, actor, value)),
  );

  for (const [id, decision] of [
    [ids.mask, 'mask'],
    [ids.keepAsItIs, 'keep'],
  ] as const)
    onClick(app, deps, id, async ({ actor, value, drawing }) => {
      const outcome = await decideAndSave(deps, actor, value, decision);
      await noticeFirst(deps, actor.person.id, outcome);
      return savedView(drawing, outcome);
    });

  app.view<ViewSubmitAction>(ids.form, async ({ ack, view, context }) => {
    const actor = actorIn(context);
    const drawing = drawingFor(deps, actor);
    const form = readForm(view.private_metadata);
    const problem = (message: string) =>
      ack({ response_action: 'errors', errors: onFirstField(view, message) });
    if (!form) {
      await problem('This form is not known any more. Copy your words, close it and start again.');
      return;
    }
    const typed = readTyped(view.state.values, form.draftId);
    let outcome: SaveOutcome;
    try {
      const next = await nextStep(deps, actor, form, typed, drawing);
      if (next) {
        await ack({ response_action: 'update', view: next });
        return;
      }
      outcome = await saveReflection(deps, actor, { form, typed });
      if (outcome.kind === 'unwritten') {
        await problem('Write a few words in at least one field. Short is enough.');
      } else if (outcome.kind === 'declined') {
        await problem('Nothing is stored for you, because you did not take up the community agreement.');
      } else {
        await ack({ response_action: 'update', view: savedView(drawing, outcome) });
      }
    } catch (error) {
      // The window stays open with every word in it; the handler for all errors does the rest.
      await problem(
        'That did not finish, and it may not have been saved. Your words are still here: please try again.',
      );
      throw error;
    }
    await noticeFirst(deps, actor.person.id, outcome);
  });

  // Slack tells that a window was closed; where it also tells what stood in it, that is kept.
  app.view<ViewClosedAction>(
    { callback_id: ids.form, type: 'view_closed' },
    async ({ ack, view, context }) => {
      await ack();
      const form = readForm(view.private_metadata);
      if (!form) return;
      const typed = readTyped(view.state?.values, form.draftId);
      if (Object.keys(typed.texts).length > 0) await keepDraft(deps, actorIn(context), form, typed);
    },
  );
}

/** The next step of a form that has one, once what stands in this one is kept. */
async function nextStep(
  deps: ReflectionDeps,
  actor: ReturnType<typeof actorIn>,
  form: Form,
  typed: Typed,
  drawing: Drawing,
): Promise<View | undefined> {
  const kept = await keepDraft(deps, actor, form, typed);
  // Not theirs, or nothing may be stored: saving says so.
  if (!('body' in kept)) return undefined;
  const { index, count } = formSteps(deps.frameworks, { form, body: kept.body });
  if (index >= count - 1) return undefined;
  return formView(drawing, { form: { ...form, step: index + 1 }, body: kept.body, unfinished: undefined });
}

async function noticeFirst(deps: ReflectionDeps, personId: string, outcome: DecideOutcome): Promise<void> {
  if (outcome.kind === 'saved' && outcome.isFirst) await deps.did(personId, { kind: 'reflected' });
}

function startView(drawing: Drawing, outcome: StartOutcome): View {
  if (outcome.kind === 'open') return formView(drawing, outcome);
  return outcome.kind === 'declined' ? declinedView() : notYoursView();
}

export function reopenedView(drawing: Drawing, outcome: ReopenOutcome): View {
  if (outcome.kind === 'open') return formView(drawing, outcome);
  return outcome.kind === 'unreadable' ? unreadableView() : notYoursView();
}

function savedView(drawing: Drawing, outcome: SaveOutcome | DecideOutcome): View {
  switch (outcome.kind) {
    case 'saved':
      return receiptView(drawing, outcome);
    case 'found':
      return warningView(drawing, outcome.draftId, outcome.findings);
    case 'declined':
      return declinedView();
    case 'unreadable':
      return unreadableView();
    case 'unwritten':
      return nothingToKeepView();
    case 'not-yours':
      return notYoursView();
  }
}

function formOf(body: BlockAction): { form: Form | undefined; typed: Typed } {
  const form = body.view ? readForm(body.view.private_metadata) : undefined;
  return {
    form,
    typed: form ? readTyped(body.view?.state.values, form.draftId) : { texts: {}, choices: {} },
  };
}

/** `errors` may name only input blocks. @see https://docs.slack.dev/surfaces/modals#displaying_errors */
function onFirstField(view: { blocks: { type: string; block_id?: string }[] }, message: string) {
  const first = view.blocks.find(({ type }) => type === 'input');
  return { [first?.block_id ?? 'form']: message };
}
