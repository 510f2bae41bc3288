import { findElement } from '../block-state.ts';
import { readOptionAnswer } from '../blocks/option-answer.ts';
import { type JsonObject, lengthOf, textOf } from '../json.ts';
import type { ActResult, Surface } from '../protocol.ts';
import type { Slack } from '../slack.ts';
import type { Person } from '../world-types.ts';
import { asSentBack, interactionBase, noAnswer } from './payload.ts';
import { findPlace, type Place, placePart } from './surface.ts';
import { readFiles, readValue, wrongText } from './values.ts';

/** Clicks, choices, typing: /reference/interaction-payloads/block_actions-payload, …/block_suggestion-payload */

const gone: ActResult = { ok: false, error: 'That is not there any more.', gone: true };

export type Touch = { surface: Surface; blockId: string; actionId: string; value: Record<string, unknown> };

/** Options offered to a person by an external select, so that only those can be chosen. */
export class OfferedOptions {
  readonly #offered = new Map<string, unknown[]>();

  #key(person: Person, place: Place, actionId: string): string {
    return `${person.id} ${place.key} ${actionId}`;
  }

  add(person: Person, place: Place, actionId: string, options: unknown[]): void {
    const key = this.#key(person, place, actionId);
    this.#offered.set(key, [...(this.#offered.get(key) ?? []), ...options]);
  }

  of(person: Person, place: Place, actionId: string): unknown[] {
    return this.#offered.get(this.#key(person, place, actionId)) ?? [];
  }
}

type Found = { place: Place; block: JsonObject; element: JsonObject };

function find(
  slack: Slack,
  person: Person,
  surface: Surface,
  blockId: string,
  actionId: string,
): Found | undefined {
  const place = findPlace(slack, person, surface);
  const found = place && findElement(place.blocks, blockId, actionId);
  return found && { place, ...found };
}

/** Takes a value in, as the client does, without telling the app. */
function enter(slack: Slack, person: Person, found: Found, touch: Touch, offered: OfferedOptions): ActResult {
  const remembered = offered.of(person, found.place, touch.actionId);
  const read =
    found.element.type === 'file_input'
      ? readFiles(slack, person.id, found.element, touch.value)
      : readValue(slack.world, found.element, touch.value, remembered);
  if (!read.ok) return read;
  const inBlock = found.place.state[touch.blockId];
  if (inBlock && touch.actionId in inBlock) inBlock[touch.actionId] = read.value;
  return { ok: true };
}

export function input(slack: Slack, person: Person, touch: Touch, offered: OfferedOptions): ActResult {
  const found = find(slack, person, touch.surface, touch.blockId, touch.actionId);
  if (!found) return gone;
  const result = enter(slack, person, found, touch, offered);
  if (result.ok) slack.world.touch([person.id]);
  return result;
}

function dispatches(found: Found): boolean {
  return found.block.type !== 'input' || found.block.dispatch_action === true;
}

/** The `actions[0]` of a payload: which element, and its new value. */
function actionPart(slack: Slack, element: JsonObject, touch: Touch): JsonObject {
  const type = textOf(element.type);
  const shown = ['text', 'value', 'url', 'style', 'confirm', 'placeholder'];
  const fixed = Object.fromEntries(
    Object.entries(element).filter(([key]) =>
      type === 'button' ? shown.includes(key) : key === 'placeholder' || key === 'confirm',
    ),
  );
  const feedback = type === 'feedback_buttons' ? { value: touch.value.value } : {};
  return asSentBack({
    type,
    action_id: touch.actionId,
    block_id: touch.blockId,
    ...fixed,
    ...(type === 'icon_button' && { value: element.value }),
    ...feedback,
    action_ts: slack.world.nextTs(),
  });
}

/** A click on a button, a choice, Enter in a dispatching input. */
export async function act(
  slack: Slack,
  person: Person,
  touch: Touch,
  offered: OfferedOptions,
): Promise<ActResult> {
  const { world } = slack;
  const found = find(slack, person, touch.surface, touch.blockId, touch.actionId);
  if (!found) return gone;
  if (!world.app.interactive) return { ok: false, error: 'Interactivity is not switched on for this app.' };
  const entered = enter(slack, person, found, touch, offered);
  if (!entered.ok) return entered;
  world.touch([person.id]);
  if (!dispatches(found)) return { ok: true };
  const { place, element } = found;
  const type = textOf(element.type);
  const kept = place.state[touch.blockId]?.[touch.actionId];
  const wrong = typeof kept?.value === 'string' ? wrongText(element, kept.value) : undefined;
  if (wrong !== undefined) return { ok: false, error: wrong };
  const chosen = type === 'overflow' ? { selected_option: touch.value.selected_option } : kept;
  const { type: _, ...value } = chosen ?? {};
  const payload = {
    type: 'block_actions',
    ...interactionBase(slack, person),
    trigger_id: slack.triggers.issue(person.id, place.view?.type === 'modal' ? place.view.id : undefined),
    ...placePart(slack, place),
    ...(place.message && {
      response_url: slack.responseUrls.issue(person.id, place.message.channel, place.message),
    }),
    actions: [{ ...actionPart(slack, element, touch), ...asSentBack(value) }],
  };
  const answer = await slack.delivery.send('interactive', payload);
  if (answer.kind === 'acked') return { ok: true };
  const error = noAnswer(slack);
  world.notify(person.id, error);
  return { ok: false, error };
}

/** Asks the app for options of an external select, from `min_query_length` characters on. */
export async function suggest(
  slack: Slack,
  person: Person,
  asked: { surface: Surface; blockId: string; actionId: string; query: string },
  offered: OfferedOptions,
): Promise<ActResult> {
  const found = find(slack, person, asked.surface, asked.blockId, asked.actionId);
  if (!found) return gone;
  if (!textOf(found.element.type).endsWith('external_select'))
    return { ok: false, error: 'This menu does not ask the app for options.' };
  const min = Number(found.element.min_query_length ?? 3);
  if (lengthOf(asked.query) < min) return { ok: true, options: [] };
  const { message: _, state: __, ...where } = placePart(slack, found.place);
  const payload = {
    type: 'block_suggestion',
    ...interactionBase(slack, person),
    ...where,
    action_id: asked.actionId,
    block_id: asked.blockId,
    value: asked.query,
  };
  const answer = await slack.delivery.send('interactive', payload, { answers: true });
  const read = answer.kind === 'acked' ? readOptionAnswer(answer.payload) : undefined;
  if (!read) {
    const error = answer.kind === 'acked' ? 'The app sent options that Slack refuses.' : noAnswer(slack);
    return { ok: false, error };
  }
  const groups = (read.optionGroups ?? []) as { options: unknown[] }[];
  offered.add(person, found.place, asked.actionId, read.options ?? groups.flatMap((group) => group.options));
  return { ok: true, ...read };
}
