import type { Actor } from '../../../community/permissions.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import { packedId } from '../../../slack/packed.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { PackDeps } from './deps.ts';
import { ids } from './ids.ts';
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
