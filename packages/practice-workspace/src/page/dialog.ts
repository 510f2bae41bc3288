import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { html } from './html.ts';

type Props = {
  labelledBy: string;
  className: string;
  /** Another dialog lies on top of this one. */
  under?: boolean;
  /** Where the focus goes first; by default to the first field, or the dialog itself. */
  firstFocus?: string;
  alert?: boolean;
  onEscape: () => void;
  children: ComponentChildren;
};

const fields = '[data-focus-on-load="true"], .dialog-body input:not([type="hidden"]), .dialog-body textarea';

/** The browser's modal dialog: it keeps the focus inside and makes the rest of the page inert by itself. */
export function Dialog({
  labelledBy,
  className,
  under = false,
  firstFocus = fields,
  alert = false,
  onEscape,
  children,
}: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    element.showModal();
    const wanted =
      element.querySelector<HTMLElement>('[data-focus-on-load="true"]') ??
      element.querySelector<HTMLElement>(firstFocus);
    (wanted ?? element).focus();
    // Closing before it goes lets the browser give the focus back to what opened it.
    return () => element.close();
  }, []);
  useEffect(() => {
    // What had the focus may have gone with an update.
    if (!under && document.activeElement === document.body) dialog.current?.focus();
  });
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    // Left alone, a second Esc closes the dialog whatever its cancel event says.
    event.preventDefault();
    onEscape();
  };
  const onCancel = (event: Event) => {
    event.preventDefault();
    onEscape();
  };
  const onClick = (event: MouseEvent) => {
    // The second half of a double click would press what has come up in the same place.
    if (event.detail < 2 || !(event.target instanceof Element) || !event.target.closest('button')) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<dialog ref=${dialog} class=${`dialog ${className}${under ? ' under' : ''}`} aria-labelledby=${labelledBy} tabindex="-1"
    role=${alert ? 'alertdialog' : undefined} onKeyDown=${onKey} onCancel=${onCancel} onClickCapture=${onClick}>${children}</dialog>`;
}
