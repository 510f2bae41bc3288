import type { VNode } from 'preact';
import type { ConversationSummary } from '../protocol.ts';
import { Composer } from './composer.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { MessageList } from './message-list.ts';
import { messageLines } from './people.ts';
import { Thread } from './thread.ts';
import { isoDay } from './time.ts';

type Props = { conversation: ConversationSummary; name: string; composerDrafts: Map<string, string> };

/** The messages of one place, where to write, and the thread that is open. */
export function Conversation({ conversation, name, composerDrafts }: Props): VNode {
  const { snapshot, tz, act, place } = useWorld();
  const messages = snapshot.messages[conversation.id] ?? [];
  const lines = messageLines(messages, (at) => isoDay(at, tz));
  // A link to a reply leads to where its thread hangs.
  const at = messages.find(({ ts }) => ts === place.at)?.threadTs ?? place.at;
  const isDirect = conversation.kind === 'dm' || conversation.kind === 'app';
  const shownName = isDirect ? name : `#${name}`;
  const canWrite = !conversation.archived && (conversation.isMember || isDirect);
  const closed = conversation.archived
    ? 'This channel is archived. It can be read, but nobody can write in it.'
    : undefined;
  return html`<div class=${`conversation${place.thread ? ' with-thread' : ''}`}>
    <div class="conversation-main">
    ${make(MessageList, {
      key: `${snapshot.me.id}:${conversation.id}`,
      label: `Messages in ${name}`,
      lines,
      lastRead: conversation.lastRead,
      at,
      empty: html`<p class="empty">${emptyWords(conversation, name)}</p>`,
    })}
    ${
      closed
        ? html`<p class="not-here">${closed}</p>`
        : canWrite
          ? make(Composer, {
              key: `${snapshot.me.id}:${conversation.id}`,
              conversation,
              name: `Message ${shownName}`,
              drafts: composerDrafts,
            })
          : html`<p class="not-here"><span>You are looking at <b>#${name}</b> from outside.</span>
              <button type="button" class="button primary" onClick=${() => void act({ do: 'join', channel: conversation.id })}>Join channel</button></p>`
    }
    </div>
    ${
      place.thread
        ? make(Thread, {
            key: `${snapshot.me.id}:${conversation.id}:${place.thread}`,
            conversation,
            name: shownName,
            root: place.thread,
            canWrite,
            composerDrafts,
          })
        : null
    }
  </div>`;
}

function emptyWords(conversation: ConversationSummary, name: string): string {
  if (conversation.kind === 'app')
    return `Nothing from ${name} yet. Write to it, or type / to see what it can do.`;
  if (conversation.kind === 'dm') return `This is the start of your conversation with ${name}.`;
  return conversation.isMember ? `Nothing here yet. Say hello to #${name}.` : 'Nothing here yet.';
}
