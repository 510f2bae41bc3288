import type { Snapshot } from '../protocol.ts';
import { plainWords } from './mrkdwn.ts';
import { conversationName, personName } from './people.ts';

/** What a screen reader says when something arrives: who and where, and the first words. */
export function newsIn(before: Snapshot | undefined, after: Snapshot): string | undefined {
  if (!before || before.me.id !== after.me.id) return undefined;
  const arrived = after.conversations.flatMap((conversation) => {
    const known = new Set((before.messages[conversation.id] ?? []).map((message) => message.ts));
    return (after.messages[conversation.id] ?? [])
      .filter((message) => !known.has(message.ts) && message.user !== after.me.id)
      .map((message) => ({ conversation, message }));
  });
  const latest = arrived.at(-1);
  if (!latest) return undefined;
  if (arrived.length > 3) return `${arrived.length} new messages`;
  const { conversation, message } = latest;
  const author = message.fromSlack
    ? 'Slackbot'
    : personName(
        after.people.find((person) => person.id === message.user),
        message.user,
      );
  const where =
    conversation.kind === 'channel' || conversation.kind === 'private-channel'
      ? ` in ${conversationName(conversation, after)}`
      : '';
  return `New message from ${author}${where}: ${plainWords(message.text).slice(0, 140)}`;
}
