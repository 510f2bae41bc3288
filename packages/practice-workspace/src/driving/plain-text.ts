import { isObject, type JsonObject, objectsOf, textOf, unescapeText } from '../json.ts';
import type { Block, MessageSummary, ViewSummary } from '../protocol.ts';

/** What a person reads on the screen, line by line, without formatting. */

function richText(element: JsonObject): string {
  const inner = objectsOf(element.elements).map(richText);
  switch (element.type) {
    case 'text':
      return textOf(element.text);
    case 'link':
      return textOf(element.text) || textOf(element.url);
    case 'user':
      return `<@${textOf(element.user_id)}>`;
    case 'channel':
      return `<#${textOf(element.channel_id)}>`;
    case 'broadcast':
      return `@${textOf(element.range)}`;
    case 'emoji':
      return `:${textOf(element.name)}:`;
    case 'date':
      return textOf(element.fallback);
    case 'rich_text':
      return inner.join('\n');
    case 'rich_text_list':
      return inner.map((line) => `• ${line}`).join('\n');
    default:
      return inner.join('');
  }
}

function elementText(element: JsonObject): string[] {
  const label = text(element.text) || text(element.placeholder);
  if (element.type === 'image') return [textOf(element.alt_text)];
  const offered = ['radio_buttons', 'checkboxes', 'overflow'].includes(textOf(element.type))
    ? objectsOf(element.options).flatMap((option) => [text(option.text), text(option.description)])
    : [];
  return [label, ...offered];
}

/** A text object, or a rich_text block. */
function text(value: unknown): string {
  if (!isObject(value)) return '';
  if (value.type === 'rich_text') return richText(value);
  return unescapeText(textOf(value.text));
}

function chartText(chart: JsonObject): string[] {
  const points = (list: unknown): string =>
    objectsOf(list)
      .map((point) => `${textOf(point.label)} ${String(point.value)}`)
      .join(', ');
  return chart.type === 'pie'
    ? [points(chart.segments)]
    : objectsOf(chart.series).map((series) => `${textOf(series.name)}: ${points(series.data)}`);
}

function blockText(block: JsonObject): string[] {
  switch (block.type) {
    case 'rich_text':
      return [richText(block)];
    case 'section':
      return [
        text(block.text),
        ...objectsOf(block.fields).map(text),
        ...(isObject(block.accessory) ? elementText(block.accessory) : []),
      ];
    case 'context':
    case 'actions':
    case 'context_actions':
      return objectsOf(block.elements).flatMap((element) =>
        element.type === 'plain_text' || element.type === 'mrkdwn' ? [text(element)] : elementText(element),
      );
    case 'input':
      return [
        text(block.label),
        text(block.hint),
        ...(isObject(block.element) ? elementText(block.element) : []),
      ];
    case 'markdown':
      return [textOf(block.text)];
    case 'image':
      return [text(block.title), textOf(block.alt_text)];
    case 'table':
    case 'data_table': {
      const rows = Array.isArray(block.rows) ? (block.rows as unknown[]) : [];
      const lines = rows.map((row) =>
        objectsOf(row)
          .map((cell) => (cell.type === 'rich_text' ? richText(cell) : textOf(cell.text)))
          .join(' | '),
      );
      return [textOf(block.caption), ...lines];
    }
    case 'data_visualization':
      return [textOf(block.title), ...(isObject(block.chart) ? chartText(block.chart) : [])];
    case 'container':
      return [text(block.title), text(block.subtitle), ...objectsOf(block.child_blocks).flatMap(blockText)];
    case 'carousel':
      return objectsOf(block.elements).flatMap(blockText);
    case 'card':
      return [
        text(block.title),
        text(block.subtitle),
        text(block.body),
        ...objectsOf(block.actions).flatMap(elementText),
      ];
    default:
      return [text(block.text), text(block.title)];
  }
}

export function blocksText(blocks: readonly Block[]): string {
  return blocks
    .flatMap(blockText)
    .filter((line) => line !== '')
    .join('\n');
}

/** Blocks stand before the text: with blocks, `text` is only the notification. */
export function messageText(message: Pick<MessageSummary, 'text' | 'blocks' | 'files'>): string {
  const body = message.blocks ? blocksText(message.blocks) : unescapeText(message.text);
  return [body, ...message.files.map((file) => `[${file.name}]`)].filter((line) => line !== '').join('\n');
}

export function viewText(view: ViewSummary): string {
  const buttons = [view.close, view.submit].filter((label) => label !== undefined);
  const errors = Object.values(view.errors);
  return [view.title ?? '', blocksText(view.blocks), ...errors, ...buttons]
    .filter((line) => line !== '')
    .join('\n');
}
