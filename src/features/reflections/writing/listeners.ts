import type { Actor } from '../../../community/permissions.ts';
import type { Command } from '../../../slack/router.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { ReflectionDeps } from '../deps.ts';
import { drawingFor } from '../drawing.ts';
import { ids } from '../ids.ts';
import { windowOffer } from '../views.ts';
import { carryOn, type KeepOutcome, keepDraft, nextStep, startChange, startReflection } from './drafts.ts';
import { type Form, packedForm, readTyped, writingWindow } from './form.ts';
import { backToEdit, type DecideOutcome, decideAndSave, saveReflection } from './save.ts';
import { declinedAnswer, formView, outcomeView, unsaved, warningWindow } from './views.ts';

export const reflectCommand = (deps: ReflectionDeps): Command => ({
  word: 'reflect',
  isTakingPart: true,
  aliases: ['reflection'],
  help: { does: 'Opens a reflection that only you can read.', example: 'reflect', group: 'write' },
  async run({ actor, words, answer, open }) {
    const outcome = await startReflection(deps, actor, words);
    if (outcome.kind === 'declined') return answer(declinedAnswer);
    if (!open) return answer(windowOffer('Write a reflection', ids.write));
    await open(outcomeView(drawingFor(deps, actor), outcome));
  },
});

/** Everything is answered with a window: private words are shown nowhere else. */
export function listenToWriting(to: Routes, deps: ReflectionDeps): void {
  const drawing = (actor: Actor) => drawingFor(deps, actor);

  to.onClick(ids.write, async ({ actor, replace }) =>
    replace(outcomeView(drawing(actor), await startReflection(deps, actor))),
  );

  to.onClick(ids.edit, async ({ actor, value, replace }) =>
    replace(outcomeView(drawing(actor), await startChange(deps, actor, value))),
  );

  // What stands in the form is kept first, so that nothing typed is lost by what comes in its place.
  async function keepTyped({ actor, window }: Click): Promise<KeepOutcome> {
    const form = window && packedForm.open(window.metadata);
    return form ? keepDraft(deps, actor, form, readTyped(window, form).typed) : { kind: 'not-yours' };
  }

  async function goOn(click: Click, turned: (form: Form) => Form): Promise<void> {
    const kept = await keepTyped(click);
    const shown = 'form' in kept ? { ...kept, kind: 'open' as const, form: turned(kept.form) } : kept;
    await click.replace(outcomeView(drawing(click.actor), shown));
  }

  to.onClick(ids.framework, (click) => goOn(click, (form) => ({ ...form, framework: click.value, step: 0 })));

  to.onClick(ids.back, (click) => goOn(click, (form) => ({ ...form, step: Math.max(0, form.step - 1) })));

  to.onClick(ids.later, async (click) =>
    click.replace(outcomeView(drawing(click.actor), await keepTyped(click))),
  );

  to.onClick(ids.carryOn, async (click) => {
    await keepTyped(click);
    await click.replace(outcomeView(drawing(click.actor), await carryOn(deps, click.actor, click.value)));
  });

  to.onClick(ids.backToEdit, async ({ actor, value, replace }) =>
    replace(outcomeView(drawing(actor), await backToEdit(deps, actor, value))),
  );

  const noticeFirst = async ({ person }: Actor, outcome: DecideOutcome): Promise<void> => {
    if (outcome.kind === 'saved' && outcome.isFirst) await deps.did(person.id, { kind: 'reflected' });
  };

  const decide = async (actor: Actor, draftId: string, decision: 'mask' | 'keep') => {
    const outcome = await decideAndSave(deps, actor, draftId, decision);
    await noticeFirst(actor, outcome);
    return outcomeView(drawing(actor), outcome);
  };
  to.onSend(warningWindow, async ({ actor, carried, show }) => {
    await show(await decide(actor, carried, 'mask'));
  });
  to.onClick(ids.keepAsItIs, async ({ actor, value, replace }) =>
    replace(await decide(actor, value, 'keep')),
  );

  to.onSend(writingWindow, async ({ actor, carried: form, window, refuse, show }) => {
    try {
      const { typed, problems } = readTyped(window, form);
      if (problems) return await refuse(problems);
      const next = await nextStep(deps, actor, form, typed);
      if (next) return await show(formView(drawing(actor), next));
      const outcome = await saveReflection(deps, actor, { form, typed });
      if (outcome.kind === 'unwritten' || outcome.kind === 'declined')
        return await refuse(unsaved[outcome.kind]);
      await show(outcomeView(drawing(actor), outcome));
      await noticeFirst(actor, outcome);
    } catch (error) {
      await refuse(unsaved.failed);
      throw error;
    }
  });

  // Slack tells that a window was closed; where it also tells what stood in it, that is kept.
  to.onClose(writingWindow, async ({ actor, carried: form, window }) => {
    const { typed } = readTyped(window, form);
    if (Object.keys(typed.texts).length > 0) await keepDraft(deps, actor, form, typed);
  });
}
