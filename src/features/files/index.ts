import { isAdministrator } from '../../community/permissions.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import { asModal } from '../../slack/answer.ts';
import { asksForFile, chooseFile, packedFile } from '../../slack/files.ts';
import type { Click, Routes } from '../../slack/routes.ts';
import type { Feature } from '../feature.ts';
import type { FilesDeps } from './deps.ts';
import { findHindrance, giveFile, lookAgain, noteForgotten } from './give.ts';
import { ids } from './ids.ts';
import { removeDue, removeNow } from './remove.ts';
import { askView, askWindow, givenAnswer, preparingView, reinstallNotice, removedAnswer } from './views.ts';

export { filesHeld } from './holdings.ts';

/** Files that people ask for by a button: told where they will lie, given, and removed after a day. */
export function files(deps: FilesDeps): Feature {
  return {
    name: 'files',
    listen: (to) => listen(to, deps),
    jobs: [
      { name: 'files.remove', run: (now) => removeDue(deps, now) },
      { name: 'files.note', run: (now) => noteForgotten(deps, now) },
    ],
    home: [
      {
        slot: 'now',
        order: 1,
        async blocks({ actor }) {
          if (deps.grants.missing().length === 0 || !isAdministrator(actor)) return [];
          await lookAgain(deps);
          const missing = deps.grants.missing();
          return missing.length > 0 ? reinstallNotice(missing) : [];
        },
      },
    ],
  };
}

function listen(to: Routes, deps: FilesDeps): void {
  const kindOf = (id: string) => deps.kinds().find((kind) => kind.id === id);
  const zoneOf = (timeZone: string | undefined) => usableZone(timeZone, deps.timeZone);

  async function ask({ actor, open, beside }: Click, id: string, about: string): Promise<void> {
    const kind = kindOf(id);
    if (!kind) return;
    const hindrance = await findHindrance(deps);
    if (hindrance) return beside(givenAnswer(hindrance, zoneOf(actor.person.timeZone)));
    await open(askView(kind.says, { kind: kind.id, about }));
  }
  to.onClick(asksForFile, (click) => ask(click, click.actionId.slice(asksForFile.length), click.value));
  to.onClick(chooseFile, packedFile, (click) => ask(click, click.carried.kind, click.carried.about));

  to.onSend(askWindow, async ({ actor, carried, window, show, answer }) => {
    await show(preparingView());
    const made = await kindOf(carried.kind)?.make(actor, carried.about);
    if (made?.kind !== 'file') return made && answer(made.answer);
    const given = await giveFile(deps, actor, window.id, made);
    const said = givenAnswer(given, zoneOf(actor.person.timeZone));
    // What has come has a note beside it, for those who have closed the window.
    if (given.kind === 'sent' || given.kind === 'unclear') await show(asModal(said), said);
    else await answer(said);
  });

  to.onClick(ids.remove, async ({ actor, value, instead, beside }) => {
    const removed = await removeNow(deps, actor, value);
    const said = removedAnswer(removed, zoneOf(actor.person.timeZone));
    await (removed.kind === 'not-now' ? beside(said) : instead(said));
  });
}
