import { isDeepStrictEqual } from 'node:util';
import type { Kept, Session } from './session.ts';

/** When and where it is, as far as one window changes it. */
export type When = Pick<Session, 'startsAt' | 'minutes' | 'place' | 'link'>;

/** What the window of places and people changes. @property hosts persons' ids. */
export type Places = Pick<Session, 'title' | 'places' | 'asksAccess' | 'mix' | 'mixUntil'> & {
  hosts: readonly string[];
};

/** Asked about as one: a number and its day mean nothing without each other. */
type PlacesApart = Pick<Session, 'title' | 'places' | 'asksAccess'> & {
  kept: { mix: Kept[]; mixUntil: string | undefined };
};

export type WhenField = keyof When;
export type PlacesField = keyof PlacesApart | 'hosts';

/**
 * What somebody typed into a window and what a colleague saved while it was open: what only one of them changed is kept.
 * @param seen how it stood when the window was drawn. @returns `clashes`: what both changed, each in another way; there `mine` stands.
 * `theirs`: what the colleague alone changed.
 */
function bringTogether<T extends object>(
  { seen, mine, now }: { seen: T; mine: T; now: T },
  fields: readonly (keyof T)[],
): { together: T; clashes: (keyof T)[]; theirs: (keyof T)[] } {
  const together = { ...mine };
  const [clashes, theirs]: [(keyof T)[], (keyof T)[]] = [[], []];
  for (const field of fields) {
    if (isDeepStrictEqual(seen[field], now[field])) continue;
    if (isDeepStrictEqual(mine[field], seen[field])) {
      together[field] = now[field];
      theirs.push(field);
    } else if (!isDeepStrictEqual(mine[field], now[field])) clashes.push(field);
  }
  return { together, clashes, theirs };
}

export const bringWhenTogether = (three: {
  seen: When;
  mine: When;
  now: When;
}): { together: When; clashes: WhenField[]; theirs: WhenField[] } =>
  bringTogether(three, ['startsAt', 'minutes', 'place', 'link']);

/** Whoever either of them added runs it, and whom either took off does not. */
export function bringPlacesTogether({ seen, mine, now }: { seen: Places; mine: Places; now: Places }): {
  together: Places;
  clashes: PlacesField[];
  theirs: PlacesField[];
} {
  const { together, clashes, theirs } = bringTogether<PlacesApart>(
    { seen: apart(seen), mine: apart(mine), now: apart(now) },
    ['title', 'places', 'asksAccess', 'kept'],
  );
  const { kept, ...rest } = together;
  const hosts = [
    ...now.hosts.filter((id) => mine.hosts.includes(id) || !seen.hosts.includes(id)),
    ...mine.hosts.filter((id) => !seen.hosts.includes(id) && !now.hosts.includes(id)),
  ];
  return hosts.length === 0 && mine.hosts.length > 0
    ? { together: { ...rest, ...kept, hosts: mine.hosts }, clashes: [...clashes, 'hosts'], theirs }
    : { together: { ...rest, ...kept, hosts }, clashes, theirs };
}

/**
 * What the window is drawn against when it comes back. What was typed in it stays as it is, so only what was asked about
 * counts as seen: for the rest a colleague's change still goes before what stood there untouched.
 */
export const whenSeenNow = (seen: When, now: When, clashes: readonly WhenField[]): When => ({
  startsAt: clashes.includes('startsAt') ? now.startsAt : seen.startsAt,
  minutes: clashes.includes('minutes') ? now.minutes : seen.minutes,
  place: clashes.includes('place') ? now.place : seen.place,
  link: clashes.includes('link') ? now.link : seen.link,
});

export function placesSeenNow(seen: Places, now: Places, clashes: readonly PlacesField[]): Places {
  const of = (field: PlacesField): Places => (clashes.includes(field) ? now : seen);
  return {
    title: of('title').title,
    places: of('places').places,
    asksAccess: of('asksAccess').asksAccess,
    mix: of('kept').mix,
    mixUntil: of('kept').mixUntil,
    hosts: of('hosts').hosts,
  };
}

const apart = ({ title, places, asksAccess, mix, mixUntil }: Places): PlacesApart => ({
  title,
  places,
  asksAccess,
  kept: {
    mix: mix.toSorted((one, other) => one.profession.localeCompare(other.profession)),
    mixUntil: mix.length === 0 ? undefined : mixUntil,
  },
});
