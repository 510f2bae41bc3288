import { carriedState, initialState, withIds } from './block-state.ts';
import { type Checked, checkView, scopeFaults, viewTooLarge } from './blocks/check.ts';
import { type JsonObject, objectsOf, textOf } from './json.ts';
import type { Block } from './protocol.ts';
import { explained, SlackError } from './slack-error.ts';
import type { World } from './world.ts';
import type { View } from './world-types.ts';

const maxStack = 3;

/** Modals and Home tabs. /surfaces/modals, /surfaces/app-home, /reference/methods/views.open and its siblings */

/** Reads a view as the app sent it. Throws `invalid_arguments` with pointers, or `view_too_large`. */
export function readView(world: World, given: unknown, type: 'modal' | 'home' | 'either'): JsonObject {
  const checked: Checked<JsonObject> = checkView(given);
  if (!checked.ok) {
    if (checked.messages.includes(viewTooLarge)) throw new SlackError('view_too_large');
    throw explained('invalid_arguments', checked.messages);
  }
  if (type !== 'either' && checked.value.type !== type)
    throw explained('invalid_arguments', [`[ERROR] must be of type ${type} [json-pointer:/view/type]`]);
  const faults = scopeFaults(objectsOf(checked.value.blocks), world.app.scopes, ['view', 'blocks']);
  if (faults.length > 0) throw explained('invalid_arguments', faults);
  return checked.value;
}

function newHash(world: World): string {
  return `${world.seconds}.${world.random.token(8)}`;
}

function build(world: World, user: string, body: JsonObject, below: View | undefined): View {
  const externalId = textOf(body.external_id);
  if (externalId !== '' && world.findViewByExternalId(externalId))
    throw new SlackError('duplicate_external_id');
  const id = world.random.id('V', 11);
  const blocks = withIds(body.blocks as Block[], world.random);
  return {
    id,
    type: body.type === 'home' ? 'home' : 'modal',
    user,
    hash: newHash(world),
    body,
    blocks,
    state: initialState(blocks),
    errors: {},
    externalId,
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
  };
}

export function openModal(world: World, user: string, body: JsonObject): View {
  const view = build(world, user, body, undefined);
  world.showModals(user, [view]);
  return view;
}

/** Throws `push_limit_reached` above three views. */
export function pushModal(world: World, user: string, body: JsonObject): View {
  const stack = world.modalsOf(user);
  if (stack.length >= maxStack) throw new SlackError('push_limit_reached');
  const view = build(world, user, body, stack.at(-1));
  world.showModals(user, [...stack, view]);
  return view;
}

/** Replaces the content of a view; what was typed stays where block_id and action_id stay. */
export function updateView(world: World, view: View, body: JsonObject, hash?: string): View {
  if (hash !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
  if (body.type !== view.type)
    throw explained('invalid_arguments', [
      '[ERROR] the type of a view cannot change [json-pointer:/view/type]',
    ]);
  const externalId = textOf(body.external_id);
  const holder = externalId === '' ? undefined : world.findViewByExternalId(externalId);
  if (holder && holder !== view) throw new SlackError('duplicate_external_id');
  view.body = body;
  view.externalId = externalId;
  view.blocks = withIds(body.blocks as Block[], world.random);
  view.state = carriedState(view.blocks, view.state);
  view.errors = {};
  view.hash = newHash(world);
  world.happen(view.user, { kind: view.type, view });
  return view;
}

export function publishHome(world: World, user: string, body: JsonObject, hash?: string): View {
  const shown = world.homes.get(user);
  if (hash !== undefined && hash !== shown?.hash) throw new SlackError('hash_conflict');
  if (shown) return updateView(world, shown, body);
  const view = build(world, user, body, undefined);
  world.homes.set(user, view);
  world.happen(user, { kind: 'home', view });
  return view;
}
