import type { Actor } from '../../../community/permissions.ts';
import { nextOpenOccurrence } from '../../../scheduler/days-off.ts';
import type { Answer } from '../../../slack/answer.ts';
import { turnTo, wantedPage } from '../../../slack/paging.ts';
import type { Routes } from '../../../slack/routes.ts';
import { askedAt, comingIn, nextAskedAt } from '../coming.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { packedUndo } from '../planning/carried.ts';
import { beginChanging } from '../planning/listeners.ts';
import { findPlan } from '../planning/store.ts';
import { placesOf } from '../readers.ts';
import { countLed, findCheckIn } from '../store.ts';
import { said } from '../views.ts';
import { notAllowed } from '../words.ts';
import { ledChoice } from './carried.ts';
import {
  bringBack,
  bringBackSkipped,
  cancelCheckIn,
  deleteLed,
  findLed,
  moveCheckIn,
  pauseCheckIn,
  readLed,
  resumeCheckIn,
  skipNext,
  undoScheduling,
} from './manage.ts';
import {
  cancelView,
  deleteView,
  ledAnswer,
  moveForm,
  moveView,
  sayManaged,
  skippedAnswer,
  skippedNext,
  skipView,
  undoneAnswer,
} from './views.ts';

const ledAPage = 5;

/** What somebody runs: paused, gone on with, moved, ended. */
export function listenToLeading(to: Routes, deps: CheckInDeps): void {
  const { timeZone: zone } = deps;

  for (const id of [ids.list, ids.listMore])
    to.onClick(id, async ({ actor, value, answer }) => answer(await showLed(deps, actor, wantedPage(value))));

  to.onClick(ids.manage, ledChoice, async ({ actor, carried: { what, id, page }, open, replace, answer }) => {
    if (what === 'pause' || what === 'resume' || what === 'unskip') {
      const does = { pause: pauseCheckIn, resume: resumeCheckIn, unskip: bringBackSkipped };
      const done = await does[what](deps, actor, id);
      return answer(await showLed(deps, actor, page, sayManaged(done, what, zone)));
    }
    if (what === 'edit') {
      const begun = await beginChanging(deps, actor, id);
      // In its place: of a window on top of another Slack does not tell what stood in it when both are closed.
      return begun.kind === 'begun' ? replace(begun.view) : answer(begun.answer);
    }
    const found = await findLed(deps, actor, id);
    if (found.kind === 'not-allowed') return answer(said(notAllowed));
    if (what === 'skip') {
      const coming = comingIn(found.checkin, undefined, found.daysOff);
      const after =
        coming.nextAt && coming.recurrence
          ? nextOpenOccurrence(coming.recurrence, coming.nextAt, found.daysOff)
          : undefined;
      return open(
        skipView(coming, found.cohortName, {
          next: nextAskedAt(coming, found.daysOff),
          after: after && askedAt(coming, after, found.daysOff),
          zone,
        }),
      );
    }
    if (what === 'delete') return open(deleteView(found.checkin, found.cohortName));
    return open(
      what === 'move'
        ? moveView(found.checkin, { next: nextAskedAt(found.checkin, found.daysOff), zone })
        : cancelView(found.checkin, found.cohortName),
    );
  });

  to.onSend(moveForm(zone), async ({ actor, carried: id, values, refuse, answer }) => {
    const moved = await moveCheckIn(deps, actor, id, values);
    if (moved.kind === 'problems') return refuse(moved.problems);
    return answer(said(sayManaged(moved, 'move', zone)));
  });

  to.onClick(ids.skipNext, skippedNext, async ({ actor, carried, answer }) => {
    const skipped = await skipNext(deps, actor, carried.id, new Date(carried.at));
    await answer(skippedAnswer(skipped, carried, zone));
  });
  to.onClick(ids.bringBack, skippedNext, async ({ actor, carried: { id, at }, answer }) =>
    answer(said(sayManaged(await bringBack(deps, actor, id, new Date(at)), 'bring-back', zone))),
  );

  to.onClick(ids.remove, async ({ actor, value, answer }) =>
    answer(said(sayManaged(await deleteLed(deps, actor, value), 'delete', zone))),
  );

  to.onClick(ids.undo, packedUndo, async ({ actor, carried, answer }) => {
    const undone = await undoScheduling(deps, actor, carried.id);
    const plan = await findPlan(deps.db, carried.plan, actor.person.id);
    const label = undone.kind === 'not-allowed' ? undefined : undone.checkin.definition.label;
    // Pressed twice, it is gone already.
    const isGone = (await findCheckIn(deps.db, carried.id)) === undefined;
    const isUndone = undone.kind === 'done' || (undone.kind === 'not-allowed' && isGone);
    await answer(
      plan && isUndone
        ? undoneAnswer({ id: plan.id, label: label ?? plan.label })
        : said(sayManaged(undone, 'cancel', zone)),
    );
  });

  to.onClick(ids.cancel, async ({ actor, value, answer }) =>
    answer(said(sayManaged(await cancelCheckIn(deps, actor, value), 'cancel', zone))),
  );
}

/** @param page from 0. @param note what was done, above the list. */
export async function showLed(deps: CheckInDeps, actor: Actor, page: number, note?: string): Promise<Answer> {
  const { db, timeZone: zone } = deps;
  const places = placesOf(actor);
  const total = await countLed(db, places);
  const { offset, ...turn } = turnTo(page, total, ledAPage);
  const shown = await readLed(deps, places, { goingOn: false, offset, limit: ledAPage });
  return ledAnswer(shown, turn, { zone, note });
}
