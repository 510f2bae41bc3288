import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ConversationSummary } from '../protocol.ts';
import { Composer } from './composer.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { MessageList } from './message-list.ts';
import { threadLines } from './people.ts';
import { withThread } from './route.ts';
import { isoDay } from './time.ts';

type Props = {
  conversation: ConversationSummary;
  name: string;
  root: string;
  canWrite: boolean;
  composerDrafts: Map<string, string>;
};

/** One message and what was answered to it, beside the conversation; on a phone in its place. */
export function Thread({ conversation, name, root, canWrite, composerDrafts }: Props): VNode {
  const { snapshot, tz, place, go } = useWorld();
  const pane = useRef<HTMLElement>(null);
  const lines = threadLines(snapshot.messages[conversation.id] ?? [], root, (at) => isoDay(at, tz));
  const close = () => {
    go(withThread(place, undefined));
    document.getElementById('main')?.focus();
  };
  useEffect(() => {
    (pane.current?.querySelector<HTMLElement>('textarea') ?? pane.current)?.focus();
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  };
  return html`<aside ref=${pane} class="thread" tabindex="-1" aria-labelledby="thread-title" onKeyDown=${onKey}>
    <header class="thread-head"><h2 id="thread-title">Thread <span class="quiet" dir="auto">${name}</span></h2>
      <button type="button" class="plain-icon" aria-label="Close the thread" title="Close the thread" onClick=${close}>${icon('cross')}</button></header>
    ${make(MessageList, {
      label: 'Messages in this thread',
      lines,
      lastRead: '',
      at: undefined,
      inThread: true,
      empty: html`<p class="empty">That message is not there any more.</p>`,
    })}
    ${
      canWrite && lines.length > 0
        ? make(Composer, {
            key: `${snapshot.me.id}:${root}`,
            conversation,
            name: 'Reply in this thread',
            threadTs: root,
            drafts: composerDrafts,
          })
        : null
    }
  </aside>`;
}
