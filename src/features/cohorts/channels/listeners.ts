import { findPersonBySlackId } from '../../../community/people.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { CohortsDeps } from '../deps.ts';
import { resolvePeople } from '../directory.ts';
import { joinedChannel, leftChannel, syncChannel } from './channel.ts';
import { listFollowing } from './store.ts';

/** Linked channels: whoever comes or goes there, comes or goes in the group. */
export function listenToChannels(to: Routes, deps: CohortsDeps): void {
  to.onEvent('member_joined_channel', async ({ event }) => {
    const following = await listFollowing(deps.db, event.channel);
    if (following.length === 0) return;
    if (event.user === deps.botUserId) {
      // From now on the bot hears of it; what happened before is made up for.
      for (const { id } of following) await syncChannel(deps, id);
      return;
    }
    const [person] = (await resolvePeople(deps, [event.user])).people;
    if (person) await joinedChannel(deps, { channelId: event.channel, person });
  });
  to.onEvent('member_left_channel', async ({ event }) => {
    if (event.user === deps.botUserId) return;
    const person = await findPersonBySlackId(deps.db, event.user);
    if (person) await leftChannel(deps, { channelId: event.channel, person });
  });
}
