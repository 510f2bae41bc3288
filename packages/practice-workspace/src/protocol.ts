/**
 * What the practice workspace shows one person, and what that person can do in it. The web page and the test driver
 * both speak these shapes, so a test cannot do what a visitor could not. Types only: the page strips and loads this file.
 */

/** A block, element or composition object exactly as the app sent it, after validation. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Block = { type: string; block_id?: string; [key: string]: unknown };
/** `view.state.values`: block_id → action_id → the element's value, in Slack's own shape. */
export type StateValues = Record<string, Record<string, Record<string, unknown>>>;

export type PersonSummary = {
  id: string;
  name: string;
  realName: string;
  displayName: string;
  title: string;
  /** Why a visitor might want to be them, where that is said. */
  worth?: string;
  group?: string;
  tz: string;
  isBot: boolean;
  isAdmin: boolean;
  isGuest: boolean;
  deleted: boolean;
  /** Two letters and a colour, drawn by the page; there are no pictures of invented people. */
  initials: string;
  colour: string;
};

export type MessageSummary = {
  ts: string;
  channel: string;
  /** Author; the app's bot user for the app's own messages. */
  user: string;
  text: string;
  blocks?: Block[];
  /** Only the person this snapshot is for sees it; gone on reload in Slack, kept here until the page is closed. */
  ephemeral: boolean;
  edited: boolean;
  /** Slack itself speaking, e.g. "operation_timeout". */
  fromSlack: boolean;
  files: { id: string; name: string; size: number; mimetype: string; url: string }[];
  /** Who reacted with what, the first reaction first. */
  reactions: { name: string; users: string[] }[];
  threadTs?: string;
  at: string;
};

export type ConversationSummary = {
  id: string;
  kind: 'channel' | 'private-channel' | 'dm' | 'app';
  name: string;
  topic: string;
  isMember: boolean;
  /** For a DM or the app: the other party. */
  with?: string;
  unread: number;
  /** The newest `ts` this person has read; '' when none. */
  lastRead: string;
  memberCount: number;
  archived: boolean;
};

export type ViewSummary = {
  id: string;
  type: 'modal' | 'home';
  callbackId: string;
  title?: string;
  submit?: string;
  close?: string;
  blocks: Block[];
  /** What the person has typed or chosen so far, kept by the workspace so that an update keeps it as Slack does. */
  state: StateValues;
  /** block_id → message, after `response_action: errors`. */
  errors: Record<string, string>;
  notifyOnClose: boolean;
};

/** What the clock passed the last time it was moved: what the app sent, and to whom. */
export type Passed = {
  /** Grows with each move. */
  id: number;
  /** ISO 8601 UTC. */
  from: string;
  until: string;
  /** By the app, in direct messages and channels. */
  messages: number;
  people: { id: string; messages: number }[];
  /** Ids of the channels written in. */
  channels: string[];
};

/** Everything the page needs to draw one person's screen. Sent whole on every change: a practice workspace is small. */
export type Snapshot = {
  revision: number;
  workspace: { id: string; name: string; domain: string };
  app: { id: string; name: string; botUserId: string; connected: boolean; description: string };
  /** The practice clock, ISO 8601 UTC. */
  now: string;
  me: PersonSummary;
  people: PersonSummary[];
  conversations: ConversationSummary[];
  /** conversation id → messages, oldest first. Only conversations this person may read. */
  messages: Record<string, MessageSummary[]>;
  home: ViewSummary | null;
  /** The modal stack, bottom first; the last one is on top. Empty when no modal is open. */
  modals: ViewSummary[];
  commands: { command: string; description: string; usageHint: string }[];
  shortcuts: { name: string; callbackId: string; type: 'global' | 'message'; description: string }[];
  /** Slack's own complaints, e.g. "We had some trouble connecting. Try again?" */
  notices: { id: string; text: string }[];
  /** Direct messages not read yet, for everybody who has some: user id → how many. */
  unread: Record<string, number>;
  /** True while the clock is moving and the app is catching up. */
  busy: boolean;
  /** Whether the clock knows when the next thing is due. */
  knowsNext: boolean;
  passed: Passed | null;
  /** What the website beside the workspace is called, where there is one: at `/site/`. */
  site: string | null;
  /** The guided tours, where there are some. */
  guide: Guide | null;
};

