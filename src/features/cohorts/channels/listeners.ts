import { findPersonBySlackId } from '../../../community/people.ts';
import type { Routes } from '../../../slack/routes.ts';
import { cardAnswer } from '../answers.ts';
import type { CohortsDeps } from '../deps.ts';
import { resolvePeople } from '../directory.ts';
import { ids } from '../ids.ts';
import { onOpenForm } from '../listeners.ts';
import { readManaged } from '../read.ts';
import { notAllowed } from '../views.ts';
import { addChannel } from './add-channel.ts';
import { followChannel, joinedChannel, leftChannel, linkChannel, syncChannel } from './channel.ts';
import { listFollowing } from './store.ts';
import {
  addChannelDialog,
  addChannelForm,
  addChannelReceipt,
  addingSome,
  channelDialog,
  channelForm,
  comingIntoStep,
  followReceipt,
  linkReceipt,
  noChannel,
  readingChannel,
} from './views.ts';

/** Everyone in a channel at once, and linked channels: whoever comes or goes there, comes or goes in the group. */
export function listenToChannels(to: Routes, deps: CohortsDeps): void {
  onOpenForm(to, deps, ids.addChannel, addChannelDialog);

  to.onSend(addChannelForm, async ({ actor, values, carried: cohortId, show, answer }) => {
    const { channel: channelId } = values;
    await show(readingChannel(channelId));
    const outcome = await addChannel(deps, { actor, cohortId, channelId }, async (done, of) => {
      // The rest is added also where Slack would not show how far it is.
      await show(addingSome(done, of)).catch(() => false);
    });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    await answer(await cardAnswer(deps, actor, cohortId, addChannelReceipt(outcome)));
  });

  onOpenForm(to, deps, ids.channel, channelDialog);

  to.onSend(channelForm, async ({ actor, values, carried: cohortId, refuse, show, answer }) => {
    const { channel: channelId, follow: follows } = values;
    if (follows && channelId === undefined) return refuse({ channel: noChannel });
    if (!(await readManaged(deps, actor, cohortId))) return answer(notAllowed);
    if (channelId === undefined || !follows) {
      const outcome = await linkChannel(deps, { actor, cohortId, channelId, follows: false });
      if (outcome.kind === 'not-allowed') return answer(notAllowed);
      return answer(await cardAnswer(deps, actor, cohortId, linkReceipt(outcome)));
    }
    await show(comingIntoStep(channelId));
    const outcome = await followChannel(deps, { actor, cohortId, channelId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    await answer(await cardAnswer(deps, actor, cohortId, followReceipt(outcome, channelId)));
  });

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
