import type { ComponentChildren, VNode } from 'preact';
import type { World } from './context.ts';
import { useWorld } from './context.ts';
import { safeHref } from './href.ts';
import { html, make } from './html.ts';
import type { Obj } from './json.ts';
import { num, obj, objs, str } from './json.ts';
import { dateText, ExternalLink, emojiNode, mention } from './text.ts';

/** A `rich_text` block: its texts are data, so nothing in them is parsed. */
export function RichText({ block }: { block: Obj }): VNode {
  const world = useWorld();
  return html`<div class="text rich-text">${objs(block.elements).map((element) => part(world, element))}</div>`;
}

function part(world: World, element: Obj): VNode | null {
  const inside = objs(element.elements);
  const border = element.border === 1 ? ' bordered' : '';
  switch (element.type) {
    case 'rich_text_section':
      return html`<p dir="auto">${inside.map((one) => piece(world, one))}</p>`;
    case 'rich_text_quote':
      return html`<blockquote dir="auto"><p>${inside.map((one) => piece(world, one))}</p></blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre tabindex="0" dir="auto">${inside.map((one) => piece(world, one))}</pre>`;
    case 'rich_text_list': {
      const indent = `text-list indent-${Math.min(8, num(element.indent) ?? 0)}${border}`;
      const items = inside.map(
        (item) => html`<li>${objs(item.elements).map((one) => piece(world, one))}</li>`,
      );
      const start = (num(element.offset) ?? 0) + 1;
      return element.style === 'ordered'
        ? html`<ol class=${indent} dir="auto" start=${start}>${items}</ol>`
        : html`<ul class=${indent} dir="auto">${items}</ul>`;
    }
    default:
      return null;
  }
}

function piece(world: World, element: Obj): ComponentChildren {
  return styled(obj(element.style), bare(world, element));
}

function bare(world: World, element: Obj): ComponentChildren {
  switch (element.type) {
    case 'text':
      return lines(str(element.text));
    case 'link': {
      const words = str(element.text) || str(element.url);
      const href = safeHref(str(element.url));
      return href ? make(ExternalLink, { href, children: words }) : words;
    }
    case 'user':
      return mention(world, 'user', str(element.user_id), '');
    case 'channel':
      return mention(world, 'channel', str(element.channel_id), '');
    case 'usergroup':
      return html`<span class="mention">@group</span>`;
    case 'broadcast':
      return html`<span class="mention mention-me">@${str(element.range)}</span>`;
    case 'emoji':
      return emojiNode(str(element.name));
    case 'date': {
      const text = html`<time>${dateText(world, num(element.timestamp) ?? Number.NaN, str(element.format), str(element.fallback))}</time>`;
      const href = safeHref(str(element.url));
      return href ? make(ExternalLink, { href, children: text }) : text;
    }
    case 'color':
      return html`<code>${str(element.value)}</code>`;
    default:
      return str(element.text);
  }
}

function lines(text: string): ComponentChildren[] {
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [html`<br />`, line]));
}

function styled(style: Obj, inside: ComponentChildren): ComponentChildren {
  let out = inside;
  if (style.code === true) out = html`<code>${out}</code>`;
  if (style.strike === true) out = html`<s>${out}</s>`;
  if (style.italic === true) out = html`<em>${out}</em>`;
  if (style.bold === true) out = html`<strong>${out}</strong>`;
  if (style.underline === true) out = html`<u>${out}</u>`;
  return out;
}
