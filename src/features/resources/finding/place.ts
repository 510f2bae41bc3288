import { z } from 'zod';
import { type Packed, packed } from '../../../slack/packed.ts';
import { tidyQuestion } from './words.ts';

/** Which list somebody looks at, and from which entry on: all that a button has to carry to turn a page. */
export type Place =
  | { list: 'find'; of: string; from: number }
  /** `of` is an id of topics.yaml, or a kind of resource. */
  | { list: 'topic' | 'age' | 'type'; of: string; from: number }
  /** `of` is one of its parts; empty for the parts themselves. */
  | { list: 'start'; of: string; from: number }
  | { list: 'saved' | 'new' | 'helped'; of: ''; from: number };

/** No page has more. */
export const pageSize = 5;
/** A message is shown from its end: with more of them, the best answer would have left a phone's screen. */
const firstAnswers = 3;

/** How many entries stand on this page of a list. */
export const sizeOf = ({ list, from }: Pick<Place, 'list' | 'from'>): number =>
  list === 'find' && from < firstAnswers ? firstAnswers : pageSize;

/** Where the page with this entry begins. */
export function pageWith({ list }: Pick<Place, 'list'>, nth: number): number {
  const first = sizeOf({ list, from: 0 });
  return nth < first ? 0 : first + Math.floor((nth - first) / pageSize) * pageSize;
}

/** Where the page before begins. */
export const pageBefore = (place: Pick<Place, 'list' | 'from'>): number => pageWith(place, place.from - 1);

const parts = packed(':', {
  list: z.enum(['find', 'topic', 'age', 'type', 'saved', 'start', 'new', 'helped']),
  from: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number),
  of: z.string(),
});
const isId = (text: string): boolean => /^[a-z0-9-]{1,60}$/.test(text);

/** At most about 160 characters, so that it fits a button, an option's 150 for short ids, and a block id. */
export const packedPlace: Packed<Place> = {
  pack: parts.pack,
  open(text) {
    const read = parts.open(text);
    if (!read) return undefined;
    const { list, of } = read;
    const from = pageWith({ list }, read.from);
    switch (list) {
      case 'find':
        return { list, of: tidyQuestion(of), from };
      case 'topic':
      case 'age':
      case 'type':
        return isId(of) ? { list, of, from } : undefined;
      case 'start':
        return { list, of: isId(of) ? of : '', from };
      default:
        return { list, of: '', from };
    }
  },
};

const entryParts = packed('|', { resourceId: z.string().min(1), place: z.string() });

/** The block of one entry in a list: which entry, and which list to draw again after something was done with it. */
export const packedEntry: Packed<{ resourceId: string; place: Place }> = {
  pack: ({ resourceId, place }) => entryParts.pack({ resourceId, place: packedPlace.pack(place) }),
  open(text) {
    const read = entryParts.open(text);
    const place = read && packedPlace.open(read.place);
    return place && { resourceId: read.resourceId, place };
  },
};
