import { englishWords } from '../content/english.ts';
import { isSmallWord, keyOf, namesByLetter, tellingWords, wordsOf } from '../content/words.ts';
import { type Resource, resourceTypes, saidOf } from '../features/resources/content.ts';
import { ageGroupOf, filterFields, filterNames } from '../features/resources/finding/narrowing.ts';
import { createUse, turningTo } from '../features/resources/finding/use.ts';
import { looksLikeDanger } from '../safeguarding/danger.ts';
import { answersToNames } from './answers.ts';
import type { Portal } from './portal.ts';

/** How much it says of an entry that a word stands there. */
const weights = { title: 5, asked: 3, topic: 3, publisher: 3, kind: 2, age: 1, summary: 2, reader: 1 };

/**
 * What find.js looks words up in: for each word the entries that have it ("12:5"), or the topics ("t3:3", then all its
 * entries), and how much that says of them. The pathways are counted on behind the entries. In a script of its own, since a
 * page that is opened from a folder may read no other file.
 */
export function searchWords(portal: Portal): string {
  const { catalogue, vocabulary } = portal;
  const { shown } = catalogue;
  const pathways = portal.pathways.pathways.map((pathway, nth) => ({ pathway, place: shown.length + nth }));
  const words = new Map<string, string[]>();
  const put = (found: ReadonlyMap<string, number>, place: string) => {
    for (const [word, weight] of found) {
      const places = words.get(word) ?? [];
      places.push(`${place}:${weight}`);
      words.set(word, places);
    }
  };
  shown.forEach((resource, place) => {
    put(wordsOfEntry(resource, portal), String(place));
  });
  for (const { pathway, place } of pathways)
    put(
      weighed([
        [pathway.label, weights.title],
        ...pathway.also_asked_as.map((say): [string, number] => [say, weights.asked]),
      ]),
      String(place),
    );
  vocabulary.topics.forEach((topic, place) => {
    put(
      weighed(
        [
          ...[topic.label, ...topic.synonyms].map((text): [string, number] => [text, weights.topic]),
          ...topic.asked_as.map(({ say }): [string, number] => [say, weights.topic / 2]),
          [topic.words, weights.topic / 2],
        ],
        true,
      ),
      `t${place}`,
    );
  });
  const phrases = [
    ...vocabulary.topics.map(({ asked_as }, place) => ({ asked_as, to: `t${place}` })),
    ...shown.flatMap((resource, place) =>
      [resource, ...(catalogue.predecessors.get(resource.id) ?? [])].map(({ asked_as }) => ({
        asked_as,
        to: String(place),
      })),
    ),
    ...pathways.map(({ pathway, place }) => ({
      asked_as: pathway.also_asked_as.map((say) => ({ say })),
      to: String(place),
    })),
  ];
  const data = {
    // What people really say, in the words that tell, and where each leads.
    phrases: phrases.flatMap(({ asked_as, to }) =>
      asked_as.flatMap(({ say }) => {
        const telling = new Set(keysOf(say));
        return telling.size > 0 ? [[to, ...telling].join(' ')] : [];
      }),
    ),
    answers: answersToNames(portal),
    // By these, in any of their forms, the page says first whom to ring; these others only look like them.
    danger: portal.signposts.danger_words,
    english: noSlips(portal.signposts.danger_words).join(' '),
    ...waysToWeigh(portal),
    ids: shown.map(({ id }) => id),
    // What an entry is mainly about counts most.
    topics: vocabulary.topics.map(({ id }) =>
      [...shown, ...portal.pathways.pathways]
        .flatMap(({ topics }, place) =>
          topics.includes(id) ? [`${place}:${topics[0] === id ? 1 : 0.5}`] : [],
        )
        .join(' '),
    ),
    words: Object.fromEntries(
      [...words].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([word, places]) => [word, places.join(' ')]),
    ),
  };
  return `window.searchWords = ${JSON.stringify(data)};\n`;
}

const noSlipsBefore = new WeakMap<readonly string[], string[]>();

