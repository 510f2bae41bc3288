import { nearest } from '../../../content/nearest.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { keyOf, wordsOf } from '../../../content/words.ts';
import { type Catalogue, type Resource, resourceTypes, saidOf } from '../content.ts';
import { initialsOf } from './initials.ts';
import { takeLanguages } from './languages.ts';
import type { Lexicon } from './lexicon.ts';
import { withoutOccasion } from './occasions.ts';
import { takeWishes } from './wishes.ts';

/** What a question leaves out: "type:video", "age:0-5", "topic:dva", "from:nspcc", "reader:midwives", “a phrase”, "-word". */
export type Narrowing = {
  /** As it was typed, so that it can be asked again. */
  typed: string;
  label: string;
  kind: NarrowingKind;
  admits(resource: Resource): boolean;
  /** Of a wish, which leaves nothing out: how far an entry is from it. */
  misses?(resource: Resource): number;
};
export type NarrowingKind = 'type' | 'age' | 'topic' | 'from' | 'reader' | 'phrase' | 'without' | 'wish';

/** A value that there is none of: what it may have been meant for, or, where nothing is near, what there is to choose from. */
export type UnknownValue = {
  typed: string;
  what: string;
  isMissing: boolean;
  isNear: boolean;
  instead: { label: string; typed: string }[];
};

/** A question taken apart: what is left out, and what is looked for, run by run. */
export type Narrowed = {
  narrowings: Narrowing[];
  unknownValues: UnknownValue[];
  /** A run in quotes is looked for letter by letter. */
  runs: { text: string; isQuoted: boolean }[];
};

export type Narrow = (text: string) => Narrowed;

/** What no entry says of its page, whatever it is. */
const notByLanguage = (typed: string): UnknownValue => ({
  typed,
  what: language,
  isMissing: false,
  isNear: false,
  instead: [],
});
export const language = 'language';

type Value = { id: string; label: string; names: readonly string[] };
type Field = {
  kind: NarrowingKind;
  what: string;
  values: readonly Value[];
  /** What to choose from, where that is not all of them. */
  offered?: readonly Value[];
  /** The id that goes by another name. */
  alias?(given: string, lexicon: Lexicon): string | undefined;
  admits(id: string): (resource: Resource) => boolean;
};

const quotes = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02';
const quoted = `[${quotes}]([^${quotes}]*)[${quotes}]`;
type FilterName = 'type' | 'age' | 'topic' | 'from' | 'reader';

/** By what is typed before the colon. */
const filterNames: Readonly<Record<string, FilterName>> = {
  type: 'type',
  kind: 'type',
  age: 'age',
  ages: 'age',
  topic: 'topic',
  from: 'from',
  publisher: 'from',
  reader: 'reader',
  for: 'reader',
};
const anyField = Object.keys(filterNames).join('|');
/** "3", "0-5", "0 to 5", "3 months", "4 year old". */
const ageSaid = String.raw`\d{1,3}(?: ?(?:[-\u2013]|to) ?\d{1,3})?(?: ?(?:day|week|wk|month|mth|year|yr)s?)?(?: olds?)?(?=\s|$)`;
const piece = new RegExp(
  // A space may stand before the value, but not before another filter: "type: topic:dva" has no kind.
  `(?<=^|\\s)(${anyField}):(?: (?!(?:${anyField}):))?(?:${quoted}|(${ageSaid}|[^\\s${quotes}]*))|` +
    `(?<=^|\\s)[-\u2212\u2013](?:${quoted}|(\\p{L}[^\\s${quotes}]*))|${quoted}`,
  'giu',
);

