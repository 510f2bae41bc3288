import type { Resource, ResourceType } from '../content.ts';

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

const here = /\b(?:Hackney|City of London|Homerton|East London NHS)\b/;

/** Of how much use an entry is by its kind and place, to somebody who asked for no kind. */
export function useFor(words: readonly string[]): (resource: Resource) => number {
  const isTurning = words.some((word) => turningTo.has(word));
  return ({ type, publisher, title }) => {
    const ofKind = kinds[type] ?? 1;
    const isHere = here.test(publisher) || here.test(title);
    if (!isTurning) return ofKind * (isHere ? 1.05 : 1);
    return ofKind * (type === 'service' ? 1.4 : 1) * (isHere ? 1.3 : 1);
  };
}
