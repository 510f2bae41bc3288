import { carriedState } from '../block-state.ts';
import { messageJson, viewJson } from '../describe.ts';
import type { JsonObject } from '../json.ts';
import type { Block, StateValues, Surface } from '../protocol.ts';
import type { Slack } from '../slack.ts';
import type { Conversation, Message, Person, View } from '../world-types.ts';
import { asSentBack, channelPart } from './payload.ts';

/** A place with blocks that a person has before them. */
export type Place = {
  blocks: Block[];
  state: StateValues;
  /** Remembers options an external select was offered, by action id. */
  key: string;
  view?: View;
  message?: Message;
  conversation?: Conversation;
};

/** Finds what this person sees there; undefined when it is gone, or was never theirs to see. */
export function findPlace(slack: Slack, person: Person, surface: Surface): Place | undefined {
  const { world } = slack;
  if (surface.kind === 'message') {
    const conversation = world.conversations.get(surface.channel);
    const message = world.findMessage(surface.channel, surface.ts);
    if (!conversation || !message || !world.canRead(person.id, conversation)) return undefined;
    if (message.ephemeralTo !== undefined && message.ephemeralTo !== person.id) return undefined;
    const blocks = [
      ...(message.blocks ?? []),
      ...(message.attachments ?? []).flatMap((one) => (one.blocks ?? []) as Block[]),
    ];
    const state = carriedState(blocks, message.state.get(person.id) ?? {});
    message.state.set(person.id, state);
    return { blocks, state, key: `${surface.channel} ${surface.ts}`, message, conversation };
  }
  const view =
    surface.kind === 'home'
      ? world.homes.get(person.id)
      : world.modalsOf(person.id).find((one) => one.id === surface.viewId);
  return view && { blocks: view.blocks, state: view.state, key: view.id, view };
}

/** The `view` of a payload, with texts as Slack sends them back. */
export function viewPart(slack: Slack, view: View): JsonObject {
  return asSentBack(viewJson(slack.world, view));
}

/** Container, channel, message or view of an interaction payload. /reference/interaction-payloads/block_actions-payload */
export function placePart(slack: Slack, place: Place): JsonObject {
  if (place.view)
    return { container: { type: 'view', view_id: place.view.id }, view: viewPart(slack, place.view) };
  const { message, conversation } = place;
  if (!message || !conversation) return {};
  const isEphemeral = message.ephemeralTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: conversation.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    },
    channel: channelPart(conversation),
    ...(!isEphemeral && {
      message: asSentBack(messageJson(slack.world, message, { metadata: true, baseUrl: slack.baseUrl() })),
    }),
    state: { values: asSentBack(place.state) },
  };
}
