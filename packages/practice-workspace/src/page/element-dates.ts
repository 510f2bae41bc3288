import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useWorld } from './context.ts';
import type { ElementProps } from './element-props.ts';
import { html } from './html.ts';
import { num, str } from './json.ts';
import { fromUnix, toUnix } from './time.ts';
import { useElement } from './use-element.ts';

type FieldProps = Omit<ElementProps, 'placed'> & {
  kind: 'date' | 'time';
  value: string;
  onChoose: (value: string) => void;
  focusOnLoad: boolean;
};

/** The browser's own picker: it speaks the visitor's language and works on a phone. */
function field({
  kind,
  value,
  onChoose,
  label,
  labelledBy,
  describedBy,
  invalid,
  focusOnLoad,
}: FieldProps): VNode {
  const onChange = (event: Event) => {
    if (event.target instanceof HTMLInputElement) onChoose(event.target.value);
  };
  return html`<input class="field date-field" type=${kind} value=${value} aria-label=${labelledBy ? undefined : label}
    aria-labelledby=${labelledBy} aria-describedby=${describedBy} aria-invalid=${invalid ? 'true' : undefined}
    data-focus-on-load=${focusOnLoad ? 'true' : undefined} max=${kind === 'date' ? '9999-12-31' : undefined} onChange=${onChange} />`;
}

export function DatePicker({ placed, ...rest }: ElementProps): VNode {
  const { held, choose, attempt } = useElement(placed);
  const onChoose = (value: string) => void choose({ selected_date: value || null });
  const focusOnLoad = placed.element.focus_on_load === true;
  return html`<span key=${attempt}>${field({ ...rest, kind: 'date', value: str(held.selected_date), onChoose, focusOnLoad })}</span>`;
}

export function TimePicker({ placed, ...rest }: ElementProps): VNode {
  const { held, choose, attempt } = useElement(placed);
  const onChoose = (value: string) => void choose({ selected_time: value || null });
  const focusOnLoad = placed.element.focus_on_load === true;
  return html`<span key=${attempt}>${field({ ...rest, kind: 'time', value: str(held.selected_time), onChoose, focusOnLoad })}</span>`;
}

/** Two fields that together are one instant, in the zone of the person who chooses. */
export function DateTimePicker({ placed, label, describedBy, invalid }: ElementProps): VNode {
  const { tz } = useWorld();
  const rest = { ...(describedBy ? { describedBy } : {}), ...(invalid ? { invalid } : {}) };
  const { held, choose, attempt } = useElement(placed);
  const unix = num(held.selected_date_time);
  const kept = unix === undefined ? { day: '', time: '' } : fromUnix(unix, tz);
  const [half, setHalf] = useState<{ day?: string; time?: string }>({});
  const shown = { ...kept, ...half };
  const change = (part: { day?: string; time?: string }) => {
    const next = { ...shown, ...part };
    const instant = next.day && next.time ? toUnix(next.day, next.time, tz) : undefined;
    setHalf(instant === undefined ? { ...half, ...part } : {});
    if (instant !== undefined) void choose({ selected_date_time: instant });
    else if (unix !== undefined) void choose({ selected_date_time: null });
  };
  const focusOnLoad = placed.element.focus_on_load === true;
  return html`<span key=${attempt} class="date-pair" role="group" aria-label=${label}>
    ${field({ ...rest, label: `${label}: date`, kind: 'date', value: shown.day, onChoose: (day) => change({ day }), focusOnLoad })}
    ${field({ ...rest, label: `${label}: time`, kind: 'time', value: shown.time, onChoose: (time) => change({ time }), focusOnLoad: false })}
  </span>`;
}