export function createNarrow({
  catalogue,
  vocabulary,
  lexicon,
}: {
  catalogue: Catalogue;
  vocabulary: Vocabulary;
  lexicon: Lexicon;
}): Narrow {
  const fields = filterFields(catalogue, vocabulary);
  const texts = new WeakMap<Resource, string>();
  /** All that an entry says, word by word. */
  const textOf = (resource: Resource): string => {
    const known = texts.get(resource);
    if (known !== undefined) return known;
    const { title, publisher, topics } = resource;
    const text = [title, saidOf(resource), publisher, ...topics.map(lexicon.labelOfTopic)]
      .map((one) => ` ${wordsOf(one).join(' ')} `)
      .join('|');
    texts.set(resource, text);
    return text;
  };
  const says = (words: string) => (resource: Resource) => textOf(resource).includes(` ${words} `);

  return (text) => {
    const narrowings: Narrowing[] = [];
    const unknownValues: UnknownValue[] = [];
    const runs: Narrowed['runs'] = [];
    const addRun = (run: string): void => {
      const { rest: spoken, asked } = takeLanguages(run);
      unknownValues.push(...asked.map(notByLanguage));
      const { rest, wishes } = takeWishes(withoutOccasion(spoken));
      narrowings.push(...wishes);
      runs.push({ text: rest, isQuoted: false });
    };
    let from = 0;
    for (const match of text.matchAll(piece)) {
      const [typed, name, quotedValue, bareValue, quotedOut, bareOut, phrase] = match;
      addRun(text.slice(from, match.index));
      from = match.index + typed.length;
      if (name !== undefined) {
        const field = fields[filterNames[name.toLowerCase()] ?? 'type'];
        const found = valueNamed(field, (quotedValue ?? bareValue ?? '').trim(), lexicon);
        if (found.kind === 'known')
          narrowings.push({ typed, label: found.label, kind: field.kind, admits: found.admits });
        else unknownValues.push({ typed, ...found.unknown(name) });
        continue;
      }
      const words = wordsOf(phrase ?? quotedOut ?? bareOut ?? '').join(' ');
      if (words === '') continue;
      const isIn = says(words);
      if (phrase === undefined)
        narrowings.push({
          typed,
          label: `without \u2018${words}\u2019`,
          kind: 'without',
          admits: (one) => !isIn(one),
        });
      else {
        narrowings.push({ typed, label: `\u201c${words}\u201d`, kind: 'phrase', admits: isIn });
        runs.push({ text: phrase, isQuoted: true });
      }
    }
    addRun(text.slice(from));
    return { narrowings, unknownValues, runs };
  };
}

type Found =
  | { kind: 'known'; label: string; admits(resource: Resource): boolean }
  | { kind: 'unknown'; unknown(name: string): Omit<UnknownValue, 'typed'> };

function valueNamed({ what, values, offered, alias, admits }: Field, given: string, lexicon: Lexicon): Found {
  const key = keyOf(wordsOf(given));
  const other = alias?.(given, lexicon);
  const known = values.find(({ id, names }) => names.includes(key) || id === other);
  if (known) return { kind: 'known', label: known.label, admits: admits(known.id) };
  return {
    kind: 'unknown',
    unknown(name) {
      const near = key === '' ? [] : nearestOf(values, key);
      const isNear = near.length > 0;
      const instead = (isNear ? near : (offered ?? values)).map(({ id, label }) => ({
        label,
        typed: `${name}:${/\s/.test(id) ? `"${id}"` : id}`,
      }));
      return { what, isMissing: key === '', isNear, instead };
    },
  };
}

/** What begins with it, has it in it, or is nearly the same: of a number or two letters many things are. */
function nearestOf(values: readonly Value[], key: string): Value[] {
  const mayBeSlip = key.length > 3 && !/\d/.test(key);
  const names = values.flatMap((value) => value.names);
  const alike = mayBeSlip ? nearest(key, names) : undefined;
  const having = (has: (name: string) => boolean) => values.filter((value) => value.names.some(has));
  const near = [
    ...having((name) => name === alike),
    ...(key.length > 2 ? having((name) => name.startsWith(key)) : []),
    ...(key.length > 3 ? having((name) => name.includes(key)) : []),
  ];
  return [...new Set(near)].slice(0, 5);
}

