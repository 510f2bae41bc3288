import type { ComponentChildren, VNode } from 'preact';
import { placedElement } from './elements.ts';
import { withEmoji } from './emoji.ts';
import { safeHref } from './href.ts';
import { html, make } from './html.ts';
import type { IconName } from './icons.ts';
import { icon } from './icons.ts';
import type { Obj } from './json.ts';
import { isObj, objs, str, textOf } from './json.ts';
import { Picture } from './picture.ts';
import { RichText } from './rich-text.ts';
import { ExternalLink, TextObject } from './text.ts';

type Props = { block: Obj };

const levels: Record<string, { word: string; icon: IconName }> = {
  default: { word: 'Note', icon: 'info' },
  info: { word: 'Information', icon: 'info' },
  warning: { word: 'Warning', icon: 'warning' },
  error: { word: 'Problem', icon: 'warning' },
  success: { word: 'Done', icon: 'tick' },
};

export function AlertBlock({ block }: Props): VNode {
  const level = Object.hasOwn(levels, str(block.level)) ? str(block.level) : 'default';
  const look = levels[level] ?? { word: 'Note', icon: 'info' };
  return html`<div class=${`alert alert-${level}`} role="note" aria-label=${look.word}>${icon(look.icon)}${
    isObj(block.text) ? make(TextObject, { of: block.text }) : null
  }</div>`;
}

export function Card({ block }: Props): VNode {
  const actions = objs(block.actions);
  const words = (value: unknown, name: string) =>
    isObj(value) ? html`<div class=${name}>${make(TextObject, { of: value })}</div>` : null;
  return html`<div class="card">
    ${isObj(block.hero_image) ? make(Picture, { image: block.hero_image, className: 'card-hero' }) : null}
    <div class="card-head">
      ${isObj(block.icon) ? make(Picture, { image: block.icon, className: 'card-icon' }) : null}
      <div>${words(block.title, 'card-title')}${words(block.subtitle, 'card-subtitle')}</div>
    </div>
    ${words(block.body, 'card-body')}
    ${actions.length > 0 ? html`<div class="actions">${actions.map((action) => placedElement(block, action, ''))}</div>` : null}
  </div>`;
}

export function Carousel({ block }: Props): VNode {
  return html`<div class="carousel" tabindex="0" role="region" aria-label="Cards, side by side">${objs(
    block.elements,
  ).map((card) =>
    // A card inside a carousel may leave its block_id to the carousel.
    make(Card, { block: { block_id: block.block_id, ...card } }),
  )}</div>`;
}

export function Container({ block, children }: { block: Obj; children: ComponentChildren }): VNode {
  const title = isObj(block.rich_text_title)
    ? make(RichText, { block: block.rich_text_title })
    : html`<span class="container-title">${withEmoji(textOf(block.title))}</span>`;
  const head = html`${isObj(block.icon) ? make(Picture, { image: block.icon, className: 'card-icon' }) : null}
    <span>${title}${isObj(block.subtitle) ? html`<span class="card-subtitle">${make(TextObject, { of: block.subtitle })}</span>` : null}</span>`;
  const name = `container container-${str(block.width) || 'standard'}`;
  if (block.is_collapsible !== true) {
    const line = block.has_header_divider === true ? ' ruled' : '';
    return html`<div class=${name}><div class=${`container-head${line}`}>${head}</div>${children}</div>`;
  }
  return html`<details class=${name} open=${block.default_collapsed !== true}>
    <summary class="container-head">${icon('right')}${head}</summary>${children}</details>`;
}

/** A film is opened, not embedded: that would ask another machine for it. */
export function VideoBlock({ block }: Props): VNode {
  const href = safeHref(str(block.title_url)) ?? safeHref(str(block.video_url));
  const title = withEmoji(textOf(block.title));
  const from = [str(block.author_name), str(block.provider_name)].filter(Boolean).join(' · ');
  return html`<div class="video">
    <span class="video-mark" aria-hidden="true">${icon('play')}</span>
    <div><div class="card-title">${href ? make(ExternalLink, { href, children: title }) : title}</div>
      ${from ? html`<div class="card-subtitle">${from}</div>` : null}
      ${block.description ? html`<div class="card-body">${withEmoji(textOf(block.description))}</div>` : null}
      <div class="quiet">${str(block.alt_text)}</div></div>
  </div>`;
}

export function FileBlock({ block }: Props): VNode {
  return html`<div class="file">${icon('file')}<span>A file kept elsewhere <span class="quiet">${str(block.external_id)}</span></span></div>`;
}
