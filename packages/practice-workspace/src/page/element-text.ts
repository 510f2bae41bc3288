import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useWorld } from './context.ts';
import type { ElementProps } from './element-props.ts';
import { html } from './html.ts';
import { icon } from './icons.ts';
import type { Obj } from './json.ts';
import { num, objs, str, strs, textOf } from './json.ts';
import { sendFile } from './live.ts';
import { fromRichText, toRichText } from './rich-text-value.ts';
import { onEnter } from './surface.ts';
import { useElement } from './use-element.ts';

const kinds: Record<string, { type: string; inputmode: string }> = {
  plain_text_input: { type: 'text', inputmode: 'text' },
  email_text_input: { type: 'email', inputmode: 'email' },
  url_text_input: { type: 'url', inputmode: 'url' },
  // Not type=number: it drops what it does not understand, and then the person cannot see what was wrong.
  number_input: { type: 'text', inputmode: 'decimal' },
};

/** Slack's own ceiling where an app names none. */
const usualLength = 3000;

export function TextInput({ placed, label, labelledBy, describedBy, invalid }: ElementProps): VNode {
  const { element } = placed;
  const { held, type, enter } = useElement(placed);
  const value = str(held.value);
  const longest = num(element.max_length) ?? usualLength;
  const multiline = element.multiline === true;
  const props = {
    class: 'field',
    dir: 'auto',
    value,
    placeholder: textOf(element.placeholder),
    'aria-label': labelledBy ? undefined : label,
    'aria-labelledby': labelledBy,
    'aria-describedby': describedBy,
    'aria-invalid': invalid ? 'true' : undefined,
    'data-focus-on-load': element.focus_on_load === true ? 'true' : undefined,
    onInput: (event: Event) => {
      const { target } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
        type({ value: target.value || null });
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.isComposing || (multiline && !event.ctrlKey && !event.metaKey))
        return;
      if (!onEnter(placed)) return;
      event.preventDefault();
      void enter();
    },
  };
  const kind = kinds[str(element.type)] ?? { type: 'text', inputmode: 'text' };
  // A counter only where it helps: close to the end.
  const left = longest - value.length;
  const counts =
    element.type === 'plain_text_input' &&
    (left < 0 || (element.max_length !== undefined && left < (multiline ? 200 : 20)));
  const over = left < 0;
  return html`<div class="field-with-counter">
    ${multiline ? html`<textarea rows="5" ...${props}></textarea>` : html`<input type=${kind.type} inputmode=${kind.inputmode} autocomplete="off" ...${props} />`}
    ${
      counts
        ? html`<span class=${`counter${over ? ' over' : ''}`} role=${left <= 20 ? 'status' : undefined}>${
            over ? `${-left} too many` : left === 1 ? '1 character left' : `${left} characters left`
          }</span>`
        : null
    }
  </div>`;
}

export function RichTextInput({ placed, label, labelledBy, describedBy, invalid }: ElementProps): VNode {
  const { element } = placed;
  const { held, type } = useElement(placed);
  const [text, setText] = useState(() => fromRichText(held.rich_text_value));
  const onInput = (event: Event) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    setText(event.target.value);
    type({ rich_text_value: toRichText(event.target.value) });
  };
  return html`<textarea class="field" dir="auto" rows=${num(element.min_lines) ?? 4} value=${text} placeholder=${textOf(element.placeholder)}
    aria-label=${labelledBy ? undefined : label} aria-labelledby=${labelledBy} aria-describedby=${describedBy}
    aria-invalid=${invalid ? 'true' : undefined} data-focus-on-load=${element.focus_on_load === true ? 'true' : undefined}
    onInput=${onInput}></textarea>`;
}

/** Uploads at once, as Slack does; what the app gets are the files' ids and where it may read them. */
export function FileInput({ placed, label, labelledBy, describedBy, invalid }: ElementProps): VNode {
  const { snapshot, complain } = useWorld();
  const { held, choose } = useElement(placed);
  const [uploading, setUploading] = useState(false);
  const files = objs(held.files);
  const most = num(placed.element.max_files) ?? 10;
  const onChange = async (event: Event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    const chosen: Obj[] = [];
    setUploading(true);
    for (const file of [...(input.files ?? [])].slice(0, most)) {
      const result = await sendFile(snapshot.me.id, file);
      if (result.ok && result.file) chosen.push(result.file);
      else if (!result.ok) complain(result.error);
    }
    setUploading(false);
    // The list below says what is there; the field itself could only say what was picked last.
    input.value = '';
    if (chosen.length > 0)
      await choose({ files: most === 1 ? chosen : [...files, ...chosen].slice(0, most) });
  };
  const remove = (id: string) => void choose({ files: files.filter((file) => file.id !== id) });
  const accept = strs(placed.element.filetypes)
    .map((type) => `.${type}`)
    .join(',');
  return html`<div class="file-field">
    <input type="file" class=${files.length > 0 ? 'has-files' : undefined} multiple=${most > 1} accept=${accept || undefined} aria-label=${labelledBy ? undefined : label} aria-labelledby=${labelledBy}
      aria-describedby=${describedBy} aria-invalid=${invalid ? 'true' : undefined} aria-busy=${uploading ? 'true' : undefined} onChange=${onChange} />
    ${files.map(
      (
        file,
      ) => html`<span key=${str(file.id)} class="chip">${icon('file')}<span dir="auto">${str(file.name)}</span>
        <button type="button" class="chip-remove" aria-label=${`Leave out ${str(file.name)}`} onClick=${() => remove(str(file.id))}>${icon('cross')}</button></span>`,
    )}
  </div>`;
}
