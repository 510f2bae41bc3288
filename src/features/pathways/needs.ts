import { distance } from 'fastest-levenshtein';
import { isEnglish } from '../../content/english.ts';
import { everydayWords, hasCapitals } from '../../content/short-forms.ts';
import { stemOf } from '../../content/stem.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import { isSmallWord, isWeak, wordsOf } from '../../content/words.ts';
import { type Borough, boroughs, type Pathway, type Pathways } from './content.ts';

/** What somebody's words ask for. None of them is kept in it. */
export type Understood = {
  need: Pathway | undefined;
  /** Nothing but the need was said, in words of its own: "school refusal", "DV in Hackney". */
  isNeedAlone: boolean;
  /** Where no need stands out: those that come nearest, the nearest first. Empty: nothing comes near. */
  near: Pathway[];
  /** Undefined: not said, or both. */
  borough: Borough | undefined;
  /** An age group of data/topics.yaml. */
  age: string | undefined;
  /** Another London borough, as it is written: nothing here is for it. */
  elsewhere: string | undefined;
};

export type Needs = (text: string) => Understood;

/** The other boroughs of London. */
const otherBoroughs = [
  'Barking and Dagenham',
  'Barnet',
  'Bexley',
  'Brent',
  'Bromley',
  'Camden',
  'Croydon',
  'Ealing',
  'Enfield',
  'Greenwich',
  'Hammersmith and Fulham',
  'Haringey',
  'Harrow',
  'Havering',
  'Hillingdon',
  'Hounslow',
  'Islington',
  'Kensington and Chelsea',
  'Kingston upon Thames',
  'Lambeth',
  'Lewisham',
  'Merton',
  'Newham',
  'Redbridge',
  'Richmond upon Thames',
  'Southwark',
  'Sutton',
  'Tower Hamlets',
  'Waltham Forest',
  'Wandsworth',
  'Westminster',
].map((name) => ({ name, words: ` ${wordsOf(name).join(' ')} ` }));

function otherBoroughIn(words: readonly string[]): string | undefined {
  const said = ` ${words.join(' ')} `;
  return otherBoroughs.find((one) => said.includes(one.words))?.name;
}

type Phrase = {
  pathway: Pathway;
  say: string;
  stems: string[];
  weight: number;
  /** Each of its words is said of everything, so they have to stand together: "child house". */
  isLoose: boolean;
};

/** What a phrase of a pathway's own counts, and one of a topic that several may share. */
const own = 3;
const ofTopic = 2;
const mostNear = 4;
/** A need is said in a few words; what comes after so many is a story. */
const mostWords = 60;
/** So far a need has to stand above the next one to be taken for what was meant. */
const ahead = 1.2;

