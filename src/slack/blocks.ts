import type {
  ActionsBlockElement,
  Button,
  ConfirmationDialog,
  ContextBlock,
  InputBlock,
  KnownBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  RichTextBlock,
  SectionBlock,
  View,
} from '@slack/types';
import { clip, type Mrkdwn } from './text.ts';

/** Plain text, cut to what Slack allows in that place. */
export const plain = (text: string, max = 3000): PlainTextElement => ({
  type: 'plain_text',
  text: clip(text, max) || ' ',
  emoji: true,
});

/**
 * mrkdwn from the template only, so that nothing unescaped can get here. Verbatim: Slack makes no links or mentions of its
 * own out of an address, "#general" or "@here" in somebody's words.
 * @see https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 */
export const markup = (text: Mrkdwn, max = 3000): MrkdwnElement => ({
  type: 'mrkdwn',
  text: clip(text.text, max) || ' ',
  verbatim: true,
});

export const section = (
  text: Mrkdwn,
  accessory?: SectionBlock['accessory'],
  blockId?: string,
): SectionBlock => ({
  type: 'section',
  text: markup(text),
  ...(accessory && { accessory }),
  ...(blockId && { block_id: blockId }),
});

export const header = (text: string): KnownBlock => ({ type: 'header', text: plain(text, 150) });

export const divider = (): KnownBlock => ({ type: 'divider' });

/** One quiet line: trust, privacy, how to have fewer messages. */
export const context = (...texts: Mrkdwn[]): ContextBlock => ({
  type: 'context',
  elements: texts.map((text) => markup(text)),
});

export type ButtonOptions = {
  value?: string;
  url?: string;
  style?: 'primary' | 'danger';
  confirm?: ConfirmationDialog;
  /** Read out where the text alone says too little. Where it does not begin with the text, that is read out before it. */
  label?: string;
};

/** Whoever speaks to their device says what they see: the name begins with it (WCAG 2.5.3, label in name). */
const namedBy = (text: string, label: string): string =>
  label.toLowerCase().startsWith(text.toLowerCase()) ? label : `${text}: ${label}`;

export const button = (text: string, actionId: string, options: ButtonOptions = {}): Button => ({
  type: 'button',
  text: plain(text, 75),
  action_id: actionId,
  ...(options.value !== undefined && { value: options.value }),
  ...(options.url && { url: options.url }),
  ...(options.style && { style: options.style }),
  ...(options.confirm && { confirm: options.confirm }),
  ...(options.label && { accessibility_label: clip(namedBy(text, options.label), 75) }),
});

/** @param yes a verb that says what happens; @param no the way back. */
export const confirm = (title: string, text: string, yes: string, no: string): ConfirmationDialog => ({
  title: plain(title, 100),
  text: plain(text, 300),
  confirm: plain(yes, 30),
  deny: plain(no, 30),
});

/** For what deletes, ends or takes away: Slack makes the button that does it green, unless it is told otherwise. */
export const confirmLoss = (...words: Parameters<typeof confirm>): ConfirmationDialog => ({
  ...confirm(...words),
  style: 'danger',
});

/** The way on comes first: on a phone only the first buttons are seen without looking for them. */
const greenFirst = (elements: readonly ActionsBlockElement[]): ActionsBlockElement[] => {
  const green = elements.find((one) => one.type === 'button' && one.style === 'primary');
  return green ? [green, ...elements.filter((one) => one !== green)] : [...elements];
};

export const actions = (elements: readonly ActionsBlockElement[], blockId?: string): KnownBlock => ({
  type: 'actions',
  elements: greenFirst(elements),
  ...(blockId && { block_id: blockId }),
});

/** @param value at most 150 characters, kept whole: it comes back to us. */
export const option = <Value extends string>(
  text: string,
  value: Value,
  description?: string,
): PlainTextOption & { value: Value } => ({
  text: plain(text, 75),
  value,
  ...(description && { description: plain(description, 75) }),
});

export const overflow = (actionId: string, options: PlainTextOption[]): Overflow => ({
  type: 'overflow',
  action_id: actionId,
  options,
});

export type InputOptions = { hint?: string; optional?: boolean; dispatch?: boolean };

/** An input's label says what to write; Slack itself adds "(optional)" where it may be left empty, so a file need not. */
export const input = (
  blockId: string,
  label: string,
  element: InputBlock['element'],
  { hint, optional = false, dispatch = false }: InputOptions = {},
): InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(optional ? label.replace(/\s*\(optional\)\s*$/i, '') : label, 2000),
  element,
  optional,
  ...(hint && { hint: plain(hint, 2000) }),
  ...(dispatch && { dispatch_action: true }),
});

