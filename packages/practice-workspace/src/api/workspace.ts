import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { Call, Method } from './call.ts';

/** Who and where: api.test, auth.test, apps.connections.open, bots.info, team.info, reactions.* */

function authTest(call: Call): JsonObject {
  const { world } = call;
  return {
    url: `https://${world.domain}.slack.com/`,
    team: world.teamName,
    user: world.bot.name,
    team_id: world.teamId,
    user_id: world.botUserId,
    bot_id: world.botId,
    ...(world.enterprise && { enterprise_id: world.enterprise.id }),
    is_enterprise_install: false,
  };
}

function apiTest(call: Call): JsonObject {
  if (call.has('error')) throw new SlackError(call.text('error'), { args: call.args });
  return Object.keys(call.args).length === 0 ? {} : { args: call.args };
}

function openConnection(call: Call): JsonObject {
  if (!call.world.app.socketMode) throw new SlackError('forbidden_team');
  const base = call.slack.baseUrl().replace(/^http/, 'ws');
  return { url: `${base}/link/?ticket=${call.slack.socket.issueTicket()}&app_id=${call.world.appId}` };
}

function botInfo(call: Call): JsonObject {
  const { world } = call;
  if (call.has('bot') && call.text('bot') !== world.botId) throw new SlackError('bot_not_found');
  return {
    bot: {
      id: world.botId,
      deleted: false,
      name: world.app.name,
      updated: world.bot.updated,
      app_id: world.appId,
      user_id: world.botUserId,
      icons: {},
    },
  };
}

function teamInfo(call: Call): JsonObject {
  const { world } = call;
  if (call.has('team') && call.text('team') !== world.teamId) throw new SlackError('team_not_found');
  return {
    team: {
      id: world.teamId,
      name: world.teamName,
      url: `https://${world.domain}.slack.com/`,
      domain: world.domain,
      email_domain: '',
      icon: { image_default: true },
    },
  };
}

function reaction(call: Call, change: 'added' | 'removed'): JsonObject {
  const { world } = call;
  const name = call.required('name');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new SlackError('invalid_name');
  const conversation = call.channel();
  if (!call.botIn(conversation)) throw new SlackError('not_in_channel');
  const message = world.findMessage(conversation.id, call.required('timestamp'));
  if (!message || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  const found = message.reactions.find((one) => one.name === name);
  const reacted = found?.users.includes(world.botUserId) ?? false;
  if (change === 'added') {
    if (reacted) throw new SlackError('already_reacted');
    if (found) found.users.push(world.botUserId);
    else message.reactions.push({ name, users: [world.botUserId] });
  } else {
    if (!found || !reacted) throw new SlackError('no_reaction');
    found.users = found.users.filter((user) => user !== world.botUserId);
    message.reactions = message.reactions.filter((one) => one.users.length > 0);
  }
  world.touch(world.audienceOf(conversation));
  call.slack.events.reaction(change, world.botUserId, name, message);
  return {};
}

export const workspace: Record<string, Method> = {
  'api.test': { token: 'none', scopes: [], run: apiTest },
  'auth.test': { token: 'bot', scopes: [], run: authTest },
  'apps.connections.open': { token: 'app', scopes: [], run: openConnection },
  'bots.info': { token: 'bot', scopes: ['users:read'], run: botInfo },
  'team.info': { token: 'bot', scopes: ['team:read'], run: teamInfo },
  'reactions.add': { token: 'bot', scopes: ['reactions:write'], run: (call) => reaction(call, 'added') },
  'reactions.remove': { token: 'bot', scopes: ['reactions:write'], run: (call) => reaction(call, 'removed') },
};
