import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import { useMemo, useReducer, useRef } from 'preact/hooks';
import type { Block, StateValues, Surface as SurfacePlace } from '../protocol.ts';
import type { SurfaceDoor } from './context.ts';
import { SurfaceContext, useWorld } from './context.ts';
import { rememberedValue } from './drafts.ts';
import { obj } from './json.ts';
import type { Held, Placed } from './values.ts';
import { initialValue } from './values.ts';

type Props = {
  surface: SurfacePlace;
  /** Names the surface among all that this page has shown. */
  name: string;
  blocks: readonly Block[];
  state?: StateValues;
  errors?: Record<string, string>;
  /** Receives a function that sends what is still being typed. */
  onFlush?: (flush: () => Promise<void>) => void;
  onEdit?: (blockId: string) => void;
  children: ComponentChildren;
};

const typingPause = 350;

export function heldIn(
  drafts: { get(s: string, b: string, a: string): Held | undefined },
  name: string,
  state: StateValues,
) {
  return ({ blockId, actionId, element }: Placed): Held =>
    drafts.get(name, blockId, actionId) ?? rememberedValue(state, blockId, actionId) ?? initialValue(element);
}

export function Surface({
  surface,
  name,
  blocks,
  state = {},
  errors = {},
  onFlush,
  onEdit,
  children,
}: Props) {
  const world = useWorld();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const waiting = useRef(
    new Map<string, { timer: ReturnType<typeof setTimeout>; send: () => Promise<unknown> }>(),
  );
  useMemo(() => world.drafts.prune(name, blocks), [name, blocks]);

  const flush = async () => {
    const unsent = [...waiting.current.values()];
    waiting.current.clear();
    await Promise.all(
      unsent.map(({ timer, send }) => {
        clearTimeout(timer);
        return send();
      }),
    );
  };
  onFlush?.(flush);

  /** A pause in the typing, so that a word is sent once and not letter by letter. */
  const later = (placed: Placed, send: () => Promise<unknown>) => {
    const field = `${placed.blockId}\n${placed.actionId}`;
    clearTimeout(waiting.current.get(field)?.timer);
    const timer = setTimeout(() => {
      waiting.current.delete(field);
      void send();
    }, typingPause);
    waiting.current.set(field, { timer, send });
  };

  const door: SurfaceDoor = {
    surface,
    errors,
    value: heldIn(world.drafts, name, state),
    async keep(placed, held, settled) {
      const { blockId, actionId } = placed;
      world.drafts.set(name, blockId, actionId, held);
      onEdit?.(blockId);
      redraw(0);
      const dispatches =
        !placed.isInput || (placed.block.dispatch_action === true && (settled || eachCharacter(placed)));
      if (dispatches && settled) return door.dispatch(placed, held);
      if (dispatches) return later(placed, () => door.dispatch(placed, held));
      const send = () => world.act({ do: 'input', surface, blockId, actionId, value: held });
      if (settled) await send();
      else later(placed, send);
    },
    async dispatch({ blockId, actionId }, value) {
      await flush();
      await world.act({ do: 'act', surface, blockId, actionId, value });
    },
    options({ blockId, actionId }, query) {
      return world.act({ do: 'options', surface, blockId, actionId, query });
    },
  };
  return h(SurfaceContext.Provider, { value: door, children });
}

function eachCharacter({ element }: Placed): boolean {
  const triggers = obj(element.dispatch_action_config).trigger_actions_on;
  return Array.isArray(triggers) && triggers.includes('on_character_entered');
}

/** Without a configuration, Slack dispatches a text input when Enter is pressed. */
export function onEnter({ block, element }: Placed): boolean {
  if (block.dispatch_action !== true) return false;
  const triggers = obj(element.dispatch_action_config).trigger_actions_on;
  return !Array.isArray(triggers) || triggers.includes('on_enter_pressed');
}
