import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PersonSummary } from '../protocol.ts';
import { Avatar } from './avatar.ts';
import { useWorld } from './context.ts';
import { html, make } from './html.ts';
import { usePopup } from './popup.ts';
import { timeOfDay } from './time.ts';

type Props = { person: PersonSummary; className: string; children: ComponentChildren };

/** A name that shows who it is, and lets one write to them. */
export function PersonButton({ person, className, children }: Props): VNode {
  const { snapshot, now, follow } = useWorld();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const card = useRef<HTMLDivElement>(null);
  usePopup(open, button, card, 'at-start', () => setOpen(false));
  useEffect(() => {
    if (open) (card.current?.querySelector<HTMLElement>('button') ?? card.current)?.focus();
  }, [open]);
  const leave = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // A dialog or thread around it must stay open.
    event.preventDefault();
    event.stopPropagation();
    leave();
  };
  const isMe = person.id === snapshot.me.id;
  const canWrite = !isMe && !person.deleted;
  const about = person.deleted
    ? 'Has left this workspace'
    : person.isBot
      ? 'An app of this workspace'
      : person.tz
        ? `${timeOfDay(now, person.tz)} where they are`
        : '';
  return html`<button ref=${button} type="button" class=${className} dir="auto" aria-haspopup="dialog" aria-expanded=${open ? 'true' : 'false'}
      onClick=${() => setOpen(!open)}>${children}</button>${
        open
          ? html`<div ref=${card} popover="manual" class="popup person-card" role="dialog" tabindex="-1" aria-label=${`About ${person.realName}`} onKeyDown=${onKey}>
              ${make(Avatar, { person, size: 'medium' })}
              <div class="person-words"><p class="person-name" dir="auto">${person.realName || person.name}${isMe ? ' (you)' : ''}</p>
                ${person.title ? html`<p dir="auto">${person.title}</p>` : null}
                ${about ? html`<p class="quiet">${about}</p>` : null}</div>
              ${
                canWrite
                  ? html`<button type="button" class="button small" onClick=${() => {
                      setOpen(false);
                      void follow({ kind: 'person', id: person.id });
                    }}>Message</button>`
                  : null
              }
            </div>`
          : null
      }`;
}
