import type { WebClient } from '@slack/web-api';
import type { Sender } from '../../outbox/sender.ts';
import type { Grants } from '../../slack/scopes.ts';
import type { Core, FileKind } from '../feature.ts';

export type FilesDeps = Core & {
  /** Everything that can be asked for. */
  kinds(): readonly FileKind[];
  /** Makes each call once. */
  client: WebClient;
  /** The same way to Slack as every call. */
  fetch: typeof globalThis.fetch;
  grants: Grants;
  sendNow: Sender['sendNow'];
};
