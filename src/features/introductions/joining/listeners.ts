import type { View } from '@slack/types';
import { type Actor, may } from '../../../community/permissions.ts';
import { asModal } from '../../../slack/answer.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import type { IntroductionDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { everybody, listOwn } from '../store.ts';
import { nextDay } from '../when.ts';
import {
  agreeFirst,
  gone,
  metForm,
  metKept,
  metView,
  mineView,
  minutesIn,
  promptView,
  saved,
  skipped,
  stopped,
  tooMany,
  wishForm,
  wishView,
  wrongDay,
  youAreIn,
} from './views.ts';
import { findOwn, findPlace, findPrompt, sayMet, stop, todayOf, want } from './wish.ts';

export async function showWish(deps: IntroductionDeps, actor: Actor, receipt?: Mrkdwn): Promise<View> {
  const place = await findPlace(deps, actor);
  if (place.kind === 'not-agreed') return asModal(agreeFirst(may(actor, 'cohorts.manage')));
  return wishView({
    ...place,
    nextOn: nextDay(place.wish, deps.clock.now(), deps),
    leads: may(actor, 'cohorts.manage'),
    ...(receipt && { receipt }),
  });
}

/** How somebody wants to be introduced, and what came of it. */
export function listenToJoining(to: Routes, deps: IntroductionDeps): void {
  const { db, vault } = deps;
  to.onClick(ids.open, async ({ actor, replace }) => replace(await showWish(deps, actor)));

  to.onSend(wishForm, async ({ actor, values, refuse, show }) => {
    const { how, pool = everybody, pace, avoids } = values;
    const outcome = await want(deps, actor, {
      pool,
      everyWeeks: Number(pace),
      isPaused: how === 'paused',
      avoids,
    });
    switch (outcome.kind) {
      case 'not-agreed':
        return void (await show(asModal(agreeFirst(may(actor, 'cohorts.manage')))));
      case 'too-many':
        return refuse({ avoids: tooMany });
      case 'saved': {
        // On which day it begins stands below, in any case.
        const receipt = outcome.isNew && !outcome.wish.isPaused ? youAreIn : saved;
        return void (await show(await showWish(deps, actor, receipt)));
      }
    }
  });

  to.onClick(ids.stop, async ({ actor, replace }) => {
    await stop(deps, actor);
    await replace(asModal(stopped));
  });

  const mine = async ({ actor, value }: { actor: Actor; value: string }) =>
    mineView(
      may(actor, 'own.read', { ownerId: actor.person.id }) ? await listOwn(db, vault, actor.person.id) : [],
      wantedPage(value),
    );
  for (const id of [ids.mine, ids.minePage])
    to.onClick(id, async (click) => click.replace(await mine(click)));

  to.onClick(ids.prompt, async ({ actor, value, open }) =>
    open(promptView(await findPrompt(deps, actor, value))),
  );

  to.onClick(ids.met, async ({ actor, value, replace }) => {
    const own = await findOwn(deps, actor, value);
    await replace(own ? metView(own, todayOf(deps, actor)) : asModal(gone));
  });
  to.onSend(metForm, async ({ actor, carried: id, values: { on, minutes }, refuse, show }) => {
    const outcome = await sayMet(deps, actor, id, { on, minutes: minutesIn(minutes) });
    switch (outcome.kind) {
      case 'gone':
        return void (await show(asModal(gone)));
      case 'wrong-day':
        return refuse({ on: wrongDay });
      case 'kept':
        return void (await show(asModal(metKept(outcome.own))));
    }
  });
  to.onClick(ids.unsayMet, async ({ actor, value, answer }) => {
    const outcome = await sayMet(deps, actor, value, undefined);
    await answer(outcome.kind === 'kept' ? metKept(outcome.own) : gone);
  });
  // Nothing is kept of it: the question was the only one.
  to.onClick(ids.notMet, async ({ instead }) => instead(skipped));
}
