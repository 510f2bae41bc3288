import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { World } from './context.ts';
import { useWorld } from './context.ts';
import { emojiFor, emojiWords, knownEmoji, withEmoji } from './emoji.ts';
import { html, make } from './html.ts';
import type { Obj } from './json.ts';
import { str, textOf } from './json.ts';
import type { Inline, Passage } from './mrkdwn.ts';
import { parseMrkdwn } from './mrkdwn.ts';
import { conversationName, personName } from './people.ts';
import { PersonButton } from './person-card.ts';
import { writeRoute } from './route.ts';
import type { SlackTarget } from './slack-links.ts';
import { slackTarget } from './slack-links.ts';
import { capital, dateToken } from './time.ts';

/** A link of an app's: into this workspace where it leads there, otherwise to a page of its own. */
export function ExternalLink({ href, children }: { href: string; children: ComponentChildren }): VNode {
  const world = useWorld();
  const target = slackTarget(href, world.snapshot);
  if (target) {
    const onClick = (event: Event) => {
      event.preventDefault();
      void world.follow(target);
    };
    return html`<a class="link" dir="auto" href=${inPage(target, world)} onClick=${onClick}>${children}</a>`;
  }
  return html`<a class="link" dir="auto" href=${href} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

/** The page's own address for it; somebody to write to has none before it is asked for. */
export function inPage(target: SlackTarget, { snapshot }: World): string {
  return target.kind === 'person' ? '#' : writeRoute(snapshot.me.id, target);
}

export function mention(world: World, kind: 'user' | 'channel', id: string, label: string): VNode {
  if (kind === 'user') {
    const me = id === world.snapshot.me.id;
    const person = world.people.get(id);
    const className = `mention${me ? ' mention-me' : ''}`;
    if (!person) return html`<span class=${className} dir="auto">@${label || id}</span>`;
    return make(PersonButton, {
      person,
      className: `${className} mention-link`,
      children: `@${personName(person, id)}`,
    });
  }
  const conversation = world.snapshot.conversations.find((one) => one.id === id);
  // A private channel that the person is not in has no name for them.
  const name = conversation ? conversationName(conversation, world.snapshot) : label || 'a private channel';
  if (!conversation) return html`<span class="mention">#${name}</span>`;
  const go = () => world.go({ kind: 'conversation', id });
  return html`<button type="button" class="mention mention-link" onClick=${go}>#${name}</button>`;
}

export function dateText(world: World, unix: number, format: string, fallback: string): string {
  return dateToken(unix, format, { now: world.now, tz: world.tz }) ?? (fallback || format);
}

export function emojiNode(name: string): VNode {
  const drawn = emojiFor(name);
  // Unknown names stay as text, as in Slack.
  if (!drawn) return html`<span>:${name}:</span>`;
  return html`<span class="emoji" role="img" aria-label=${emojiWords(name)}>${drawn}</span>`;
}

export function inlines(world: World, nodes: readonly Inline[], startsLine = true): ComponentChildren[] {
  return nodes.map((node, index) => {
    const starts = index === 0 ? startsLine : nodes[index - 1]?.kind === 'break';
    return inline(world, node, starts);
  });
}

function inline(world: World, node: Inline, starts: boolean): ComponentChildren {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'break':
      return html`<br />`;
    case 'bold':
      return html`<strong dir="auto">${inlines(world, node.children, starts)}</strong>`;
    case 'italic':
      return html`<em dir="auto">${inlines(world, node.children, starts)}</em>`;
    case 'strike':
      return html`<s dir="auto">${inlines(world, node.children, starts)}</s>`;
    case 'code':
      return html`<code dir="auto">${node.text}</code>`;
    case 'link':
      return make(ExternalLink, { href: node.href, children: inlines(world, node.children) });
    case 'user':
    case 'channel':
      return mention(world, node.kind, node.id, node.label);
    case 'group':
      return html`<span class="mention">${node.label || '@group'}</span>`;
    case 'broadcast':
      return html`<span class="mention mention-me">@${node.name}</span>`;
    case 'emoji':
      return emojiNode(node.name);
    case 'date': {
      const words = dateText(world, node.unix, node.format, node.fallback);
      const text = html`<time>${starts ? capital(words) : words}</time>`;
      return node.href ? make(ExternalLink, { href: node.href, children: text }) : text;
    }
  }
}

/** @param dir 'auto' where somebody wrote it: then its first letter says from which side it is read. */
export function passages(world: World, all: readonly Passage[], dir?: 'auto'): ComponentChildren[] {
  return all.map((one) => passage(world, one, dir));
}

function passage(world: World, one: Passage, dir: 'auto' | undefined): ComponentChildren {
  switch (one.kind) {
    case 'paragraph':
      return html`<p dir=${dir}>${inlines(world, one.children)}</p>`;
    case 'quote':
      return html`<blockquote dir=${dir}>${passages(world, one.children)}</blockquote>`;
    case 'pre':
      return html`<pre tabindex="0" dir=${dir}>${one.text}</pre>`;
    case 'list': {
      const items = one.items.map((item) => html`<li>${inlines(world, item)}</li>`);
      const indent = `text-list indent-${one.indent}`;
      return one.ordered
        ? html`<ol class=${indent} dir=${dir} start=${one.start}>${items}</ol>`
        : html`<ul class=${indent} dir=${dir}>${items}</ul>`;
    }
  }
}

export function Mrkdwn({
  text,
  dir,
  isVerbatim = false,
}: {
  text: string;
  dir?: 'auto';
  isVerbatim?: boolean;
}): VNode {
  const world = useWorld();
  const parsed = useMemo(() => parseMrkdwn(text, isVerbatim), [text, isVerbatim, knownEmoji()]);
  return html`<div class="text">${passages(world, parsed, dir)}</div>`;
}

/** A text object: `mrkdwn` is parsed, `plain_text` is not, apart from emoji and line breaks. */
export function TextObject({ of }: { of: Obj }): VNode {
  if (of.type === 'mrkdwn') return make(Mrkdwn, { text: str(of.text), isVerbatim: of.verbatim === true });
  return html`<div class="text text-plain" dir="auto">${of.emoji === false ? textOf(of) : withEmoji(textOf(of))}</div>`;
}

/** The same inside a line, for options and labels. */
export function InlineText({ of }: { of: Obj }): VNode {
  const world = useWorld();
  if (of.type !== 'mrkdwn') return html`<span dir="auto">${withEmoji(textOf(of))}</span>`;
  const parsed = parseMrkdwn(str(of.text), of.verbatim === true);
  const inside = parsed.map((one) =>
    one.kind === 'paragraph' ? inlines(world, one.children) : passages(world, [one]),
  );
  return html`<span>${inside}</span>`;
}