/** What can be filtered by: each value, the names it goes by as keys, and what it admits. */
function filterFields({ shown }: Catalogue, vocabulary: Vocabulary): Readonly<Record<FilterName, Field>> {
  const keys = (names: readonly string[]): string[] => [
    ...new Set(names.map((name) => keyOf(wordsOf(name))).filter((key) => key !== '')),
  ];
  const forms = shortForms(vocabulary);
  const publishers = publishersOf(shown).map((label) => ({
    id: label,
    label,
    names: keys([label, initialsOf(label), ...(forms.get(keyOf(wordsOf(label))) ?? [])]),
  }));
  return {
    type: {
      kind: 'type',
      what: 'kind',
      values: Object.entries(resourceTypes).map(([id, { label, words }]) => ({
        id,
        label,
        names: keys([id, label, ...words]),
      })),
      admits:
        (id) =>
        ({ type }) =>
          type === id,
    },
    age: {
      kind: 'age',
      what: 'age group',
      values: vocabulary.age_groups.map(({ id, label, synonyms }) => ({
        id,
        label,
        names: keys([id, id.replace('-', ' to '), label, ...synonyms]),
      })),
      alias: (given) => ageGroupOf(given, vocabulary.age_groups),
      admits:
        (id) =>
        ({ age_groups }) =>
          age_groups.includes(id) || age_groups.includes('all'),
    },
    topic: {
      kind: 'topic',
      what: 'topic',
      values: vocabulary.topics.map(({ id, label, synonyms }) => ({
        id,
        label,
        names: keys([id, label, ...synonyms]),
      })),
      alias: (given, lexicon) => lexicon.sense(keyOf(wordsOf(given)))?.topics[0],
      admits:
        (id) =>
        ({ topics }) =>
          topics.includes(id),
    },
    reader: {
      kind: 'reader',
      what: 'reader',
      values: vocabulary.audiences.map(({ id, label }) => ({ id, label, names: keys([id, label]) })),
      admits:
        (id) =>
        ({ audience }) =>
          audience.includes(id) || audience.includes('all-practitioners'),
    },
    from: {
      kind: 'from',
      what: 'publisher',
      values: publishers,
      offered: withMost(publishers, shown),
      admits: (id) => {
        const key = keyOf(wordsOf(id));
        return ({ publisher }) => keyOf(wordsOf(publisher)).startsWith(key);
      },
    },
  };
}

/** Without what stands in brackets: who else shares it. */
export const publisherName = (publisher: string): string =>
  publisher.includes('(') ? publisher.replace(/\s*\(.*\)/, '') : publisher;

/** The shortest first: "NSPCC" admits "NSPCC Learning" too. */
const publishersOf = (shown: readonly Resource[]): string[] =>
  [...new Set(shown.map(({ publisher }) => publisherName(publisher)))].toSorted(
    (a, b) => a.length - b.length || (a < b ? -1 : 1),
  );

/** By what they stand for. */
const shortForms = ({ abbreviations }: Vocabulary): Map<string, string[]> => {
  const forms = Map.groupBy(abbreviations, ({ means }) => keyOf(wordsOf(means)));
  return new Map([...forms].map(([key, all]) => [key, all.map(({ abbr }) => abbr)]));
};

/** More than anybody looks through in a menu. */
const mostOffered = 60;

/** Those of which there is most, by name. */
function withMost(publishers: readonly Value[], shown: readonly Resource[]): Value[] {
  const counts = Map.groupBy(shown, ({ publisher }) => publisherName(publisher));
  const many = ({ id }: Value): number => counts.get(id)?.length ?? 0;
  return publishers
    .toSorted((a, b) => many(b) - many(a))
    .slice(0, mostOffered)
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en-GB'));
}

/** Who is older is hardly meant by "Adults and parents". */
const oldestAdult = 64;

/** The group that holds an age or all of a range: "3", "3 months", "12 years", "0-3", "0 to 4", "40". */
export function ageGroupOf(given: string, groups: Vocabulary['age_groups']): string | undefined {
  const [, first, last, unit = ''] =
    /^(\d{1,3})(?:\s*(?:[-\u2013]|to)\s*(\d{1,3}))?\s*(?:(d|w|m|y)[a-z]*)?(?:\s+olds?)?$/i.exec(given) ?? [];
  if (first === undefined) return undefined;
  const perYear = { d: 365, w: 52, m: 12 }[unit.toLowerCase()] ?? 1;
  const from = Math.floor(Number(first) / perYear);
  const to = last === undefined ? from + 1 : Math.ceil(Number(last) / perYear);
  if (to <= from) return undefined;
  const group = groups.find(({ id }) => {
    const [youngest, oldest] = id.split('-').map(Number);
    return youngest !== undefined && oldest !== undefined && youngest <= from && to <= oldest;
  });
  return group?.id ?? (from >= 18 && to <= oldestAdult + 1 ? 'adults' : undefined);
}
