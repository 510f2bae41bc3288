import type { VNode } from 'preact';
import { ownAddress, safeHref } from './href.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import type { Obj } from './json.ts';
import { obj, str } from './json.ts';
import { ExternalLink } from './text.ts';

/**
 * A picture of this workspace is shown. One that lives elsewhere is described instead: the page works without a
 * network, and opening it tells nobody.
 */
export function Picture({ image, className }: { image: Obj; className: string }): VNode {
  const address = str(image.image_url) || str(obj(image.slack_file).url);
  const alt = str(image.alt_text);
  const own = ownAddress(address, location.origin);
  if (own) return html`<img class=${className} src=${own} alt=${alt} loading="lazy" />`;
  const href = safeHref(address);
  const words = html`<span class="picture-words">${alt || 'Picture'}</span>`;
  return html`<span class=${`${className} picture-elsewhere`} title=${alt}>${icon('picture')}${href ? make(ExternalLink, { href, children: words }) : words}</span>`;
}
