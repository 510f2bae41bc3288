import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ConversationSummary } from '../protocol.ts';
import { Composer } from './composer.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { Message } from './message.ts';
import { messageLines } from './people.ts';
import { dayText, isoDay } from './time.ts';

type Props = { conversation: ConversationSummary; name: string; composerDrafts: Map<string, string> };

/** The messages of one place, and where to write. The newest is in sight unless the person has scrolled up. */
export function Conversation({ conversation, name, composerDrafts }: Props): VNode {
  const { snapshot, now, tz, act } = useWorld();
  const pane = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const messages = snapshot.messages[conversation.id] ?? [];
  const lines = messageLines(messages, (at) => isoDay(at, tz));

  useLayoutEffect(() => {
    atEnd.current = true;
    const element = pane.current;
    const content = element?.firstElementChild;
    if (!element || !content) return undefined;
    const stick = () => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    };
    stick();
    // Charts and pictures find their height later.
    const observer = new ResizeObserver(stick);
    observer.observe(content);
    observer.observe(element);
    return () => observer.disconnect();
  }, [conversation.id, snapshot.me.id]);

  const onScroll = () => {
    const element = pane.current;
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
  };
  const closed = conversation.archived
    ? 'This channel is archived. It can be read, but nobody can write in it.'
    : undefined;
  return html`<div class="conversation">
    <div ref=${pane} class="messages" tabindex="0" role="region" aria-label=${`Messages in ${name}`} onScroll=${onScroll}>
      <div class="messages-inside">
        ${lines.length === 0 ? html`<p class="empty">${emptyWords(conversation, name)}</p>` : null}
        ${lines.map(
          (line) => html`<div key=${`${line.message.ts}${line.message.ephemeral ? 'e' : ''}`}>
            ${line.startsDay ? html`<p class="day"><span>${dayText(new Date(line.message.at), now, tz)}</span></p>` : null}
            ${make(Message, { line })}
          </div>`,
        )}
      </div>
    </div>
    ${
      closed
        ? html`<p class="not-here">${closed}</p>`
        : conversation.isMember || conversation.kind === 'dm' || conversation.kind === 'app'
          ? make(Composer, {
              key: `${snapshot.me.id}:${conversation.id}`,
              conversation,
              name: conversation.kind === 'dm' || conversation.kind === 'app' ? name : `#${name}`,
              drafts: composerDrafts,
            })
          : html`<p class="not-here"><span>You are looking at <b>#${name}</b> from outside.</span>
              <button type="button" class="button primary" onClick=${() => void act({ do: 'join', channel: conversation.id })}>Join channel</button></p>`
    }
  </div>`;
}

function emptyWords(conversation: ConversationSummary, name: string): string {
  if (conversation.kind === 'app')
    return `Nothing from ${name} yet. Write to it, or type / to see what it can do.`;
  if (conversation.kind === 'dm') return `This is the start of your conversation with ${name}.`;
  return conversation.isMember ? `Nothing here yet. Say hello to #${name}.` : 'Nothing here yet.';
}
