import type { JsonObject } from './json.ts';

/** A refusal in Slack's words: becomes `{ ok: false, error: code, ...details }` with HTTP 200. */
export class SlackError extends Error {
  readonly code: string;
  readonly details: JsonObject;

  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.details = details;
  }
}

/** A refusal that explains itself, one message per fault, each with its JSON pointer. */
export function explained(code: string, messages: string[]): SlackError {
  return new SlackError(code, {
    ...(code === 'invalid_blocks' && { errors: messages.map((text) => text.replace(/^\[ERROR\] /, '')) }),
    response_metadata: { messages },
  });
}
