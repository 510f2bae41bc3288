import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Act, ActResult, PersonSummary, Snapshot, Surface } from '../protocol.ts';
import type { Drafts } from './drafts.ts';
import type { Obj } from './json.ts';
import type { Place } from './route.ts';
import type { SlackTarget } from './slack-links.ts';
import type { Held, Placed } from './values.ts';

/** What every part of the page may ask for, without passing it through each part in between. */
export type World = {
  snapshot: Snapshot;
  people: Map<string, PersonSummary>;
  now: Date;
  /** The acting person's own zone. */
  tz: string;
  place: Place;
  go(place: Place): void;
  /** Does something as the acting person; what goes wrong is also shown to them. */
  act(act: Act): Promise<ActResult>;
  /** Slack's confirmation dialog; true when the person goes ahead. */
  ask(confirm: Obj): Promise<boolean>;
  complain(text: string): void;
  /** Goes to a place, or to the direct messages with somebody, also from a window that lies above. */
  follow(target: SlackTarget): Promise<void>;
  /** When something was last done in this window, by `performance.now()`. */
  acted: { current: number };
  drafts: Drafts;
};

export const WorldContext = createContext<World | null>(null);

export function useWorld(): World {
  const world = useContext(WorldContext);
  if (!world) throw new Error('Only parts inside the page can use its world.');
  return world;
}

/** What the elements of one message or view share. */
export type SurfaceDoor = {
  surface: Surface;
  value(placed: Placed): Held;
  /** Keeps a new value; `settled` says that nothing more is coming, as with a choice, while typing goes on. */
  keep(placed: Placed, held: Held, settled: boolean): Promise<void>;
  /** Tells the app about a value that has been kept, or about a click. */
  dispatch(placed: Placed, held: Held): Promise<void>;
  options(placed: Placed, query: string): Promise<ActResult>;
  errors: Record<string, string>;
};

export const SurfaceContext = createContext<SurfaceDoor | null>(null);

export function useSurface(): SurfaceDoor {
  const door = useContext(SurfaceContext);
  if (!door) throw new Error('Only blocks on a surface can be used.');
  return door;
}
