import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { ElementProps } from './element-props.ts';
import { html, make } from './html.ts';
import type { Obj } from './json.ts';
import { obj, objs, str } from './json.ts';
import { InlineText } from './text.ts';
import { useElement } from './use-element.ts';

function words(option: Obj): VNode {
  return html`<span class="option-words">
    ${make(InlineText, { of: obj(option.text) })}
    ${option.description ? html`<span class="option-description">${make(InlineText, { of: obj(option.description) })}</span>` : null}
  </span>`;
}

export function Checkboxes({ placed, label, labelledBy, describedBy, invalid }: ElementProps): VNode {
  const { held, choose, attempt } = useElement(placed);
  const id = useId();
  const chosen = objs(held.selected_options).map((option) => str(option.value));
  const options = objs(placed.element.options);
  const toggle = (value: string) => {
    const next = options.filter(
      (option) => (str(option.value) === value) !== chosen.includes(str(option.value)),
    );
    void choose({ selected_options: next });
  };
  return html`<div class="options" role="group" aria-label=${labelledBy ? undefined : label} aria-labelledby=${labelledBy} aria-describedby=${describedBy}>
    ${options.map((option, index) => {
      const value = str(option.value);
      return html`<label key=${`${value}${attempt}`} class="option">
        <input type="checkbox" name=${id} value=${value} checked=${chosen.includes(value)} aria-invalid=${invalid ? 'true' : undefined}
          data-focus-on-load=${index === 0 && placed.element.focus_on_load === true ? 'true' : undefined}
          onChange=${() => toggle(value)} />${words(option)}</label>`;
    })}
  </div>`;
}

export function RadioButtons({ placed, label, labelledBy, describedBy, invalid }: ElementProps): VNode {
  const { held, choose, attempt } = useElement(placed);
  const id = useId();
  const chosen = str(obj(held.selected_option).value);
  return html`<div class="options" role="radiogroup" aria-label=${labelledBy ? undefined : label} aria-labelledby=${labelledBy}
    aria-describedby=${describedBy} aria-invalid=${invalid ? 'true' : undefined}>
    ${objs(placed.element.options).map((option, index) => {
      const value = str(option.value);
      return html`<label key=${`${value}${attempt}`} class="option">
        <input type="radio" name=${id} value=${value} checked=${chosen === value}
          data-focus-on-load=${index === 0 && placed.element.focus_on_load === true ? 'true' : undefined}
          onChange=${() => void choose({ selected_option: option })} />${words(option)}</label>`;
    })}
  </div>`;
}
