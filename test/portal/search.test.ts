import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { needsOf } from '../../src/features/pathways/named.ts';
import { createNeeds } from '../../src/features/pathways/needs.ts';
import { createSearch } from '../../src/features/resources/finding/search.ts';
import { makePortal } from '../../src/portal/export.ts';
import { sharedCode } from '../../src/portal/shared-code.ts';
import { leadsToHelp } from '../../src/safeguarding/danger.ts';
import { mayHarmChild } from '../../src/safeguarding/worry.ts';
import { shipped } from './support.ts';

type Finder = {
  isUrgent(text: string): boolean;
  mayHarmChild(text: string): boolean;
  define(text: string): { kind: string; term?: { id: string } } | undefined;
  isPathway(place: number): boolean;
  find(text: string): {
    places: number[];
    corrections: { typed: string; read: string }[];
    filters: string[];
    choices: { form: string; meanings: { question: string }[] }[];
    unknown: { typed: string }[];
  };
};

/** The search of the site as it goes out, on its own data, without a page. */
const { finder, searchWords } = givenFinder(makePortal(shipped, await sharedCode()));
const bot = createSearch(shipped);

function givenFinder(site: ReadonlyMap<string, string>): { finder: Finder; searchWords: { ids: string[] } } {
  const window = createContext({});
  window.window = window;
  for (const name of ['search-words.js', 'shared.js', 'find.js']) runInContext(site.get(name) ?? '', window);
  return window as ReturnType<typeof givenFinder>;
}

/** Without the pages that say who to turn to, which the bot shows elsewhere. */
const found = (question: string): string[] =>
  finder.find(question).places.flatMap((place) => searchWords.ids[place] ?? []);
const byBot = (question: string): string[] => bot.find(question).hits.map(({ id }) => id);

const needs = createNeeds(shipped.pathways, shipped.vocabulary);
const turnTo = (question: string): string[] =>
  finder
    .find(question)
    .places.filter(finder.isPathway)
    .map((place) => shipped.pathways.pathways[place - searchWords.ids.length]?.id ?? 'all');
/** Where the bot says who to turn to, whatever the need is, the page leads to all of them. */
const turnToByBot = (question: string): string[] => {
  const { isAsking, needs: named } = needsOf(needs, shipped.pathways.pathways, question);
  return isAsking && named.length === 0 ? ['all'] : named.map(({ id }) => id);
};

/** Whatever people are known to say, and whatever has a name. */
const everythingSaid = [
  ...shipped.vocabulary.topics.flatMap(({ label, synonyms, asked_as }) => [
    label,
    ...synonyms,
    ...asked_as.map(({ say }) => say),
  ]),
  ...shipped.vocabulary.abbreviations.flatMap(({ abbr, means }) => [abbr, means]),
  ...shipped.catalogue.shown.flatMap(({ title, asked_as }) => [title, ...asked_as.map(({ say }) => say)]),
  ...shipped.pathways.pathways.flatMap(({ label, also_asked_as }) => [label, ...also_asked_as]),
];

