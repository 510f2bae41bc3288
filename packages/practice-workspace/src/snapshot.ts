import { isObject, textOf } from './json.ts';
import type {
  ConversationSummary,
  MessageSummary,
  PersonSummary,
  Snapshot,
  ViewSummary,
} from './protocol.ts';
import type { World } from './world.ts';
import type { Conversation, Message, Person, View } from './world-types.ts';

/** What one person sees, and nothing else. */

const colours = ['#1264a3', '#2b7a4b', '#8a4b08', '#6b3fa0', '#a3195b', '#0b6e6e', '#5a5f12', '#8b1e1e'];

export function personSummary(person: Person): PersonSummary {
  const words = person.realName.split(/\s+/).filter((word) => word !== '');
  const initials = `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : (words[0]?.[1] ?? '')}`;
  const sum = Array.from(person.id).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return {
    id: person.id,
    name: person.name,
    realName: person.realName,
    displayName: person.displayName,
    title: person.title,
    ...(person.worth !== undefined && { worth: person.worth }),
    ...(person.group !== undefined && { group: person.group }),
    tz: person.tz,
    isBot: person.isBot,
    isAdmin: person.isAdmin,
    isGuest: person.isRestricted,
    deleted: person.deleted,
    initials: initials.toUpperCase(),
    colour: colours[sum % colours.length] ?? '#1264a3',
  };
}

export function messageSummary(world: World, message: Message): MessageSummary {
  const attached = (message.attachments ?? []).flatMap(
    (one) => (one.blocks ?? []) as MessageSummary['blocks'] & [],
  );
  const blocks = [...(message.blocks ?? []), ...attached];
  return {
    ts: message.ts,
    channel: message.channel,
    user: message.user,
    text: message.text,
    ...(blocks.length > 0 && { blocks }),
    ephemeral: message.ephemeralTo !== undefined,
    edited: message.editedTs !== undefined,
    fromSlack: message.fromSlack,
    files: message.files.flatMap((id) => {
      const file = world.files.get(id);
      if (!file) return [];
      const { name, size, mimetype } = file;
      return [{ id, name, size, mimetype, url: `/practice/files/${id}` }];
    }),
    ...(message.threadTs !== undefined && { threadTs: message.threadTs }),
    reactions: message.reactions,
    at: message.at,
  };
}

export function viewSummary(view: View): ViewSummary {
  const label = (field: unknown): string | undefined => (isObject(field) ? textOf(field.text) : undefined);
  const { body } = view;
  const title = label(body.title);
  const submit = label(body.submit);
  const close = label(body.close);
  return {
    id: view.id,
    type: view.type,
    callbackId: textOf(body.callback_id),
    ...(title !== undefined && { title }),
    ...(submit !== undefined && { submit }),
    ...(close !== undefined && { close }),
    blocks: view.blocks,
    state: view.state,
    errors: view.errors,
    notifyOnClose: body.notify_on_close === true,
  };
}

function visibleMessages(conversation: Conversation, user: string): Message[] {
  return conversation.messages.filter((one) => one.ephemeralTo === undefined || one.ephemeralTo === user);
}

function conversationSummary(world: World, conversation: Conversation, user: string): ConversationSummary {
  const others = [...conversation.members].filter((member) => member !== user);
  const direct = conversation.kind === 'im' || conversation.kind === 'mpim';
  const withApp = conversation.kind === 'im' && others.includes(world.botUserId);
  const read = conversation.readUpTo.get(user) ?? '';
  const names = others.map((member) => world.people.get(member)?.realName ?? member);
  return {
    id: conversation.id,
    kind: withApp ? 'app' : direct ? 'dm' : conversation.kind === 'channel' ? 'channel' : 'private-channel',
    name: withApp ? world.app.name : direct ? names.join(', ') : conversation.name,
    topic: conversation.topic,
    isMember: conversation.members.has(user),
    ...(conversation.kind === 'im' && others[0] !== undefined && { with: others[0] }),
    unread: unreadIn(conversation, user),
    lastRead: read,
    memberCount: conversation.members.size,
    archived: conversation.archived,
  };
}

function unreadIn(conversation: Conversation, user: string): number {
  const read = conversation.readUpTo.get(user) ?? '';
  return visibleMessages(conversation, user).filter((one) => one.ts > read && one.user !== user).length;
}

/** For everybody who can be acted as: what has been written to them directly, and is not read. */
function unreadByPerson(world: World): Record<string, number> {
  const unread: Record<string, number> = {};
  for (const conversation of world.conversations.values()) {
    if (conversation.kind !== 'im' && conversation.kind !== 'mpim') continue;
    for (const user of conversation.members) {
      const person = world.people.get(user);
      const count = person && !person.isBot && !person.deleted ? unreadIn(conversation, user) : 0;
      if (count > 0) unread[user] = (unread[user] ?? 0) + count;
    }
  }
  return unread;
}

/** The modals that somebody has open, the one on top last. */
export const modalsFor = (world: World, user: string): ViewSummary[] => world.modalsOf(user).map(viewSummary);

export function homeFor(world: World, user: string): ViewSummary | null {
  const home = world.homes.get(user);
  return home ? viewSummary(home) : null;
}

/** What somebody sees of a conversation, oldest first; nothing where they cannot read it. */
export function messagesIn(world: World, conversation: Conversation, user: string): MessageSummary[] {
  if (!world.canRead(user, conversation)) return [];
  return visibleMessages(conversation, user).map((message) => messageSummary(world, message));
}

export function readableConversations(world: World, user: string): Conversation[] {
  return [...world.conversations.values()].filter((one) => world.canRead(user, one));
}

export function snapshotFor(
  world: World,
  user: string,
  now: Pick<Snapshot, 'busy' | 'knowsNext' | 'passed' | 'site' | 'guide'> & { connected: boolean },
): Snapshot {
  const me = world.personNamed(user);
  const conversations = readableConversations(world, me.id);
  return {
    revision: world.revision,
    workspace: { id: world.teamId, name: world.teamName, domain: world.domain },
    app: {
      id: world.appId,
      name: world.app.name,
      botUserId: world.botUserId,
      connected: now.connected,
      description: world.app.description,
    },
    now: world.clock.now().toISOString(),
    me: personSummary(me),
    people: [...world.people.values()].map(personSummary),
    conversations: conversations.map((one) => conversationSummary(world, one, me.id)),
    messages: Object.fromEntries(conversations.map((one) => [one.id, messagesIn(world, one, me.id)])),
    home: homeFor(world, me.id),
    modals: modalsFor(world, me.id),
    commands: world.app.commands.map(({ command, description, usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: world.app.shortcuts,
    notices: world.notices.get(me.id) ?? [],
    unread: unreadByPerson(world),
    busy: now.busy,
    knowsNext: now.knowsNext,
    passed: now.passed,
    site: now.site,
    guide: now.guide,
  };
}
