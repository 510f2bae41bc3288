import { channelName } from '../describe.ts';
import { isObject } from '../json.ts';
import { joinChannel } from '../membership.ts';
import type { ActResult } from '../protocol.ts';
import type { Slack } from '../slack.ts';
import { SlackError } from '../slack-error.ts';
import type { Conversation, Person } from '../world-types.ts';
import { typedText } from './payload.ts';

/** Slash commands. /interactivity/implementing-slash-commands */

/** Slackbot, only to this person. */
export function slackSays(
  slack: Slack,
  person: Person,
  conversation: Conversation,
  text: string,
  threadTs?: string,
): void {
  slack.world.addMessage({
    channel: conversation.id,
    user: 'USLACKBOT',
    text,
    fromSlack: true,
    ephemeralTo: person.id,
    ...(threadTs !== undefined && { threadTs }),
  });
}

export async function runCommand(
  slack: Slack,
  person: Person,
  conversation: Conversation,
  typed: string,
): Promise<ActResult> {
  const { world } = slack;
  const [, name = '', rest = ''] = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(typed.trim()) ?? [];
  if (name.toLowerCase() === '/invite') return invite(slack, person, conversation, rest);
  const command = world.app.commands.find((one) => one.command === name.toLowerCase());
  if (!command || !world.app.scopes.has('commands') || person.isExternal) {
    const error = `${name} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`;
    slackSays(slack, person, conversation, error);
    return { ok: false, error };
  }
  const fail = (code: string): ActResult => {
    const error = `${command.command} failed with the error "${code}"`;
    slackSays(slack, person, conversation, error);
    return { ok: false, error };
  };
  const answer = await slack.delivery.send(
    'slash_commands',
    {
      token: 'practice-verification-token',
      team_id: world.teamId,
      team_domain: world.domain,
      ...(world.enterprise && {
        enterprise_id: world.enterprise.id,
        enterprise_name: world.enterprise.name,
      }),
      channel_id: conversation.id,
      channel_name: channelName(conversation),
      user_id: person.id,
      user_name: person.name,
      command: command.command,
      text: typedText(slack, rest.trim(), command.shouldEscape ? 'command' : 'plain'),
      api_app_id: world.appId,
      is_enterprise_install: 'false',
      response_url: slack.responseUrls.issue(person.id, conversation.id),
      trigger_id: slack.triggers.issue(person.id),
    },
    { answers: true },
  );
  if (answer.kind === 'timeout') return fail('operation_timeout');
  if (answer.kind === 'refused') return fail('http_service_error');
  if (answer.kind !== 'acked') return fail('dispatch_failed');
  const payload = typeof answer.payload === 'string' ? { text: answer.payload } : answer.payload;
  if (!isObject(payload) || Object.keys(payload).length === 0) return { ok: true };
  const inChannel = payload.response_type === 'in_channel';
  try {
    if (inChannel)
      world.addMessage({ channel: conversation.id, user: person.id, text: typedText(slack, typed, 'plain') });
    slack.responseUrls.answer({ user: person.id, channel: conversation.id }, payload);
  } catch (error) {
    if (error instanceof SlackError) return fail('invalid_command_response');
    throw error;
  }
  return { ok: true };
}

/** Slack's own "/invite @name", for members of a channel. The name is the one that people are mentioned by. */
function invite(slack: Slack, person: Person, conversation: Conversation, typed: string): ActResult {
  const name = typed.trim().replace(/^@/, '').toLowerCase();
  const invited = [...slack.world.people.values()].find((one) => one.name === name && !one.deleted);
  const why = !['channel', 'private-channel'].includes(conversation.kind)
    ? 'People are invited to channels.'
    : !conversation.members.has(person.id)
      ? 'You are not in this channel.'
      : !invited
        ? `There is nobody called @${name} here.`
        : conversation.members.has(invited.id)
          ? `@${name} is already in this channel.`
          : undefined;
  if (why !== undefined || !invited) {
    const error = why ?? '';
    slackSays(slack, person, conversation, error);
    return { ok: false, error };
  }
  joinChannel(slack, invited.id, conversation, person.id);
  return { ok: true };
}
