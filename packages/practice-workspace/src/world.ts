import { type Clock, timestamps } from './clock.ts';
import type { InstalledApp } from './manifest.ts';
import type { Random } from './random.ts';
import type { PersonSeed, Seeds } from './seeds.ts';
import type {
  Conversation,
  ConversationKind,
  Happening,
  Message,
  Occurrence,
  Person,
  SavedWorld,
  StoredFile,
  View,
} from './world-types.ts';

export type MessageDraft = Pick<Message, 'channel' | 'user' | 'text'> &
  Partial<Omit<Message, 'ts' | 'at' | 'channel' | 'user' | 'text' | 'state' | 'reactions'>>;

/**
 * Everything the workspace knows, and who may see it. It holds rules of visibility, no protocol; whoever changes it says
 * so through `happen` or `touch`, which is what pages and tests wait for.
 */
export class World {
  readonly clock: Clock;
  readonly random: Random;
  readonly app: InstalledApp;
  readonly teamId: string;
  readonly teamName: string;
  readonly domain: string;
  /** The organisation, on Enterprise Grid. */
  readonly enterprise: { id: string; name: string } | undefined;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly nextTs: () => string;
  readonly people = new Map<string, Person>();
  readonly conversations = new Map<string, Conversation>();
  readonly files = new Map<string, StoredFile>();
  readonly homes = new Map<string, View>();
  /** The open modals of each person, bottom first. */
  readonly modals = new Map<string, View[]>();
  readonly notices = new Map<string, { id: string; text: string }[]>();
  readonly #listeners = new Set<(audience: ReadonlySet<string> | 'everyone') => void>();
  readonly #log: Occurrence[] = [];
  #revision = 0;

  constructor(parts: {
    clock: Clock;
    random: Random;
    app: InstalledApp;
    seeds: Seeds;
    saved?: SavedWorld | undefined;
  }) {
    this.clock = parts.clock;
    this.random = parts.random;
    this.app = parts.app;
    const { saved } = parts;
    this.nextTs = timestamps(parts.clock, saved?.lastTs);
    this.teamId = saved?.teamId ?? parts.seeds.workspace.id ?? this.random.id('T');
    this.teamName = parts.seeds.workspace.name;
    this.domain = parts.seeds.workspace.domain;
    this.enterprise = parts.seeds.workspace.enterprise;
    this.appId = saved?.appId ?? this.random.id('A', 11);
    this.botId = saved?.botId ?? this.random.id('B', 11);
    if (saved) {
      this.botUserId = saved.botUserId;
      return;
    }
    const bot = this.addPerson({
      name: parts.app.botName.toLowerCase().replaceAll(/[^a-z0-9_.-]+/g, '-'),
      realName: parts.app.botName,
      isBot: true,
    });
    this.botUserId = bot.id;
    this.addPerson({ name: 'slackbot', realName: 'Slackbot', id: 'USLACKBOT' });
    for (const person of parts.seeds.people) this.addPerson(person);
    for (const channel of parts.seeds.channels) {
      const members = channel.members?.map((name) => this.personNamed(name).id) ?? this.#regulars();
      this.addConversation({
        id: channel.id ?? this.random.id('C', 11),
        kind: channel.private === true ? 'private-channel' : 'channel',
        name: channel.name,
        topic: channel.topic ?? '',
        members: channel.withApp === true ? [...members, this.botUserId] : members,
        archived: channel.archived === true,
      });
    }
  }

