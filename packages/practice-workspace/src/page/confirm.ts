import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { Dialog } from './dialog.ts';
import { withEmoji } from './emoji.ts';
import { html, make } from './html.ts';
import type { Obj } from './json.ts';
import { obj, textOf } from './json.ts';
import { TextObject } from './text.ts';

/** Slack's "are you sure", in the app's words. The way back has the focus. */
export function ConfirmDialog({
  confirm,
  answer,
}: {
  confirm: Obj;
  answer: (goAhead: boolean) => void;
}): VNode {
  const id = useId();
  const style = confirm.style === 'danger' ? 'danger' : 'primary';
  return make(Dialog, {
    labelledBy: id,
    className: 'confirm',
    alert: true,
    firstFocus: '.confirm-deny',
    onEscape: () => answer(false),
    children: html`
      <header class="dialog-head"><h2 id=${id} dir="auto">${withEmoji(textOf(confirm.title)) || 'Are you sure?'}</h2></header>
      <div class="dialog-body">${make(TextObject, { of: obj(confirm.text) })}</div>
      <footer class="dialog-foot">
        <button type="button" class="button confirm-deny" onClick=${() => answer(false)}>${withEmoji(textOf(confirm.deny)) || 'Cancel'}</button>
        <button type="button" class=${`button ${style}`} onClick=${() => answer(true)}>${withEmoji(textOf(confirm.confirm)) || 'Yes'}</button>
      </footer>`,
  });
}
