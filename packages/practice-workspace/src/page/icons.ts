import type { VNode } from 'preact';
import { html } from './html.ts';

/** Small line drawings on a 20 × 20 grid; always beside words or a label, never the meaning itself. */
const paths = {
  hash: 'M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13M3 12.5h13',
  lock: 'M5 9h10v7H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  cross: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  down: 'M6 8l4 4 4-4',
  right: 'M8 6l4 4-4 4',
  tick: 'M4.5 10.5l3.5 3.5 7.5-8',
  menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
  more: 'M4.6 10h.8M9.6 10h.8M14.6 10h.8',
  'arrow-down': 'M10 4v12M5 11l5 5 5-5',
  clip: 'M14.5 9.5l-5 5a3 3 0 0 1-4.2-4.2l6-6a2 2 0 0 1 2.8 2.8l-5.7 5.7a1 1 0 0 1-1.4-1.4l4.6-4.6',
  skip: 'M4.5 5l6 5-6 5zM14.5 5v10',
  bolt: 'M11 2.5 5 11h4l-1 6.5L15 9h-4.5z',
  plus: 'M10 4v12M4 10h12',
  send: 'M3.5 4l13.5 6-13.5 6 2.5-6zM6 10h6',
  file: 'M6 2.5h5.5L15 6v11.5H6zM11.5 2.5V6H15',
  download: 'M10 3v9M6.5 9l3.5 3.5L13.5 9M4 16h12',
  eye: 'M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.2l2.8 1.8',
  person: 'M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3.8 17c.6-3.3 3-5 6.2-5s5.6 1.7 6.2 5',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2V13.5M10 6.6h.01',
  warning: 'M10 3 2.8 16h14.4zM10 8.2v3.8M10 14h.01',
  external: 'M8 4.5H4.5v11h11V12M11.5 4h4.5v4.5M16 4l-6.5 6.5',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.8 11h7.4l.8-11M8.5 9v5M11.5 9v5',
  play: 'M7 5l8 5-8 5z',
  picture: 'M3 4.5h14v11H3zM3 13l4-4 4 4 2.5-2.5L17 14M13 8h.01',
  up: 'M6 12l4-4 4 4',
  flag: 'M5.5 17V3.5M5.5 4.5h9l-2.5 3.5 2.5 3.5h-9',
  back: 'M12 5l-5 5 5 5',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): VNode {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${paths[name]} /></svg>`;
}
