import { conversationJson, messageJson } from '../describe.ts';
import type { JsonObject } from '../json.ts';
import { joinChannel } from '../membership.ts';
import { SlackError } from '../slack-error.ts';
import type { Conversation, ConversationKind, Message } from '../world-types.ts';
import type { Call, Method } from './call.ts';

/** conversations.*, each with the scope of the kind of conversation. /reference/methods/conversations.list … */

const family: Record<ConversationKind, string> = {
  channel: 'channels',
  'private-channel': 'groups',
  im: 'im',
  mpim: 'mpim',
};
const kindOf: Record<string, ConversationKind> = {
  public_channel: 'channel',
  private_channel: 'private-channel',
  im: 'im',
  mpim: 'mpim',
};

function need(call: Call, conversation: Conversation, right: 'read' | 'history'): void {
  call.needScope(`${family[conversation.kind]}:${right}`);
}

function open(call: Call): JsonObject {
  const { world } = call;
  if (call.has('channel')) {
    const conversation = call.channel();
    if (conversation.kind !== 'im' && conversation.kind !== 'mpim') throw new SlackError('channel_not_found');
    return { no_op: true, already_open: true, channel: { id: conversation.id } };
  }
  const ids = [...new Set(call.list('users'))];
  if (ids.length === 0) throw new SlackError('users_list_not_supplied');
  if (ids.length > 8) throw new SlackError('too_many_users');
  call.needScope(ids.length === 1 ? 'im:write' : 'mpim:write');
  for (const id of ids) {
    const person = world.people.get(id);
    if (!person) throw new SlackError('user_not_found');
    if (person.deleted) throw new SlackError('user_disabled');
    if (person.isBot || id === 'USLACKBOT') throw new SlackError('cannot_dm_bot');
  }
  const members = [world.botUserId, ...ids];
  const known = world.findDirect(members);
  const conversation = known ?? world.openDirect(members);
  if (!known) world.touch(conversation.members);
  return {
    ...(known && { no_op: true, already_open: true }),
    channel: call.flag('return_im')
      ? conversationJson(world, conversation, world.botUserId)
      : { id: conversation.id },
  };
}

function info(call: Call): JsonObject {
  const conversation = call.channel();
  need(call, conversation, 'read');
  const channel = conversationJson(call.world, conversation, call.world.botUserId);
  if (!call.flag('include_num_members')) delete channel.num_members;
  return { channel };
}

function members(call: Call): JsonObject {
  const conversation = call.channel();
  need(call, conversation, 'read');
  const { page, next } = call.page([...conversation.members], { limit: 100, max: 1000 });
  return { members: page, response_metadata: { next_cursor: next } };
}

function wantedKinds(call: Call): ConversationKind[] {
  const types = call.list('types');
  return (types.length === 0 ? ['public_channel'] : types).map((type) => {
    const kind = kindOf[type];
    if (!kind) throw new SlackError('invalid_types');
    call.needScope(`${family[kind]}:read`);
    return kind;
  });
}

function list(call: Call): JsonObject {
  const { world } = call;
  const kinds = wantedKinds(call);
  const visible = [...world.conversations.values()].filter(
    (one) =>
      kinds.includes(one.kind) &&
      (one.kind === 'channel' || call.botIn(one)) &&
      !(call.flag('exclude_archived') && one.archived),
  );
  const { page, next } = call.page(visible, { limit: 100, max: 999 });
  return {
    channels: page.map((one) => conversationJson(world, one, world.botUserId)),
    response_metadata: { next_cursor: next },
  };
}

function userConversations(call: Call): JsonObject {
  const { world } = call;
  const kinds = wantedKinds(call);
  const user = call.has('user') ? call.user().id : world.botUserId;
  const visible = [...world.conversations.values()].filter(
    (one) => kinds.includes(one.kind) && one.members.has(user) && (one.kind === 'channel' || call.botIn(one)),
  );
  const { page, next } = call.page(visible, { limit: 100, max: 999 });
  return {
    channels: page.map((one) => conversationJson(world, one, world.botUserId)),
    response_metadata: { next_cursor: next },
  };
}