  #regulars(): string[] {
    return [...this.people.values()]
      .filter(
        (one) => !one.deleted && !one.isBot && !one.isRestricted && !one.isExternal && one.id !== 'USLACKBOT',
      )
      .map((one) => one.id);
  }

  get seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }

  get revision(): number {
    return this.#revision;
  }

  // People

  addPerson(seed: PersonSeed): Person {
    if ([...this.people.values()].some((one) => one.name === seed.name))
      throw new Error(`There is already somebody called "${seed.name}" in the practice workspace.`);
    const [first = '', ...last] = seed.realName.split(' ');
    const isExternal = seed.connectedTeam !== undefined;
    const person: Person = {
      id: seed.id ?? this.random.id('U', 11),
      name: seed.name,
      realName: seed.realName,
      firstName: seed.firstName ?? first,
      lastName: last.join(' '),
      displayName: seed.displayName ?? first,
      title: seed.title ?? '',
      ...(seed.worth !== undefined && { worth: seed.worth }),
      ...(seed.group !== undefined && { group: seed.group }),
      email: seed.isBot === true || isExternal ? '' : (seed.email ?? `${seed.name}@example.org`),
      tz: seed.tz ?? 'Europe/London',
      isAdmin: seed.isAdmin ?? seed.isOwner ?? false,
      isOwner: seed.isOwner ?? false,
      isRestricted: seed.guest !== undefined,
      isUltraRestricted: seed.guest === 'single-channel',
      isBot: seed.isBot ?? false,
      teamId: this.teamId,
      isExternal,
      deleted: seed.deactivated ?? false,
      updated: this.seconds,
    };
    this.people.set(person.id, person);
    this.moveTo(person, seed);
    return person;
  }

  moveTo(person: Person, { homeTeam, connectedTeam }: Pick<PersonSeed, 'homeTeam' | 'connectedTeam'>): void {
    if (homeTeam !== undefined && this.enterprise === undefined)
      throw new Error('Another home workspace is only in an organisation (seeds.workspace.enterprise).');
    person.teamId = connectedTeam ?? homeTeam ?? this.teamId;
    person.isExternal = connectedTeam !== undefined;
  }

  /** By id, handle, display name or the whole name. Throws, naming who there is. */
  personNamed(name: string): Person {
    const wanted = name.replace(/^@/, '');
    const known = this.people.get(wanted);
    if (known) return known;
    const people = [...this.people.values()];
    const found =
      people.find((one) => one.name === wanted) ??
      people.find((one) => one.realName === wanted || one.displayName === wanted);
    if (found) return found;
    throw new Error(
      `Nobody is called "${name}" here; there are ${people.map((one) => one.name).join(', ')}.`,
    );
  }

  get bot(): Person {
    return this.personNamed(this.botUserId);
  }

  // Conversations

  addConversation(draft: {
    id: string;
    kind: ConversationKind;
    name: string;
    topic?: string;
    members: string[];
    archived?: boolean;
  }): Conversation {
    const conversation: Conversation = {
      id: draft.id,
      kind: draft.kind,
      name: draft.name,
      topic: draft.topic ?? '',
      created: this.seconds,
      creator: draft.members[0] ?? 'USLACKBOT',
      archived: draft.archived ?? false,
      members: new Set(draft.members),
      messages: [],
      readUpTo: new Map(),
    };
    this.conversations.set(conversation.id, conversation);
    return conversation;
  }

  /** By id, or a channel by its name with or without `#`. Throws, naming the channels there are. */
  channelNamed(name: string): Conversation {
    const known = this.conversations.get(name);
    if (known) return known;
    const channels = [...this.conversations.values()];
    const found = channels.find((one) => one.name !== '' && one.name === name.replace(/^#/, ''));
    if (found) return found;
    throw new Error(
      `There is no channel "${name}"; there are ${channels.map((one) => one.name).join(', ')}.`,
    );
  }

  /** The direct messages of exactly these people, the app's bot user among them or not. */
  findDirect(members: string[]): Conversation | undefined {
    const wanted = new Set(members);
    return [...this.conversations.values()].find(
      (one) =>
        (one.kind === 'im' || one.kind === 'mpim') &&
        one.members.size === wanted.size &&
        [...wanted].every((member) => one.members.has(member)),
    );
  }

  openDirect(members: string[]): Conversation {
    const found = this.findDirect(members);
    if (found) return found;
    const group = new Set(members).size > 2;
    const names = members.map((member) => this.people.get(member)?.name ?? member);
    return this.addConversation({
      id: this.random.id(group ? 'C' : 'D', 11),
      kind: group ? 'mpim' : 'im',
      name: group ? `mpdm-${names.join('--')}-1` : '',
      members,
    });
  }

  appDirect(user: string): Conversation {
    return this.openDirect([this.botUserId, user]);
  }

  /** Whether a person, or the bot, can read this conversation. Full members can look into public channels. */
  canRead(user: string, conversation: Conversation): boolean {
    if (conversation.members.has(user)) return true;
    const person = this.people.get(user);
    return (
      conversation.kind === 'channel' &&
      person !== undefined &&
      !person.isRestricted &&
      !person.isExternal &&
      person.id !== this.botUserId
    );
  }

  audienceOf(conversation: Conversation, ephemeralTo?: string): string[] {
    if (ephemeralTo !== undefined) return [ephemeralTo];
    return [...this.people.keys()].filter((user) => this.canRead(user, conversation));
  }

  // Messages

  addMessage(draft: MessageDraft): Message {
    const conversation = this.channelNamed(draft.channel);
    const message: Message = {
      fromApp: draft.user === this.botUserId,
      fromSlack: false,
      files: [],
      ...draft,
      ts: this.nextTs(),
      at: this.clock.now().toISOString(),
      reactions: [],
      state: new Map(),
    };
    conversation.messages.push(message);
    this.messageChanged(message, 'new');
    return message;
  }

  messageChanged(message: Message, change: 'new' | 'edited' | 'deleted'): void {
    const conversation = this.channelNamed(message.channel);
    const kind = message.ephemeralTo === undefined ? 'message' : 'ephemeral';
    for (const user of this.audienceOf(conversation, message.ephemeralTo))
      this.happen(user, { kind, message, change });
    // Whoever looks on sees that somebody else has something new.
    if (change === 'new') this.touch('everyone');
  }

  findMessage(channel: string, ts: string): Message | undefined {
    return this.conversations.get(channel)?.messages.find((message) => message.ts === ts);
  }

  removeMessage(message: Message): void {
    const conversation = this.channelNamed(message.channel);
    conversation.messages = conversation.messages.filter((one) => one !== message);
    this.messageChanged(message, 'deleted');
  }

  // Views

  modalsOf(user: string): View[] {
    return this.modals.get(user) ?? [];
  }

  findView(id: string): View | undefined {
    for (const stack of this.modals.values()) for (const view of stack) if (view.id === id) return view;
    for (const home of this.homes.values()) if (home.id === id) return home;
    return undefined;
  }

  findViewByExternalId(externalId: string): View | undefined {
    const open = [...this.modals.values()].flat().concat([...this.homes.values()]);
    return open.find((view) => view.externalId === externalId);
  }

  showModals(user: string, stack: View[]): void {
    this.modals.set(user, stack);
    this.happen(user, { kind: 'modal', view: stack.at(-1) ?? null });
  }

  // Notices

  notify(user: string, text: string): void {
    const notices = this.notices.get(user) ?? [];
    this.notices.set(user, [...notices, { id: this.random.id('N'), text }]);
    this.happen(user, { kind: 'notice', text });
  }

  // Change

  /** Tells the pages and tests of these people that something they can see is different now. */
  touch(audience: Iterable<string> | 'everyone'): void {
    this.#revision += 1;
    const told: ReadonlySet<string> | 'everyone' =
      audience === 'everyone' ? 'everyone' : new Set<string>(audience);
    for (const listener of this.#listeners) listener(told);
  }

  happen(user: string, happening: Happening): void {
    this.#log.push({ ...happening, seq: this.#log.length + 1, user } as Occurrence);
    this.touch([user]);
  }

  /** What this person could notice after `seq`, oldest first. */
  since(user: string, seq: number): Occurrence[] {
    return this.#log.slice(seq).filter((one) => one.user === user);
  }

  /** What anybody could notice after `seq`. */
  allSince(seq: number): readonly Occurrence[] {
    return this.#log.slice(seq);
  }

  /** What the app has sent after `seq`. */
  sentByAppSince(seq: number): Set<Message> {
    const sent = new Set<Message>();
    for (const one of this.#log.slice(seq))
      if ('message' in one && one.change === 'new' && one.message.fromApp) sent.add(one.message);
    return sent;
  }

  get lastSeq(): number {
    return this.#log.length;
  }

  onChange(listener: (audience: ReadonlySet<string> | 'everyone') => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
