import { usableZone } from '../../../scheduler/calendar.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { TrainingDeps } from '../deps.ts';
import { findOwnFeed, makeFeed, stopFeed } from './feed.ts';
import { ids } from './ids.ts';
import { feedView, newFeedView, noFeedView } from './views.ts';

/** Somebody's own calendar address. Where none are served there is no button; a click on an old one changes nothing. */
export function listenToCalendar(to: Routes, deps: TrainingDeps): void {
  if (deps.feedsAt === undefined) return;
  to.onClick(ids.open, async ({ actor, open }) => {
    const feed = await findOwnFeed(deps, actor.person.id);
    await open(feed ? feedView(feed, usableZone(actor.person.timeZone, deps.timeZone)) : noFeedView());
  });
  to.onClick(ids.make, async ({ actor, replace }) => {
    const address = await makeFeed(deps, actor.person.id);
    if (address) await replace(newFeedView(address));
  });
  to.onClick(ids.stop, async ({ actor, replace }) => {
    await stopFeed(deps, actor.person.id);
    await replace(noFeedView(true));
  });
}
