import { listHumansFor } from '../../community/cohorts.ts';
import { isForgotten } from '../../community/forgotten.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { Routes } from '../../slack/routes.ts';
import { readDeeds } from './deeds/read.ts';
import { deedsView } from './deeds/views.ts';
import type { PrivacyDeps } from './deps.ts';
import { forgetArea, forgetPerson, lyingFiles } from './forgetting/forget.ts';
import { showNothingInHome } from './forgetting/home.ts';
import {
  areaView,
  chooseView,
  deletedView,
  everythingView,
  forgottenView,
  nothingThereView,
} from './forgetting/views.ts';
import { ids } from './ids.ts';
import { leave, showLeave } from './leaving/leave.ts';
import { leftAnswer } from './leaving/views.ts';
import { listHeld } from './overview/read.ts';
import { showPrivacy } from './overview/show.ts';
import { detailView, noticeModal } from './overview/views.ts';
import { readSeen } from './seen/read.ts';
import { seenView } from './seen/views.ts';

export function listen(to: Routes, deps: PrivacyDeps): void {
  const { db } = deps;
  const zoneOf = ({ person }: Actor) => usableZone(person.timeZone, deps.timeZone);
  const heldOf = async (actor: Actor) =>
    may(actor, 'own.read', { ownerId: actor.person.id }) ? listHeld(deps, actor.person.id) : [];

  to.onClick(ids.privacy, ({ actor, answer }) => showPrivacy(deps, actor, answer));
  to.onClick(ids.notice, ({ open }) => open(noticeModal(deps.privacyNotice)));
  to.onClick(ids.leave, ({ actor, answer }) => showLeave(deps, actor, answer));
  to.onClick(ids.leaveNow, async ({ actor, answer }) => {
    const outcome = await leave(deps, actor);
    if (outcome.kind === 'left')
      await answer(leftAnswer(outcome.groups, await listHumansFor(db, actor.person.id)));
  });

  to.onClick(ids.detail, async ({ actor, open }) => open(detailView(await heldOf(actor))));
  to.onClick(ids.seen, async ({ actor, open }) => {
    const seen = await readSeen(deps, actor);
    if (seen) await open(seenView(seen));
  });
  to.onClick(ids.deeds, async ({ actor, open }) => {
    const deeds = await readDeeds(db, actor, 0);
    if (deeds) await open(deedsView(deeds, zoneOf(actor)));
  });
  to.onClick(ids.deedsPage, async ({ actor, value, replace }) => {
    const deeds = await readDeeds(db, actor, wantedPage(value));
    if (deeds) await replace(deedsView(deeds, zoneOf(actor)));
  });

  to.onClick(ids.choose, async ({ actor, open }) => open(chooseView(await heldOf(actor))));
  to.onClick(ids.deleteArea, async ({ actor, value, open }) => {
    const held = (await heldOf(actor)).find(({ area }) => area.id === value && area.apart !== undefined);
    await open(held ? areaView(held, await lyingFiles(deps, actor.person.id)) : nothingThereView());
  });
  to.onClick(ids.deleteAreaNow, async ({ actor, value, replace }) => {
    const { person } = actor;
    const area = deps.areas.find(({ id }) => id === value);
    if (!area || !may(actor, 'own.write', { ownerId: person.id })) {
      await replace(nothingThereView());
      return;
    }
    const outcome = await forgetArea(deps, person.id, area.id);
    deps.homeChanged(person.id);
    await replace(
      outcome.kind === 'deleted'
        ? deletedView(area, outcome, deps.clock.now(), zoneOf(actor))
        : nothingThereView(),
    );
    await deps.settle();
  });

  to.onClick(ids.everything, async ({ actor, open }) => open(everythingView(await heldOf(actor))));
  to.onClick(ids.everythingNow, async ({ actor, replace }) => {
    const { person } = actor;
    if (!may(actor, 'own.write', { ownerId: person.id })) return;
    const humans = await listHumansFor(db, person.id);
    const forgotten = await forgetPerson(deps, person.id, 'themselves');
    await replace(forgottenView(forgotten, deps.clock.now(), zoneOf(actor)));
    await deps.settle();
    await showNothingInHome(deps, person.slackId);
    for (const { id } of humans) deps.homeChanged(id);
  });

  to.onEvent('app_home_opened', async ({ event, actor }) => {
    if (event.tab === 'home' && !actor && (await isForgotten(db, deps.vault, event.user)))
      await showNothingInHome(deps, event.user);
  });
}
