import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { html } from './html.ts';
import { icon } from './icons.ts';
import { usePopup } from './popup.ts';

export type Choice = { id: string; label: string; description?: string; data: unknown };
export type ChoiceGroup = { label?: string; choices: Choice[] };

type Props = {
  label: string;
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
  invalid?: boolean;
  placeholder: string;
  multi: boolean;
  chosen: Choice[];
  most?: number | undefined;
  clearable: boolean;
  focusOnLoad?: boolean;
  busy?: boolean;
  /** The choices for what has been typed; a string says why there are none. */
  find: (query: string) => ChoiceGroup[] | string | Promise<ChoiceGroup[] | string>;
  /** Milliseconds to wait while somebody is typing. */
  pause?: number;
  onChange: (chosen: Choice[]) => void;
};

/** Every kind of select: type to narrow the list, arrows to move, Enter to choose. */
export function Picker(props: Props) {
  const { label, multi, chosen, onChange } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<ChoiceGroup[] | string>([]);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    setQuery('');
  };
  usePopup(open, box, list, 'as-wide', close);

  const groups = typeof found === 'string' ? [] : found;
  const flat = groups.flatMap((group) => group.choices);
  const isChosen = (choice: Choice) => chosen.some((one) => one.id === choice.id);
  const full = multi && props.most !== undefined && chosen.length >= props.most;

  useEffect(() => {
    if (!open) return undefined;
    let current = true;
    const look = async () => {
      const result = props.find(query);
      if (result instanceof Promise) setFound('Looking…');
      const settled = await result;
      if (!current) return;
      setFound(settled);
      const first =
        typeof settled === 'string' || multi
          ? 0
          : settled.flatMap((group) => group.choices).findIndex(isChosen);
      setActive(query === '' ? Math.max(0, first) : 0);
    };
    const timer = setTimeout(() => void look(), query === '' ? 0 : (props.pause ?? 0));
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [open, query]);
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, found]);

  const take = (choice: Choice) => {
    setQuery('');
    if (!multi) {
      setOpen(false);
      if (!isChosen(choice)) onChange([choice]);
    } else if (isChosen(choice)) onChange(chosen.filter((one) => one.id !== choice.id));
    else if (!full) onChange([...chosen, choice]);
    field.current?.focus();
  };
  const remove = (choice: Choice) => {
    onChange(chosen.filter((one) => one.id !== choice.id));
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const last = flat.length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      else setActive(event.key === 'ArrowDown' ? Math.min(last, active + 1) : Math.max(0, active - 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const choice = flat[active];
      if (!open) setOpen(true);
      else if (choice) take(choice);
    } else if (event.key === 'Escape' && open) {
      // A dialog around the list must stay open.
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') close();
    else if (event.key === 'Backspace' && multi && query === '' && chosen.length > 0)
      onChange(chosen.slice(0, -1));
  };
  const shown = !multi && !open ? (chosen[0]?.label ?? '') : query;
  const hint =
    multi && chosen.length > 0 ? '' : !multi && open && chosen[0] ? chosen[0].label : props.placeholder;

  return html`<div class="picker" data-open=${open}>
    <div ref=${box} class="picker-box" onClick=${(event: Event) => {
      if (event.target !== box.current) return;
      field.current?.focus();
      setOpen(true);
    }}>
      ${
        multi
          ? chosen.map(
              (choice) => html`<span key=${choice.id} class="chip"><span dir="auto">${choice.label}</span>
                <button type="button" class="chip-remove" aria-label=${`Remove ${choice.label}`} onClick=${() => remove(choice)}>${icon('cross')}</button>
              </span>`,
            )
          : null
      }
      <input ref=${field} type="text" role="combobox" autocomplete="off" spellcheck=${false} class="picker-field" dir="auto"
        aria-label=${props.labelledBy ? undefined : label} aria-labelledby=${props.labelledBy}
        aria-describedby=${props.describedBy} aria-invalid=${props.invalid ? 'true' : undefined}
        aria-expanded=${open ? 'true' : 'false'} aria-controls=${`${id}-list`} aria-autocomplete="list"
        aria-busy=${props.busy ? 'true' : undefined}
        aria-activedescendant=${open && flat[active] ? `${id}-${active}` : undefined}
        data-focus-on-load=${props.focusOnLoad ? 'true' : undefined}
        placeholder=${hint} value=${shown}
        onClick=${() => setOpen(true)} onKeyDown=${onKey}
        onInput=${(event: InputEvent) => {
          if (event.target instanceof HTMLInputElement) setQuery(event.target.value);
          setOpen(true);
        }} />
      ${
        props.clearable && !multi && chosen[0]
          ? html`<button type="button" class="picker-clear" aria-label=${`Clear ${label}`} onClick=${() => onChange([])}>${icon('cross')}</button>`
          : null
      }
      <span class="picker-arrow" aria-hidden="true">${props.busy ? html`<span class="spinner"></span>` : icon('down')}</span>
    </div>
    ${
      open
        ? html`<div ref=${list} popover="manual" class="popup" id=${`${id}-list`} role="listbox" aria-label=${label} aria-multiselectable=${multi ? 'true' : undefined}>
            ${typeof found === 'string' ? html`<p class="popup-note" role="status">${found}</p>` : null}
            ${typeof found !== 'string' && flat.length === 0 && query ? html`<p class="popup-note" role="status">Nothing matches ‘${query}’.</p>` : null}
            ${full ? html`<p class="popup-note" role="status">That is as many as can be chosen here.</p>` : null}
            ${groups.map(
              (
                group,
                index,
              ) => html`<div key=${index} role="group" aria-label=${group.label} class="picker-group">
                ${group.label ? html`<p class="menu-heading" aria-hidden="true">${group.label}</p>` : null}
                ${group.choices.map((choice) => {
                  const at = flat.indexOf(choice);
                  return html`<div key=${choice.id} id=${`${id}-${at}`} role="option" class="picker-option"
                    aria-selected=${isChosen(choice) ? 'true' : 'false'} data-active=${at === active ? 'true' : 'false'}
                    aria-disabled=${full && !isChosen(choice) ? 'true' : undefined}
                    onPointerMove=${() => setActive(at)}
                    onMouseDown=${(event: Event) => event.preventDefault()} onClick=${() => take(choice)}>
                    <span class="menu-label" dir="auto">${choice.label}</span>
                    ${choice.description ? html`<span class="menu-description" dir="auto">${choice.description}</span>` : null}
                    ${isChosen(choice) ? html`<span class="picker-tick">${icon('tick')}</span>` : null}
                  </div>`;
                })}
              </div>`,
            )}
          </div>`
        : null
    }
  </div>`;
}
