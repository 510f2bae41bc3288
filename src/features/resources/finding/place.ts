import type { Packed } from '../../../slack/packed.ts';
import { tidyQuestion } from './words.ts';

/** Which list somebody looks at, and from which entry on: all that a button has to carry to turn a page. */
export type Place =
  | { list: 'find'; of: string; from: number }
  /** `of` is an id of topics.yaml, or a kind of resource. */
  | { list: 'topic' | 'age' | 'type'; of: string; from: number }
  | { list: 'saved' | 'start' | 'new' | 'helped'; of: ''; from: number };

export const pageSize = 5;

/** At most about 160 characters, so that it fits a button, an option's 150 for short ids, and a block id. */
export const packedPlace: Packed<Place> = {
  pack: ({ list, from, of }) => `${list}:${from}:${of}`,
  open: parsePlace,
};

function parsePlace(value: string | undefined): Place | undefined {
  const parts = /^(find|topic|age|type|saved|start|new|helped):(\d{1,4}):(.*)$/s.exec(value ?? '');
  const [, list, from, of = ''] = parts ?? [];
  const start = Math.floor(Number(from ?? 0) / pageSize) * pageSize;
  switch (list) {
    case 'find':
      return { list, of: tidyQuestion(of), from: start };
    case 'topic':
    case 'age':
    case 'type':
      return /^[a-z0-9-]{1,60}$/.test(of) ? { list, of, from: start } : undefined;
    case 'saved':
    case 'start':
    case 'new':
    case 'helped':
      return { list, of: '', from: start };
    default:
      return undefined;
  }
}

/** The block of one entry in a list: which entry, and which list to draw again after something was done with it. */
export const packedEntry: Packed<{ resourceId: string; place: Place }> = {
  pack: ({ resourceId, place }) => `${resourceId}|${packedPlace.pack(place)}`,
  open(value) {
    const cut = value.indexOf('|');
    const place = parsePlace(value.slice(cut + 1));
    return cut > 0 && place ? { resourceId: value.slice(0, cut), place } : undefined;
  },
};
