import { z } from 'zod';
import { isObject, type JsonObject, lengthOf, objectsOf, textOf } from '../json.ts';
import type { Block } from '../protocol.ts';
import { anyBlock } from './blocks.ts';
import { chars, plainText } from './text.ts';

/** Where blocks may stand, how many, and whether their ids are unique. /reference/block-kit/blocks */

export type BlockSurface = 'message' | 'modal' | 'home';

/** Blocks not named here may stand anywhere. */
const surfaces: Record<string, BlockSurface[]> = {
  alert: ['modal'],
  markdown: ['message'],
  table: ['message', 'home'],
  data_table: ['message', 'home'],
  data_visualization: ['message', 'home'],
  container: ['message', 'home'],
  card: ['message', 'home', 'modal'],
  carousel: ['message', 'home'],
  file: ['message'],
  context_actions: ['message'],
  task_card: ['message'],
  plan: ['message'],
};
const maxBlocks: Record<BlockSurface, number> = { message: 50, modal: 100, home: 100 };
const onePerMessage = ['table'];
const maxCharts = 2;
/** 250 kB for a whole view. /surfaces/modals */
const maxViewBytes = 250 * 1024;

/** Valid blocks, or what Slack would say, each line with its JSON pointer. */
export type Checked<T> = { ok: true; value: T } | { ok: false; messages: string[] };

function at(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key)}`).join('');
}

function fault(message: string, path: readonly PropertyKey[]): string {
  return `[ERROR] ${message} [json-pointer:${at(path)}]`;
}

function explain(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): string[] {
  const where = [...path, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => fault(`invalid additional property: ${key}`, where));
    case 'invalid_type':
      return [
        issue.input === undefined
          ? fault(`missing required field: ${String(where.at(-1))}`, where.slice(0, -1))
          : fault(`must be a valid ${issue.expected}`, where),
      ];
    case 'invalid_union':
      return issue.discriminator === undefined
        ? [fault('failed to match all allowed schemas', where)]
        : [fault('unsupported type', where.at(-1) === issue.discriminator ? where.slice(0, -1) : where)];
    default:
      return [fault(issue.message, where)];
  }
}

function issuesOf(error: z.ZodError, path: readonly PropertyKey[]): string[] {
  return error.issues.flatMap((issue) => explain(issue, path));
}

/** Every element that can act or hold input, with the block it stands in. */
export function elementsOf(
  blocks: readonly JsonObject[],
): { block: JsonObject; element: JsonObject; path: PropertyKey[] }[] {
  return blocks.flatMap((block, index) => {
    const found: { block: JsonObject; element: JsonObject; path: PropertyKey[] }[] = [];
    const add = (element: unknown, ...path: PropertyKey[]): void => {
      if (isObject(element)) found.push({ block, element, path: [index, ...path] });
    };
    add(block.accessory, 'accessory');
    if (block.type === 'input') add(block.element, 'element');
    if (block.type === 'actions' || block.type === 'context_actions')
      objectsOf(block.elements).forEach((element, place) => {
        add(element, 'elements', place);
      });
    if (block.type === 'card')
      objectsOf(block.actions).forEach((element, place) => {
        add(element, 'actions', place);
      });
    for (const nested of ['child_blocks', 'elements'] as const)
      if (block.type === (nested === 'elements' ? 'carousel' : 'container'))
        for (const inner of elementsOf(objectsOf(block[nested])))
          found.push({ ...inner, path: [index, nested, ...inner.path] });
    return found.filter(({ element }) => element.type !== 'image');
  });
}

function nestedBlocks(blocks: readonly JsonObject[]): { block: JsonObject; path: PropertyKey[] }[] {
  return blocks.flatMap((block, index) => {
    const children =
      block.type === 'container' ? 'child_blocks' : block.type === 'carousel' ? 'elements' : '';
    const inner = children === '' ? [] : nestedBlocks(objectsOf(block[children]));
    return [
      { block, path: [index] },
      ...inner.map((one) => ({ block: one.block, path: [index, children, ...one.path] })),
    ];
  });
}

function placement(
  blocks: readonly JsonObject[],
  surface: BlockSurface,
  path: readonly PropertyKey[],
): string[] {
  const messages: string[] = [];
  const seen = new Set<unknown>();
  const count = (type: string): number => blocks.filter((block) => block.type === type).length;
  for (const { block, path: place } of nestedBlocks(blocks)) {
    const type = textOf(block.type);
    if (surfaces[type] && !surfaces[type].includes(surface))
      messages.push(fault(`unsupported block type for ${surface}: ${type}`, [...path, ...place, 'type']));
    const id = block.block_id;
    if (id !== undefined && seen.has(id))
      messages.push(fault(`\`block_id\` "${textOf(id)}" already exists`, [...path, ...place, 'block_id']));
    seen.add(id);
  }
  const actions = new Map<JsonObject, Set<unknown>>();
  let focused = 0;
  for (const { block, element, path: place } of elementsOf(blocks)) {
    const id = element.action_id;
    const ids = actions.get(block) ?? new Set();
    if (id !== undefined && ids.has(id))
      messages.push(
        fault(`\`action_id\` "${textOf(id)}" already exists for block_id`, [...path, ...place, 'action_id']),
      );
    actions.set(block, ids.add(id));
    if (element.focus_on_load === true) focused += 1;
    if (element.type === 'file_input' && surface !== 'modal')
      messages.push(fault('unsupported element type: file_input', [...path, ...place]));
    if (surface !== 'modal' && element.response_url_enabled !== undefined)
      messages.push(fault('response_url_enabled is only for modals', [...path, ...place]));
  }
  if (focused > 1) messages.push(fault('only one element can have focus_on_load', path));
  for (const type of onePerMessage)
    if (surface === 'message' && count(type) > 1) messages.push(fault(`only one ${type} is allowed`, path));
  if (count('data_visualization') > maxCharts)
    messages.push(fault(`no more than ${maxCharts} data_visualization blocks allowed`, path));
  const markdown = blocks.filter((block) => block.type === 'markdown');
  if (markdown.reduce((sum, block) => sum + lengthOf(textOf(block.text)), 0) > 12_000)
    messages.push(fault('markdown must be less than 12001 characters over all blocks', path));
  return messages;
}

