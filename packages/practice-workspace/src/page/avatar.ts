import type { VNode } from 'preact';
import type { PersonSummary } from '../protocol.ts';
import { html } from './html.ts';

/** Two letters on a colour: there are no pictures of invented people. */
export function Avatar({
  person,
  size = 'medium',
}: {
  person: PersonSummary | undefined;
  size?: 'small' | 'medium' | 'large';
}): VNode {
  const look = person?.isBot ? ' avatar-app' : '';
  const style = person?.colour ? { backgroundColor: person.colour } : undefined;
  return html`<span class=${`avatar avatar-${size}${look}`} style=${style} aria-hidden="true">${person?.initials ?? '?'}</span>`;
}
