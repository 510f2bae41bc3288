import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { AlertBlock, Card, Carousel, Container, FileBlock, VideoBlock } from './block-cards.ts';
import { Chart } from './chart.ts';
import { useSurface } from './context.ts';
import { Element, placedElement } from './elements.ts';
import { withEmoji } from './emoji.ts';
import { html, make } from './html.ts';
import { icon } from './icons.ts';
import type { Obj } from './json.ts';
import { isObj, obj, objs, str, textOf } from './json.ts';
import { plainWords } from './mrkdwn.ts';
import { Picture } from './picture.ts';
import { RichText } from './rich-text.ts';
import { DataTable, Table } from './tables.ts';
import { TextObject } from './text.ts';

export function Blocks({ blocks }: { blocks: readonly Obj[] }): VNode {
  return html`<div class="blocks">${blocks.map((block, index) => make(Block, { key: str(block.block_id) || index, block }))}</div>`;
}

type Props = { block: Obj };

const parts: Record<string, (props: Props) => VNode | null> = {
  section: Section,
  header: Header,
  divider: () => html`<hr class="block-divider" />`,
  context: Context,
  actions: Actions,
  context_actions: Actions,
  input: Input,
  image: ImageBlock,
  rich_text: RichText,
  // Its signs are shown as they are: Slack draws them, and no kept parser is worth it for a block that nobody here sends.
  markdown: ({ block }) => make(TextObject, { of: block }),
  table: Table,
  data_table: DataTable,
  data_visualization: Chart,
  video: VideoBlock,
  file: FileBlock,
  alert: AlertBlock,
  card: Card,
  carousel: Carousel,
  container: ({ block }) =>
    make(Container, { block, children: make(Blocks, { blocks: objs(block.child_blocks) }) }),
};

function Block({ block }: Props): VNode {
  const type = str(block.type);
  const part = Object.hasOwn(parts, type) ? parts[type] : undefined;
  return html`<div class=${`block block-${type.replaceAll('_', '-')}`}>${
    part
      ? make(part, { block })
      : html`<p class="unknown">This practice workspace cannot show “${type}” blocks.</p>`
  }</div>`;
}

function around(block: Obj): string {
  const text = obj(block.text);
  const words = text.type === 'mrkdwn' ? plainWords(str(text.text)) : textOf(text);
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

function Section({ block }: Props): VNode {
  const fields = objs(block.fields);
  return html`<div class=${`section${block.accessory ? ' has-accessory' : ''}`}>
    <div class="section-words">
      ${isObj(block.text) ? make(TextObject, { of: block.text }) : null}
      ${fields.length > 0 ? html`<div class="fields">${fields.map((field) => html`<div class="field-cell">${make(TextObject, { of: field })}</div>`)}</div>` : null}
    </div>
    ${block.accessory ? html`<div class="accessory">${placedElement(block, block.accessory, around(block))}</div>` : null}
  </div>`;
}

/** One level below what it stands under: the title of a window, or else the name of the place. */
function Header({ block }: Props): VNode {
  const level = useSurface().surface.kind === 'modal' ? 'h3' : 'h2';
  return html`<${level} class="block-header" dir="auto">${withEmoji(textOf(block.text))}<//>`;
}

function Context({ block }: Props): VNode {
  return html`<div class="context">${objs(block.elements).map((element) =>
    element.type === 'image'
      ? make(Picture, { image: element, className: 'context-picture' })
      : make(TextObject, { of: element }),
  )}</div>`;
}

function Actions({ block }: Props): VNode {
  return html`<div class="actions">${objs(block.elements).map((element) => placedElement(block, element, ''))}</div>`;
}

const manyFields = new Set(['checkboxes', 'radio_buttons', 'datetimepicker']);

function Input({ block }: Props): VNode {
  const { errors } = useSurface();
  const id = useId();
  const element = obj(block.element);
  const blockId = str(block.block_id);
  const error = errors[blockId];
  const hint = textOf(block.hint);
  const label = withEmoji(textOf(block.label));
  const describedBy = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  const placed = { block, blockId, element, actionId: str(element.action_id), isInput: true };
  const focus = (event: Event) => {
    const target = event.currentTarget;
    if (target instanceof HTMLElement && !manyFields.has(str(element.type))) {
      target.parentElement?.querySelector<HTMLElement>('.input-field input, .input-field textarea')?.focus();
    }
  };
  return html`<div class=${`input${error ? ' has-error' : ''}`} data-block-id=${blockId}>
    <div class="input-label" id=${`${id}-label`} onClick=${focus}><span dir="auto">${label}</span>${block.optional === true ? html` <span class="optional">(optional)</span>` : null}</div>
    <div class="input-field">${make(Element, {
      placed,
      label,
      labelledBy: `${id}-label`,
      invalid: error !== undefined,
      ...(describedBy ? { describedBy } : {}),
    })}</div>
    ${error ? html`<p class="input-error" id=${`${id}-error`} role="alert">${icon('warning')}${error}</p>` : null}
    ${hint ? html`<p class="hint" id=${`${id}-hint`} dir="auto">${withEmoji(hint)}</p>` : null}
  </div>`;
}

function ImageBlock({ block }: Props): VNode {
  return html`<figure class="image-block">
    ${block.title ? html`<figcaption>${withEmoji(textOf(block.title))}</figcaption>` : null}
    ${make(Picture, { image: block, className: 'block-picture' })}
  </figure>`;
}
