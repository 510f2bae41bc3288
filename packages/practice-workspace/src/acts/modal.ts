import { carriedState, inputBlocks } from '../block-state.ts';
import { isObject, type JsonObject, textOf } from '../json.ts';
import type { ActResult, StateValues } from '../protocol.ts';
import type { Slack } from '../slack.ts';
import { SlackError } from '../slack-error.ts';
import { pushModal, readView, updateView } from '../views.ts';
import type { Person, View } from '../world-types.ts';
import { input, type OfferedOptions } from './interact.ts';
import { interactionBase, trouble } from './payload.ts';
import { viewPart } from './surface.ts';
import { missingInputs } from './values.ts';

/** Submitting and closing modals. /surfaces/modals, /reference/interaction-payloads/view-interactions-payload */

const covered: ActResult = { ok: false, error: 'That modal is not on top any more.', gone: true };

function topView(slack: Slack, person: Person, viewId: string): View | undefined {
  const top = slack.world.modalsOf(person.id).at(-1);
  return top?.id === viewId ? top : undefined;
}

/** Takes in what the page or a test filled, as typing would have. */
function fillIn(
  slack: Slack,
  person: Person,
  view: View,
  values: StateValues,
  offered: OfferedOptions,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [blockId, actions] of Object.entries(values))
    for (const [actionId, value] of Object.entries(actions)) {
      const surface = { kind: 'modal' as const, viewId: view.id };
      const taken = input(slack, person, { surface, blockId, actionId, value }, offered);
      if (!taken.ok) errors[blockId] = taken.error;
    }
  return errors;
}

/** What the client shows when a modal cannot be sent yet. */
function incomplete(slack: Slack, view: View, errors: Record<string, string>): ActResult {
  view.errors = errors;
  slack.world.happen(view.user, { kind: 'modal', view });
  const [blockId = '', message = ''] = Object.entries(errors)[0] ?? [];
  return { ok: false, error: `${message} (${blockId})` };
}

export async function submit(
  slack: Slack,
  person: Person,
  sent: { viewId: string; values: StateValues },
  offered: OfferedOptions,
): Promise<ActResult> {
  const view = topView(slack, person, sent.viewId);
  if (!view) return covered;
  if (!isObject(view.body.submit))
    return { ok: false, error: 'This modal has nothing to submit.', gone: true };
  const inputs = inputBlocks(view.blocks);
  const wrong = fillIn(slack, person, view, sent.values, offered);
  const errors = { ...missingInputs(inputs, view.state), ...wrong };
  if (Object.keys(errors).length > 0) return incomplete(slack, view, errors);
  view.errors = {};
  slack.world.touch([person.id]);
  const answer = await slack.delivery.send(
    'interactive',
    {
      type: 'view_submission',
      ...interactionBase(slack, person),
      trigger_id: slack.triggers.issue(person.id, view.id),
      view: viewPart(slack, view),
      response_urls: responseUrlsOf(slack, person, view),
    },
    { answers: true },
  );
  const failed = (): ActResult => {
    slack.world.notify(person.id, trouble);
    return { ok: false, error: trouble };
  };
  if (answer.kind !== 'acked') return failed();
  try {
    return respond(slack, person, view, answer.payload, inputs) ? { ok: true } : failed();
  } catch (error) {
    if (error instanceof SlackError) return failed();
    throw error;
  }
}

/** A `response_url` for each select that asked for one and has a conversation chosen. */
function responseUrlsOf(slack: Slack, person: Person, view: View): JsonObject[] {
  return inputBlocks(view.blocks).flatMap((block) => {
    const element = isObject(block.element) ? block.element : {};
    if (element.response_url_enabled !== true) return [];
    const blockId = textOf(block.block_id);
    const actionId = textOf(element.action_id);
    const value = view.state[blockId]?.[actionId] ?? {};
    const channel = textOf(value.selected_conversation ?? value.selected_channel);
    if (channel === '') return [];
    const url = slack.responseUrls.issue(person.id, channel);
    return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
  });
}

/** Carries a `response_action` out; false when Slack could make nothing of it. */
function respond(slack: Slack, person: Person, view: View, payload: unknown, inputs: JsonObject[]): boolean {
  const { world } = slack;
  const answer = isObject(payload) ? payload : {};
  const stack = world.modalsOf(person.id);
  // Closed meanwhile by the person: nothing to change.
  if (!stack.includes(view)) return true;
  if (Object.keys(answer).length === 0) {
    world.showModals(person.id, stack.slice(0, -1));
    return true;
  }
  switch (answer.response_action) {
    case 'clear':
      world.showModals(person.id, []);
      return true;
    case 'update':
      updateView(world, view, readView(world, answer.view, 'modal'));
      return true;
    case 'push':
      pushModal(world, person.id, readView(world, answer.view, 'modal'));
      return true;
    case 'errors': {
      const errors = isObject(answer.errors) ? answer.errors : {};
      const known = new Set(inputs.map((block) => block.block_id));
      const entries = Object.entries(errors);
      if (
        entries.length === 0 ||
        !entries.every(([id, text]) => known.has(id) && typeof text === 'string' && text !== '')
      )
        return false;
      view.errors = Object.fromEntries(entries.map(([id, text]) => [id, textOf(text)]));
      world.happen(person.id, { kind: 'modal', view });
      return true;
    }
    default:
      return false;
  }
}

/** One view, or with `all` the whole stack as the × does: then `view_closed` carries the root view. */
export async function close(slack: Slack, person: Person, viewId: string, all: boolean): Promise<ActResult> {
  const { world } = slack;
  const stack = world.modalsOf(person.id);
  const top = topView(slack, person, viewId);
  if (!top) return covered;
  const clears = all || top.body.clear_on_close === true;
  const told = clears ? (stack[0] ?? top) : top;
  world.showModals(person.id, clears ? [] : stack.slice(0, -1));
  if (told.body.notify_on_close !== true) return { ok: true };
  await slack.delivery.send('interactive', {
    type: 'view_closed',
    ...interactionBase(slack, person),
    view: viewPart(slack, { ...told, state: carriedState(told.blocks, told.state) }),
    is_cleared: clears,
  });
  return { ok: true };
}