describe('the website finds what the bot finds', () => {
  // The page knows only the words of the dictionary that look like ours: a rare one may be taken for a slip there.
  test.each([
    ['as it is said', fc.constantFrom(...everythingSaid), 0.99],
    [
      'with a slip of the finger',
      fc
        .tuple(fc.constantFrom(...everythingSaid), fc.nat(), fc.constantFrom('', 'a', 'e', 's', 'n'))
        .map(([text, at, letter]) => {
          const place = at % text.length;
          return text.slice(0, place) + letter + text.slice(place + 1);
        }),
      0.98,
    ],
  ])('%s: what the bot finds first is among the first three, and so are its pathways', (_, said, share) => {
    const asked = fc.sample(said, { numRuns: 200, seed: 6 });
    const others = asked.filter((question) => {
      const [first] = byBot(question);
      const isSame =
        first === undefined ? found(question).length === 0 : found(question).slice(0, 3).includes(first);
      return !isSame || turnTo(question).join() !== turnToByBot(question).join();
    });
    expect(1 - others.length / asked.length, others.join('; ')).toBeGreaterThanOrEqual(share);
  });

  test.each([
    'Prevent radicalisation',
    'school refusal',
    'language to use in reports',
    'mum tearful since birth',
    'hv drop in clinic',
    'perinatl mental helth',
    'refelct',
    'child sexual abuse',
    'CAMHS waiting list',
    'NICU',
    'EMDR',
    'drinking dad',
    'dad drinks and the baby will not settle, who do I ring',
    'worried about a child',
  ])('%s: the same three pages first, and the same pathways', (question) => {
    expect(found(question).slice(0, 3)).toEqual(byBot(question).slice(0, 3));
    expect(found(question).length).toBeGreaterThan(0);
    expect(turnTo(question)).toEqual(turnToByBot(question));
  });

  test('a short form that can mean several things is asked about, as there', () => {
    const { choices } = bot.find('CP');
    expect(choices).not.toEqual([]);
    expect(finder.find('CP').choices).toEqual(choices);
  });

  test.each([
    'who to ring domestic abuse',
    'teen cutting her arms',
    'baby won\u2019t settle, mum anxious',
    'domesic abuse',
    'refer to CAMHS',
    'dad feels low since the birth',
    'boy will not go to school',
    'staff burnt out',
    'how to explain trauma to parents',
    'kinship carers',
    'child bereaved by suicide at school',
    'contact number MASH Hackney',
    'what do I say when a child tells me',
    'racism and trauma',
  ])('%s: at least one of the first three is the same', (question) => {
    const first = found(question).slice(0, 3);
    expect(byBot(question).slice(0, 3)).toEqual(
      expect.arrayContaining([expect.toSatisfy((id: string) => first.includes(id))]),
    );
  });

  test.each([
    'who to ring domestic abuse',
    'domestic abuse helpline',
    'refer to CAMHS',
    'contact for a bereaved child',
  ])('%s: a service comes first, and one of here', (question) => {
    const [first = ''] = found(question);
    expect(shipped.catalogue.byId.get(first)).toMatchObject({ type: 'service' });
    expect(JSON.stringify(shipped.catalogue.byId.get(first))).toMatch(
      /Hackney|City of London|East London NHS/,
    );
  });

  test('a stay in hospital is not the first answer to a need, and is to who asks for it', () => {
    expect(found('baby won\u2019t settle, mum anxious')[0]).not.toBe('elft-mother-baby-unit');
    expect(found('mother and baby unit')[0]).toBe('elft-mother-baby-unit');
  });

  test.each([
    'type:video age:0-5',
    'type: podcasts',
    'kind:"case study"',
    'age:3 months type:video',
    'age:12 type:service',
    'age:teens type:leaflet',
    'topic:dva',
    'topic:\u201cdomestic abuse\u201d',
    'from:\u201cNSPCC Learning\u201d',
    'from:elft',
    'publisher:NICE',
  ])('%s leaves what the bot leaves', (question) => {
    const names = bot.find(question).understood.map(({ label }) => label);
    expect(finder.find(question)).toMatchObject({ filters: names, unknown: [] });
    expect(found(question).toSorted()).toEqual(byBot(question).toSorted());
  });

  test.each([
    // Titles, and names of a word with a letter or a number.
    'child q',
    'Child Q review',
    'Working together 2026',
    'working together',
    'WORKING TOGETHER',
    'section 47',
    'Section 17',
    's47',
    'first 1001 days',
    // Short forms.
    'ACEs',
    'aces',
    'CAMHS',
    'MASH',
    'mash hackney',
    'LADO',
    'FGM',
    'DVA',
    'IDVA',
    'EHCP',
    'CPC',
    // Ages.
    '0-5',
    '0 to 5',
    '5 to 11',
    '16\u201325',
    '5 year olds',
    // Topics, with whatever a phone makes of apostrophes, quotes and accents.
    'domestic abuse',
    '\u201cdomestic abuse\u201d',
    'dom\u00e9stic abuse',
    'adultification',
    'suicide',
    'postnatal depression',
    'brain development',
    'self-care',
    'selfcare',
    'young carers',
    'dads\u2019 group',
    "dads' group",
    'kinship care',
    'looked after children',
    'vicarious trauma',
    'window of tolerance',
    'school nurse',
    'county lines',
  ])('%s: among the first three is what the bot finds first', (question) => {
    const [first] = byBot(question);
    expect(first).toBeDefined();
    expect(found(question).slice(0, 3)).toContain(first);
  });

  test.each(['q', '7', 'a', '\u2019s', 'Victoria Climbi\u00e9'])(
    '%s alone finds nothing, as there',
    (question) => {
      expect(byBot(question)).toEqual([]);
      expect(found(question)).toEqual([]);
    },
  );

  test('a filter narrows what is asked beside it', () => {
    const videos = found('trauma type:video');
    expect(videos.length).toBeGreaterThan(0);
    expect(videos.every((id) => shipped.catalogue.byId.get(id)?.type === 'video')).toBe(true);
  });

  test.each(['age:99', 'type:', 'topic:zzzz', 'from:qqq'])('%s is left out, and that is said', (filter) => {
    expect(finder.find(`sleep ${filter}`)).toMatchObject({ filters: [], unknown: [{ typed: filter }] });
    expect(found(`sleep ${filter}`)).toEqual(found('sleep'));
    expect(found(filter)).toEqual([]);
  });

  test('what was read as something else is told, and in quotes it is taken as it stands', () => {
    expect(finder.find('domesic abuse').corrections).toEqual([{ typed: 'domesic', read: 'domestic' }]);
    expect(finder.find('"domesic" abuse').corrections).toEqual([]);
    expect(found('"superivsion"')).toEqual([]);
    expect(finder.find('domestic abuse').corrections).toEqual([]);
  });
});

