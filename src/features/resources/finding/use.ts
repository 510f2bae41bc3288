import { wordsOf } from '../../../content/words.ts';
import { isNotSupplied, type Resource, type ResourceType } from '../content.ts';

/** Whoever says one of these wants somebody to turn to. */
const turningTo = new Set(
  'ring call phone helpline helplines hotline refer referral referrals contact number tonight urgent urgently'.split(
    ' ',
  ),
);

/** Who has to act is helped by a service or a guide more than by what tells of it; news answers no need. */
const kinds: Partial<Record<ResourceType, number>> = {
  service: 1.15,
  report: 0.9,
  'case-study': 0.9,
  article: 0.85,
  'research-paper': 0.8,
};

/** Programme material that is not there yet answers who asks for it by name, and no need. */
const notThere = 0.6;

export type Use = (words: readonly string[]) => (resource: Resource) => number;

/** Of how much use entries are by their kind and place, to somebody who asked for no kind. */
export function createUse(places: readonly string[]): Use {
  const names = places.map((place) => ` ${wordsOf(place).join(' ')} `);
  const isIn = new WeakMap<Resource, boolean>();
  const isHere = (resource: Resource): boolean => {
    const known = isIn.get(resource);
    if (known !== undefined) return known;
    const text = ` ${wordsOf(`${resource.publisher} | ${resource.title}`).join(' ')} `;
    const is = names.some((name) => text.includes(name));
    isIn.set(resource, is);
    return is;
  };
  return (words) => {
    const isTurning = words.some((word) => turningTo.has(word));
    return (resource) => {
      const ofKind = isNotSupplied(resource) ? notThere : (kinds[resource.type] ?? 1);
      if (!isTurning) return ofKind * (isHere(resource) ? 1.05 : 1);
      return ofKind * (resource.type === 'service' ? 1.4 : 1) * (isHere(resource) ? 1.3 : 1);
    };
  };
}
