import type { View } from '@slack/types';
import { audit } from '../../../community/audit.ts';
import { findCohort, listManagedCohorts } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { IntroductionDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { everybody, listSwitchedOn, switchOff, switchOn } from '../store.ts';
import { mayRead } from './counts.ts';
import { listCounted } from './store.ts';
import { everybodyView, groupsView, groupView, notTheirsView } from './views.ts';

async function showGroup({ db }: IntroductionDeps, actor: Actor, cohortId: string): Promise<View> {
  const group = await findCohort(db, cohortId);
  if (!group || group.isArchived || !may(actor, 'cohorts.manage', { cohortId })) return notTheirsView;
  return groupView({
    group,
    isOn: (await listSwitchedOn(db)).includes(cohortId),
    told: mayRead(actor, cohortId) ? await listCounted(db, cohortId) : undefined,
  });
}

/** Whoever runs a group lets its people choose. Those who chose are introduced in no other way by it. */
async function change(
  { db, clock }: IntroductionDeps,
  actor: Actor,
  cohortId: string,
  to: 'on' | 'off',
): Promise<void> {
  if (!may(actor, 'cohorts.manage', { cohortId })) return;
  await db.transaction().execute(async (trx) => {
    const group = await findCohort(trx, cohortId);
    if (!group || group.isArchived) return;
    const by = actor.person.id;
    const isChanged =
      to === 'on' ? await switchOn(trx, { cohortId, by, at: clock.now() }) : await switchOff(trx, cohortId);
    if (isChanged)
      await audit(trx, clock, {
        actor: by,
        action: `introductions.switch-${to}`,
        detail: { cohortId },
      });
  });
}

export function listenToLeading(to: Routes, deps: IntroductionDeps): void {
  const showGroups = async ({ actor, value, open, replace }: Click, isPage: boolean) => {
    const look = {
      groups: await listManagedCohorts(deps.db, actor),
      on: await listSwitchedOn(deps.db),
      readsEverybodys: mayRead(actor, everybody),
    };
    const view = groupsView(look, wantedPage(value));
    await (isPage ? replace(view) : open(view));
  };
  to.onClick(ids.groups, (click) => showGroups(click, false));
  to.onClick(ids.groupsPage, (click) => showGroups(click, true));
  to.onClick(ids.group, async ({ actor, value, open }) => open(await showGroup(deps, actor, value)));
  for (const [id, which] of [
    [ids.switchOn, 'on'],
    [ids.switchOff, 'off'],
  ] as const)
    to.onClick(id, async ({ actor, value, replace }) => {
      await change(deps, actor, value, which);
      await replace(await showGroup(deps, actor, value));
    });
  to.onClick(ids.everybody, async ({ actor, open }) =>
    open(mayRead(actor, everybody) ? everybodyView(await listCounted(deps.db, everybody)) : notTheirsView),
  );
}
