import type { VNode } from 'preact';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { html } from './html.ts';
import { icon } from './icons.ts';

export type Notice = { id: string; text: string; dismiss: () => void };

export const NoticesContext = createContext<Notice[]>([]);

/** What Slack itself has to say, such as a refused command. Shown inside the top modal when there is one. */
export function Notices(): VNode {
  const notices = useContext(NoticesContext);
  return html`<div class="notices">${notices.map(
    ({
      id,
      text,
      dismiss,
    }) => html`<div key=${id} class="notice" role="alert">${icon('warning')}<span>${text}</span>
      <button type="button" class="plain-icon" aria-label="Dismiss this notice" onClick=${dismiss}>${icon('cross')}</button></div>`,
  )}</div>`;
}