/** Within `oldest` and `latest`, both exclusive unless `inclusive`; compared as text of equal length. */
function within(call: Call, messages: Message[]): Message[] {
  const bound = (name: string): bigint | undefined => {
    const text = call.text(name);
    if (text === '' || text === '0') return undefined;
    const [, seconds, rest = ''] = /^(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? [];
    if (seconds === undefined)
      throw new SlackError(name === 'oldest' ? 'invalid_ts_oldest' : 'invalid_ts_latest');
    return BigInt(seconds + rest.padEnd(6, '0'));
  };
  const oldest = bound('oldest');
  const latest = bound('latest');
  const inclusive = call.flag('inclusive');
  return messages.filter((message) => {
    const ts = BigInt(message.ts.replace('.', ''));
    if (message.ephemeralTo !== undefined) return false;
    if (oldest !== undefined && (inclusive ? ts < oldest : ts <= oldest)) return false;
    return latest === undefined || (inclusive ? ts <= latest : ts < latest);
  });
}

function paged(call: Call, messages: Message[]): JsonObject {
  const { page, next } = call.page(messages, { limit: 100, max: 999 });
  return {
    messages: page.map((message) =>
      messageJson(call.world, message, {
        metadata: call.flag('include_all_metadata'),
        baseUrl: call.slack.baseUrl(),
      }),
    ),
    has_more: next !== '',
    ...(next !== '' && { response_metadata: { next_cursor: next } }),
  };
}

function history(call: Call): JsonObject {
  const conversation = call.channel();
  need(call, conversation, 'history');
  if (!call.botIn(conversation)) throw new SlackError('not_in_channel');
  const top = conversation.messages.filter((one) => one.threadTs === undefined || one.threadTs === one.ts);
  return { ...paged(call, within(call, top).toReversed()), pin_count: 0 };
}

function replies(call: Call): JsonObject {
  const conversation = call.channel();
  need(call, conversation, 'history');
  if (!call.botIn(conversation)) throw new SlackError('not_in_channel');
  const ts = call.required('ts');
  const parent = conversation.messages.find((one) => one.ts === ts && one.ephemeralTo === undefined);
  if (!parent) throw new SlackError('thread_not_found');
  const thread = conversation.messages.filter((one) => one.threadTs === ts && one !== parent);
  return paged(call, [parent, ...within(call, thread)]);
}

function join(call: Call): JsonObject {
  const { world } = call;
  const conversation = call.channel();
  if (conversation.kind !== 'channel') throw new SlackError('method_not_supported_for_channel_type');
  if (conversation.archived) throw new SlackError('is_archived');
  const already = call.botIn(conversation);
  if (!already) joinChannel(call.slack, world.botUserId, conversation);
  return {
    channel: conversationJson(world, conversation, world.botUserId),
    ...(already && {
      warning: 'already_in_channel',
      response_metadata: { warnings: ['already_in_channel'] },
    }),
  };
}

function invite(call: Call): JsonObject {
  const { world } = call;
  const conversation = call.channel();
  const right = conversation.kind === 'private-channel' ? 'groups' : 'channels';
  call.needScope(right === 'groups' ? 'groups:write' : 'channels:manage', `${right}:write.invites`);
  if (conversation.kind === 'im' || conversation.kind === 'mpim')
    throw new SlackError('method_not_supported_for_channel_type');
  if (!call.botIn(conversation)) throw new SlackError('not_in_channel');
  if (conversation.archived) throw new SlackError('is_archived');
  const ids = [...new Set(call.list('users'))];
  if (ids.length === 0) throw new SlackError('no_user');
  if (ids.length > 100) throw new SlackError('too_many_users');
  const refusals = ids.flatMap((id) => {
    const person = world.people.get(id);
    if (!person || person.deleted) return { user: id, ok: false, error: 'user_not_found' };
    if (id === world.botUserId) return { user: id, ok: false, error: 'cant_invite_self' };
    if (conversation.members.has(id)) return { user: id, ok: false, error: 'already_in_channel' };
    if (person.isUltraRestricted) return { user: id, ok: false, error: 'ura_max_channels' };
    return person.isRestricted ? { user: id, ok: false, error: 'user_is_restricted' } : [];
  });
  const refused = refusals[0];
  // All or nothing, unless forced.
  if (refused && !call.flag('force')) throw new SlackError(refused.error, { errors: refusals });
  for (const id of ids)
    if (!refusals.some((one) => one.user === id)) joinChannel(call.slack, id, conversation, world.botUserId);
  return { channel: conversationJson(world, conversation, world.botUserId) };
}

export const conversations: Record<string, Method> = {
  'conversations.open': { token: 'bot', scopes: [], run: open },
  'conversations.info': { token: 'bot', scopes: [], run: info },
  'conversations.members': { token: 'bot', scopes: [], run: members },
  'conversations.list': { token: 'bot', scopes: [], run: list },
  'users.conversations': { token: 'bot', scopes: [], run: userConversations },
  'conversations.history': { token: 'bot', scopes: [], run: history },
  'conversations.replies': { token: 'bot', scopes: [], run: replies },
  'conversations.join': { token: 'bot', scopes: ['channels:join'], run: join },
  'conversations.invite': { token: 'bot', scopes: [], run: invite },
};