describe('what leads the bot to say first whom to ring does so on the website', () => {
  const { danger_words: phrases } = shipped.signposts;
  const asked = [
    'feeling really low',
    'I feel awful',
    'bad day',
    'can\u2019t sleep since that visit',
    'i cried all the way home',
    'I want to die',
    'i cant really go on',
    'sucidal teen',
    'kil myself',
    'he strangeld her',
    'her uncle touches her',
    'dad slapped Mia',
    'not safe at home',
    'child disclosed abuse today',
    'supporting staff after a difficult conversation',
    'skills for midwives',
    'hot weather and babies',
    'harm reduction',
    'parents hitting milestones',
  ];
  const said = [
    ...shipped.vocabulary.topics.flatMap(({ label, synonyms, asked_as }) => [
      label,
      ...synonyms,
      ...asked_as.map(({ say }) => say),
    ]),
    ...shipped.catalogue.shown.flatMap(({ asked_as }) => asked_as.map(({ say }) => say)),
  ];

  test('feeling really low, and what tells of others', () => {
    for (const text of asked.slice(0, 14)) expect([text, finder.isUrgent(text)]).toEqual([text, true]);
  });

  test.each([
    ['what was asked', asked],
    ['each phrase of the list', phrases],
    ['what people say of topics and entries', said],
  ])('%s', (_, texts) => {
    for (const text of texts)
      expect([text, finder.isUrgent(text)]).toEqual([text, leadsToHelp(phrases, text)]);
  });

  test('a child who may be harmed leads to children\u2019s services, as there', () => {
    for (const text of [...asked, ...said])
      expect([text, finder.mayHarmChild(text)]).toEqual([text, mayHarmChild(text)]);
    expect(finder.mayHarmChild('bruise on a 3 month old')).toBe(true);
  });

  test('whatever slip of the finger is in it', () => {
    const slips = fc
      .tuple(
        fc.constantFrom(...asked, ...phrases, ...said),
        fc.nat(),
        fc.constantFrom('', 'a', 'e', 's', ' ', '\u2019'),
      )
      .map(([text, at, letter]) => {
        const place = at % text.length;
        return text.slice(0, place) + letter + text.slice(place + 1);
      });
    fc.assert(
      fc.property(fc.oneof(slips, fc.string({ unit: 'binary' })), (text) => {
        expect([text, finder.isUrgent(text)]).toEqual([text, leadsToHelp(phrases, text)]);
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ['what is toxic stress', 'toxic-stress'],
  ['What\u2019s toxic stress?', 'toxic-stress'],
  ['define toxic stress', 'toxic-stress'],
  ['Toxic stress', 'toxic-stress'],
])('%s: what it means, from the words we use', (question, id) => {
  expect(finder.define(question)).toMatchObject({ kind: 'term', term: { id } });
});

test.each(['what is there for dads', 'stress in toxic families', ''])(
  '%s: no word to explain',
  (question) => {
    expect(finder.define(question)).toBeUndefined();
  },
);
