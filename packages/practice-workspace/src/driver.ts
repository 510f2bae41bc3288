import { type Answer, valueFor } from './driving/answers.ts';
import {
  findTargets,
  isButton,
  listTargets,
  type Screen,
  type Target,
  type Wanted,
} from './driving/finding.ts';
import { blocksText, messageText, viewText } from './driving/plain-text.ts';
import { Watching } from './driving/watching.ts';
import { isObject, type JsonObject, objectsOf, textOf } from './json.ts';
import type { Act, ActResult, MessageSummary, Snapshot, ViewSummary } from './protocol.ts';
import type { Slack } from './slack.ts';
import { homeFor, messagesIn, modalsFor, readableConversations } from './snapshot.ts';
import { storeFile } from './stored-files.ts';
import type { Person } from './world-types.ts';

export type DriverParts = {
  slack: Slack;
  person: Person;
  act: (act: Act) => Promise<ActResult>;
  snapshot: () => Snapshot;
  settled: () => Promise<void>;
  appIdle: (() => Promise<void>) | undefined;
  patienceMs: number;
};

export type ActOptions = {
  /** Nothing visible is expected to follow. */
  quiet?: boolean;
  /** Return a refusal instead of throwing it. */
  mayFail?: boolean;
};
/** Where to look; left out, an open modal hides everything else, and otherwise the newest place comes first. */
export type Where = { in?: 'modal' | 'home' | MessageSummary; nth?: number };

/**
 * A person in the workspace, for tests. Every act goes the page's way and resolves when the app has acknowledged and its
 * consequence can be seen: with `appIdle`, when no listener runs any more; without, at the first thing this person can
 * notice. Nothing waits for time; a deadline rejects with what is on the screen.
 */
