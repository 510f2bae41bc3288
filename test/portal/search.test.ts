import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createSearch } from '../../src/features/resources/finding/search.ts';
import { makePortal } from '../../src/portal/export.ts';
import { shipped } from './support.ts';

type Finder = {
  find(text: string): {
    places: number[];
    corrections: { typed: string; read: string }[];
    filters: string[];
    unknown: { typed: string; field: string }[];
  };
};

/** The search of the site as it goes out, on its own data, without a page. */
const { finder, searchWords } = givenFinder();
const bot = createSearch(shipped);

function givenFinder(): { finder: Finder; searchWords: { ids: string[] } } {
  const site = makePortal(shipped);
  const window = {};
  for (const name of ['search-words.js', 'find.js']) runInNewContext(site.get(name) ?? '', { window });
  return window as ReturnType<typeof givenFinder>;
}

/** Without the pages that say who to turn to, which the bot shows elsewhere. */
const found = (question: string): string[] =>
  finder.find(question).places.flatMap((place) => searchWords.ids[place] ?? []);
const byBot = (question: string): string[] => bot.find(question).hits.map(({ id }) => id);

describe('the website finds what the bot finds', () => {
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
