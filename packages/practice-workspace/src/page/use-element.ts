import { useState } from 'preact/hooks';
import { useSurface, useWorld } from './context.ts';
import { isObj } from './json.ts';
import type { Held, Placed } from './values.ts';

/** Value, busy state and confirmation: the same for every element. */
export function useElement(placed: Placed) {
  const door = useSurface();
  const world = useWorld();
  const [pending, setPending] = useState(0);
  const busy = pending > 0;
  const [attempt, setAttempt] = useState(0);
  const { confirm } = placed.element;

  const work = async (task: () => Promise<void>, whenDenied?: () => void): Promise<boolean> => {
    if (isObj(confirm) && !placed.isInput && !(await world.ask(confirm))) {
      whenDenied?.();
      return false;
    }
    setPending((count) => count + 1);
    try {
      await task();
    } finally {
      setPending((count) => count - 1);
    }
    return true;
  };
  return {
    held: door.value(placed),
    busy,
    /** Changes when a choice was taken back, so that a native control shows the old one again. */
    attempt,
    /** A click. Answers whether the person went ahead. */
    press: async (value: Held = {}): Promise<boolean> => {
      // A second click on the same button is nearly always a slip of the finger; a second choice is a choice.
      return !busy && (await work(() => door.dispatch(placed, value)));
    },
    /** A choice that is complete. */
    choose: (value: Held) =>
      work(
        () => door.keep(placed, value, true),
        () => setAttempt(attempt + 1),
      ),
    /** Typing that may go on. */
    type: (value: Held) => void door.keep(placed, value, false),
    enter: () => work(() => door.dispatch(placed, door.value(placed))),
    options: (query: string) => door.options(placed, query),
  };
}
