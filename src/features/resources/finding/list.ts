import { type Actor, may } from '../../../community/permissions.ts';
import { tellingWords, wordsOf } from '../../../content/words.ts';
import { days, later } from '../../../lib/clock.ts';
import {
  type Catalogue,
  idNow,
  isNotSupplied,
  type Resource,
  type ResourceType,
  resourceTypes,
  startingPoints,
} from '../content.ts';
import type { Deps } from '../deps.ts';
import { type Note, notesOn } from '../keeping/note.ts';
import * as store from '../store.ts';
import { type Place, pageWith, sizeOf } from './place.ts';
import type { Found } from './search.ts';

/** An entry as one person sees it. */
export type Entry = {
  id: string;
  /** Undefined: somebody saved it, and it is no longer in the catalogue. */
  resource: Resource | undefined;
  /** What it was, once curators have taken it out. */
  retired: Resource | undefined;
  isSaved: boolean;
  /** On a saved list, what they wrote beside it. */
  note: Note | undefined;
  /** Only from five people on. */
  helpedPeople: number | undefined;
  /** What there is to say of its page: that it opened, has moved, is old. */
  trust: string | undefined;
  /** The title that was asked for, where this has taken its place. */
  replaces: string | undefined;
};

/** Whether it shows something that is this person's own: what they said of it stands in a window of its own. */
export const isMarked = ({ isSaved }: Entry): boolean => isSaved;

export type Page = {
  place: Place;
  /** What the list is, for its head: a topic's label; for a question see `found`. */
  label: string;
  found: Found | undefined;
  entries: Entry[];
  total: number;
};

export type ListOutcome = { kind: 'not-allowed' } | { kind: 'unknown-list' } | { kind: 'page'; page: Page };

/**
 * One page of a list, from `place.from` on; a page that is past the end becomes the last one.
 * @param found what the question of this place has found, where it was just asked.
 */
export async function listPage(deps: Deps, actor: Actor, place: Place, found?: Found): Promise<ListOutcome> {
  const personId = actor.person.id;
  if (!may(actor, 'community.use')) return { kind: 'not-allowed' };
  if (place.list === 'saved' && !may(actor, 'own.read', { ownerId: personId }))
    return { kind: 'not-allowed' };
  const helped = await deps.helped.counts();
  const trust = await deps.trust.says();
  const saved = place.list === 'saved' ? await store.listSaved(deps.db, personId) : [];
  const list = listOf(deps, place, { saved, helped, found });
  if (!list) return { kind: 'unknown-list' };

  const from = Math.min(place.from, pageWith(place, list.ids.length - 1));
  const shown = list.ids.slice(from, from + sizeOf({ ...place, from }));
  const marked = await store.listSavedAmong(deps.db, personId, shown);
  const notes = place.list === 'saved' ? await notesOn(deps, personId, shown) : undefined;
  const asked = place.list === 'find' ? tellingWords(place.of) : [];
  const entries = shown.map((id) => ({
    id,
    resource: deps.live.now.byId.get(id),
    retired: deps.live.now.retired.get(id),
    isSaved: place.list === 'saved' || marked.has(id),
    note: notes?.get(id),
    helpedPeople: helped.get(id),
    trust: trust.get(id),
    replaces: replacedIn(deps.live.now, id, asked),
  }));
  return {
    kind: 'page',
    page: {
      place: { ...place, from },
      label: list.label,
      found: list.found,
      entries,
      total: list.ids.length,
    },
  };
}

type List = { ids: string[]; label: string; found?: Found };

function listOf(
  { live, vocabulary, startHere, clock }: Deps,
  place: Place,
  {
    saved,
    helped,
    found: known,
  }: { saved: readonly string[]; helped: ReadonlyMap<string, number>; found: Found | undefined },
): List | undefined {
  const having = (has: (resource: Resource) => boolean) => live.now.shown.filter(has);
  switch (place.list) {
    case 'saved':
      return { ids: [...new Set(saved.map((id) => idNow(live.now, id)))], label: 'Saved' };
    case 'start': {
      const points = startingPoints(startHere, live.now);
      const part = points.find(({ id }) => id === place.of);
      if (place.of !== '' && !part) return undefined;
      const shown = part ? [part] : points;
      return {
        ids: shown.flatMap(({ entries }) => entries.map(({ id }) => id)),
        label: part?.label ?? 'Start here',
      };
    }
    case 'new': {
      const since = later(clock.now(), -days(31)).toISOString().slice(0, 10);
      const ids = having((entry) => (entry.added_on ?? '') >= since && !isNotSupplied(entry))
        .toSorted((a, b) => (b.added_on ?? '').localeCompare(a.added_on ?? '') || newestFirst(a, b))
        .map(({ id }) => id);
      return { ids, label: 'New this month' };
    }
    case 'helped': {
      const people = (id: string) => helped.get(id) ?? 0;
      const ids = having(({ id }) => people(id) > 0)
        .toSorted((a, b) => people(b.id) - people(a.id) || newestFirst(a, b))
        .map(({ id }) => id);
      return { ids, label: 'Most helpful' };
    }
    case 'find': {
      const found = known ?? live.search.find(place.of);
      return { ids: found.hits.map(({ id }) => id), label: found.question, found };
    }
    case 'topic': {
      const topic = vocabulary.topics.find(({ id }) => id === place.of);
      // What an entry is mainly about comes first among its topics.
      const ids = having(({ topics }) => topics.includes(place.of))
        .toSorted((a, b) => a.topics.indexOf(place.of) - b.topics.indexOf(place.of) || newestFirst(a, b))
        .map(({ id }) => id);
      return topic && { ids, label: topic.label };
    }
    case 'age': {
      const age = vocabulary.age_groups.find(({ id }) => id === place.of);
      const ids = having(({ age_groups }) => age_groups.includes(place.of))
        .toSorted((a, b) => a.age_groups.length - b.age_groups.length || newestFirst(a, b))
        .map(({ id }) => id);
      return age && { ids, label: age.label };
    }
    case 'type': {
      if (!Object.hasOwn(resourceTypes, place.of)) return undefined;
      const ids = having(({ type }) => type === place.of)
        .toSorted(newestFirst)
        .map(({ id }) => id);
      return { ids, label: resourceTypes[place.of as ResourceType].label };
    }
  }
}

/** Of a question, so much stands in the title of what is asked for. */
const mostAsked = 2 / 3;

/**
 * "Working together 2023" is answered by the edition of 2026: whoever asks by words that only the earlier title has is told that
 * it was replaced. @returns that title.
 */
function replacedIn(
  { byId, predecessors }: Pick<Catalogue, 'byId' | 'predecessors'>,
  id: string,
  asked: readonly string[],
): string | undefined {
  const now = byId.get(id);
  const before = now && predecessors.get(now.id);
  if (!before || asked.length === 0) return undefined;
  const own = new Set(wordsOf(`${now.title} ${now.publisher}`));
  return before.find((old) => {
    const words = new Set(wordsOf(`${old.title} ${old.publisher}`));
    const said = asked.filter((word) => words.has(word));
    return said.length >= mostAsked * asked.length && said.some((word) => !own.has(word));
  })?.title;
}

export const newestFirst = (a: Resource, b: Resource): number =>
  (b.year ?? 0) - (a.year ?? 0) || a.title.localeCompare(b.title, 'en-GB') || a.id.localeCompare(b.id);
