import { isObject, type JsonObject } from './json.ts';
import { readMessageContent } from './message-content.ts';
import { SlackError } from './slack-error.ts';
import type { World } from './world.ts';
import type { Message } from './world-types.ts';

type ResponseUrl = {
  user: string;
  channel: string;
  original: Message | undefined;
  uses: number;
  expiresAt: number;
};

const maxUses = 5;
const lifetimeMs = 30 * 60 * 1000;

/** Five uses within thirty minutes of the practice clock. /interactivity/handling-user-interaction#message_responses */
export class ResponseUrls {
  readonly #known = new Map<string, ResponseUrl>();
  readonly #world: World;
  readonly #baseUrl: () => string;
  readonly #posted: (message: Message) => void;

  constructor(parts: { world: World; baseUrl: () => string; posted: (message: Message) => void }) {
    this.#world = parts.world;
    this.#baseUrl = parts.baseUrl;
    this.#posted = parts.posted;
  }

  issue(user: string, channel: string, original?: Message): string {
    const id = this.#world.random.token(24);
    const expiresAt = this.#world.clock.now().getTime() + lifetimeMs;
    this.#known.set(id, { user, channel, original, uses: 0, expiresAt });
    return `${this.#baseUrl()}/response/${this.#world.teamId}/${id}`;
  }

  /** Throws SlackError; the HTTP status for it is `statusOf`. */
  use(id: string, body: unknown): void {
    const url = this.#known.get(id);
    if (!url) throw new SlackError('no_service');
    if (this.#world.clock.now().getTime() > url.expiresAt) throw new SlackError('expired_url');
    if (url.uses >= maxUses) throw new SlackError('used_url');
    if (!isObject(body)) throw new SlackError('invalid_payload');
    url.uses += 1;
    this.answer(url, body);
  }

  /** Also the way of a message in the ack of a command: the same fields, the same rules. */
  answer(
    to: { user: string; channel: string; original?: Message | undefined },
    body: JsonObject,
  ): Message | undefined {
    const world = this.#world;
    const { original } = to;
    const replaces = body.replace_original === true || body.replace_original === 'true';
    const deletes = body.delete_original === true || body.delete_original === 'true';
    if ((replaces || deletes) && !original) throw new SlackError('invalid_arguments');
    if (deletes && original) {
      world.removeMessage(original);
      return undefined;
    }
    const content = readMessageContent(body, world);
    if (replaces && original) {
      original.text = content.text;
      delete original.blocks;
      delete original.attachments;
      Object.assign(original, content);
      if (original.ephemeralTo === undefined) original.editedTs = world.nextTs();
      world.messageChanged(original, 'edited');
      return original;
    }
    const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : undefined;
    const message = world.addMessage({
      ...content,
      channel: to.channel,
      user: world.botUserId,
      ...(threadTs !== undefined && { threadTs }),
      // Once ephemeral, always: an answer to an ephemeral message may still be posted for all, as a new one.
      ...(body.response_type !== 'in_channel' && { ephemeralTo: to.user }),
    });
    this.#posted(message);
    return message;
  }
}

/** What Slack answers with a refusal. */
export function statusOf(error: SlackError): number {
  return ['no_service', 'expired_url', 'used_url'].includes(error.code) ? 404 : 400;
}
