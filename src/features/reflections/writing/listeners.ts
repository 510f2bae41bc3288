import type { Actor } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Command } from '../../../slack/router.ts';
import type { Click, Routes, Window } from '../../../slack/routes.ts';
import type { About } from '../body.ts';
import type { ReflectionDeps } from '../deps.ts';
import { drawingFor } from '../drawing.ts';
import { ids } from '../ids.ts';
import { findExampleDraft } from '../sharing/example-draft.ts';
import { goOnWithExample } from '../sharing/listeners.ts';
import { tagsOf } from '../tags.ts';
import { notYoursView } from '../views.ts';
import { type AboutForm, aboutForm, aboutIn, aboutView, notYet } from './about-form.ts';
import {
  carryOn,
  type KeepOutcome,
  keepAbout,
  keepDraft,
  nextStep,
  startChange,
  startReflection,
  workingCopy,
} from './drafts.ts';
import { type Form, packedForm, readTyped, writingWindow } from './form.ts';
import { backToEdit, type DecideOutcome, decideAndSave, saveAbout, saveReflection } from './save.ts';
import {
  declinedAnswer,
  formView,
  outcomeView,
  reflectHelp,
  unsaved,
  warningWindow,
  writeOffer,
} from './views.ts';

export const reflectCommand = (deps: ReflectionDeps): Command => ({
  word: 'reflect',
  isTakingPart: true,
  aliases: ['reflection'],
  help: reflectHelp,
  async run({ actor, words, answer, open }) {
    const outcome = await startReflection(deps, actor, words);
    if (outcome.kind === 'declined') return answer(declinedAnswer);
    if (!open) return answer(writeOffer);
    await open(outcomeView(drawingFor(deps, actor), outcome));
  },
});

/** Everything is answered with a window: private words are shown nowhere else. */
export function listenToWriting(to: Routes, deps: ReflectionDeps): void {
  const drawing = (actor: Actor) => drawingFor(deps, actor);

  to.onClick(ids.write, async ({ actor, replace }) =>
    replace(outcomeView(drawing(actor), await startReflection(deps, actor))),
  );

  // The words of the message are not read: whoever may see it follows the link.
  to.onShortcut(ids.reflectOn, async ({ actor, address, open }) =>
    open(
      outcomeView(
        drawing(actor),
        await startReflection(deps, actor, '', address ? { link: address } : undefined),
      ),
    ),
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
    const { kind } = await keepTyped(click);
    const { actor, value, replace } = click;
    const isOtherKept = kind === 'kept';
    const example = await findExampleDraft(deps, actor, value);
    if (example) return replace(await goOnWithExample(deps, actor, example, { isOtherKept }));
    const opened = await carryOn(deps, actor, value);
    await replace(outcomeView(drawing(actor), opened.kind === 'open' ? { ...opened, isOtherKept } : opened));
  });

  // Title, date and tags, in the place of the words, which are kept first.
  to.onClick(ids.about, async (click) => {
    const kept = await keepTyped(click);
    const { actor, replace } = click;
    if (!('form' in kept)) return replace(outcomeView(drawing(actor), kept));
    const carry = { form: kept.form, isWriting: true };
    await replace(aboutView(carry, kept.body.about, await tagsOf(deps, actor)));
  });

  to.onClick(ids.aboutSaved, async ({ actor, value, replace }) => {
    const opened = await startChange(deps, actor, value);
    await replace(
      opened.kind === 'open'
        ? aboutView({ form: opened.form, isWriting: false }, opened.body.about, await tagsOf(deps, actor))
        : outcomeView(drawing(actor), opened),
    );
  });

  /** What stands in the window, over what was kept; undefined where it is not theirs. */
  async function aboutTyped(actor: Actor, { form }: AboutForm, window: Window): Promise<About | undefined> {
    const copy = await workingCopy(deps, actor, form, { texts: {}, choices: {} });
    return copy.kind === 'yours' ? aboutIn(window.read(aboutForm).partly, copy.body.about) : undefined;
  }

  to.onClick(ids.dropLink, async ({ actor, window, replace }) => {
    const carried = window && aboutForm.carries?.open(window.metadata);
    const about = carried && (await aboutTyped(actor, carried, window));
    if (!about) return replace(notYoursView());
    const { link: _link, ...rest } = about;
    // Kept at once: what is carried would bring it back.
    const { from: _from, ...form } = carried.form;
    await keepAbout(deps, actor, form, rest);
    await replace(aboutView({ ...carried, form }, rest));
  });

  to.onSend(aboutForm, async ({ actor, carried, values, window, refuse, show }) => {
    const today = localDate(deps.clock.now(), drawing(actor).zone);
    if (values.happenedOn !== undefined && values.happenedOn > today) return refuse({ happenedOn: notYet });
    const about = await aboutTyped(actor, carried, window);
    if (!about) return void (await show(notYoursView()));
    if (carried.isWriting) {
      const kept = await keepAbout(deps, actor, carried.form, about);
      await show(outcomeView(drawing(actor), 'form' in kept ? { ...kept, kind: 'open' } : kept));
      return;
    }
    const outcome = await saveAbout(deps, actor, carried.form, about);
    if (outcome.kind === 'unwritten' || outcome.kind === 'declined') return refuse(unsaved[outcome.kind]);
    await show(outcomeView(drawing(actor), outcome));
  });

  to.onClose(aboutForm, async ({ actor, carried, window }) => {
    if (window.inputs().length === 0) return;
    const about = await aboutTyped(actor, carried, window);
    if (about) await keepAbout(deps, actor, carried.form, about);
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
