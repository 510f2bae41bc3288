import { type Actor, may } from '../../../community/permissions.ts';
import { failureOf } from '../../../outbox/outcome.ts';
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
  const { db, client, forumChannel } = deps;
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
  if (step) {
    const closed = await closeByHand(deps, actor, { stepId: step.id, as: 'done' });
    if (closed.kind === 'over-already') return { kind: 'posted-before' };
  }
  try {
    await client.chat.postMessage({ channel: forumChannel, ...introductionPost(actor.person, text) });
    if (step) deps.stepClosed?.(actor.person.id, step.id);
    return { kind: 'posted', channelId: forumChannel };
  } catch (error) {
    const failure = failureOf(error);
    deps.log.warn({ outcome: failure.kind, reason: failure.reason }, 'An introduction was not posted');
    // It may stand there: whoever looks can tell, and offering it again could post it twice.
    if (failure.kind === 'unclear') return { kind: 'unclear', channelId: forumChannel };
    if (step) await reopen(deps, actor, step.id);
    return { kind: 'refused' };
  }
}
