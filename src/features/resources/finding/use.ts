import { wordsOf } from '../../../content/words.ts';
import { type Catalogue, isNotSupplied, type Resource, type ResourceType } from '../content.ts';

/** Whoever says one of these wants somebody to turn to. */
export const turningTo: ReadonlySet<string> = new Set(
  'ring call phone helpline helplines hotline refer referral referrals contact number tonight urgent urgently'.split(
    ' ',
  ),
);

/** Whoever needs somebody tonight needs who is there at night: that is more than whom to turn to. */
const atOnce = 'tonight';
/** "Who can I ring tonight", "somebody to talk to tonight" say all that has to be said. */
export const isCallForHelp = (words: readonly string[]): boolean =>
  words.includes(atOnce) &&
  words.some((word) => word !== atOnce && (turningTo.has(word) || talking.has(word)));
const talking = new Set('speak talk'.split(' '));

/** "Local", "round here", "near me": the place where we are. */
const isNearby = (word: string, before: string | undefined, after: string | undefined): boolean =>
  nearby.has(word) || (around.has(word) && us.has(after ?? '')) || (us.has(word) && around.has(before ?? ''));
const nearby = new Set('local locally nearby'.split(' '));
const around = new Set('round around near'.split(' '));
const us = new Set('here me us'.split(' '));

/** "A leaflet for parents" is about anything but parents. */
const readers = new Set(
  'parent parents carer carers family families staff professionals practitioners'.split(' '),
);

/** Who has to act is helped by a service or a guide more than by what tells of it; news answers no need. */
const kinds: Partial<Record<ResourceType, number>> = {
  report: 0.95,
  'case-study': 0.95,
  article: 0.92,
  'research-paper': 0.9,
};

/** They plan, pay for, teach or study services: what is for them alone argues, and helps nobody to act today. */
const planners = new Set('commissioners leaders researchers evaluators trainers'.split(' '));
/** What is about these as well, and for commissioners, is about setting up services. */
const ofServices = new Set(['system-change', 'workforce-development', 'evaluation', 'local-needs']);
/** Whoever says where is not asking what is needed there. */
const ofPlace = 'local-needs';
/** Whoever says one of these asks for what argues. */
const arguing = new Set(
  `commission commissioner commissioners commissioning evidence fund funding news policy research statistics strategy
  study studies`.split(/\s+/),
);

/** Who says so many words that stand in one entry means that, whomever it is for. */
const leastToMeanIt = 3;

function actsBy({ audience, topics }: Resource): number {
  if (audience.every((reader) => planners.has(reader))) return 0.5;
  if (!audience.includes('commissioners')) return 1;
  const isOfServices = topics.some((topic) => ofServices.has(topic));
  return (isOfServices ? 0.75 : 1) * (audience.includes('all-practitioners') ? 1 : 0.9);
}

/** What was in the papers answers no need. It is told by its summary; a field would be cleaner once there is more of it. */
const newsOf = ({ type, title, summary }: Resource): number =>
  type === 'article' && /^(?:news|press|local history)\b|\bearly account\b/i.test(summary)
    ? 0.6
    : /\bnews\b/i.test(title)
      ? 0.9
      : 1;

const toActWith: ReadonlySet<ResourceType> = new Set([
  'service',
  'leaflet',
  'toolkit',
  'guidance',
  'video',
  'course',
  'website',
  'practice-example',
]);
const toPlanBy: ReadonlySet<ResourceType> = new Set(['report', 'research-paper']);
/** An Act of Parliament or a part of one is read where it stands. */
const isLaw = ({ publisher }: Resource): boolean => /^legislation\.gov\.uk/i.test(publisher);

/** 0 for what somebody can act with or hand over, 1 for what tells of it, 2 for law, plans, news and studies. */
export const farFromActing = (resource: Resource): 0 | 1 | 2 =>
  toPlanBy.has(resource.type) || isLaw(resource) || actsBy(resource) < 1 || newsOf(resource) < 1
    ? 2
    : toActWith.has(resource.type)
      ? 0
      : 1;

/** Who somebody is that makes material, as its summary begins: no answer, unless its own words or its topic are what was asked for. */
const isOfItself = /^who the\b/i;
const ofItself = 0.5;

/** A stay in hospital is for who is very unwell: not the first answer to a need that nobody put so. */
const isForInpatients = ({ title, summary }: Resource): boolean =>
  /\bin-?patient|\bmother and baby unit/i.test(`${title} ${summary}`);
const notFirst = 0.5;
/** Whoever says one of these puts it so. */
const unwell = new Set(
  `psychosis psychotic hospital ward unit mbu admission admit admits admitted sectioned inpatient inpatients manic mania
  voices paranoid seeing`.split(/\s+/),
);

/** What is for staff themselves answers nobody who tells of a family. */
const aboutStaff = new Set(['supervision', 'self-care-wellbeing', 'vicarious-trauma', 'reflective-practice']);
const forStaff = 0.5;
/** Whether somebody of a family is named by it, and not also what is sold for them: "baby names", "kids' cinema". */
export const isOfFamily = (word: string): boolean => family.has(word);
const family = new Set(
  `mum mums mother mothers dad dads father fathers parent parents newborn infant toddler toddlers child children kid boy boys girl girls son daughter brother sister sibling siblings teen teenager teenagers pupil pupils
  uncle aunt grandma grandmother nan partner husband wife boyfriend girlfriend carer`.split(/\s+/),
);
const alsoTold = new Set('baby babies kids family he she him her his'.split(' '));
const staff = new Set(
  `i me my myself we us our staff team teams colleague colleagues worker practitioner practitioners supervision supervisor
  debrief`.split(/\s+/),
);

