import { botProfileJson, messageJson } from '../describe.ts';
import { type JsonObject, lengthOf } from '../json.ts';
import { readMessageContent, readMetadata } from '../message-content.ts';
import { SlackError } from '../slack-error.ts';
import type { Conversation, Message } from '../world-types.ts';
import type { Call, Method } from './call.ts';

/** chat.*: /reference/methods/chat.postMessage, .postEphemeral, .update, .delete, .getPermalink */

const maxUpdatedText = 4_000;

/** Where the app may write: a channel it is in, a DM, a person. Opens the DM for a user id. */
function target(call: Call): Conversation {
  const { world } = call;
  const id = call.text('channel');
  if (id === '') throw new SlackError('channel_not_found');
  const person = world.people.get(id);
  if (person) {
    if (person.isBot || person.id === 'USLACKBOT') throw new SlackError('cannot_dm_bot');
    if (person.deleted) throw new SlackError('channel_not_found');
    if (!world.app.messagesTab) throw new SlackError('messages_tab_disabled');
    return world.appDirect(person.id);
  }
  const named = [...world.conversations.values()].find(
    (one) => one.kind === 'channel' && `#${one.name}` === id,
  );
  const conversation = named ?? call.channel();
  if (conversation.archived) throw new SlackError('is_archived');
  if (conversation.kind === 'im') {
    const other = [...conversation.members].find((member) => member !== world.botUserId);
    if (world.people.get(other ?? '')?.deleted !== false) throw new SlackError('channel_not_found');
    if (!world.app.messagesTab) throw new SlackError('messages_tab_disabled');
  }
  return conversation;
}

function threadOf(call: Call, conversation: Conversation): { threadTs?: string } {
  const threadTs = call.text('thread_ts');
  if (threadTs === '') return {};
  const parent = conversation.messages.find((one) => one.ts === threadTs && one.ephemeralTo === undefined);
  if (!parent) throw new SlackError('thread_not_found');
  return { threadTs: parent.threadTs ?? parent.ts };
}

function postMessage(call: Call): JsonObject {
  const { world, slack } = call;
  const conversation = target(call);
  if (!call.botIn(conversation) && !call.hasScope('chat:write.public'))
    throw new SlackError('not_in_channel');
  if (call.has('username') || call.has('icon_emoji') || call.has('icon_url'))
    call.needScope('chat:write.customize');
  const message = world.addMessage({
    ...readMessageContent(call.args, world),
    ...threadOf(call, conversation),
    channel: conversation.id,
    user: world.botUserId,
    ...(call.has('username') && { username: call.text('username') }),
  });
  slack.events.message(message);
  return {
    channel: conversation.id,
    ts: message.ts,
    message: {
      ...messageJson(world, message, { metadata: true, baseUrl: slack.baseUrl() }),
      bot_profile: botProfileJson(world),
    },
  };
}

function postEphemeral(call: Call): JsonObject {
  const { world } = call;
  const conversation = target(call);
  if (!call.botIn(conversation)) throw new SlackError('not_in_channel');
  const person = world.people.get(call.required('user'));
  if (!person || person.deleted || !conversation.members.has(person.id))
    throw new SlackError('user_not_in_channel');
  const message = world.addMessage({
    ...readMessageContent(call.args, world),
    ...threadOf(call, conversation),
    channel: conversation.id,
    user: world.botUserId,
    ephemeralTo: person.id,
  });
  return { message_ts: message.ts };
}

/** A message of the app's own that is not ephemeral. */
function own(call: Call, refusal: string): { conversation: Conversation; message: Message } {
  const conversation = call.channel();
  const message = call.world.findMessage(conversation.id, call.required('ts'));
  if (!message || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  if (!message.fromApp) throw new SlackError(refusal);
  return { conversation, message };
}

function update(call: Call): JsonObject {
  const { world, slack } = call;
  const { conversation, message } = own(call, 'cant_update_message');
  if (conversation.archived) throw new SlackError('is_archived');
  if (lengthOf(call.text('text')) > maxUpdatedText) throw new SlackError('msg_too_long');
  const given = (name: string): boolean => call.args[name] !== undefined && call.args[name] !== null;
  const content = readMessageContent(
    { ...call.args, ...(given('blocks') || given('text') ? {} : { text: message.text }) },
    world,
  );
  const isRich = (blocks: Message['blocks']): boolean =>
    blocks?.length === 1 && blocks[0]?.type === 'rich_text';
  // A rich_text message cannot become another kind.
  if (content.blocks && isRich(message.blocks) && !isRich(content.blocks))
    throw new SlackError('block_mismatch');
  const previous = messageJson(world, message, { metadata: true, baseUrl: slack.baseUrl() });
  // Without `text` the old text stays; with `text` and no `blocks` the blocks go. `[]` and `{}` remove.
  if (given('text')) message.text = content.text;
  if (content.blocks) message.blocks = content.blocks;
  else if (given('blocks') || given('text')) delete message.blocks;
  if (given('attachments')) {
    if (content.attachments) message.attachments = content.attachments;
    else delete message.attachments;
  }
  const metadata = readMetadata(call.args.metadata);
  if (metadata) {
    if (content.metadata) message.metadata = content.metadata;
    else delete message.metadata;
  }
  message.editedTs = world.nextTs();
  world.messageChanged(message, 'edited');
  slack.events.messageEdited(message, previous);
  return {
    channel: conversation.id,
    ts: message.ts,
    text: message.text,
    message: messageJson(world, message, { metadata: true, baseUrl: slack.baseUrl() }),
  };
}

function remove(call: Call): JsonObject {
  const { conversation, message } = own(call, 'cant_delete_message');
  call.world.removeMessage(message);
  call.slack.events.messageDeleted(message);
  return { channel: conversation.id, ts: message.ts };
}

function getPermalink(call: Call): JsonObject {
  const conversation = call.channel();
  const message = call.world.findMessage(conversation.id, call.required('message_ts'));
  if (!message || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  const permalink = `https://${call.world.domain}.slack.com/archives/${conversation.id}/p${message.ts.replace('.', '')}`;
  return { channel: conversation.id, permalink };
}

export const chat: Record<string, Method> = {
  'chat.postMessage': { token: 'bot', scopes: ['chat:write'], run: postMessage },
  'chat.postEphemeral': { token: 'bot', scopes: ['chat:write'], run: postEphemeral },
  'chat.update': { token: 'bot', scopes: ['chat:write'], run: update },
  'chat.delete': { token: 'bot', scopes: ['chat:write'], run: remove },
  'chat.getPermalink': { token: 'bot', scopes: [], run: getPermalink },
};