export const textInput = (
  actionId: string,
  options: {
    multiline?: boolean;
    initial?: string;
    max?: number;
    placeholder?: string;
    focus?: boolean;
  } = {},
): InputBlock['element'] => ({
  type: 'plain_text_input',
  action_id: actionId,
  multiline: options.multiline ?? false,
  max_length: options.max ?? 3000,
  ...(options.initial && { initial_value: clip(options.initial, options.max ?? 3000) }),
  ...(options.placeholder && { placeholder: plain(options.placeholder, 150) }),
  ...(options.focus && { focus_on_load: true }),
});

/** What people wrote, as data: nothing in it can act as markup, mention or link. Split to stay below 3,000 a block. */
export function written(text: string): RichTextBlock[] {
  const points = Array.from(text);
  const pieces = [];
  for (let start = 0; start < points.length; start += 2900)
    pieces.push(points.slice(start, start + 2900).join(''));
  return pieces.map((piece) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: piece }] }],
  }));
}

/** Text to select and copy, as data: nothing in it acts. At most as much as a block takes; see `piecesOf`. */
export const preformatted = (text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
});

/** More buttons than these in a row are a wall on a phone. */
const mostInARow = 5;

/** Buttons in as few rows as need be, none much longer than the others. */
export function rows(elements: readonly ActionsBlockElement[], blockId: string): KnownBlock[] {
  const many = Math.ceil(elements.length / mostInARow);
  const long = Math.ceil(elements.length / many);
  return Array.from({ length: many }, (_, row) =>
    actions(elements.slice(row * long, (row + 1) * long), row === 0 ? blockId : `${blockId}.${row + 1}`),
  );
}

/**
 * The same to look at, with nothing that acts: whatever can be pressed or chosen says so to the listener of `actionId`,
 * an id that ends in ":".
 */
export function inert(blocks: readonly KnownBlock[], actionId: `${string}:`): KnownBlock[] {
  let place = 0;
  const still = <Element extends object>(element: Element): Element => {
    if (!('action_id' in element)) return element;
    place += 1;
    const { confirm: _confirm, ...shown } = element as Element & { confirm?: unknown };
    return { ...shown, action_id: `${actionId}${place}` } as unknown as Element;
  };
  return blocks.map((block) => {
    if (block.type === 'actions') {
      const { block_id: _id, ...shown } = block;
      return { ...shown, elements: block.elements.map(still) };
    }
    if (block.type !== 'section' || !block.accessory) return block;
    return { ...block, accessory: still(block.accessory) };
  });
}

export type ModalOptions = {
  callbackId: string;
  title: string;
  blocks: KnownBlock[];
  submit?: string;
  close?: string;
  /** Travels through the person's client: ids only, and rights are checked again on submit. */
  metadata?: string;
  notifyOnClose?: boolean;
};

/** What heads an answer in a message stands in the title already when the answer is a modal. */
function underTitle(blocks: readonly KnownBlock[], title: string): readonly KnownBlock[] {
  const [first, ...rest] = blocks;
  if (first?.type === 'header') return first.text.text === title ? rest : blocks;
  if (first?.type !== 'section' || !first.text) return blocks;
  const lead = /^\*([^*\n]+?)[.:]?\*\s*/.exec(first.text.text);
  if (lead?.[1] !== title) return blocks;
  const left = first.text.text.slice(lead[0].length);
  if (left === '') return first.accessory ? blocks : rest;
  // "*Thank you*, Jane" goes on in the same sentence.
  return /^[\p{Lu}\p{N}“<•]/u.test(left)
    ? [{ ...first, text: { ...first.text, text: left } }, ...rest]
    : blocks;
}

/**
 * Green says "this is the way on", so one button of a screen is green at most: the window's own, which Slack always
 * makes so, or else the first that asks for it.
 */
export function oneGreen(blocks: readonly KnownBlock[], isTaken = false): KnownBlock[] {
  let taken = isTaken;
  const plainer = <Element extends object>(element: Element): Element => {
    if (
      !('type' in element && element.type === 'button' && 'style' in element && element.style === 'primary')
    )
      return element;
    const { style: _style, ...rest } = element;
    const shown = taken ? (rest as unknown as Element) : element;
    taken = true;
    return shown;
  };
  return blocks.map((block) => {
    if (block.type === 'actions') return { ...block, elements: block.elements.map(plainer) };
    if (block.type !== 'section' || !block.accessory) return block;
    return { ...block, accessory: plainer(block.accessory) };
  });
}

export const modal = ({
  callbackId,
  title,
  blocks,
  submit,
  close,
  metadata,
  notifyOnClose,
}: ModalOptions): View => ({
  type: 'modal',
  callback_id: callbackId,
  title: plain(title, 24),
  blocks: oneGreen(underTitle(blocks, title), submit !== undefined).slice(0, 100),
  close: plain(close ?? 'Close', 24),
  ...(submit && { submit: plain(submit, 24) }),
  ...(metadata !== undefined && { private_metadata: metadata }),
  ...(notifyOnClose && { notify_on_close: true }),
});
