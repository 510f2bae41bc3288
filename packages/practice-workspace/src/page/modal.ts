import type { VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ViewSummary } from '../protocol.ts';
import { Blocks } from './blocks.ts';
import { useWorld } from './context.ts';
import { Dialog } from './dialog.ts';
import { withEmoji } from './emoji.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import { Notices } from './notices.ts';
import { heldIn, Surface } from './surface.ts';
import { TourLine } from './tour.ts';
import { collectValues, localErrors } from './values.ts';

/** All open modals, one on top of the other: those below keep their place, hidden, until the one above is closed. */
export function ModalStack({ views, covered }: { views: ViewSummary[]; covered: boolean }): VNode {
  return html`${views.map((view, index) =>
    make(Modal, { key: view.id, view, depth: index, top: index === views.length - 1, covered }),
  )}`;
}

type Props = { view: ViewSummary; depth: number; top: boolean; covered: boolean };

function Modal({ view, depth, top, covered }: Props): VNode {
  const world = useWorld();
  const id = useId();
  const name = `modal:${view.id}`;
  const [submitting, setSubmitting] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [own, setOwn] = useState<Record<string, string>>({});
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const flush = useRef<() => Promise<void>>(() => Promise.resolve());
  const form = useRef<HTMLFormElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const closing = useRef(false);
  /** What was put right since the last sending: the app's answer can be on the screen before that is known to be over. */
  const since = useRef<ReadonlySet<string>>(new Set());

  // A message goes away once its field is being put right.
  const all = Object.entries({ ...view.errors, ...own });
  const errors = Object.fromEntries(all.filter(([blockId]) => !edited.has(blockId)));
  const signature = JSON.stringify({ ...view.errors, ...own });

  useEffect(() => () => world.drafts.forget(name), [name]);
  useLayoutEffect(() => {
    since.current = new Set();
    setEdited(since.current);
  }, [JSON.stringify(view.errors)]);
  // Words alone are scrolled with the keys only where they can have the focus.
  useLayoutEffect(() => {
    const isWordsAlone = !body.current?.querySelector('a, button, input, select, textarea');
    if (isWordsAlone) body.current?.setAttribute('tabindex', '0');
    else body.current?.removeAttribute('tabindex');
  });
  useEffect(() => {
    if (!top || signature === '{}') return;
    const wrong = form.current?.querySelector('.input.has-error');
    wrong?.querySelector<HTMLElement>('input, textarea')?.focus();
    wrong?.scrollIntoView({ block: 'nearest' });
  }, [signature, attempt]);

  const submit = async () => {
    if (submitting) return;
    const values = collectValues(view.blocks, heldIn(world.drafts, name, view.state));
    const mistakes = localErrors(view.blocks, values);
    setOwn(mistakes);
    // What the app said of the others holds until it has seen them again.
    setEdited((before) => new Set([...before].filter((blockId) => !(blockId in mistakes))));
    if (Object.keys(mistakes).length === 0) {
      setSubmitting(true);
      since.current = new Set();
      await flush.current();
      await world.act({ do: 'submit', viewId: view.id, values });
      setSubmitting(false);
      setEdited(since.current);
    }
    setAttempt((count) => count + 1);
  };
  const close = async (everything: boolean) => {
    if (submitting || closing.current) return;
    closing.current = true;
    await flush.current();
    await world.act({ do: 'close', viewId: view.id, all: everything });
    closing.current = false;
  };
  const closeWords = withEmoji(view.close ?? (view.submit ? 'Cancel' : 'Close'));
  return make(Dialog, {
    labelledBy: id,
    className: 'modal',
    under: !top,
    onEscape: () => void close(true),
    children: html`<form ref=${form} class="modal-form" novalidate aria-busy=${submitting ? 'true' : undefined}
      onSubmit=${(event: Event) => {
        event.preventDefault();
        void submit();
      }}>
      <header class="dialog-head">
        ${
          depth > 0
            ? html`<button type="button" class="plain-icon" aria-label="Back" title="Back" onClick=${() => void close(false)}>${icon('back')}</button>`
            : null
        }
        <h2 id=${id} dir="auto">${withEmoji(view.title ?? '')}</h2>
        <button type="button" class="plain-icon" aria-label="Close this window" title="Close this window" onClick=${() => void close(true)}>${icon('cross')}</button>
      </header>
      <div ref=${body} class="dialog-body">
        ${top && !covered ? make(Notices, {}) : null}
        ${make(Surface, {
          surface: { kind: 'modal', viewId: view.id },
          name,
          blocks: view.blocks,
          state: view.state,
          errors,
          onFlush: (run) => {
            flush.current = run;
          },
          onEdit: (blockId) => {
            since.current = new Set([...since.current, blockId]);
            setEdited((before) => new Set([...before, blockId]));
          },
          children: make(Blocks, { blocks: view.blocks }),
        })}
      </div>
      <footer class="dialog-foot">
        <button type="button" class="button" aria-disabled=${submitting ? 'true' : undefined} onClick=${() => void close(false)}>${closeWords}</button>
        ${
          view.submit
            ? html`<button type="submit" class="button primary" aria-disabled=${submitting ? 'true' : undefined} aria-busy=${submitting ? 'true' : undefined}>
                <span class="button-words">${withEmoji(view.submit)}</span>${submitting ? html`<span class="spinner" aria-hidden="true"></span>` : null}</button>`
            : null
        }
        <span class="visually-hidden" role="status">${submitting ? 'Sending…' : ''}</span>
      </footer>
    </form>${top ? make(TourLine, {}) : null}`,
  });
}