export class PersonDriver extends Watching {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    super({
      world: parts.slack.world,
      person: parts.person,
      patienceMs: parts.patienceMs,
      describe: () => this.describe(),
    });
    this.#parts = parts;
  }

  get id(): string {
    return this.#parts.person.id;
  }

  get name(): string {
    return this.#parts.person.name;
  }

  get realName(): string {
    return this.#parts.person.realName;
  }

  // What is on the screen

  snapshot(): Snapshot {
    return this.#parts.snapshot();
  }

  home(): ViewSummary | null {
    return homeFor(this.#parts.slack.world, this.id);
  }

  /** The modal on top. */
  modal(): ViewSummary | null {
    return this.modals().at(-1) ?? null;
  }

  modals(): ViewSummary[] {
    return modalsFor(this.#parts.slack.world, this.id);
  }

  /** Everything in a conversation that this person sees, oldest first. */
  messages(channel: string): MessageSummary[] {
    const { world } = this.#parts.slack;
    return messagesIn(world, world.channelNamed(channel), this.id);
  }

  /** Direct messages with the app, from both sides, oldest first; ephemeral ones too. */
  dmsWithBot(): MessageSummary[] {
    return this.messages(this.#appDirect());
  }

  /** What only this person sees, in any conversation, oldest first. */
  ephemerals(): MessageSummary[] {
    return this.#everyMessage()
      .filter((message) => message.ephemeral)
      .sort((one, other) => (one.ts < other.ts ? -1 : 1));
  }

  notices(): string[] {
    return this.snapshot().notices.map((notice) => notice.text);
  }

  /** The words of a message, a view, or of what is before this person now. */
  visibleText(of?: MessageSummary | ViewSummary | 'modal' | 'home'): string {
    if (of === undefined || of === 'modal' || of === 'home') {
      const view = of === 'home' ? this.home() : (this.modal() ?? (of === undefined ? this.home() : null));
      return view ? viewText(view) : '';
    }
    return 'state' in of ? viewText(of) : messageText(of);
  }

  /** What a person could read right now, for an error that helps. */
  describe(): string {
    const { modals, home, notices } = this.snapshot();
    const recent = this.#everyMessage()
      .sort((one, other) => (one.ts < other.ts ? -1 : 1))
      .slice(-5)
      .map(
        (message) =>
          `  ${message.ephemeral ? '(only you) ' : ''}${messageText(message).replaceAll('\n', ' / ')}`,
      );
    return [
      `${this.realName} sees`,
      ...modals.map((view) => `a modal: ${viewText(view).replaceAll('\n', ' / ')}`),
      home ? `on the Home tab: ${blocksText(home.blocks).replaceAll('\n', ' / ')}` : 'an empty Home tab',
      ...notices.map((notice) => `a notice: ${notice.text}`),
      'the newest messages:',
      ...(recent.length === 0 ? ['  none'] : recent),
    ].join('\n');
  }

  // What a person does

  /** `/chatr find …`, in the app's direct messages unless told otherwise. */
  async command(text: string, options: ActOptions & { in?: string } = {}): Promise<ActResult> {
    return this.#perform({ do: 'command', text, channel: this.#channel(options.in) }, options);
  }

  async post(
    text: string,
    options: ActOptions & { in?: string; threadTs?: string; files?: string[] } = {},
  ): Promise<ActResult> {
    return this.#perform(
      {
        do: 'post',
        text,
        channel: this.#channel(options.in),
        ...(options.threadTs !== undefined && { threadTs: options.threadTs }),
        ...(options.files && { files: options.files }),
      },
      options,
    );
  }

  /** A file of one's own, for a `file_input` or with `post`; answers with its id. */
  upload(name: string, content: string | Uint8Array): string {
    const bytes = Buffer.from(content);
    return storeFile(this.#parts.slack.world, { name, size: bytes.length, user: this.id, bytes }).id;
  }

  /** A button by its words, or by `{ actionId, value?, text?, blockId? }`. */
  async click(wanted: Wanted, options: ActOptions & Where = {}): Promise<ActResult> {
    const { surface, blockId, actionId } = this.#find(wanted, isButton, options);
    return this.#perform({ do: 'act', surface, blockId, actionId, value: {} }, options);
  }

  /** An option, or several, of a select, radio buttons, checkboxes, an overflow menu or a picker. */
  async choose(wanted: Wanted, answer: Answer, options: ActOptions & Where = {}): Promise<ActResult> {
    const target = this.#find(wanted, (element) => !isButton(element), options);
    return this.#give(target, answer, options);
  }

  /** Fills inputs of what is before this person, by label, block_id or action_id. */
  async fill(answers: Record<string, Answer>, options: ActOptions & Where = {}): Promise<void> {
    for (const [wanted, answer] of Object.entries(answers)) {
      const target = this.#find(wanted, (element) => !isButton(element), options);
      await this.#give(target, answer, { quiet: true, ...options });
    }
  }

  /** Fills in what is given and presses the modal's submit button. */
  async submit(answers: Record<string, Answer> = {}, options: ActOptions = {}): Promise<ActResult> {
    const view = this.#topModal();
    await this.fill(answers, { in: 'modal' });
    return this.#perform({ do: 'submit', viewId: view.id, values: {} }, options);
  }

  /** Cancel, or with `all` the × that closes the whole stack. */
  async closeModal(options: { all?: boolean } = {}): Promise<ActResult> {
    const view = this.#topModal();
    return this.#perform({ do: 'close', viewId: view.id, all: options.all ?? false }, {});
  }

  async openHome(options: ActOptions = {}): Promise<ActResult> {
    return this.#perform({ do: 'open-home' }, options);
  }

  async openMessages(options: ActOptions = {}): Promise<ActResult> {
    return this.#perform({ do: 'open-messages', channel: this.#appDirect() }, { quiet: true, ...options });
  }

  /** A global shortcut by name or callback id; one on a message with `message`. */
  async shortcut(
    wanted: string,
    options: ActOptions & { message?: MessageSummary } = {},
  ): Promise<ActResult> {
    const known = this.snapshot().shortcuts.find((one) => one.name === wanted || one.callbackId === wanted);
    if (!known) throw new Error(`There is no shortcut "${wanted}".`);
    const { message } = options;
    return this.#perform(
      {
        do: 'shortcut',
        callbackId: known.callbackId,
        ...(message && { message: { channel: message.channel, ts: message.ts } }),
      },
      options,
    );
  }

  /** What an external select offers for these letters. */
  async options(wanted: Wanted, query: string, options: Where = {}): Promise<unknown[]> {
    const { surface, blockId, actionId } = this.#find(wanted, (element) => !isButton(element), options);
    const result = await this.#perform({ do: 'options', surface, blockId, actionId, query }, { quiet: true });
    return result.ok ? (result.options ?? result.optionGroups ?? []) : [];
  }

  async join(channel: string): Promise<ActResult> {
    return this.#perform({ do: 'join', channel: this.#channel(channel) }, {});
  }

  async leave(channel: string): Promise<ActResult> {
    return this.#perform({ do: 'leave', channel: this.#channel(channel) }, {});
  }

  // How

  #appDirect(): string {
    return this.#parts.slack.world.appDirect(this.id).id;
  }

  #channel(name: string | undefined): string {
    return name === undefined ? this.#appDirect() : this.#parts.slack.world.channelNamed(name).id;
  }

  #topModal(): ViewSummary {
    const view = this.modal();
    if (view) return view;
    throw new Error(`No modal is open. ${this.describe()}`);
  }

  async #perform(act: Act, options: ActOptions): Promise<ActResult> {
    const before = this.#parts.slack.world.lastSeq;
    const result = await this.#parts.act(act);
    if (!result.ok) {
      await this.#parts.settled();
      if (options.mayFail === true) return result;
      throw new Error(`${this.realName} was told: ${result.error}\n${this.describe()}`);
    }
    if (options.quiet !== true && this.#parts.appIdle === undefined)
      await this.somethingAfter(before, act.do);
    await this.#parts.settled();
    return result;
  }

  async #give(target: Target, answer: Answer, options: ActOptions): Promise<ActResult> {
    const { world } = this.#parts.slack;
    const { surface, block, element, blockId, actionId } = target;
    const suggested = textOf(element.type).endsWith('external_select')
      ? await this.#suggested(target, answer)
      : [];
    const value = valueFor(world, element, answer, suggested);
    const dispatches = block.type !== 'input' || block.dispatch_action === true;
    return this.#perform(
      { do: dispatches ? 'act' : 'input', surface, blockId, actionId, value },
      dispatches ? options : { ...options, quiet: true },
    );
  }

  /** Types the words of each answer, as a person would, and sees what is offered. */
  async #suggested(target: Target, answer: Answer): Promise<unknown[]> {
    const { surface, blockId, actionId } = target;
    const queries = typeof answer === 'object' ? (answer ?? []) : [String(answer)];
    const found: unknown[] = [];
    for (const query of queries) {
      const result = await this.#perform(
        { do: 'options', surface, blockId, actionId, query },
        { quiet: true },
      );
      if (!result.ok) continue;
      found.push(...(result.options ?? []));
      for (const group of objectsOf(result.optionGroups ?? [])) found.push(...objectsOf(group.options));
    }
    return found;
  }

  #find(wanted: Wanted, fits: (element: JsonObject) => boolean, where: Where): Target {
    const screens = this.#screens(where);
    for (const screen of screens) {
      const found = findTargets(screen, wanted, fits);
      const chosen = found[where.nth ?? 0];
      if (chosen && (found.length === 1 || where.nth !== undefined)) return chosen;
      if (found.length > 1)
        throw new Error(
          `${JSON.stringify(wanted)} is there ${found.length} times in ${screen.what}; say which with nth, actionId or value.`,
        );
    }
    const offered = screens.map((screen) => `${screen.what}: ${listTargets(screen)}`).slice(0, 8);
    throw new Error(
      `${this.realName} finds no ${isObject(wanted) ? JSON.stringify(wanted) : `"${wanted}"`}. There is\n${offered.join('\n')}\n${this.describe()}`,
    );
  }

  #everyMessage(): MessageSummary[] {
    const { world } = this.#parts.slack;
    return readableConversations(world, this.id).flatMap((one) => messagesIn(world, one, this.id));
  }

  #screens(where: Where): Screen[] {
    const top = this.modal();
    const modal: Screen[] = top
      ? [
          {
            surface: { kind: 'modal', viewId: top.id },
            blocks: top.blocks,
            what: `the modal "${top.title ?? ''}"`,
          },
        ]
      : [];
    if (where.in === 'modal') return modal;
    const home = this.home();
    const onHome: Screen[] = home
      ? [{ surface: { kind: 'home' }, blocks: home.blocks, what: 'the Home tab' }]
      : [];
    if (where.in === 'home') return onHome;
    const screenOf = (message: MessageSummary): Screen => ({
      surface: { kind: 'message', channel: message.channel, ts: message.ts },
      blocks: message.blocks ?? [],
      get what() {
        return `the message "${messageText(message).split('\n')[0] ?? ''}"`;
      },
    });
    if (where.in !== undefined) return [screenOf(where.in)];
    if (top) return modal;
    const newest = this.#everyMessage()
      .filter((message) => message.blocks !== undefined)
      .sort((one, other) => (one.ts < other.ts ? 1 : -1))
      .map(screenOf);
    return this.sawLast() === 'home' ? [...onHome, ...newest] : [...newest, ...onHome];
  }
}