/** Who wants somebody to turn to is helped by what can be turned to. */
const toTurnTo = 1.6;

/** "Abused as a child", "hurt when she was little": a grown-up's, and not a child's or a partner's. */
const lookingBack =
  /\b(?:abuse[ds]?|hurt|harmed|hit|beaten|raped|molested|assaulted|neglected|touched|happened) (?:(?!not )\S+ ){0,4}?(?:as (?:a |an )?(?:child|children|kid|kids|boy|girl|little|teenager)|in (?:\S+ )?childhood|when (?:i|he|she|they|we) (?:was|were) (?:a )?(?:child|children|kid|kids|little|small|young|boy|girl))\b/;
const ofGrownUps = 'adult-survivors';
const toGrownUps = 2;

/** Programme material that is not there yet answers who asks for it by name, and no need. */
const notThere = 0.6;
const materials = new Set(
  'session sessions slide slides recording recordings handout handouts module core programme'.split(' '),
);

/** Nothing is behind it yet, and nobody asked for it by what it is: other answers go first. */
export const isForLater = (resource: Resource, words: readonly string[]): boolean =>
  isNotSupplied(resource) && !words.some((word) => materials.has(word));

export type Use = {
  /**
   * By its place in `catalogue.shown`. `topics` are those that were named, and `isNeed` where no short form was, which stands
   * for a thing; `isOfChild` where a child's age was said. `isNamed`: by what was asked, or its topic is; `isAskedFor`: in its own words;
   * `saysAll`: how many words were asked for, where it has them all, and else 0.
   */
  of(
    words: readonly string[],
    asked: { topics: readonly string[]; isNeed: boolean; isOfChild: boolean },
  ): (place: number, isNamed: boolean, isAskedFor: boolean, saysAll: number) => number;
  /** The words that say where, what for or for whom, and nothing of the need itself. */
  isAside(word: string, before: string | undefined, after: string | undefined): boolean;
};

/** Of how much use entries are by their kind and place, to somebody who asked for no kind. */
export function createUse({ shown }: Catalogue, places: readonly string[]): Use {
  const names = places.map((place) => ` ${wordsOf(place).join(' ')} `);
  const known = shown.map((resource) => {
    const text = ` ${wordsOf(`${resource.publisher} | ${resource.title}`).join(' ')} `;
    return {
      ofKind: isNotSupplied(resource) ? notThere : (kinds[resource.type] ?? 1),
      actsBy: actsBy(resource),
      news: newsOf(resource),
      isOfItself: isOfItself.test(resource.summary),
      isForStaff: aboutStaff.has(resource.topics[0] ?? ''),
      isService: resource.type === 'service',
      isForGrownUps: resource.topics.slice(0, 2).includes(ofGrownUps),
      isHere: names.some((name) => text.includes(name)),
      isHospital: isForInpatients(resource),
    };
  });
  const inNames = new Set(places.flatMap(wordsOf));
  return {
    isAside: (word, before, after) =>
      (turningTo.has(word) && word !== atOnce) ||
      isNearby(word, before, after) ||
      inNames.has(word) ||
      (before === 'for' && readers.has(word)),
    of(words, { topics, isNeed, isOfChild }) {
      const isTurning = words.some((word) => turningTo.has(word));
      const isArguing =
        words.some((word) => arguing.has(word)) ||
        topics.some((topic) => topic !== ofPlace && ofServices.has(topic));
      const tellsOfFamily =
        (isOfChild || words.some((word) => isOfFamily(word) || alsoTold.has(word))) &&
        !words.some((word) => staff.has(word)) &&
        !topics.some((topic) => aboutStaff.has(topic));
      const isLookingBack = lookingBack.test(words.join(' '));
      const isUnwell = words.some((word) => unwell.has(word));
      const isNear = words.some((word, nth) => isNearby(word, words[nth - 1], words[nth + 1]));
      return (place, isNamed, isAskedFor, saysAll) => {
        const one = known[place];
        if (!one) return 1;
        const ofKind =
          one.ofKind *
          (isLookingBack && one.isForGrownUps ? toGrownUps : 1) *
          (one.isForStaff && tellsOfFamily ? forStaff : 1) *
          (one.isOfItself && !isNamed ? ofItself : 1) *
          (isArguing
            ? 1
            : (saysAll > 0 ? 1 : one.news) * (isNeed && saysAll < leastToMeanIt ? one.actsBy : 1));
        if (one.isHospital && !(isAskedFor && isUnwell)) return ofKind * notFirst;
        if (isTurning && one.isService) return ofKind * toTurnTo * (one.isHere ? 1.3 : 1);
        return ofKind * (one.isService && isNamed ? 1.15 : 1) * (one.isHere ? (isNear ? 1.3 : 1.05) : 1);
      };
    },
  };
}
