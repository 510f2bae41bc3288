import { userJson } from '../describe.ts';
import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { Call, Method } from './call.ts';

/** users.*: the e-mail address only with users:read.email. /reference/methods/users.info … */

function shown(call: Call): { email: boolean } {
  return { email: call.hasScope('users:read.email') };
}

function info(call: Call): JsonObject {
  return { user: userJson(call.world, call.user(), shown(call)) };
}

function list(call: Call): JsonObject {
  const { page, next } = call.page(
    [...call.world.people.values()].filter((one) => !one.isExternal),
    { limit: 1000, max: 1000 },
  );
  return {
    members: page.map((person) => userJson(call.world, person, shown(call))),
    cache_ts: call.world.seconds,
    response_metadata: { next_cursor: next },
  };
}

/** Not for deactivated people. */
function lookupByEmail(call: Call): JsonObject {
  const email = call.required('email').toLowerCase();
  const person = [...call.world.people.values()].find(
    (one) => one.email.toLowerCase() === email && !one.deleted,
  );
  if (!person) throw new SlackError('users_not_found');
  return { user: userJson(call.world, person, shown(call)) };
}

function profile(call: Call): JsonObject {
  const person = call.has('user') ? call.user() : call.world.bot;
  return { profile: userJson(call.world, person, shown(call)).profile };
}

export const users: Record<string, Method> = {
  'users.info': { token: 'bot', scopes: ['users:read'], run: info },
  'users.list': { token: 'bot', scopes: ['users:read'], run: list },
  'users.lookupByEmail': { token: 'bot', scopes: ['users:read.email'], run: lookupByEmail },
  'users.profile.get': { token: 'bot', scopes: ['users.profile:read'], run: profile },
};