/** Reads needs, ages and boroughs out of words as people type them: with slips, in any order, and whatever they are. */
export function createNeeds(content: Pathways, vocabulary: Vocabulary): Needs {
  const known = phrasesOf(content, vocabulary);
  const words = new Set(known.flatMap(({ say }) => wordsOf(say)));
  const inPhrases: Words = {
    words,
    stems: new Set([...words].map(stemOf)),
    long: [...words].filter((word) => word.length >= shortestSlip),
  };
  const shortForms = new Set(
    known.flatMap(({ say }) => (hasCapitals(say) && !say.includes(' ') ? wordsOf(say) : [])),
  );
  const places = boroughs.map((id) => {
    const place = content.boroughs.find((one) => one.id === id);
    const names = [place?.label ?? id, ...(place?.also_called ?? [])].map((name) => wordsOf(name));
    return { id, names: names.toSorted((a, b) => b.length - a.length) };
  });
  const ages = agesIn(vocabulary);
  /** In how many pathways a word stands: one that stands in all tells nothing. */
  const spread = new Map<string, Set<string>>();
  for (const { pathway, stems: those } of known)
    for (const stem of those) spread.set(stem, (spread.get(stem) ?? new Set()).add(pathway.id));
  const telling = (stem: string) => 1 / (spread.get(stem)?.size ?? 1);
  /** In which of the phrases a word stands: of two thousand, few have one of a question's. */
  const having = new Map<string, number[]>();
  for (const [nth, { stems: those }] of known.entries())
    for (const stem of those) having.set(stem, [...(having.get(stem) ?? []), nth]);

  return (text) => {
    const typed = wordsOf(text);
    const { where, left } = takePlaces(typed.slice(0, mostWords), places);
    const age = ageIn(text, left, ages);
    const everyday = everydayWords(text, left, (word) => shortForms.has(word));
    const asked = new Set(
      left
        .filter((word) => !isSmallWord(word) && !isAsking(word) && !everyday.has(word))
        .map((word) => stemMeant(word, inPhrases)),
    );
    const scores = new Map<Pathway, number>();
    const said = new Set<Pathway>();
    const alone = new Set<Pathway>();
    const sharing = new Set([...asked].flatMap((stem) => having.get(stem) ?? []));
    for (const nth of [...sharing].sort((a, b) => a - b)) {
      const phrase = known[nth];
      if (!phrase) continue;
      const { pathway, say, stems: those, weight, isLoose } = phrase;
      const found = those.filter((stem) => asked.has(stem));
      const isWhole =
        found.length === those.length &&
        (!isLoose || ` ${typed.join(' ')} `.includes(` ${wordsOf(say).join(' ')} `));
      // One word of a topic ('dad') is said of much else.
      if (isWhole && (weight === own || those.length > 1)) said.add(pathway);
      if (isWhole && weight === own && those.length === asked.size) alone.add(pathway);
      const score = isWhole
        ? weight * those.length
        : found.reduce((sum, stem) => sum + telling(stem), 0) * (found.length / those.length);
      scores.set(pathway, Math.max(scores.get(pathway) ?? 0, score));
    }
    for (const [pathway, score] of scores) {
      const fits = age === undefined || pathway.ages.includes(age) || pathway.ages.includes('all');
      scores.set(pathway, fits ? score : score / 2);
    }
    const inOrder = [...scores].toSorted(([, a], [, b]) => b - a);
    const [[first, best] = [undefined, 0], [, next] = [undefined, 0]] = inOrder;
    const isClear = first !== undefined && said.has(first) && best >= next * ahead;
    return {
      need: isClear ? first : undefined,
      isNeedAlone: isClear && alone.has(first),
      near: isClear
        ? []
        : inOrder
            .filter(([, score]) => score >= best / 2)
            .slice(0, mostNear)
            .map(([pathway]) => pathway),
      borough: where.length === 1 ? where[0] : undefined,
      age,
      elsewhere: otherBoroughIn(typed),
    };
  };
}

function phrasesOf({ pathways }: Pathways, { topics }: Vocabulary): Phrase[] {
  const stemmed = (text: string) => {
    const words = wordsOf(text).filter((word) => !isSmallWord(word));
    // What is not heard in a question is not waited for: "a concern about a colleague".
    const telling = words.filter((word) => !isAsking(word));
    return [...new Set((telling.length > 0 ? telling : words).map(stemOf))];
  };
  const shared = (topicId: string) => pathways.filter((one) => one.topics.includes(topicId)).length;
  return pathways
    .flatMap((pathway) => [
      ...[pathway.label, pathway.id.replaceAll('-', ' '), ...pathway.also_asked_as].map((say) => ({
        pathway,
        say,
        stems: stemmed(say),
        weight: own,
        isLoose: false,
      })),
      ...topics
        .filter(({ id }) => pathway.topics.includes(id))
        .flatMap(({ id, label, synonyms, generic, asked_as }) =>
          [label, ...synonyms.filter((one) => !generic.includes(one)), ...asked_as.map(({ say }) => say)].map(
            (say) => ({
              pathway,
              say,
              stems: stemmed(say),
              weight: ofTopic / shared(id),
              isLoose: wordsOf(say).every((word) => isWeak(word) || isSmallWord(word) || isAsking(word)),
            }),
          ),
        ),
    ])
    .filter(({ stems }) => stems.length > 0);
}

/** How and when somebody asks, and nothing of what about. */
const asking = new Set(
  'ask call contact concern concerned consult hour hours mash out pathway phone refer referral report ring speak talk tell turn worried worry'.split(
    ' ',
  ),
);
const isAsking = (word: string): boolean => asking.has(word) || asking.has(stemOf(word));

/** Shorter ones are near too many. */
const shortestSlip = 4;

type Words = {
  words: ReadonlySet<string>;
  stems: ReadonlySet<string>;
  /** Those that a slip may hide. */
  long: readonly string[];
};

/** Of a word that is none, the stem of the known one that it is a slip or two away from. */
function stemMeant(word: string, { words, stems, long }: Words): string {
  const stem = stemOf(word);
  if (words.has(word) || stems.has(stem) || word.length < shortestSlip || isEnglish(word)) return stem;
  let best: string | undefined;
  let fewest = word.length >= 8 ? 2 : 1;
  for (const other of long) {
    if (Math.abs(other.length - word.length) > fewest) continue;
    const slips = slipsBetween(word, other);
    if (slips > fewest || (slips === fewest && best !== undefined)) continue;
    best = other;
    fewest = slips;
  }
  return best === undefined ? stem : stemOf(best);
}

