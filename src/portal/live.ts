import type { Clock } from '../lib/clock.ts';
import { makePortal } from './export.ts';
import type { Portal } from './portal.ts';

type Content = Omit<Portal, 'on'>;

/** The site of what the catalogue is at each request. Only what has changed since, or the day, makes it anew. */
export function createLivePortal(
  clock: Clock,
  shared: string,
): (now: Content) => ReadonlyMap<string, string> {
  let made: { of: Portal; files: ReadonlyMap<string, string> } | undefined;
  return ({ vocabulary, catalogue, startHere, glossary, signposts, pathways }) => {
    const on = clock.now().toISOString().slice(0, 10);
    const of: Portal = { vocabulary, catalogue, startHere, glossary, signposts, pathways, on };
    const before = made?.of;
    const isSame = before && (Object.keys(of) as (keyof Portal)[]).every((part) => of[part] === before[part]);
    if (!made || !isSame) made = { of, files: makePortal(of, shared) };
    return made.files;
  };
}
