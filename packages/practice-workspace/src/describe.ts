import { zoneOf } from './clock.ts';
import { escapeText, type JsonObject } from './json.ts';
import { endingOf } from './stored-files.ts';
import type { World } from './world.ts';
import type { Conversation, Message, Person, StoredFile, View } from './world-types.ts';

/** Slack's own JSON for people, conversations, messages, views and files, as the Web API and payloads give it. */

/** /reference/objects/user-object; the address only with `users:read.email`. */
export function userJson(world: World, person: Person, options: { email: boolean }): JsonObject {
  return {
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.deleted,
    color: '9f69e7',
    real_name: person.realName,
    ...(!person.deleted && !person.isExternal && zoneOf(person.tz, world.clock.now())),
    profile: {
      title: person.title,
      phone: '',
      skype: '',
      real_name: person.realName,
      real_name_normalized: person.realName,
      ...(!person.isBot && { first_name: person.firstName, last_name: person.lastName }),
      display_name: person.displayName,
      display_name_normalized: person.displayName,
      status_text: '',
      status_emoji: '',
      avatar_hash: 'g0',
      ...(options.email && person.email !== '' && { email: person.email }),
      ...(person.id === world.botUserId && {
        api_app_id: world.appId,
        bot_id: world.botId,
        always_active: true,
      }),
      team: person.teamId,
    },
    ...(world.enterprise && !person.isExternal && { enterprise_user: enterpriseUser(world, person) }),
    ...(person.isExternal && { is_stranger: !sharesChannel(world, person) }),
    is_admin: person.isAdmin,
    is_owner: person.isOwner,
    is_primary_owner: person.isOwner,
    is_restricted: person.isRestricted,
    is_ultra_restricted: person.isUltraRestricted,
    is_bot: person.isBot,
    is_app_user: false,
    is_email_confirmed: !person.isBot,
    updated: person.updated,
  };
}

/** On Enterprise Grid: every workspace of the organisation that they are in. */
function enterpriseUser(world: World, person: Person): JsonObject {
  return {
    id: person.id,
    enterprise_id: world.enterprise?.id,
    enterprise_name: world.enterprise?.name,
    is_admin: false,
    is_owner: false,
    teams: [...new Set([person.teamId, world.teamId])],
  };
}

/** A stranger is somebody of another organisation in none of the app's channels. /apis/slack-connect */
const sharesChannel = (world: World, person: Person): boolean =>
  [...world.conversations.values()].some(
    ({ kind, members }) => kind !== 'im' && members.has(person.id) && members.has(world.botUserId),
  );

/** /reference/objects/conversation-object */
export function conversationJson(world: World, conversation: Conversation, viewer: string): JsonObject {
  const isMember = conversation.members.has(viewer);
  if (conversation.kind === 'im') {
    const other = [...conversation.members].find((member) => member !== viewer) ?? viewer;
    return {
      id: conversation.id,
      created: conversation.created,
      is_im: true,
      is_org_shared: false,
      context_team_id: world.teamId,
      user: other,
      is_user_deleted: world.people.get(other)?.deleted ?? false,
      is_archived: conversation.archived,
      priority: 0,
    };
  }
  const isPrivate = conversation.kind !== 'channel';
  return {
    id: conversation.id,
    name: conversation.name,
    is_channel: conversation.kind !== 'mpim',
    is_group: false,
    is_im: false,
    is_mpim: conversation.kind === 'mpim',
    is_private: isPrivate,
    created: conversation.created,
    is_archived: conversation.archived,
    is_general: conversation.name === 'general',
    unlinked: 0,
    name_normalized: conversation.name,
    is_shared: isExtShared(world, conversation),
    is_org_shared: false,
    is_ext_shared: isExtShared(world, conversation),
    is_pending_ext_shared: false,
    context_team_id: world.teamId,
    creator: conversation.creator,
    is_member: isMember,
    topic: {
      value: escapeText(conversation.topic),
      creator: conversation.creator,
      last_set: conversation.created,
    },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    num_members: conversation.members.size,
  };
}