/** Two neighbours in the wrong order are one slip. */
function slipsBetween(one: string, other: string): number {
  const slips = distance(one, other);
  if (slips !== 2 || one.length !== other.length) return slips;
  const at = Array.from(one).findIndex((letter, nth) => letter !== other[nth]);
  const isSwap =
    one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
  return isSwap ? 1 : slips;
}

/** The longest name first. */
type Place = { id: Borough; names: string[][] };

/** The boroughs that are named, and the words without their names. */
function takePlaces(words: string[], places: readonly Place[]): { where: Borough[]; left: string[] } {
  let left = words;
  const where = places.flatMap(({ id, names }) => {
    const before = left.length;
    for (const name of names) left = without(left, name);
    return left.length < before ? [id] : [];
  });
  return { where, left };
}

function without(words: string[], name: readonly string[]): string[] {
  const [first = ''] = name;
  const at = words.findIndex(
    (word, index) => isName(word, first) && name.every((part, nth) => isName(words[index + nth], part)),
  );
  return at < 0 ? words : without(words.toSpliced(at, name.length), name);
}

const isName = (word: string | undefined, name: string): boolean =>
  word === name ||
  (word !== undefined &&
    name.length >= 6 &&
    Math.abs(word.length - name.length) <= 1 &&
    slipsBetween(word, name) <= 1 &&
    // Asked last, since it takes longest.
    !isEnglish(word));

type Ages = { ids: ReadonlySet<string>; said: { id: string; stems: string[] }[] };

/** What people say of an age besides the words of data/topics.yaml. */
const alsoSaid: Readonly<Record<string, readonly string[]>> = {
  perinatal: ['pregnant', 'unborn', 'perinatal', 'new baby'],
  '0-5': ['baby', 'infant', 'toddler', 'nursery', 'under fives', 'pre-school'],
  '5-11': ['primary school'],
  '11-18': ['teenager', 'teenage', 'adolescent', 'secondary school', 'young person', 'sixth form'],
  '18-25': ['young adult', 'care leaver'],
  adults: ['adult', 'grown up'],
};

/** Said of whoever looks after a child, of any age. */
const tellsNoAge = new Set(['parents', 'carers']);

function agesIn({ age_groups }: Vocabulary): Ages {
  const stemmed = (text: string) => wordsOf(text).map(stemOf);
  return {
    ids: new Set(age_groups.map(({ id }) => id)),
    said: age_groups
      .filter(({ id }) => id !== 'all')
      .flatMap(({ id, synonyms }) =>
        [...synonyms.filter((one) => !/\d/.test(one) && !tellsNoAge.has(one)), ...(alsoSaid[id] ?? [])].map(
          (say) => ({
            id,
            stems: stemmed(say),
          }),
        ),
      )
      // "young adults" before "adults".
      .toSorted((a, b) => b.stems.length - a.stems.length),
  };
}

/** The first age that somebody has when they are so old, in years. */
const from: readonly (readonly [number, string])[] = [
  [25, 'adults'],
  [18, '18-25'],
  [11, '11-18'],
  [5, '5-11'],
  [0, '0-5'],
];

function ageIn(text: string, words: readonly string[], { ids, said }: Ages): string | undefined {
  const [, first, last] = /(?<!\d)(\d{1,2})\s*(?:-|\u2013|to)\s*(\d{1,2})(?!\d)/u.exec(text) ?? [];
  const range = `${first}-${last}`;
  if (ids.has(range)) return range;
  if (/(?<!\d)\d{1,2}\s*(?:months?|mths?|weeks?|wks?)\b/iu.test(text)) return '0-5';
  // Longer numbers are no ages, and nothing of them is read.
  const [, years] =
    /(?<![\p{L}\d.,:/+-])(\d{1,2})(?:\s*(?:yo|y\/o|yrs?|years?))?(?![\d.,:/+])(?!\p{L})/iu.exec(text) ?? [];
  if (years !== undefined) return from.find(([least]) => Number(years) >= least)?.[1];
  const stems = words.map(stemOf);
  return said.find(({ stems: those }) =>
    stems.some((_stem, at) => those.every((stem, nth) => stems[at + nth] === stem)),
  )?.id;
}
