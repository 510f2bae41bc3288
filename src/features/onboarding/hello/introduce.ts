import { type Actor, may } from '../../../community/permissions.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { failureOf } from '../../../outbox/outcome.ts';
import { list } from '../../../slack/text.ts';
import type { OnboardingDeps } from '../deps.ts';
import type { Profile } from '../profile/profile.ts';
import { closeByHand, reopen, viewJourney } from '../steps/steps.ts';
import { introductionPost } from './views.ts';

/** A draft from what the person said about themselves. Theirs to change, before anybody sees it. */
export function draftIntroduction(profile: Profile | undefined, vocabulary: Vocabulary): string {
  if (!profile) return 'Hello everyone, I am glad to be here.';
  const groups = profile.ageGroups.map(
    (id) => vocabulary.age_groups.find((group) => group.id === id)?.label.split(',')[0] ?? id,
  );
  const topics = profile.interests.map(
    (id) => vocabulary.topics.find((topic) => topic.id === id)?.label.toLowerCase() ?? id,
  );
  const sentences = [
    'Hello everyone.',
    profile.introduction,
    profile.role
      ? `My role: ${profile.role}${profile.organisation ? ` (${profile.organisation})` : ''}.`
      : profile.organisation && `I am with ${profile.organisation}.`,
    groups.length > 0 ? `I work with: ${list(groups)}.` : undefined,
    topics.length > 0 ? `I would like to learn more about ${list(topics.slice(0, 3))}.` : undefined,
  ];
  return sentences.filter((one) => one).join(' ');
}

export type PostOutcome =
  | { kind: 'posted'; channelId: string }
  /** No forum channel is configured: the person posts it themselves. */
  | { kind: 'to-copy' }
  /** Slack did not take it; the text is still in front of them. */
  | { kind: 'refused' }
  /** Slack did not say: it may stand in the channel or not. */
  | { kind: 'unclear'; channelId: string }
  | { kind: 'posted-before' }
  | { kind: 'not-allowed' };

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
