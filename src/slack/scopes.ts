import type { AuthTestResponse, WebClient } from '@slack/web-api';

/** What manifest.yml asks for, each with its reason in docs/privacy/scopes.md; test/manifest.test.ts holds them together. */
export const wantedScopes = [
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
  'users:read.email',
] as const;
export type Scope = (typeof wantedScopes)[number];

export type Grants = {
  /** What the manifest asks for and Slack has not given, as far as it says what it has given. */
  missing(): Scope[];
  /** Asks Slack anew: an app that was installed again keeps its token, and nobody need start the bot again. */
  look(): Promise<void>;
};

/**
 * What the app may do, as Slack tells with each answer. An app that was installed from an older manifest goes on with what
 * it was given then. @param first what Slack answered at the start.
 */
export function createGrants(client: WebClient, first: AuthTestResponse): Grants {
  let given = scopesIn(first);
  return {
    missing: () => (given ? wantedScopes.filter((scope) => !given?.includes(scope)) : []),
    async look() {
      given = scopesIn(await client.auth.test());
    },
  };
}

/** Undefined where something on the way took the header off: then a refusal tells. */
function scopesIn({ response_metadata }: AuthTestResponse): string[] | undefined {
  const scopes = (response_metadata?.scopes ?? []).filter((scope) => scope !== '');
  return scopes.length > 0 ? scopes : undefined;
}
