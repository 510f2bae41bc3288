import { fileJson } from '../describe.ts';
import { type JsonObject, objectsOf, textOf } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { canAppSee, storeFile } from '../stored-files.ts';
import type { Call, Method } from './call.ts';

/** The three steps of an upload. /messaging/working-with-files#upload */

function getUploadUrl(call: Call): JsonObject {
  const { world } = call;
  const name = call.required('filename');
  const size = call.integer('length', 0);
  if (size < 1) throw call.refuse('must be more than 0 [json-pointer:/length]');
  const { id } = storeFile(world, { name, size, user: world.botUserId });
  return { upload_url: `${call.slack.baseUrl()}/upload/v1/${id}`, file_id: id };
}

function complete(call: Call): JsonObject {
  const { world, slack } = call;
  const wanted = objectsOf(call.json('files'));
  if (wanted.length === 0) throw call.refuse('missing required field: files');
  const files = wanted.map((entry) => {
    const file = world.files.get(textOf(entry.id));
    if (!file || file.completed || file.bytes.length !== file.size) throw new SlackError('file_not_found');
    return { file, title: textOf(entry.title) };
  });
  const ids = call.has('channel_id') ? [call.text('channel_id')] : call.list('channels');
  const targets = ids.map((id) => {
    const conversation = world.conversations.get(id);
    if (!conversation || (conversation.kind !== 'channel' && !call.botIn(conversation)))
      throw new SlackError('channel_not_found');
    if (!call.botIn(conversation)) throw new SlackError('not_in_channel');
    if (conversation.archived) throw new SlackError('is_archived');
    return conversation;
  });
  for (const { file, title } of files) {
    file.completed = true;
    if (title !== '') file.title = title;
    for (const conversation of targets) file.channels.add(conversation.id);
  }
  for (const conversation of targets) {
    const message = world.addMessage({
      channel: conversation.id,
      user: world.botUserId,
      text: call.text('initial_comment'),
      files: files.map(({ file }) => file.id),
      ...(call.has('thread_ts') && { threadTs: call.text('thread_ts') }),
    });
    slack.events.message(message);
  }
  return { files: files.map(({ file }) => fileJson(world, file, slack.baseUrl())) };
}

function info(call: Call): JsonObject {
  const file = call.world.files.get(call.required('file'));
  if (!file || !canAppSee(call.world, file)) throw new SlackError('file_not_found');
  return { file: fileJson(call.world, file, call.slack.baseUrl()) };
}

function remove(call: Call): JsonObject {
  const { world } = call;
  const file = world.files.get(call.required('file'));
  if (!file || !canAppSee(world, file)) throw new SlackError('file_not_found');
  if (file.user !== world.botUserId) throw new SlackError('cant_delete_file');
  world.files.delete(file.id);
  for (const id of file.channels)
    for (const message of [...(world.conversations.get(id)?.messages ?? [])]) {
      if (!message.files.includes(file.id)) continue;
      message.files = message.files.filter((one) => one !== file.id);
      const isEmpty = message.text === '' && message.files.length === 0 && message.blocks === undefined;
      if (isEmpty) world.removeMessage(message);
      else world.messageChanged(message, 'edited');
    }
  return {};
}

export const files: Record<string, Method> = {
  'files.getUploadURLExternal': { token: 'bot', scopes: ['files:write'], run: getUploadUrl },
  'files.completeUploadExternal': { token: 'bot', scopes: ['files:write'], run: complete },
  'files.info': { token: 'bot', scopes: ['files:read'], run: info },
  'files.delete': { token: 'bot', scopes: ['files:write'], run: remove },
};
