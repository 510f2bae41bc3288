import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { cancelQueued, enqueue, sealMessage } from '../../../outbox/outbox.ts';
import type { OnboardingDeps } from '../deps.ts';
import { viewJourney } from '../steps/journey-view.ts';
import { closeByHand, reopen } from '../steps/steps.ts';
import type { PostOutcome } from './draft.ts';
import { introductionPost } from './views.ts';

/**
 * Posts what the person just saw in the preview, as a direct consequence of their click. Pressing twice posts once: the
 * step is closed first, and opened again when Slack refuses.
 */
export async function postIntroduction(
  deps: OnboardingDeps,
  actor: Actor,
  text: string,
): Promise<PostOutcome> {
  const { db, clock, forumChannel } = deps;
  if (!may(actor, 'community.use')) return { kind: 'not-allowed' };
  const view = await viewJourney(db, deps, actor.person);
  if (view?.journey.agreementVersion === undefined) return { kind: 'not-allowed' };
  const step = view.steps.find((one) => one.step.does === 'introduce')?.step;
  if (forumChannel === undefined) {
    if (step) {
      await closeByHand(deps, actor, { stepId: step.id, as: 'done' });
      deps.stepClosed?.(actor.person.id, step.id);
    }
    return { kind: 'to-copy' };
  }
  const about = {
    to: { channelId: forumChannel },
    idempotencyKey: `onboarding:introduction:${actor.person.id}:${newId(clock)}`,
  };
  const post = async (trx: Db) =>
    void (await enqueue(trx, clock, {
      ...about,
      kind: 'onboarding.introduction',
      message: sealMessage(deps.vault, about, introductionPost(actor.person, text), actor.person.id),
      sendAfter: clock.now(),
    }));
  if (step) {
    const closed = await closeByHand(deps, actor, { stepId: step.id, as: 'done' }, post);
    if (closed.kind !== 'closed') return { kind: 'posted-before' };
  } else await post(db);
  const sent = await deps.sendNow(about.idempotencyKey);
  // They wait for it: what Slack does not take now is theirs to post, not ours some time later.
  const isTakenBack =
    sent === 'waiting' &&
    (await cancelQueued(db, { idempotencyKey: about.idempotencyKey }, 'not posted at once')) > 0;
  if (sent === 'over' || isTakenBack) {
    if (step) await reopen(deps, actor, step.id);
    return { kind: 'refused' };
  }
  // It may stand there: whoever looks can tell, and offering it again could post it twice.
  if (sent !== 'sent') return { kind: 'unclear', channelId: forumChannel };
  if (step) deps.stepClosed?.(actor.person.id, step.id);
  return { kind: 'posted', channelId: forumChannel };
}
