import { channelName } from '../describe.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Slack } from '../slack.ts';
import type { Conversation, Person } from '../world-types.ts';

/** What every interaction payload carries. /reference/interaction-payloads */
export function interactionBase(slack: Slack, person: Person): JsonObject {
  const { world } = slack;
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId },
    api_app_id: world.appId,
    token: 'practice-verification-token',
    // Whoever comes through Slack Connect acts in their own workspace.
    team: person.isExternal
      ? { id: person.teamId, domain: 'elsewhere' }
      : {
          id: world.teamId,
          domain: world.domain,
          ...(world.enterprise && {
            enterprise_id: world.enterprise.id,
            enterprise_name: world.enterprise.name,
          }),
        },
    enterprise: person.isExternal ? null : (world.enterprise ?? null),
    is_enterprise_install: false,
  };
}

export function channelPart(conversation: Conversation): JsonObject {
  return { id: conversation.id, name: channelName(conversation) };
}

/** Bare ampersands become entities, and so do `<` and `>` in plain text; mrkdwn keeps its markup. */
function slackText(type: unknown, text: string): string {
  const ampersands = text.replaceAll(/&(?!amp;|lt;|gt;)/g, '&amp;');
  return type === 'plain_text' ? ampersands.replaceAll('<', '&lt;').replaceAll('>', '&gt;') : ampersands;
}

/**
 * A copy with the texts of buttons, options and titles as Slack sends them back: "R&D" comes as "R&amp;D". Values of
 * inputs and the texts of rich_text stay raw.
 */
export function asSentBack<T>(json: T): T {
  if (Array.isArray(json)) return json.map((item: unknown) => asSentBack(item)) as T;
  if (!isObject(json)) return json;
  const isText = (json.type === 'plain_text' || json.type === 'mrkdwn') && typeof json.text === 'string';
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      isText && key === 'text' ? slackText(json.type, String(value)) : asSentBack(value),
    ]),
  ) as T;
}

/** What the person sees when the app does not answer an interaction. */
export function noAnswer(slack: Slack): string {
  return `${slack.world.app.name} did not respond in time. Try again?`;
}

export const trouble = 'We had some trouble connecting. Try again?';

/** What people type, as Slack stores it: entities, and @handles and #channels as links. */
export function typedText(slack: Slack, text: string, style: 'message' | 'command' | 'plain'): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (style === 'plain') return escaped;
  const { people, conversations } = slack.world;
  return escaped
    .replaceAll(/(?<![\w@])@([a-z0-9._-]+)/g, (typed, name: string) => {
      const person = [...people.values()].find((one) => one.name === name);
      if (!person) return typed;
      return style === 'command' ? `<@${person.id}|${person.name}>` : `<@${person.id}>`;
    })
    .replaceAll(/(?<![\w#&])#([a-z0-9._-]+)/g, (typed, name: string) => {
      const channel = [...conversations.values()].find((one) => one.name === name);
      if (!channel) return typed;
      return `<#${channel.id}|${channel.kind === 'channel' && style === 'command' ? channel.name : ''}>`;
    });
}
