import type { Vocabulary } from '../../../content/vocabulary.ts';
import { list } from '../../../slack/text.ts';
import type { Profile } from '../profile/profile.ts';

/** Code points. A text travels in a window's metadata, which holds 3,000. */
export const introductionLimit = 600;

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
