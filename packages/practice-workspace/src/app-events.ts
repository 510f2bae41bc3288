import type { Activity } from './activity.ts';
import type { Answer, Delivery } from './delivery.ts';
import { conversationJson, isExtShared, messageJson, userJson } from './describe.ts';
import type { JsonObject } from './json.ts';
import type { World } from './world.ts';
import type { Conversation, Message, Person } from './world-types.ts';

/** The scopes each event asks for, any one of them. /reference/events */
const scopesOf: Record<string, string[]> = {
  team_join: ['users:read'],
  user_change: ['users:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
  app_mention: ['app_mentions:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  app_home_opened: [],
};
/** Nearly at once, after one minute, after five. /apis/events-api#retries */
const retryAfterMs = [0, 60_000, 300_000];
const tooLateMs = 2 * 60 * 60 * 1000;

type Pending = { payload: JsonObject; attempt: number; reason: string; dueAt: number; firstAt: number };

const subscriptionOf: Record<Conversation['kind'], string> = {
  channel: 'message.channels',
  'private-channel': 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
};

/** The Events API: only what is subscribed and permitted goes out, and what is not acknowledged comes again. */
export class AppEvents {
  readonly #world: World;
  readonly #delivery: Delivery;
  readonly #activity: Activity;
  readonly #baseUrl: () => string;
  readonly #pending: Pending[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Events lost for good after three retries, for a test to look at. */
  readonly lost: JsonObject[] = [];

  constructor(parts: { world: World; delivery: Delivery; activity: Activity; baseUrl: () => string }) {
    this.#world = parts.world;
    this.#delivery = parts.delivery;
    this.#activity = parts.activity;
    this.#baseUrl = parts.baseUrl;
  }

  teamJoin(person: Person): void {
    this.#emit('team_join', { type: 'team_join', user: this.#user(person) });
  }

  userChange(person: Person): void {
    this.#emit('user_change', {
      type: 'user_change',
      user: this.#user(person),
      cache_ts: this.#world.seconds,
    });
  }

  /** For others only where the bot is in; for the bot itself always. */
  membership(change: 'joined' | 'left', user: string, conversation: Conversation, inviter?: string): void {
    const world = this.#world;
    if (user !== world.botUserId && !conversation.members.has(world.botUserId)) return;
    const type = change === 'joined' ? 'member_joined_channel' : 'member_left_channel';
    this.#emit(type, {
      type,
      user,
      channel: conversation.id,
      channel_type: conversation.kind === 'private-channel' ? 'G' : 'C',
      team: world.teamId,
      ...(inviter !== undefined && { inviter }),
    });
  }

  homeOpened(user: string, tab: 'home' | 'messages', view?: JsonObject): void {
    this.#emit('app_home_opened', {
      type: 'app_home_opened',
      user,
      channel: this.#world.appDirect(user).id,
      tab,
      ...(view && { view }),
    });
  }

  message(message: Message): void {
    const conversation = this.#world.channelNamed(message.channel);
    if (message.ephemeralTo !== undefined) return;
    const json = messageJson(this.#world, message, { metadata: true, baseUrl: this.#baseUrl() });
    if (
      message.text.includes(`<@${this.#world.botUserId}>`) &&
      !message.fromApp &&
      conversation.kind !== 'im'
    )
      this.#inConversation('app_mention', conversation, { ...json, type: 'app_mention' });
    this.#inConversation(subscriptionOf[conversation.kind], conversation, json);
  }

  messageEdited(message: Message, previous: JsonObject): void {
    const conversation = this.#world.channelNamed(message.channel);
    this.#inConversation(subscriptionOf[conversation.kind], conversation, {
      type: 'message',
      subtype: 'message_changed',
      message: messageJson(this.#world, message, { metadata: true, baseUrl: this.#baseUrl() }),
      previous_message: previous,
      hidden: true,
      ts: this.#world.nextTs(),
    });
  }

  messageDeleted(message: Message): void {
    const conversation = this.#world.channelNamed(message.channel);
    this.#inConversation(subscriptionOf[conversation.kind], conversation, {
      type: 'message',
      subtype: 'message_deleted',
      previous_message: messageJson(this.#world, message, { metadata: true, baseUrl: this.#baseUrl() }),
      deleted_ts: message.ts,
      hidden: true,
      ts: this.#world.nextTs(),
    });
  }

  reaction(change: 'added' | 'removed', user: string, name: string, message: Message): void {
    if (!this.#world.channelNamed(message.channel).members.has(this.#world.botUserId)) return;
    this.#emit(`reaction_${change}`, {
      type: `reaction_${change}`,
      user,
      reaction: name,
      item_user: message.user,
      item: { type: 'message', channel: message.channel, ts: message.ts },
    });
  }

  channelRenamed(conversation: Conversation): void {
    this.#emit('channel_rename', {
      type: 'channel_rename',
      channel: conversationJson(this.#world, conversation, this.#world.botUserId),
    });
  }

  #user(person: Person): JsonObject {
    return userJson(this.#world, person, { email: this.#world.app.scopes.has('users:read.email') });
  }

  #inConversation(subscription: string, conversation: Conversation, event: JsonObject): void {
    if (!conversation.members.has(this.#world.botUserId)) return;
    const kinds = { channel: 'channel', 'private-channel': 'group', im: 'im', mpim: 'mpim' } as const;
    this.#emit(subscription, { ...event, channel: conversation.id, channel_type: kinds[conversation.kind] });
  }

  #emit(subscription: string, event: JsonObject): void {
    const world = this.#world;
    const scopes = scopesOf[subscription] ?? [];
    if (!world.app.events.has(subscription)) return;
    if (scopes.length > 0 && !scopes.some((scope) => world.app.scopes.has(scope))) return;
    const channel = typeof event.channel === 'string' ? world.conversations.get(event.channel) : undefined;
    const isShared = channel !== undefined && isExtShared(world, channel);
    const payload = {
      token: 'practice-verification-token',
      team_id: world.teamId,
      context_team_id: world.teamId,
      ...(world.enterprise && { enterprise_id: world.enterprise.id }),
      context_enterprise_id: world.enterprise?.id ?? null,
      api_app_id: world.appId,
      event: { ...event, event_ts: typeof event.ts === 'string' ? event.ts : world.nextTs() },
      type: 'event_callback',
      event_id: world.random.id('Ev', 11),
      event_time: world.seconds,
      authorizations: [
        {
          enterprise_id: world.enterprise?.id ?? null,
          team_id: world.teamId,
          user_id: world.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: isShared,
      event_context: `4-${world.random.token(40)}`,
    };
    const now = world.clock.now().getTime();
    void this.#deliver({ payload, attempt: 0, reason: '', dueAt: now, firstAt: now });
  }

  async #deliver(pending: Pending): Promise<void> {
    const { attempt, reason } = pending;
    const answer = await this.#delivery.send('events_api', pending.payload, {
      ...(attempt > 0 && { retry: { attempt, reason } }),
    });
    if (answer.kind === 'acked') return;
    const wait = retryAfterMs[attempt];
    if (wait === undefined || ('noRetry' in answer && answer.noRetry === true)) {
      this.lost.push(pending.payload);
      return;
    }
    const dueAt = this.#world.clock.now().getTime() + wait;
    this.#pending.push({ ...pending, attempt: attempt + 1, reason: reasonOf(answer), dueAt });
    await this.retryDue();
  }

  /** Delivers again what is due on the practice clock; call it when the clock has been moved. */
  async retryDue(): Promise<void> {
    const now = this.#world.clock.now().getTime();
    const due = this.#pending.filter((one) => one.dueAt <= now);
    for (const one of due) this.#pending.splice(this.#pending.indexOf(one), 1);
    // What has become more than two hours late is not delivered any more.
    const late = due.filter((one) => now - one.firstAt > tooLateMs);
    this.lost.push(...late.map((one) => one.payload));
    this.#schedule();
    await this.#activity.during(async () => {
      await Promise.all(due.filter((one) => !late.includes(one)).map((one) => this.#deliver(one)));
    });
  }

  /** For a clock that runs by itself. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const next = Math.min(...this.#pending.map((one) => one.dueAt));
    if (!Number.isFinite(next)) return;
    const wait = Math.max(1_000, next - this.#world.clock.now().getTime());
    this.#timer = setTimeout(() => void this.retryDue(), wait).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#pending.length = 0;
  }
}

function reasonOf(answer: Answer): string {
  if (answer.kind === 'timeout') return answer.reason ?? 'timeout';
  return answer.kind === 'refused' ? answer.reason : 'connection_failed';
}