/** With people of another organisation in it. */
export const isExtShared = (world: World, { members }: Conversation): boolean =>
  [...members].some((member) => world.people.get(member)?.isExternal);

export function botProfileJson(world: World): JsonObject {
  return {
    id: world.botId,
    app_id: world.appId,
    user_id: world.botUserId,
    name: world.app.name,
    deleted: false,
    updated: world.bot.updated,
    icons: {},
    team_id: world.teamId,
  };
}

export function fileJson(world: World, file: StoredFile, baseUrl: string): JsonObject {
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: endingOf(file.name) || 'binary',
    user: file.user,
    user_team: world.teamId,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: `${baseUrl}/files-pri/${world.teamId}-${file.id}/${encodeURIComponent(file.name)}`,
    url_private_download: `${baseUrl}/files-pri/${world.teamId}-${file.id}/download/${encodeURIComponent(file.name)}`,
    permalink: `${baseUrl}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: [...file.channels].filter((id) => world.conversations.get(id)?.kind === 'channel'),
    groups: [...file.channels].filter((id) => world.conversations.get(id)?.kind === 'private-channel'),
    ims: [...file.channels].filter((id) => world.conversations.get(id)?.kind === 'im'),
    has_more_shares: false,
    file_access: 'visible',
  };
}

/** A message as history, events and payloads show it; its metadata's payload only where asked for. */
export function messageJson(
  world: World,
  message: Message,
  options: { metadata: boolean; baseUrl: string },
): JsonObject {
  const replies = world.conversations
    .get(message.channel)
    ?.messages.filter(
      (one) => one.threadTs === message.ts && one.ts !== message.ts && one.ephemeralTo === undefined,
    );
  const isReply = message.threadTs !== undefined && message.threadTs !== message.ts;
  const parent = isReply ? world.findMessage(message.channel, message.threadTs ?? '') : undefined;
  const files = message.files.flatMap((id) => world.files.get(id) ?? []);
  return {
    ...(message.subtype !== undefined && { subtype: message.subtype }),
    user: message.user,
    type: 'message',
    ts: message.ts,
    ...(message.fromApp && { bot_id: world.botId, app_id: world.appId, bot_profile: botProfileJson(world) }),
    ...(message.username !== undefined && { username: message.username }),
    text: message.text,
    team: world.people.get(message.user)?.teamId ?? world.teamId,
    ...(message.blocks && { blocks: message.blocks }),
    ...(message.attachments && { attachments: message.attachments }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(parent && { parent_user_id: parent.user }),
    ...(replies && replies.length > 0 && { thread_ts: message.ts, reply_count: replies.length }),
    ...(message.editedTs !== undefined && { edited: { user: message.user, ts: message.editedTs } }),
    ...(files.length > 0 && {
      files: files.map((file) => fileJson(world, file, options.baseUrl)),
      upload: false,
    }),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })),
    }),
    ...(message.metadata && {
      metadata: options.metadata ? message.metadata : { event_type: message.metadata.event_type },
    }),
  };
}

/** A view as views.* answers it and as payloads carry it. /reference/views */
export function viewJson(world: World, view: View): JsonObject {
  const { body } = view;
  const modal = view.type === 'modal';
  return {
    id: view.id,
    team_id: world.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: body.private_metadata ?? '',
    callback_id: body.callback_id ?? '',
    state: { values: view.state },
    hash: view.hash,
    title: modal ? body.title : { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: body.clear_on_close ?? false,
    notify_on_close: body.notify_on_close ?? false,
    close: body.close ?? null,
    submit: body.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: world.appId,
    external_id: view.externalId,
    app_installed_team_id: world.teamId,
    bot_id: world.botId,
  };
}

export function channelName(conversation: Conversation): string {
  if (conversation.kind === 'im') return 'directmessage';
  if (conversation.kind === 'channel') return conversation.name;
  return conversation.kind === 'mpim' ? conversation.name : 'privategroup';
}