/** Guided tours, and which of their steps have happened. The same for every window. */
export type Guide = {
  isOpen: boolean /** The tour shown; null for the list of all. */;
  current: string | null;
  tours: TourSummary[];
};
export type TourSummary = { id: string; title: string; about: string; steps: StepSummary[] };
export type StepSummary = {
  /** In mrkdwn. */
  todo: string;
  why: string;
  /** The id of whom to be. */
  as?: string;
  /** `home`, `app`, or the id of a channel. */
  at?: string;
  /** A file at `/site/`. */
  site?: string;
  isDone: boolean;
};

/** Where an interactive element stands. */
export type Surface =
  | { kind: 'message'; channel: string; ts: string }
  | { kind: 'home' }
  | { kind: 'modal'; viewId: string };

/** What a person can do. `as` (a user id) is given beside it. */
export type Act =
  | { do: 'command'; text: string; channel: string }
  /** `files` are ids of what this person uploaded. */
  | { do: 'post'; text: string; channel: string; threadTs?: string; files?: string[] }
  /** Adds this person's reaction, or takes it back. */
  | { do: 'react'; channel: string; ts: string; name: string }
  /** Opens the direct messages with somebody else; answers with their `channel`. */
  | { do: 'open-direct'; user: string }
  /** `value` is the element's new value in Slack's shape, e.g. `{ selected_option: {…} }`, `{}` for a plain button. */
  | { do: 'act'; surface: Surface; blockId: string; actionId: string; value: Record<string, unknown> }
  /** A change to an input that dispatches nothing, so that the workspace keeps what was typed. */
  | { do: 'input'; surface: Surface; blockId: string; actionId: string; value: Record<string, unknown> }
  | { do: 'submit'; viewId: string; values: StateValues }
  | { do: 'close'; viewId: string; all: boolean }
  | { do: 'options'; surface: Surface; blockId: string; actionId: string; query: string }
  | { do: 'shortcut'; callbackId: string; message?: { channel: string; ts: string } }
  | { do: 'open-home' }
  | { do: 'open-messages'; channel: string }
  | { do: 'join'; channel: string }
  | { do: 'leave'; channel: string }
  | { do: 'dismiss'; noticeId: string };

/** What the visitor, not a person in the workspace, can do. */
export type Stage =
  | { do: 'new-person'; realName?: string; email?: string }
  | { do: 'deactivate'; user: string }
  | { do: 'reactivate'; user: string }
  | { do: 'forward'; minutes: number }
  /** To the next minute at which the app sends somebody something, a month at most. */
  | { do: 'forward-to-next' }
  /** `tour` left out: as it was; null: the list of all. `again` takes its ticks away. */
  | { do: 'tour'; open: boolean; tour?: string | null; again?: boolean };

/**
 * The page's HTTP and WebSocket doors, all on the one printed address:
 * - `GET /` the page; `GET /page/<file>` its modules (TypeScript served with its types stripped) and styles.
 * - `WS /practice/live?as=<user id>`: sends a Snapshot at once and after every change that person can see. Without `as`,
 *   or when nobody has that id, the screen is the first person's: a visitor cannot know ids beforehand.
 * - `POST /practice/act` `{ as, act: Act }` → ActResult. `POST /practice/stage` `{ stage: Stage }` → ActResult.
 * - `GET /site/<file>` the website beside the workspace.
 * - `POST /practice/upload?as=<user id>&name=<file name>` the bytes of a file, for a message or a form → ActResult with `file`.
 * - `GET /practice/files/<id>` the bytes of a file that was shared.
 * What a person types (`post`, `command`) goes as typed; the workspace escapes `& < >` as Slack's own clients do.
 */
export type ActResult =
  | {
      ok: true;
      options?: unknown[];
      optionGroups?: unknown[];
      user?: string;
      channel?: string;
      file?: { id: string; name: string; size: number };
    }
  /** What Slack would show the person, in words; not where somebody was quicker than their screen, and presses what has gone. */
  | { ok: false; error: string; gone?: true };
