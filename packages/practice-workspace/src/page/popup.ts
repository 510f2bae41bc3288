import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';

/** As wide as what opened it at least, or as wide as it is, from the left or to the right of it. */
export type Fit = 'as-wide' | 'at-start' | 'at-end';

/**
 * Puts a list or menu beside what opened it, above everything else on the page. It lives in the browser's top layer,
 * because a scrolling dialog would cut it off.
 */
export function usePopup(
  open: boolean,
  anchor: RefObject<HTMLElement>,
  popup: RefObject<HTMLElement>,
  fit: Fit,
  close: () => void,
): void {
  useLayoutEffect(() => {
    const list = popup.current;
    if (!open || !list) return undefined;
    if (!list.matches(':popover-open')) list.showPopover();
    const put = () => place(list, anchor.current, fit);
    put();
    const observer = new ResizeObserver(put);
    observer.observe(list);
    addEventListener('resize', put);
    // Capturing, since scroll events of inner panes do not bubble.
    addEventListener('scroll', put, true);
    return () => {
      observer.disconnect();
      removeEventListener('resize', put);
      removeEventListener('scroll', put, true);
    };
  }, [open]);

  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event) => {
      const target = event.target;
      if (!(target instanceof Node)) return;
      if (!popup.current?.contains(target) && !anchor.current?.contains(target)) close();
    };
    addEventListener('pointerdown', outside, true);
    return () => removeEventListener('pointerdown', outside, true);
  }, [open]);
}

const gap = 4;
const margin = 8;

function place(list: HTMLElement, anchor: HTMLElement | null, fit: Fit): void {
  if (!anchor) return;
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - margin;
  const above = at.top - gap - margin;
  if (fit === 'as-wide') list.style.width = `${Math.max(at.width, Math.min(260, innerWidth - 2 * margin))}px`;
  list.style.maxHeight = 'none';
  const height = Math.min(list.scrollHeight + 2, 320);
  const under = below >= height || below >= above;
  list.style.maxHeight = `${Math.max(96, Math.min(height, under ? below : above))}px`;
  const used = list.offsetHeight;
  const left = fit === 'at-end' ? at.right - list.offsetWidth : at.left;
  list.style.left = `${Math.max(margin, Math.min(left, innerWidth - list.offsetWidth - margin))}px`;
  list.style.top = `${under ? at.bottom + gap : Math.max(margin, at.top - gap - used)}px`;
}
