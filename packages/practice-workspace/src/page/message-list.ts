import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { Message } from './message.ts';
import type { MessageLine } from './people.ts';
import { dayText } from './time.ts';

type Props = {
  label: string;
  lines: readonly MessageLine[];
  /** The newest message that was read before this list was opened. */
  lastRead: string;
  /** A message that somebody followed a link to. */
  at: string | undefined;
  inThread?: boolean;
  empty?: ComponentChildren;
};

/** From which message on is kept in sight; 'end' for the newest. Undefined while the person looks elsewhere. */
type Hold = 'end' | { from: string } | undefined;

/** How long after somebody did something what comes is taken for the answer. */
const answerMs = 10_000;
const nearEnd = 60;

/**
 * Messages, oldest first. One's own and the answer come into view from their beginning; of what others say meanwhile, a
 * button tells whoever has scrolled away. Give it a `key` of its own for each place and person.
 */
export function MessageList({ label, lines, lastRead, at, inThread = false, empty }: Props): VNode {
  const { snapshot, now, tz, acted } = useWorld();
  const me = snapshot.me.id;
  const pane = useRef<HTMLDivElement>(null);
  const hold = useRef<Hold>('end');
  const lastSet = useRef(0);
  const newest = useRef('');
  const unseenFrom = useRef('');
  const [unseen, setUnseen] = useState(0);
  // Who has never been here is not told that all of it is new.
  const [firstNew] = useState(
    () =>
      (lastRead && lines.find(({ message }) => message.ts > lastRead && message.user !== me)?.message.ts) ||
      '',
  );

  const place = (ts: string) => pane.current?.querySelector<HTMLElement>(`[data-line="${ts}"]`);
  const stick = () => {
    const element = pane.current;
    if (!element || hold.current === undefined) return;
    const end = element.scrollHeight - element.clientHeight;
    const from = hold.current === 'end' ? undefined : place(hold.current.from);
    element.scrollTop = from ? Math.min(end, from.offsetTop - 8) : end;
    lastSet.current = element.scrollTop;
  };
  const count = () => {
    const element = pane.current;
    if (!element || unseenFrom.current === '') return;
    const bottom = element.scrollTop + element.clientHeight - 24;
    const below = lines.filter(
      ({ message }) => message.ts >= unseenFrom.current && (place(message.ts)?.offsetTop ?? 0) > bottom,
    );
    unseenFrom.current = below[0]?.message.ts ?? '';
    setUnseen(below.length);
  };
  const settle = () => {
    stick();
    count();
  };
  // What observes sizes must count what is there by then.
  const latest = useRef(settle);
  latest.current = settle;

  useLayoutEffect(() => {
    const element = pane.current;
    const content = element?.firstElementChild;
    if (!element || !content) return undefined;
    newest.current = lines.at(-1)?.message.ts ?? '';
    if (at === undefined && firstNew) {
      hold.current = { from: firstNew };
      unseenFrom.current = firstNew;
    }
    // Charts and pictures find their height later.
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(content);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (at === undefined) return;
    hold.current = { from: at };
    settle();
  }, [at]);

  const last = lines.at(-1)?.message.ts ?? '';
  useLayoutEffect(() => {
    const element = pane.current;
    const fresh = lines.filter(({ message }) => message.ts > newest.current).map(({ message }) => message);
    newest.current = last;
    const first = fresh[0];
    if (!element || !first) return settle();
    const own = fresh.find((message) => message.user === me && !message.fromSlack);
    const isAnswer =
      fresh.some((message) => message.ephemeral) || performance.now() - acted.current < answerMs;
    if (unseenFrom.current === '') unseenFrom.current = first.ts;
    if (own) hold.current = { from: own.ts };
    else if (isAnswer || hold.current !== undefined) {
      // Question and answer stay in view together as long as there is room.
      const { current } = hold;
      const question = typeof current === 'object' ? place(current.from) : undefined;
      const hasRoom = question && element.scrollHeight - question.offsetTop <= element.clientHeight;
      const isAtEnd = element.scrollHeight - lastSet.current - element.clientHeight;
      const reads = typeof current === 'object' && !isAnswer && isAtEnd > element.clientHeight;
      if (!hasRoom && !reads) hold.current = { from: first.ts };
    }
    settle();
  }, [last]);

  const onScroll = () => {
    const element = pane.current;
    if (!element) return;
    if (Math.abs(element.scrollTop - lastSet.current) > 2) {
      lastSet.current = element.scrollTop;
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      hold.current = left < nearEnd ? 'end' : undefined;
    }
    count();
  };
  const jump = () => {
    hold.current = { from: unseenFrom.current };
    settle();
    pane.current?.focus();
  };
  return html`<div class="message-list">
    <div ref=${pane} class="messages" tabindex="0" role="region" aria-label=${label} onScroll=${onScroll}>
      <div class="messages-inside">
        ${lines.length === 0 ? empty : null}
        ${lines.map(
          (
            line,
          ) => html`<div key=${`${line.message.ts}${line.message.ephemeral ? 'e' : ''}`} data-line=${line.message.ts}
            class=${line.message.ts === at ? 'pointed' : undefined}>
            ${line.startsDay ? html`<p class="day"><span>${dayText(new Date(line.message.at), now, tz)}</span></p>` : null}
            ${line.message.ts === firstNew ? html`<p class="new-line"><span>New</span></p>` : null}
            ${make(Message, { line, inThread })}
          </div>`,
        )}
      </div>
    </div>
    ${
      unseen > 0
        ? html`<button type="button" class="new-messages" onClick=${jump}>${icon('arrow-down')}${
            unseen === 1 ? '1 new message' : `${unseen} new messages`
          }</button>`
        : null
    }
  </div>`;
}
