import { findPersonBySlackId } from '../../../community/people.ts';
import type { Routes } from '../../../slack/routes.ts';
import { cardAnswer } from '../answers.ts';
import type { CohortsDeps } from '../deps.ts';
import { resolvePeople } from '../directory.ts';
import { ids, idsBefore } from '../ids.ts';
import { undoAddition } from '../members/membership.ts';
import { readManaged } from '../read.ts';
import { notAllowed } from '../views.ts';
import { addChannel, previewChannel } from './add-channel.ts';
import { followChannel, joinedChannel, leftChannel, linkChannel, syncChannel } from './channel.ts';
import { listFollowing } from './store.ts';
import {
  addChannelForm,
  addChannelPreview,
  addChannelPreviewDialog,
  addChannelReceipt,
  addingAll,
  addingSome,
  channelForm,
  comingIntoStep,
  following,
  followPreview,
  followPreviewDialog,
  followReceipt,
  linkReceipt,
  noChannel,
  readingChannel,
  unfollowedReceipt,
} from './views.ts';

/** Everyone in a channel at once, and linked channels: whoever comes or goes there, comes or goes in the group. */
export function listenToChannels(to: Routes, deps: CohortsDeps): void {
  to.onSend(addChannelForm, async ({ actor, values, carried: cohortId, show, answer }) => {
    const { channel: channelId } = values;
    await show(readingChannel(channelId));
    const outcome = await previewChannel(deps, { actor, cohortId, channelId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    // Whoever has closed it meanwhile does not want it.
    if (outcome.kind === 'preview' && outcome.added.length > 0)
      return void (await show(addChannelPreviewDialog(outcome, channelId)));
    await answer(await cardAnswer(deps, actor, cohortId, addChannelReceipt(outcome).text));
  });

  to.onSend(addChannelPreview, async ({ actor, carried, show, answer }) => {
    await show(addingAll());
    const outcome = await addChannel(deps, { actor, ...carried }, async (done, of) => {
      // The rest is added also where Slack would not show how far it is.
      await show(addingSome(done, of)).catch(() => false);
    });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    const { text, undo } = addChannelReceipt(outcome);
    await answer(await cardAnswer(deps, actor, carried.cohortId, text, undo));
  });

  to.onSend(channelForm, async ({ actor, values, carried: cohortId, refuse, show, answer }) => {
    const { channel: channelId, follow: follows } = values;
    if (follows && channelId === undefined) return refuse({ channel: noChannel });
    if (!(await readManaged(deps, actor, cohortId))) return answer(notAllowed);
    if (channelId === undefined || !follows) {
      const outcome = await linkChannel(deps, { actor, cohortId, channelId, follows: false });
      if (outcome.kind === 'not-allowed') return answer(notAllowed);
      return answer(await cardAnswer(deps, actor, cohortId, linkReceipt(outcome)));
    }
    await show(readingChannel(channelId));
    const outcome = await previewChannel(deps, { actor, cohortId, channelId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    if (outcome.kind === 'preview') return void (await show(followPreviewDialog(outcome, channelId)));
    await answer(await cardAnswer(deps, actor, cohortId, addChannelReceipt(outcome).text));
  });

  to.onSend(followPreview, async ({ actor, carried, show, answer }) => {
    const { cohortId, channelId } = carried;
    await show(comingIntoStep(channelId));
    const outcome = await followChannel(deps, { actor, cohortId, channelId });
    if (outcome.kind === 'not-allowed') return answer(notAllowed);
    const { text, undo } = followReceipt(outcome, channelId);
    await answer(await cardAnswer(deps, actor, cohortId, text, undo));
  });

  for (const id of [ids.undoFollowing, idsBefore.undoFollowing])
    to.onClick(id, following, async ({ actor, carried, answer }) => {
      const { cohortId, channelId, addition } = carried;
      const cohort = await readManaged(deps, actor, cohortId);
      if (cohort?.channelId === channelId)
        await linkChannel(deps, { actor, cohortId, channelId: undefined, follows: false });
      const outcome = await undoAddition(deps, { actor, cohortId, addition });
      if (outcome.kind === 'not-allowed') return answer(notAllowed);
      const isLinked = cohort?.channelId !== undefined && cohort.channelId !== channelId;
      await answer(await cardAnswer(deps, actor, cohortId, unfollowedReceipt(outcome, isLinked)));
    });

  deps.comings.onChange(async ({ channelId, slackId, isIn }) => {
    const following = await listFollowing(deps.db, channelId);
    if (following.length === 0) return;
    if (slackId === deps.botUserId) {
      // From now on the bot hears of it; what happened before is made up for.
      if (isIn) for (const { id } of following) await syncChannel(deps, id);
      return;
    }
    if (!isIn) {
      const person = await findPersonBySlackId(deps.db, slackId);
      if (person) await leftChannel(deps, { channelId, person });
      return;
    }
    const [person] = (await resolvePeople(deps, [slackId])).people;
    if (person) await joinedChannel(deps, { channelId, person });
  });
}
