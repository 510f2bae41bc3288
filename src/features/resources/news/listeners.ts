import type { Routes } from '../../../slack/routes.ts';
import { start } from '../curating/queue/place.ts';
import { showQueue } from '../curating/queue/show.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { follow, followOnly, tellForum } from './follow.ts';
import { listFollowed } from './store.ts';
import { followAnswer, forumReceipt, newsDialog, newsForm } from './views.ts';
import { firstNewsOn } from './weekly.ts';

/** Following a topic, and telling the forum. */
export function listenToNews(to: Routes, deps: Deps): void {
  const { vocabulary, clock, timeZone } = deps;
  const firstOn = () => firstNewsOn(clock.now(), timeZone);
  // The list it stands below stays.
  to.onClick(ids.follow, async ({ actor, value, beside }) =>
    beside(followAnswer(await follow(deps, actor, value), vocabulary, firstOn())),
  );
  to.onClick(ids.unfollow, async ({ actor, answer }) =>
    answer(followAnswer(await followOnly(deps, actor, []), vocabulary, firstOn())),
  );
  to.onClick(ids.openFollow, async ({ actor, replace }) =>
    replace(newsDialog(vocabulary, await listFollowed(deps.db, actor.person.id))),
  );
  to.onSend(newsForm, async ({ actor, values, answer }) =>
    answer(followAnswer(await followOnly(deps, actor, values.topics), vocabulary, firstOn())),
  );
  for (const turn of ['on', 'off'] as const)
    to.onClick(`${ids.forumNews}${turn}`, async ({ actor, answer }) => {
      const outcome = await tellForum(deps, actor, turn === 'on');
      await answer(await showQueue(deps, actor, start, { text: forumReceipt(outcome, firstOn()) }));
    });
}