/** Checks blocks for a surface, without changing them. */
export function checkBlocks(
  blocks: unknown,
  surface: BlockSurface,
  path: readonly PropertyKey[] = ['blocks'],
): Checked<Block[]> {
  if (!Array.isArray(blocks)) return { ok: false, messages: [fault('must be a valid array', path)] };
  const max = maxBlocks[surface];
  if (blocks.length > max) return { ok: false, messages: [fault(`no more than ${max} items allowed`, path)] };
  const messages = blocks.flatMap((block: unknown, index) => {
    const read = anyBlock.safeParse(block, { reportInput: true });
    return read.success ? [] : issuesOf(read.error, [...path, index]);
  });
  if (messages.length === 0) messages.push(...placement(objectsOf(blocks), surface, path));
  return messages.length === 0 ? { ok: true, value: blocks as Block[] } : { ok: false, messages };
}

/** Blocks and elements that only work with a scope. */
const scopeOf: Record<string, string> = { video: 'links.embed:write', file_input: 'files:read' };

/** What these blocks would need a scope for that was not granted, as Slack would say it. */
export function scopeFaults(
  blocks: readonly JsonObject[],
  granted: ReadonlySet<string>,
  path: readonly PropertyKey[] = ['blocks'],
): string[] {
  const used = [
    ...nestedBlocks(blocks).map(({ block, path: place }) => ({ part: block, place })),
    ...elementsOf(blocks).map(({ element, path: place }) => ({ part: element, place })),
  ];
  return used.flatMap(({ part, place }) => {
    const scope = scopeOf[textOf(part.type)];
    return scope === undefined || granted.has(scope)
      ? []
      : [fault(`${textOf(part.type)} requires the scope ${scope}`, [...path, ...place])];
  });
}

const commonView = {
  blocks: z.array(z.unknown()),
  private_metadata: chars(3000, 0).optional(),
  callback_id: chars(255, 0).optional(),
  external_id: chars(255, 0).optional(),
};
const viewShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('home'), ...commonView }),
  z.strictObject({
    type: z.literal('modal'),
    ...commonView,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  }),
]);

export const viewTooLarge = 'view_too_large';

/** Checks a view as views.* and `response_action` do. Server fields (id, hash, state) are unknown fields here. */
export function checkView(view: unknown, path: readonly PropertyKey[] = ['view']): Checked<JsonObject> {
  if (Buffer.byteLength(JSON.stringify(view) ?? '') > maxViewBytes)
    return { ok: false, messages: [viewTooLarge] };
  const read = viewShape.safeParse(view, { reportInput: true });
  if (!read.success) return { ok: false, messages: issuesOf(read.error, path) };
  const blocks = checkBlocks(read.data.blocks, read.data.type, [...path, 'blocks']);
  if (!blocks.ok) return blocks;
  const hasInput = nestedBlocks(blocks.value).some(({ block }) => block.type === 'input');
  if (hasInput && read.data.type === 'modal' && read.data.submit === undefined)
    return { ok: false, messages: [fault('must define `submit` to use an `input` block in modals', path)] };
  return { ok: true, value: read.data };
}
