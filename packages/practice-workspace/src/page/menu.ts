import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.ts';
import { usePopup } from './popup.ts';

export type MenuItem = {
  key: string;
  label: string;
  /** Said in place of the label, where that is a picture. */
  name?: string;
  description?: string;
  href?: string;
  danger?: boolean;
  choose: () => void;
};
/** `row`: side by side. */
export type MenuGroup = { label?: string; row?: boolean; items: MenuItem[] };

type Props = {
  label: string;
  className: string;
  groups: MenuGroup[];
  busy?: boolean;
  empty?: string;
  children: ComponentChildren;
};

/** A button with a menu: arrow keys move, Enter chooses, Esc closes and gives the focus back. */
export function Menu({ label, className, groups, busy = false, empty = 'Nothing here', children }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const close = () => setOpen(false);
  usePopup(open, button, popup, 'at-end', close);
  useEffect(() => {
    if (open) entries(popup.current)[0]?.focus();
  }, [open]);

  const leave = () => {
    close();
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const all = entries(popup.current);
    const index = all.findIndex((entry) => entry.matches(':focus'));
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: all.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all.at(next % Math.max(1, all.length))?.focus();
    } else if (event.key === 'Escape') {
      // A dialog around the menu must stay open.
      event.preventDefault();
      event.stopPropagation();
      leave();
    } else if (event.key === 'Tab') close();
  };
  const item = ({ key, label: text, name: said, description, href, danger, choose }: MenuItem) => {
    const run = () => {
      leave();
      choose();
    };
    const words = html`<span class="menu-label" dir="auto">${text}</span>${
      description ? html`<span class="menu-description" dir="auto">${description}</span>` : null
    }`;
    const name = `menu-item${danger ? ' danger' : ''}`;
    return href
      ? html`<a key=${key} role="menuitem" tabindex="-1" class=${name} href=${href} target="_blank" rel="noopener noreferrer" onClick=${run}>${words}</a>`
      : html`<button key=${key} type="button" role="menuitem" tabindex="-1" class=${name} aria-label=${said} title=${said} onClick=${run}>${words}</button>`;
  };
  const filled = groups.filter((group) => group.items.length > 0);
  return html`
    <button ref=${button} type="button" class=${className} aria-label=${label} title=${label} aria-haspopup="menu"
      aria-expanded=${open ? 'true' : 'false'} aria-busy=${busy ? 'true' : undefined}
      onClick=${() => setOpen(!open)}>${children}</button>
    ${
      open
        ? html`<div ref=${popup} popover="manual" class="popup menu" role="menu" aria-label=${label} onKeyDown=${onKey}>
            ${filled.length === 0 ? html`<p class="popup-note">${empty}</p>` : null}
            ${filled.map(
              (
                group,
                index,
              ) => html`<div key=${index} role="group" aria-label=${group.label} class=${`menu-group${group.row ? ' menu-row' : ''}`}>
                ${group.label ? html`<p class="menu-heading" aria-hidden="true">${group.label}</p>` : null}
                ${group.items.map(item)}
              </div>`,
            )}
          </div>`
        : null
    }`;
}

function entries(popup: HTMLElement | null): HTMLElement[] {
  return [...(popup?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}
