import { viewJson } from '../describe.ts';
import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { openModal, publishHome, pushModal, readView, updateView } from '../views.ts';
import type { Call, Method } from './call.ts';

/** views.*: /reference/methods/views.open, .push, .update, .publish */

function open(call: Call): JsonObject {
  const body = readView(call.world, call.json('view'), 'modal');
  const { user } = call.slack.triggers.exchange(call.required('trigger_id'));
  return { view: viewJson(call.world, openModal(call.world, user, body)) };
}

function push(call: Call): JsonObject {
  const body = readView(call.world, call.json('view'), 'modal');
  const { user, viewId } = call.slack.triggers.exchange(call.required('trigger_id'));
  // Only from inside a modal that is still open.
  if (viewId === undefined || !call.world.modalsOf(user).some((view) => view.id === viewId))
    throw new SlackError('invalid_trigger');
  return { view: viewJson(call.world, pushModal(call.world, user, body)) };
}

function hashOf(call: Call): string | undefined {
  return call.has('hash') ? call.text('hash') : undefined;
}

function update(call: Call): JsonObject {
  const { world } = call;
  const view = call.has('view_id')
    ? world.findView(call.text('view_id'))
    : world.findViewByExternalId(call.required('external_id'));
  if (!view) throw new SlackError('not_found');
  return {
    view: viewJson(
      world,
      updateView(world, view, readView(call.world, call.json('view'), 'either'), hashOf(call)),
    ),
  };
}

function publish(call: Call): JsonObject {
  const { world } = call;
  if (!world.app.homeTab) throw new SlackError('not_enabled');
  const person = world.people.get(call.required('user_id'));
  if (!person || person.isBot || person.deleted || person.id === 'USLACKBOT')
    throw call.refuse('user not found [json-pointer:/user_id]');
  return {
    view: viewJson(
      world,
      publishHome(world, person.id, readView(call.world, call.json('view'), 'home'), hashOf(call)),
    ),
  };
}

export const views: Record<string, Method> = {
  'views.open': { token: 'bot', scopes: [], run: open },
  'views.push': { token: 'bot', scopes: [], run: push },
  'views.update': { token: 'bot', scopes: [], run: update },
  'views.publish': { token: 'bot', scopes: [], run: publish },
};
