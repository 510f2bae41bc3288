import type { Slack } from './slack.ts';
import type { Conversation } from './world-types.ts';

/** Joining and leaving: the line in the channel, and the events the app hears. */

export function joinChannel(slack: Slack, user: string, conversation: Conversation, inviter?: string): void {
  if (conversation.members.has(user)) return;
  conversation.members.add(user);
  slack.world.touch('everyone');
  announce(slack, user, conversation, 'has joined the channel', 'join');
  slack.events.membership('joined', user, conversation, inviter);
}

export function leaveChannel(slack: Slack, user: string, conversation: Conversation): void {
  if (!conversation.members.has(user)) return;
  announce(slack, user, conversation, 'has left the channel', 'leave');
  conversation.members.delete(user);
  slack.world.touch('everyone');
  slack.events.membership('left', user, conversation);
}

function announce(
  slack: Slack,
  user: string,
  conversation: Conversation,
  what: string,
  how: 'join' | 'leave',
): void {
  const message = slack.world.addMessage({
    channel: conversation.id,
    user,
    fromApp: false,
    text: `<@${user}> ${what}`,
    subtype: `${conversation.kind === 'channel' ? 'channel' : 'group'}_${how}`,
  });
  slack.events.message(message);
}
