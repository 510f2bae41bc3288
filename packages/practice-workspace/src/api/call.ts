import { type JsonObject, parseJson, textOf } from '../json.ts';
import type { Slack } from '../slack.ts';
import { SlackError } from '../slack-error.ts';
import type { Conversation, Person } from '../world-types.ts';

/** One Web API call: its arguments, read as Slack reads them, and what it may touch. */
export class Call {
  readonly slack: Slack;
  readonly args: JsonObject;

  constructor(slack: Slack, args: JsonObject) {
    this.slack = slack;
    this.args = args;
  }

  get world(): Slack['world'] {
    return this.slack.world;
  }

  has(name: string): boolean {
    const value = this.args[name];
    return value !== undefined && value !== null && value !== '';
  }

  /** Text, or '' where nothing was given. A number is refused: a `ts` sent as a number has lost digits. */
  text(name: string): string {
    const value = this.args[name];
    if (value === undefined || value === null) return '';
    if (typeof value !== 'string') throw this.refuse(`must be a string [json-pointer:/${name}]`);
    return value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === '') throw this.refuse(`missing required field: ${name}`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.args[name];
    return value === true || value === 'true' || value === '1' || value === 1;
  }

  integer(name: string, otherwise: number): number {
    const value = this.args[name];
    if (value === undefined || value === null || value === '') return otherwise;
    const number = Number(value);
    if (!Number.isInteger(number)) throw this.refuse(`must be an integer [json-pointer:/${name}]`);
    return number;
  }

  /** Comma-separated ids; a JSON array is `invalid_array_arg`. /reference/methods/conversations.open */
  list(name: string): string[] {
    const value = this.args[name];
    if (Array.isArray(value) || textOf(value).startsWith('[')) throw new SlackError('invalid_array_arg');
    return this.text(name)
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  }

  /** A value that comes as JSON in a form field, or as itself in a JSON body. */
  json(name: string): unknown {
    const value = this.args[name];
    return typeof value === 'string' ? parseJson(value) : value;
  }

  refuse(message: string): SlackError {
    return new SlackError('invalid_arguments', { response_metadata: { messages: [`[ERROR] ${message}`] } });
  }

  // What the app can see

  user(name = 'user'): Person {
    const person = this.world.people.get(this.required(name));
    if (!person) throw new SlackError('user_not_found');
    return person;
  }

  /** A conversation by id that the bot can see; a private one only from inside. */
  channel(name = 'channel'): Conversation {
    const id = this.text(name);
    const conversation = this.world.conversations.get(id);
    if (!conversation || (conversation.kind !== 'channel' && !this.botIn(conversation)))
      throw new SlackError('channel_not_found');
    return conversation;
  }

  botIn(conversation: Conversation): boolean {
    return conversation.members.has(this.world.botUserId);
  }

  hasScope(scope: string): boolean {
    return this.world.app.scopes.has(scope);
  }

  /** Throws `missing_scope` naming what is needed, unless one of these was granted. */
  needScope(...anyOf: string[]): void {
    if (anyOf.length > 0 && !anyOf.some((scope) => this.hasScope(scope)))
      throw new SlackError('missing_scope', {
        needed: anyOf.join(','),
        provided: [...this.world.app.scopes].join(','),
      });
  }

  /** A page of a list, by an opaque cursor. /apis/web-api/pagination */
  page<T>(all: readonly T[], options: { limit: number; max: number }): { page: T[]; next: string } {
    const limit = this.integer('limit', options.limit);
    if (limit < 1 || limit > options.max) throw new SlackError('invalid_limit');
    const cursor = this.text('cursor');
    const start =
      cursor === '' ? 0 : Number(/^at:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1] ?? 'x');
    if (Number.isNaN(start) || start > all.length) throw new SlackError('invalid_cursor');
    const end = start + limit;
    return {
      page: all.slice(start, end),
      next: end < all.length ? Buffer.from(`at:${end}`).toString('base64') : '',
    };
  }
}

export type Method = {
  /** `app` methods take the app-level token. */
  token: 'bot' | 'app' | 'none';
  /** Any one of these; empty for none. */
  scopes: string[];
  run(call: Call): JsonObject;
};
