import type { VNode } from 'preact';
import { useWorld } from './context.ts';
import type { ElementProps } from './element-props.ts';
import { withEmoji } from './emoji.ts';
import { safeHref } from './href.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { isObj, obj, objs, str, strs, textOf } from './json.ts';
import { Menu } from './menu.ts';
import { slackTarget } from './slack-links.ts';
import { inPage } from './text.ts';
import { useElement } from './use-element.ts';

export function Button({ placed }: ElementProps): VNode {
  const { element } = placed;
  const { busy, press } = useElement(placed);
  const world = useWorld();
  const words = withEmoji(textOf(element.text));
  const style = element.style === 'primary' || element.style === 'danger' ? ` ${element.style}` : '';
  const href = safeHref(str(element.url));
  const name = str(element.accessibility_label) || undefined;
  const inside = html`<span class="button-words" dir="auto">${words}</span>${busy ? html`<span class="spinner" aria-hidden="true"></span>` : null}`;
  const target = href ? slackTarget(href, world.snapshot) : undefined;
  if (target) {
    const onClick = (event: Event) => {
      event.preventDefault();
      void press().then((wentAhead) => (wentAhead ? world.follow(target) : undefined));
    };
    return html`<a class=${`button${style}`} href=${inPage(target, world)} aria-label=${name} aria-busy=${busy ? 'true' : undefined}
      onClick=${onClick}>${inside}</a>`;
  }
  if (href) {
    // Slack opens the address and tells the app as well; with a confirmation only afterwards.
    const onClick = (event: Event) => {
      const asks = isObj(element.confirm);
      if (asks) event.preventDefault();
      void press().then((wentAhead) => {
        if (asks && wentAhead) window.open(href, '_blank', 'noopener,noreferrer');
      });
    };
    return html`<a class=${`button${style}`} href=${href} target="_blank" rel="noopener noreferrer" aria-label=${name}
      aria-busy=${busy ? 'true' : undefined} onClick=${onClick}>${inside}${icon('external')}</a>`;
  }
  return html`<button type="button" class=${`button${style}`} aria-label=${name} aria-busy=${busy ? 'true' : undefined}
    onClick=${() => void press()}>${inside}</button>`;
}

export function Overflow({ placed, label }: ElementProps): VNode {
  const { element } = placed;
  const { busy, press } = useElement(placed);
  const world = useWorld();
  const items = objs(element.options).map((option, index) => {
    const href = safeHref(str(option.url));
    const target = href ? slackTarget(href, world.snapshot) : undefined;
    return {
      key: `${str(option.value)}${index}`,
      label: withEmoji(textOf(option.text)),
      description: textOf(option.description),
      ...(href && !target ? { href } : {}),
      choose: () => {
        void press({ selected_option: option }).then((wentAhead) =>
          wentAhead && target ? world.follow(target) : undefined,
        );
      },
    };
  });
  const name = label === 'Choose' ? 'More options' : `More options for ${label}`;
  return make(Menu, {
    label: name,
    className: 'button square',
    groups: [{ items }],
    busy,
    children: icon('more'),
  });
}

export function FeedbackButtons({ placed }: ElementProps): VNode {
  const { busy, press } = useElement(placed);
  const one = (which: 'positive_button' | 'negative_button') => {
    const button = obj(placed.element[which]);
    const words = textOf(button.text);
    return html`<button type="button" class="button small" aria-busy=${busy ? 'true' : undefined}
      aria-label=${str(button.accessibility_label) || undefined}
      onClick=${() => void press({ value: str(button.value) })}>${withEmoji(words)}</button>`;
  };
  return html`<span class="button-pair">${one('positive_button')}${one('negative_button')}</span>`;
}

export function IconButton({ placed }: ElementProps): VNode | null {
  const { snapshot } = useWorld();
  const { busy, press } = useElement(placed);
  const visibleTo = strs(placed.element.visible_to_user_ids);
  if (visibleTo.length > 0 && !visibleTo.includes(snapshot.me.id)) return null;
  const words = textOf(placed.element.text);
  return html`<button type="button" class="button small" aria-busy=${busy ? 'true' : undefined}
    aria-label=${str(placed.element.accessibility_label) || undefined} onClick=${() => void press()}>
    ${placed.element.icon === 'trash' ? icon('trash') : null}${words}</button>`;
}
