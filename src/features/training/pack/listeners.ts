import type { Actor } from '../../../community/permissions.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import { definedOnly } from '../../../slack/form.ts';
import { packedId } from '../../../slack/packed.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { PackDeps } from './deps.ts';
import { findHosted } from './hosted.ts';
import { ids } from './ids.ts';
import { setMinutes } from './minutes/set.ts';
import { fieldOf, minutesForm, minutesView, minutesWindow } from './minutes/views.ts';
import { readPack } from './read.ts';
import { chooseCase, chooseSize, mixAgain } from './settle.ts';
import { notHosted, type Page, packCase, packPage, packSize, packView } from './views.ts';

/** The pack of a session, for those who run it. Always a window. */
export function listenToPack(to: Routes, deps: PackDeps): void {
  const viewFor = async (actor: Actor, sessionId: string, page: Page) => {
    const pack = await readPack(deps, actor, sessionId);
    return (
      pack &&
      packView(pack, page, {
        zone: usableZone(actor.person.timeZone, deps.timeZone),
        home: deps.timeZone,
      })
    );
  };
  const turn = async ({ actor, replace, answer }: Click, sessionId: string, page: Page) => {
    const view = await viewFor(actor, sessionId, page);
    await (view ? replace(view) : answer(notHosted));
  };

  to.onClick(ids.open, packPage, async ({ actor, carried: { sessionId, page }, open, beside }) => {
    const view = await viewFor(actor, sessionId, page);
    await (view ? open(view) : beside(notHosted));
  });
  for (const id of [ids.page, ids.showExample])
    to.onClick(id, packPage, (click) => turn(click, click.carried.sessionId, click.carried.page));

  to.onClick(ids.minutes, packedId, async ({ actor, carried, replace, answer }) => {
    const session = await findHosted(deps, actor, carried);
    await (session ? replace(minutesView(session)) : answer(notHosted));
  });
  to.onSend(minutesWindow, async ({ actor, carried: { sessionId, seen }, window, refuse, show, answer }) => {
    const session = await findHosted(deps, actor, sessionId);
    if (!session) return answer(notHosted);
    const read = window.read(minutesForm(session));
    if (read.kind === 'problems') return refuse(definedOnly(read.problems));
    const wanted = session.outline.shape.map((_, at) => Number(read.values[fieldOf(at)]));
    const outcome = await setMinutes(deps, actor, sessionId, { wanted, seen });
    switch (outcome.kind) {
      case 'problem':
        return refuse({ [fieldOf(0)]: outcome.words });
      case 'meanwhile':
        return void (await show(minutesView(outcome.session, wanted)));
      case 'not-hosted':
      case 'set': {
        const view = await viewFor(actor, sessionId, 'shape');
        return view ? void (await show(view)) : answer(notHosted);
      }
    }
  });

  to.onClick(ids.mix, packedId, async (click) => {
    await mixAgain(deps, click.actor, click.carried);
    await turn(click, click.carried, 'groups');
  });
  to.onClick(ids.size, packSize, async (click) => {
    await chooseSize(deps, click.actor, click.carried);
    await turn(click, click.carried.sessionId, 'groups');
  });
  to.onClick(ids.example, packCase, async (click) => {
    await chooseCase(deps, click.actor, click.carried);
    await turn(click, click.carried.sessionId, 'example');
  });
}
