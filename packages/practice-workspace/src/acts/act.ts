import { messageJson } from '../describe.ts';
import { joinChannel, leaveChannel } from '../membership.ts';
import type { Act, ActResult } from '../protocol.ts';
import type { Slack } from '../slack.ts';
import { uploadOf } from '../stored-files.ts';
import type { Conversation, Person } from '../world-types.ts';
import { runCommand, slackSays } from './command.ts';
import { input, act as interact, OfferedOptions, suggest } from './interact.ts';
import { close, submit } from './modal.ts';
import { asSentBack, channelPart, interactionBase, noAnswer, typedText } from './payload.ts';
import { viewPart } from './surface.ts';

/** Everything a person can do, whoever asks: the page over HTTP, or a test through the driver. */
export class Acts {
  readonly #slack: Slack;
  readonly #offered = new OfferedOptions();

  constructor(slack: Slack) {
    this.#slack = slack;
  }

  /** Resolves when the app has acknowledged, or Slack has given up on it. */
  async act(as: string, act: Act): Promise<ActResult> {
    const slack = this.#slack;
    const person = slack.world.people.get(as);
    if (!person || person.isBot || person.id === 'USLACKBOT')
      return { ok: false, error: 'Nobody like that is here.' };
    if (person.deleted)
      return { ok: false, error: `${person.realName} has been deactivated and cannot sign in.` };
    switch (act.do) {
      case 'command':
        return this.#in(person, act.channel, (conversation) => this.#command(person, conversation, act.text));
      case 'post':
        return this.#in(person, act.channel, (conversation) => this.#post(person, conversation, act));
      case 'react':
        return this.#in(person, act.channel, (conversation) => this.#react(person, conversation, act));
      case 'open-direct':
        return this.#openDirect(person, act.user);
      case 'act':
        return interact(slack, person, act, this.#offered);
      case 'input':
        return input(slack, person, act, this.#offered);
      case 'submit':
        return submit(slack, person, act, this.#offered);
      case 'close':
        return close(slack, person, act.viewId, act.all);
      case 'options':
        return suggest(slack, person, act, this.#offered);
      case 'shortcut':
        return this.#shortcut(person, act.callbackId, act.message);
      case 'open-home':
        return this.#openHome(person);
      case 'open-messages':
        return this.#in(person, act.channel, (conversation) => this.#read(person, conversation));
      case 'join':
        return this.#in(person, act.channel, (conversation) => this.#join(person, conversation));
      case 'leave':
        return this.#in(person, act.channel, (conversation) => this.#leave(person, conversation));
      case 'dismiss': {
        const notices = slack.world.notices.get(as) ?? [];
        slack.world.notices.set(
          as,
          notices.filter((notice) => notice.id !== act.noticeId),
        );
        slack.world.touch([as]);
        return { ok: true };
      }
    }
  }

  async #in(
    person: Person,
    channel: string,
    work: (conversation: Conversation) => ActResult | Promise<ActResult>,
  ): Promise<ActResult> {
    const { world } = this.#slack;
    const conversation = world.conversations.get(channel);
    if (!conversation || !world.canRead(person.id, conversation))
      return { ok: false, error: 'There is no such conversation for you.' };
    return work(conversation);
  }

  async #command(person: Person, conversation: Conversation, text: string): Promise<ActResult> {
    if (conversation.archived) return { ok: false, error: 'This channel is archived.' };
    return runCommand(this.#slack, person, conversation, text);
  }

  async #post(
    person: Person,
    conversation: Conversation,
    post: { text: string; threadTs?: string; files?: string[] },
  ): Promise<ActResult> {
    const { world, events } = this.#slack;
    const isApp = conversation.kind === 'im' && conversation.members.has(world.botUserId);
    if (!conversation.members.has(person.id))
      return { ok: false, error: 'Join the channel before you post.' };
    if (conversation.archived) return { ok: false, error: 'This channel is archived.' };
    if (isApp && (!world.app.messagesTab || world.app.messagesTabReadOnly))
      return { ok: false, error: 'Sending messages to this app has been turned off.' };
    const gone = this.#gone(person, conversation);
    if (gone) return { ok: false, error: `${gone.realName} has been deactivated and cannot be written to.` };
    const files = (post.files ?? []).map((id) => uploadOf(world, person.id, id));
    if (files.includes(undefined)) return { ok: false, error: 'That file is not there any more.' };
    if (post.text.trim() === '' && files.length === 0)
      return { ok: false, error: 'There is nothing to send.' };
    const above = post.threadTs === undefined ? undefined : world.findMessage(conversation.id, post.threadTs);
    if (post.threadTs !== undefined && (!above || above.ephemeralTo !== undefined))
      return { ok: false, error: 'That message is not there any more.' };
    const threadTs = above && (above.threadTs ?? above.ts);
    if (post.text.startsWith('/') && files.length === 0) {
      if (threadTs === undefined) return runCommand(this.#slack, person, conversation, post.text);
      const error = 'Slash commands cannot be used in threads. Sorry!';
      slackSays(this.#slack, person, conversation, error, threadTs);
      return { ok: false, error };
    }
    for (const file of files) file?.channels.add(conversation.id);
    const message = world.addMessage({
      channel: conversation.id,
      user: person.id,
      text: typedText(this.#slack, post.text, 'message'),
      ...(files.length > 0 && { subtype: 'file_share', files: files.flatMap((file) => file?.id ?? []) }),
      ...(threadTs !== undefined && { threadTs }),
    });
    conversation.readUpTo.set(person.id, message.ts);
    events.message(message);
    return { ok: true };
  }

  /** The other one of a direct message, when they have left. */
  #gone(person: Person, { kind, members }: Conversation): Person | undefined {
    const other = kind === 'im' ? [...members].find((member) => member !== person.id) : undefined;
    const found = this.#slack.world.people.get(other ?? '');
    return found?.deleted === true ? found : undefined;
  }

  #react(person: Person, conversation: Conversation, wanted: { ts: string; name: string }): ActResult {
    const { world, events } = this.#slack;
    const message = world.findMessage(conversation.id, wanted.ts);
    if (!message || message.ephemeralTo !== undefined)
      return { ok: false, error: 'That message is not there any more.' };
    if (!conversation.members.has(person.id) || conversation.archived)
      return { ok: false, error: 'You cannot react to messages here.' };
    if (!/^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/.test(wanted.name))
      return { ok: false, error: 'There is no such emoji.' };
    const known = message.reactions.find(({ name }) => name === wanted.name);
    const takesBack = known?.users.includes(person.id) ?? false;
    if (known) {
      known.users = takesBack
        ? known.users.filter((user) => user !== person.id)
        : [...known.users, person.id];
    } else message.reactions.push({ name: wanted.name, users: [person.id] });
    message.reactions = message.reactions.filter(({ users }) => users.length > 0);
    world.touch('everyone');
    events.reaction(takesBack ? 'removed' : 'added', person.id, wanted.name, message);
    return { ok: true };
  }

  /** Between people; the app is not in it, and hears nothing of it. */
  #openDirect(person: Person, user: string): ActResult {
    const { world } = this.#slack;
    const other = world.people.get(user);
    if (!other || other.id === person.id || other.id === 'USLACKBOT')
      return { ok: false, error: 'You cannot write to them here.' };
    if (other.isBot && other.id !== world.botUserId)
      return { ok: false, error: 'You cannot write to them here.' };
    const known = world.findDirect([person.id, other.id]);
    if (!known && other.deleted)
      return { ok: false, error: `${other.realName} has been deactivated and cannot be written to.` };
    const { id } = known ?? world.openDirect([person.id, other.id]);
    world.touch([person.id, other.id]);
    return { ok: true, channel: id };
  }

  async #shortcut(
    person: Person,
    callbackId: string,
    on: { channel: string; ts: string } | undefined,
  ): Promise<ActResult> {
    const slack = this.#slack;
    const { world } = slack;
    const wanted = on ? 'message' : 'global';
    const shortcut = world.app.shortcuts.find((one) => one.callbackId === callbackId && one.type === wanted);
    if (!shortcut || !world.app.scopes.has('commands') || person.isExternal)
      return { ok: false, error: 'There is no such shortcut.' };
    const common = {
      ...interactionBase(slack, person),
      callback_id: callbackId,
      trigger_id: slack.triggers.issue(person.id),
      action_ts: world.nextTs(),
    };
    let payload: Record<string, unknown> = { type: 'shortcut', ...common };
    if (on) {
      const conversation = world.conversations.get(on.channel);
      const message = world.findMessage(on.channel, on.ts);
      if (
        !conversation ||
        !message ||
        !world.canRead(person.id, conversation) ||
        message.ephemeralTo !== undefined
      )
        return { ok: false, error: 'That message is not there any more.' };
      payload = {
        type: 'message_action',
        ...common,
        message_ts: message.ts,
        channel: channelPart(conversation),
        message: asSentBack(messageJson(world, message, { metadata: true, baseUrl: slack.baseUrl() })),
        response_url: slack.responseUrls.issue(
          person.id,
          conversation.id,
          message.fromApp ? message : undefined,
        ),
      };
    }
    const answer = await slack.delivery.send('interactive', payload);
    if (answer.kind === 'acked') return { ok: true };
    const error = noAnswer(slack);
    world.notify(person.id, error);
    return { ok: false, error };
  }

  #openHome(person: Person): ActResult {
    const { world, events } = this.#slack;
    if (!world.app.homeTab) return { ok: false, error: 'This app has no Home tab.' };
    const shown = world.homes.get(person.id);
    events.homeOpened(person.id, 'home', shown && viewPart(this.#slack, shown));
    return { ok: true };
  }

  #read(person: Person, conversation: Conversation): ActResult {
    const { world, events } = this.#slack;
    const last = conversation.messages.at(-1);
    if (last) conversation.readUpTo.set(person.id, last.ts);
    world.touch('everyone');
    if (conversation.kind === 'im' && conversation.members.has(world.botUserId))
      events.homeOpened(person.id, 'messages');
    return { ok: true };
  }

  #join(person: Person, conversation: Conversation): ActResult {
    if (conversation.kind !== 'channel' || person.isRestricted || conversation.archived)
      return { ok: false, error: 'You cannot join this conversation by yourself.' };
    joinChannel(this.#slack, person.id, conversation);
    return { ok: true };
  }

  #leave(person: Person, conversation: Conversation): ActResult {
    if (conversation.kind === 'im' || conversation.kind === 'mpim' || conversation.name === 'general')
      return { ok: false, error: 'You cannot leave this conversation.' };
    leaveChannel(this.#slack, person.id, conversation);
    return { ok: true };
  }
}
