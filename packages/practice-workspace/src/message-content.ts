import { withIds } from './block-state.ts';
import { checkBlocks, scopeFaults } from './blocks/check.ts';
import { cut, isObject, type JsonObject, lengthOf, objectsOf, parseJson, textOf } from './json.ts';
import { explained, SlackError } from './slack-error.ts';
import type { World } from './world.ts';
import type { Message } from './world-types.ts';

const maxText = 40_000;
const maxMarkdown = 12_000;
const maxAttachments = 100;

export type MessageContent = Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata'>;

/** A value that may come as JSON in a form field, or as itself in a JSON body. */
export function structured(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : value;
}

function readBlocks(given: unknown, world: World): MessageContent['blocks'] {
  if (given === undefined || given === null || given === '') return undefined;
  const blocks = structured(given);
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  const checked = checkBlocks(blocks, 'message');
  if (!checked.ok) throw explained('invalid_blocks', checked.messages);
  const faults = scopeFaults(checked.value, world.app.scopes);
  if (faults.length > 0) throw explained('invalid_blocks', faults);
  return withIds(checked.value, world.random);
}

function readAttachments(given: unknown): MessageContent['attachments'] {
  if (given === undefined || given === null || given === '') return undefined;
  const attachments = structured(given);
  if (!Array.isArray(attachments)) throw new SlackError('invalid_attachments');
  if (attachments.length > maxAttachments) throw new SlackError('too_many_attachments');
  for (const [index, attachment] of attachments.entries()) {
    const blocks: unknown = isObject(attachment) ? attachment.blocks : undefined;
    if (blocks === undefined) continue;
    const checked = checkBlocks(blocks, 'message', ['attachments', index, 'blocks']);
    if (!checked.ok) throw explained('invalid_blocks', checked.messages);
  }
  return objectsOf(attachments);
}

/** `{ event_type, event_payload }`. /messaging/message-metadata */
export function readMetadata(given: unknown): JsonObject | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  const metadata = structured(given);
  if (!isObject(metadata)) throw new SlackError('invalid_metadata_format');
  const { event_type: type, event_payload: payload, ...rest } = metadata;
  if (Object.keys(metadata).length === 0) return {};
  if (typeof type !== 'string' || type === '' || !isObject(payload) || Object.keys(rest).length > 0)
    throw new SlackError('invalid_metadata_schema');
  return { event_type: type, event_payload: payload };
}

/**
 * What a message says, wherever the app says it: chat.*, response_url, or the ack of a command.
 * Throws `no_text`, `invalid_blocks`, `markdown_text_conflict` and so on. /reference/methods/chat.postMessage
 */
export function readMessageContent(args: JsonObject, world: World): MessageContent {
  const markdown = textOf(args.markdown_text);
  const blocks = readBlocks(args.blocks, world);
  const attachments = readAttachments(args.attachments);
  const given = textOf(args.text);
  if (markdown !== '' && (given !== '' || args.blocks !== undefined))
    throw new SlackError('markdown_text_conflict');
  if (lengthOf(markdown) > maxMarkdown) throw new SlackError('msg_too_long');
  const text = markdown === '' ? cut(given, maxText) : markdown;
  if (text === '' && (blocks ?? []).length === 0 && (attachments ?? []).length === 0)
    throw new SlackError('no_text');
  const metadata = readMetadata(args.metadata);
  return {
    text,
    ...(blocks && blocks.length > 0 && { blocks }),
    ...(attachments && attachments.length > 0 && { attachments }),
    ...(metadata && Object.keys(metadata).length > 0 && { metadata }),
  };
}