/** English words that would be taken for words about danger with a slip of the finger. */
function noSlips(danger: readonly string[]): string[] {
  const before = noSlipsBefore.get(danger);
  if (before) return before;
  const found = [...new Set(englishWords((word) => looksLikeDanger(danger, word)))].toSorted();
  noSlipsBefore.set(danger, found);
  return found;
}

/** What the bot's own search weighs and filters by, worked out for each entry: the page has none of its code. */
function waysToWeigh({ catalogue, vocabulary }: Portal) {
  const { shown } = catalogue;
  const useFor = createUse(catalogue, vocabulary.places);
  const useOf = (words: readonly string[], isNamed: boolean): number[] => {
    const use = useFor.of(words, { topics: [], isNeed: true, isOfChild: false });
    return shown.map((_, place) => Math.round(use(place, isNamed, isNamed, 0) * 100) / 100);
  };
  const fields = filterFields(catalogue, vocabulary);
  const typed = Object.entries(filterNames).filter(([, field]) => field !== 'reader');
  return {
    turningTo: [...turningTo],
    aside: [...new Set([...turningTo, ...vocabulary.places.flatMap(wordsOf)].map((word) => keyOf([word])))],
    use: { plain: useOf([], false), named: useOf([], true), turning: useOf(['ring'], false) },
    shortForms: Object.fromEntries(
      vocabulary.abbreviations.map(({ abbr, means }) => [keyOf(wordsOf(abbr)), keysOf(means).join(' ')]),
    ),
    filterNames: Object.fromEntries(typed),
    filters: Object.fromEntries(
      [...new Set(typed.map(([, field]) => field))].map((name) => {
        const { values, admits } = fields[name];
        return [
          name,
          values.map(({ id, label, names }) => {
            const isIn = admits(id);
            const places = shown.flatMap((resource, place) => (isIn(resource) ? [place] : []));
            const ages =
              name === 'age' ? years.filter((year) => ageGroupOf(year, vocabulary.age_groups) === id) : [];
            return [label, [...names, ...ages].join(' '), places.join(' ')];
          }),
        ];
      }),
    ),
  };
}

const years = Array.from({ length: 100 }, (_, year) => String(year));

/** The words that tell, as they are looked up: "wants" is "want", which tells nothing. */
const keysOf = (text: string): string[] =>
  tellingWords(text)
    .map((word) => keyOf([word]))
    .filter((key) => !isSmallWord(key));

/** Each word of the texts, with the most it weighs in any of them. */
function weighed(texts: readonly (readonly [string, number])[], isShared = false): Map<string, number> {
  const found = new Map<string, number>();
  for (const [text, weight] of texts) {
    // Short forms in one piece: "A&E", "self-care", "0-5".
    const pieces = text.split(/\s+/).map((piece) => keyOf(wordsOf(piece)));
    const names = namesByLetter(text).map(keyOf);
    const keys = keysOf(text);
    const share = isShared ? Math.sqrt(new Set(keys).size || 1) : 1;
    for (const key of [...keys, ...pieces, ...names])
      if (key !== '' && !isSmallWord(key))
        found.set(key, Math.max(found.get(key) ?? 0, Math.round((weight / share) * 10) / 10));
  }
  return found;
}

function wordsOfEntry(resource: Resource, { vocabulary, catalogue }: Portal): Map<string, number> {
  const { publisher, type, age_groups, audience } = resource;
  const before = catalogue.predecessors.get(resource.id) ?? [];
  const ages = vocabulary.age_groups.filter(({ id }) => age_groups.includes(id));
  const readers = vocabulary.audiences.filter(({ id }) => audience.includes(id));
  return weighed([
    ...[resource, ...before].flatMap(({ title, asked_as }): [string, number][] => [
      [title, weights.title],
      ...asked_as.map(({ say }): [string, number] => [say, weights.asked]),
    ]),
    [publisher, weights.publisher],
    [saidOf(resource), weights.summary],
    ...[resourceTypes[type].label, ...resourceTypes[type].words].map((text): [string, number] => [
      text,
      weights.kind,
    ]),
    ...ages.flatMap(({ id, label, synonyms }) =>
      [id, label, ...synonyms].map((text): [string, number] => [text, weights.age]),
    ),
    ...readers.map(({ label }): [string, number] => [label, weights.reader]),
  ]);
}
