import type { JsonObject } from './json.ts';
import type { Block, StateValues } from './protocol.ts';

export type Person = {
  id: string;
  name: string;
  realName: string;
  firstName: string;
  lastName: string;
  displayName: string;
  title: string;
  /** Why a visitor might want to be them. Slack knows nothing of it. */
  worth?: string;
  group?: string;
  email: string;
  tz: string;
  isAdmin: boolean;
  isOwner: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isBot: boolean;
  /** The workspace that Slack names as theirs; on Enterprise Grid it can be another than this one. */
  teamId: string;
  /** Of another organisation, here through Slack Connect. */
  isExternal: boolean;
  deleted: boolean;
  /** Unix seconds on the practice clock. */
  updated: number;
};

export type ConversationKind = 'channel' | 'private-channel' | 'im' | 'mpim';

export type Conversation = {
  id: string;
  kind: ConversationKind;
  name: string;
  topic: string;
  created: number;
  creator: string;
  archived: boolean;
  members: Set<string>;
  messages: Message[];
  /** Newest `ts` each person has read. */
  readUpTo: Map<string, string>;
};

export type StoredFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  user: string;
  created: number;
  bytes: Buffer;
  channels: Set<string>;
  completed: boolean;
  /** Somebody chose it in a form of the app's. */
  givenToApp: boolean;
};

export type Message = {
  ts: string;
  channel: string;
  user: string;
  text: string;
  at: string;
  fromApp: boolean;
  fromSlack: boolean;
  blocks?: Block[];
  attachments?: JsonObject[];
  metadata?: JsonObject;
  threadTs?: string;
  subtype?: string;
  username?: string;
  editedTs?: string;
  files: string[];
  reactions: { name: string; users: string[] }[];
  /** Only this person sees it. */
  ephemeralTo?: string;
  /** What each person has typed or chosen in the message's own inputs. */
  state: Map<string, StateValues>;
};

export type View = {
  id: string;
  type: 'modal' | 'home';
  user: string;
  hash: string;
  /** As the app sent it, validated, with the ids Slack generates filled in. */
  body: JsonObject;
  blocks: Block[];
  state: StateValues;
  errors: Record<string, string>;
  externalId: string;
  rootId: string;
  previousId: string | null;
};

/** Something a person can notice, in the order it happened. */
export type Occurrence = {
  seq: number;
  user: string;
} & (
  | { kind: 'message' | 'ephemeral'; message: Message; change: 'new' | 'edited' | 'deleted' }
  | { kind: 'modal'; view: View | null }
  | { kind: 'home'; view: View }
  | { kind: 'notice'; text: string }
);

type Noticed<T> = T extends unknown ? Omit<T, 'seq' | 'user'> : never;
export type Happening = Noticed<Occurrence>;

type SavedMessage = Omit<Message, 'state'> & { state: [string, StateValues][] };
type SavedConversation = Omit<Conversation, 'members' | 'messages' | 'readUpTo'> & {
  members: string[];
  messages: SavedMessage[];
  readUpTo: [string, string][];
};
type SavedFile = Omit<StoredFile, 'bytes' | 'channels'> & { bytes: string; channels: string[] };

/**
 * A workspace as it stands, as JSON: what an app's own database refers to is there again under the same ids. Left out is
 * what is gone when Slack is closed: windows, notices, and messages that only one person sees.
 */
export type SavedWorld = {
  /** The practice clock, ISO 8601 UTC. */
  at: string;
  lastTs: string;
  teamId: string;
  appId: string;
  botId: string;
  botUserId: string;
  people: Person[];
  conversations: SavedConversation[];
  files: SavedFile[];
  homes: View[];
};
